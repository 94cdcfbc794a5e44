// The picture: a small input, the hidden units, and the connections of one unit, each with the number of its weight.
import { useId, useRef } from "preact/hooks";
import type { Pair } from "../core/correlation";
import { moved } from "../core/grid_nav";
import { connections, setOf, type Wiring } from "./wiring";

const CELL = 38;
const BETWEEN = 70;
const EDGE = 3;
const TITLE = 24;
/** Hatches that tell sets of weights apart without a colour; a set takes the one of its number. */
const HATCHES = ["M0 8L8 0", "M0 0L8 8", "M0 4H8", "M4 0V8", "M0 4H8M4 0V8", "M0 8L8 0M0 0L8 8", "M4 2V6"] as const;

interface PictureProps {
  wiring: Wiring;
  unit: Pair;
  onUnit: (unit: Pair) => void;
}

export function Picture({ wiring, unit, onUnit }: PictureProps) {
  const { rows, columns, unitRows, unitColumns, reach, kind } = wiring;
  const id = useId();
  const root = useRef<SVGSVGElement>(null);
  const around = columns + 2 * reach;
  const wide = around * CELL;
  const right = wide + BETWEEN;
  const high = Math.max(rows + 2 * reach, unitRows) * CELL;
  const inputTop = (high - (rows + 2 * reach) * CELL) / 2 + reach * CELL;
  const unitTop = (high - unitRows * CELL) / 2;
  const made = connections(wiring, ...unit);
  const hatch = (set: number): string => `url(#${id}-${set % HATCHES.length})`;
  const inputAt = (row: number, column: number): Pair => [(reach + column) * CELL, inputTop + row * CELL];
  const unitAt = (row: number, column: number): Pair => [right + column * CELL, unitTop + row * CELL];
  const [toX, toY] = unitAt(...unit);
  const inside = (row: number, column: number): boolean => row >= 0 && row < rows && column >= 0 && column < columns;

  const focus = ([row, column]: Pair): void => root.current?.querySelector<SVGElement>(`[data-unit="${row},${column}"]`)?.focus();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey) return;
    const to = moved(unit, event.key, event.ctrlKey, unitRows, unitColumns);
    if (!to) return;
    event.preventDefault();
    focus(to);
  };
  const choose = (row: number, column: number): void => {
    if (row !== unit[0] || column !== unit[1]) onUnit([row, column]);
  };
  const total = right + Math.max(unitColumns * CELL, 96); // room for the title
  return (
    <svg ref={root} class="cnnw-wiring" viewBox={`${-EDGE} ${-TITLE} ${total + 2 * EDGE} ${high + TITLE + EDGE}`} style={{ maxWidth: `${total + 2 * EDGE}px` }} role="group" aria-label="Who is connected to whom">
      <defs>
        {HATCHES.map((path, index) => (
          <pattern key={path} id={`${id}-${index}`} width="8" height="8" patternUnits="userSpaceOnUse">
            <rect width="8" height="8" class="cnnw-ground" />
            <path d={path} class="cnnw-hatch" />
          </pattern>
        ))}
      </defs>
      <g aria-hidden="true">
        <text x={2} y={-9} class="cnnw-drawn-title">
          Input
        </text>
        <text x={right + 2} y={-9} class="cnnw-drawn-title">
          Hidden {kind === "dense" ? "units" : "layer"}
        </text>
        {Array.from({ length: around * (rows + 2 * reach) }, (_, index) => {
          const [row, column] = [Math.floor(index / around) - reach, (index % around) - reach];
          const [x, y] = inputAt(row, column);
          const name = inside(row, column) ? "cnnw-pixel" : "cnnw-pixel cnnw-zero";
          return <rect key={index} x={x + 1.5} y={y + 1.5} width={CELL - 3} height={CELL - 3} rx="5" class={name} />;
        })}
        {made.map(({ row, column, weight }) => {
          const [x, y] = inputAt(row, column);
          return <path key={weight} d={`M${x + CELL / 2} ${y + CELL / 2}L${toX + 4} ${toY + CELL / 2}`} class="cnnw-wire" />;
        })}
        {made.map(({ row, column, weight }) => {
          const [x, y] = inputAt(row, column);
          return (
            <g key={weight} class={inside(row, column) ? "cnnw-linked" : "cnnw-linked cnnw-outside"}>
              <rect x={x + 1.5} y={y + 1.5} width={CELL - 3} height={CELL - 3} rx="5" fill={hatch(setOf(wiring, ...unit))} />
              <text x={x + CELL / 2} y={y + CELL / 2} class={weight > 999 ? "cnnw-weight cnnw-long" : "cnnw-weight"}>
                {weight}
              </text>
            </g>
          );
        })}
      </g>
      <g role="grid" aria-label={`Hidden units, ${unitRows} × ${unitColumns}`} onKeyDown={onKeyDown}>
        {Array.from({ length: unitRows }, (_, row) => (
          <g key={row} role="row">
            {Array.from({ length: unitColumns }, (_, column) => {
              const [x, y] = unitAt(row, column);
              const current = row === unit[0] && column === unit[1];
              return (
                <g
                  key={column}
                  role="gridcell"
                  class="cnnw-unit-cell"
                  tabIndex={current ? 0 : -1}
                  data-unit={`${row},${column}`}
                  aria-selected={current}
                  aria-label={kind === "dense" ? `unit ${row + 1}` : `unit in row ${row + 1}, column ${column + 1}`}
                  onFocus={() => choose(row, column)}
                  onPointerEnter={(event) => event.pointerType === "mouse" && choose(row, column)}
                  onClick={() => focus([row, column])}
                >
                  <rect x={x + 1.5} y={y + 1.5} width={CELL - 3} height={CELL - 3} rx={CELL / 2} fill={hatch(setOf(wiring, row, column))} />
                </g>
              );
            })}
          </g>
        ))}
      </g>
    </svg>
  );
}
