// The map of the cell on view, large: a click or the arrow keys go from number to number.
import { useId } from "preact/hooks";
import { counted } from "../core/format";
import { walked } from "../image/picture_view";
import type { Cell } from "./explain";
import type { Tensor } from "./forward";
import type { Layer } from "./layers";
import type { Inks } from "./paint";
import { cellAt, placeOf, type Plates } from "./plates";
import { Frame, usePlate } from "./plate";
import { layerText, rangeText } from "./words";

interface BigMapProps {
  layers: readonly Layer[];
  tensor: Tensor;
  plates: Plates;
  inks: Inks;
  cell: Cell;
  onPick: (cell: Cell) => void;
}

export function BigMap({ layers, tensor, plates, inks, cell, onPick }: BigMapProps) {
  const [layer, map] = cell;
  const { rows, columns, count } = plates;
  const flat = tensor.shape.length !== 3;
  const size = flat ? tensor.data.length : rows * columns;
  const canvas = usePlate(tensor.data, map * rows * columns, [rows, columns], plates, inks, 480);
  const id = useId();
  const [row, column] = placeOf(tensor, plates, cell);
  const goTo = (r: number, c: number): void => {
    const to = cellAt(layer, tensor, plates, map, r, c);
    if (to) onPick(to);
  };
  const title = flat ? counted(size, "number") : `Map ${map + 1} of ${count}`;
  return (
    <figure class="cnnw-unit cnnw-big">
      <figcaption>
        <b>{title}</b> <span>{flat && columns > 1 ? `in rows of ${columns}` : flat ? "" : `${rows} × ${columns}`}</span>
      </figcaption>
      <div
        class="cnnw-big-map"
        role="application"
        aria-label={`${layerText(layers, layer)}, ${title}. Arrow keys go from number to number.`}
        aria-describedby={id}
        tabIndex={0}
        style={{ "--rows": rows, "--columns": columns }}
        onKeyDown={(event) => {
          if (event.altKey || event.metaKey) return;
          const to = walked([row, column], event.key, event.shiftKey, event.ctrlKey, rows, columns);
          if (!to) return;
          event.preventDefault();
          goTo(...(to as [number, number]));
        }}
        onClick={(event) => {
          const box = canvas.current!.getBoundingClientRect();
          const along = (at: number, side: number, n: number): number => Math.max(0, Math.min(n - 1, Math.floor((at / side) * n)));
          goTo(along(event.clientY - box.top, box.height, rows), along(event.clientX - box.left, box.width, columns));
        }}
      >
        <canvas ref={canvas} aria-hidden="true" />
        <Frame region={{ row, column, high: 1, wide: 1 }} rows={rows} columns={columns} kind="cell" />
        <p class="cnnw-said" id={id}>
          {rangeText(tensor.data, flat ? 0 : map * size, size)}
        </p>
      </div>
    </figure>
  );
}
