// What a number depends on, layer by layer back to the image: the receptive field and the fields on the way.
import { asMaps, type Cell } from "./explain";
import type { Tensor } from "./forward";
import type { Layer } from "./layers";

/** A rectangle of cells on one map, or (`map` null) on every one. Between the cells that count others may lie. */
export interface Region {
  readonly map: number | null;
  readonly row: number;
  readonly column: number;
  readonly high: number;
  readonly wide: number;
}

/**
 * The regions that a cell depends on: of the image first, then of each layer's output up to the cell itself.
 * `tensors` are the image and every layer's output. A region of no rows or columns is padding alone.
 */
export function regionsOf(layers: readonly Layer[], tensors: readonly Tensor[], [layer, map, row, column]: Cell): Region[] {
  const regions: Region[] = [{ map, row, column, high: 1, wide: 1 }];
  for (let index = layer; index >= 0; index--) {
    const before = tensors[index]!;
    const [, high, wide] = asMaps(before);
    regions.unshift(clipped(readBy(layers[index]!, regions[0]!, before), high, wide));
  }
  return regions;
}

function readBy(layer: Layer, region: Region, before: Tensor): Region {
  const [, high, wide] = asMaps(before);
  const all = { map: null, row: 0, column: 0, high, wide };
  switch (layer.kind) {
    case "conv":
    case "avg_pool":
    case "max_pool": {
      const [top, left] = layer.kind === "conv" ? [layer.padding[0], layer.padding[2]] : layer.padding;
      const dilation = layer.kind === "conv" ? layer.dilation : [1, 1];
      const span = (cells: number, axis: 0 | 1): number => (cells < 1 ? 0 : (cells - 1) * layer.stride[axis] + dilation[axis]! * (layer.kernel[axis] - 1) + 1);
      return {
        map: layer.kind === "conv" ? null : region.map,
        row: region.row * layer.stride[0] - top,
        column: region.column * layer.stride[1] - left,
        high: span(region.high, 0),
        wide: span(region.wide, 1),
      };
    }
    case "linear":
    case "softmax":
      return all;
    case "flatten":
      if (before.shape.length !== 3) return region;
      if (region.wide !== 1) return all;
      return { map: Math.floor(region.column / (high * wide)), row: Math.floor(region.column / wide) % high, column: region.column % wide, high: 1, wide: 1 };
    default:
      return region;
  }
}

function clipped({ map, row, column, high, wide }: Region, rows: number, columns: number): Region {
  const [top, left] = [Math.max(0, row), Math.max(0, column)];
  return {
    map,
    row: top,
    column: left,
    high: Math.max(0, Math.min(rows, row + high) - top),
    wide: Math.max(0, Math.min(columns, column + wide) - left),
  };
}

/** "rows 3–16, columns 5–18 of the image (14 × 14)", counted from 1; "the whole image"; "nothing but padding". */
export function regionText({ row, column, high, wide }: Region, rows: number, columns: number): string {
  if (high === 0 || wide === 0) return "nothing but padding";
  if (high === rows && wide === columns) return "the whole image";
  const range = (one: string, from: number, count: number): string => (count === 1 ? `${one} ${from + 1}` : `${one}s ${from + 1}–${from + count}`);
  return `${range("row", row, high)}, ${range("column", column, wide)} of the image (${high} × ${wide})`;
}
