// From a number to its neighbours in the layers around: one that it was made of, and one that is made of it.
import { asMaps, type Cell } from "./explain";
import type { Tensor } from "./forward";
import type { Layer } from "./layers";
import type { Region } from "./receptive";

/** A cell of the layer after, `next`, that reads this one (or the nearest that there is); `after` is its output. */
export function forth([at, map, row, column]: Cell, next: Layer, tensor: Tensor, after: Tensor): Cell {
  const [maps, high, wide] = asMaps(after);
  const clamp = (position: number, count: number): number => Math.max(0, Math.min(count - 1, position));
  switch (next.kind) {
    case "conv":
    case "avg_pool":
    case "max_pool": {
      const [top, left] = next.kind === "conv" ? [next.padding[0], next.padding[2]] : next.padding;
      const dilation = next.kind === "conv" ? next.dilation : [1, 1];
      // The middle one of the windows that reach over this cell.
      const along = (position: number, padding: number, axis: 0 | 1, count: number): number => {
        const last = Math.floor((position + padding) / next.stride[axis]);
        const first = Math.ceil((position + padding - dilation[axis]! * (next.kernel[axis] - 1)) / next.stride[axis]);
        return clamp((Math.max(0, first) + Math.min(count - 1, last)) >> 1, count);
      };
      return [at + 1, clamp(map, maps), along(row, top, 0, high), along(column, left, 1, wide)];
    }
    case "flatten": {
      const [, h, w] = asMaps(tensor);
      return [at + 1, 0, 0, (map * h + row) * w + column];
    }
    default:
      return [at + 1, clamp(map, maps), clamp(row, high), clamp(column, wide)];
  }
}

/** The middle of what a cell reads of the layer before; of a run that it reads whole, the strongest number. */
export function back([layer, map]: Cell, read: Region, before: Tensor): Cell {
  if (before.shape.length !== 3) {
    let column = read.column;
    for (let index = read.column; index < read.column + read.wide; index++) {
      if (Math.abs(before.data[index]!) > Math.abs(before.data[column]!)) column = index;
    }
    return [layer - 1, 0, 0, column];
  }
  const [maps, high, wide] = asMaps(before);
  const inside = (from: number, count: number, sides: number): number => Math.max(0, Math.min(sides - 1, from + (count >> 1)));
  return [layer - 1, read.map ?? Math.min(map, maps - 1), inside(read.row, read.high, high), inside(read.column, read.wide, wide)];
}
