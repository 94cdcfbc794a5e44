// One number of a layer taken apart: the window that it read, the weights, the products, and how they add up.
import { poolValue, windowOf, type Network, type Tensor } from "./forward";
import type { Conv, Layer, Linear, Pool } from "./layers";

/** (layer, map, row, column), from 0; (layer, 0, 0, index) where there are no maps. */
export type Cell = readonly [layer: number, map: number, row: number, column: number];

/** A rectangle of cells on every map of the layer before, or (with `map`) on one of them. */
export interface Read {
  readonly row: number;
  readonly column: number;
  readonly high: number;
  readonly wide: number;
  /** The distance between neighbouring cells read. */
  readonly dilation: readonly [number, number];
  readonly map: number | null;
}

export interface Part {
  readonly window: number[][];
  readonly weights: number[][];
  readonly products: number[][];
  readonly sum: number;
  /** True where the window lies on padding. */
  readonly padding: boolean[][];
}

export type Explained =
  | { readonly kind: "conv"; readonly layer: Conv; readonly parts: readonly Part[]; readonly bias: number | null; readonly value: number }
  | { readonly kind: "pool"; readonly layer: Pool; readonly window: (number | null)[][]; readonly value: number }
  | { readonly kind: "linear"; readonly layer: Linear; readonly terms: readonly Term[]; readonly bias: number | null; readonly value: number }
  | { readonly kind: "pass"; readonly layer: Layer; readonly from: number; readonly value: number; readonly all: Float32Array };

/** One product of a linear layer. */
export interface Term {
  readonly index: number;
  readonly value: number;
  readonly weight: number;
}

/** The nearest cell that there is. */
export function clampedCell([layer, map, row, column]: Cell, outputs: readonly Tensor[]): Cell {
  const l = clamp(layer, outputs.length);
  const [maps, high, wide] = asMaps(outputs[l]!);
  return [l, clamp(map, maps), clamp(row, high), clamp(column, wide)];
}

function clamp(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, Math.trunc(value) || 0));
}

/** (maps, rows, columns), a flat tensor being one map with one row. */
export function asMaps({ shape }: Tensor): readonly [number, number, number] {
  return shape.length === 3 ? [shape[0]!, shape[1]!, shape[2]!] : [1, 1, shape[0]!];
}

export function valueAt(tensor: Tensor, [, map, row, column]: Cell): number {
  const [, high, wide] = asMaps(tensor);
  return tensor.data[(map * high + row) * wide + column]!;
}

/** What a cell reads of the layer before. */
export function readOf(layer: Layer, [, map, row, column]: Cell, before: Tensor): Read | null {
  if (layer.kind === "conv") {
    const [top, left] = [row * layer.stride[0] - layer.padding[0], column * layer.stride[1] - layer.padding[2]];
    const [high, wide] = [layer.dilation[0] * (layer.kernel[0] - 1) + 1, layer.dilation[1] * (layer.kernel[1] - 1) + 1];
    return { row: top, column: left, high, wide, dilation: layer.dilation, map: null };
  }
  if (layer.kind === "avg_pool" || layer.kind === "max_pool") {
    const [top, left] = [row * layer.stride[0] - layer.padding[0], column * layer.stride[1] - layer.padding[1]];
    return { row: top, column: left, high: layer.kernel[0], wide: layer.kernel[1], dilation: [1, 1], map };
  }
  if (layer.kind === "linear" || layer.kind === "softmax") return null; // all of it
  const [, high, wide] = asMaps(before);
  const one = { high: 1, wide: 1, dilation: [1, 1] } as const;
  if (layer.kind !== "flatten") return { row, column, ...one, map };
  return { row: Math.floor(column / wide) % high, column: column % wide, ...one, map: Math.floor(column / (high * wide)) };
}

export function explain(network: Network, before: Tensor, after: Tensor, cell: Cell): Explained {
  const layer = network.layers[cell[0]]!;
  const parameters = network.parameters[cell[0]];
  const [, map, row, column] = cell;
  const value = valueAt(after, cell);
  switch (layer.kind) {
    case "conv":
      return { kind: "conv", layer, parts: partsOf(layer, parameters!.weight, before, cell), bias: parameters!.bias?.[map] ?? null, value };
    case "avg_pool":
    case "max_pool": {
      const { values } = windowOf(layer, before, map, row, column);
      const window = Array.from({ length: layer.kernel[0] }, (_, a) => values.slice(a * layer.kernel[1], (a + 1) * layer.kernel[1]));
      return { kind: "pool", layer, window, value: poolValue(layer, { row: 0, column: 0, values }) };
    }
    case "linear": {
      const weights = parameters!.weight.subarray(column * layer.in, (column + 1) * layer.in);
      const terms = Array.from(weights, (weight, index) => ({ index, value: before.data[index]!, weight }));
      return { kind: "linear", layer, terms, bias: parameters!.bias?.[column] ?? null, value };
    }
    default: {
      const [, high, wide] = asMaps(after);
      return { kind: "pass", layer, from: before.data[(map * high + row) * wide + column]!, value, all: before.data };
    }
  }
}

function partsOf(layer: Conv, weight: Float32Array, { shape, data }: Tensor, [, map, row, column]: Cell): Part[] {
  const [, high, wide] = shape as [number, number, number];
  const [kh, kw] = layer.kernel;
  const [top, left] = [row * layer.stride[0] - layer.padding[0], column * layer.stride[1] - layer.padding[2]];
  return Array.from({ length: layer.in }, (_, c) => {
    const grid = <T>(make: (r: number, q: number, w: number) => T): T[][] =>
      Array.from({ length: kh }, (_, a) =>
        Array.from({ length: kw }, (_, b) =>
          make(top + a * layer.dilation[0], left + b * layer.dilation[1], ((map * layer.in + c) * kh + a) * kw + b),
        ),
      );
    const inside = (r: number, q: number): boolean => r >= 0 && r < high && q >= 0 && q < wide;
    const valueOf = (r: number, q: number): number => (inside(r, q) ? data[(c * high + r) * wide + q]! : 0);
    const products = grid((r, q, w) => valueOf(r, q) * weight[w]!);
    return {
      window: grid(valueOf),
      weights: grid((_r, _q, w) => weight[w]!),
      products,
      sum: products.flat().reduce((a, b) => a + b, 0),
      padding: grid((r, q) => !inside(r, q)),
    };
  });
}

/** The terms that count most, and the sum of all the others. */
export function strongest(terms: readonly Term[], count: number): { readonly first: readonly Term[]; readonly rest: number } {
  const size = ({ value, weight }: Term): number => Math.abs(value * weight);
  const order = [...terms].sort((a, b) => size(b) - size(a) || a.index - b.index);
  return { first: order.slice(0, count), rest: order.slice(count).reduce((total, { value, weight }) => total + value * weight, 0) };
}
