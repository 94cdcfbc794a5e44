// A pooled number: the window, and its mean or its largest.
import { number } from "../core/format";
import { Grid } from "../core/grid";
import { marks, PADDING, WON } from "../core/marks";
import { Unit } from "../core/unit";
import type { Cell, Explained } from "./explain";
import { fine, termsText } from "./words";

interface PoolSumProps {
  explained: Extract<Explained, { kind: "pool" }>;
  cell: Cell;
  scale: number;
  onPick: ((map: number, row: number, column: number) => void) | undefined;
}

export function PoolSum({ explained: { layer, window, value }, cell: [, map, row, column], scale, onPick }: PoolSumProps) {
  const [rows, columns] = layer.kernel;
  const max = layer.kind === "max_pool";
  const [top, left] = [row * layer.stride[0] - layer.padding[0], column * layer.stride[1] - layer.padding[1]];
  const inside = window.flat().filter((each): each is number => each !== null);
  const flags = marks(rows, columns, (a, b) => {
    const each = window[a]![b] ?? null;
    return each === null ? PADDING : max && each === value ? WON : 0;
  });
  const divisor = layer.count_include_pad ? rows * columns : inside.length;
  return (
    <>
      <div class="cnnw-equation" data-steps={onPick !== undefined} style={{ "--widest": columns }}>
        <Unit name="window" title="Window" detail={`on map ${map + 1}`}>
          <Grid
            label={`Window on map ${map + 1}, ${rows} × ${columns}`}
            values={window.map((each) => each.map((one) => one ?? 0))}
            marks={flags}
            scale={scale}
            describe={(a, b, _, flag) => (flag & PADDING ? "padding: 0" : `row ${top + a + 1}, column ${left + b + 1}${flag & WON ? ", the largest" : ""}: ${number(window[a]![b] ?? 0, 3)}`)}
            onPick={onPick && ((a, b) => window[a]![b] === null || onPick(map, top + a, left + b))}
          />
        </Unit>
      </div>
      <p class="cnnw-total">
        <span>{max ? "The largest" : "Their mean"}</span>
        <span class="cnnw-terms">
          {max ? `max(${inside.slice(0, 9).map(fine).join(", ")}${inside.length > 9 ? ", …" : ""})` : `(${termsText(inside, 9)}) / ${divisor}`} <b>≈ {fine(value)}</b>
        </span>
      </p>
    </>
  );
}
