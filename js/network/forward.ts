// The forward pass in float32: what every layer gives for an image, each operation a function of plain arrays.
import { outputShape, parametersOf, type Conv, type Layer, type Linear, type Parameters, type Pool, type Shape } from "./layers";

export interface Tensor {
  readonly shape: Shape;
  readonly data: Float32Array;
}

/** The output of every layer, in order. */
export function forward(layers: readonly Layer[], parameters: readonly (Parameters | null)[], input: Tensor): Tensor[] {
  let last = input;
  return layers.map((layer, index) => (last = run(layer, parameters[index] ?? null, last)));
}

export function run(layer: Layer, parameters: Parameters | null, input: Tensor): Tensor {
  const shape = outputShape(layer, input.shape);
  const { data } = input;
  switch (layer.kind) {
    case "conv":
      return { shape, data: convolved(layer, parameters!, input, shape) };
    case "avg_pool":
    case "max_pool":
      return { shape, data: pooled(layer, input, shape) };
    case "linear":
      return { shape, data: weighed(layer, parameters!, data) };
    case "sigmoid":
      return { shape, data: data.map((x) => 1 / (1 + Math.exp(-x))) };
    case "relu":
      return { shape, data: data.map((x) => (x > 0 ? x : 0)) };
    case "tanh":
      return { shape, data: data.map(Math.tanh) };
    case "softmax":
      return { shape, data: softmax(data) };
    default:
      return { shape, data };
  }
}

/** The first and the last place whose window holds input row (or column) `at + place · stride` within 0 and n − 1. */
function within(at: number, stride: number, n: number, places: number): readonly [number, number] {
  return [Math.max(0, Math.ceil(-at / stride)), Math.min(places - 1, Math.floor((n - 1 - at) / stride))];
}

/** Weight by weight over whole rows: a few hundred thousand products in about a millisecond. */
function convolved(layer: Conv, { weight, bias }: Parameters, input: Tensor, shape: Shape): Float32Array {
  const [, high, wide] = input.shape as [number, number, number];
  const [maps, rows, columns] = shape as [number, number, number];
  const [kh, kw] = layer.kernel;
  const [sh, sw] = layer.stride;
  const size = rows * columns;
  const sums = new Float64Array(size);
  const result = new Float32Array(maps * size);
  let w = 0;
  for (let o = 0; o < maps; o++) {
    sums.fill(bias ? bias[o]! : 0);
    for (let c = 0; c < layer.in; c++) {
      for (let a = 0; a < kh; a++) {
        const top = a * layer.dilation[0] - layer.padding[0];
        const [firstRow, lastRow] = within(top, sh, high, rows);
        for (let b = 0; b < kw; b++, w++) {
          const left = b * layer.dilation[1] - layer.padding[2];
          const [first, last] = within(left, sw, wide, columns);
          const factor = weight[w]!;
          for (let i = firstRow; i <= lastRow; i++) {
            let from = (c * high + top + i * sh) * wide + left + first * sw;
            const end = i * columns + last;
            for (let to = i * columns + first; to <= end; to++, from += sw) sums[to]! += factor * input.data[from]!;
          }
        }
      }
    }
    result.set(sums, o * size);
  }
  return result;
}

function pooled(layer: Pool, input: Tensor, shape: Shape): Float32Array {
  const [maps, rows, columns] = shape as [number, number, number];
  const result = new Float32Array(maps * rows * columns);
  for (let c = 0, to = 0; c < maps; c++) {
    for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++, to++) result[to] = poolValue(layer, windowOf(layer, input, c, i, j));
  }
  return result;
}

export interface Window {
  /** Where the window starts on the input; below 0 in the padding. */
  readonly row: number;
  readonly column: number;
  /** Its values, row by row; null where it lies on padding. */
  readonly values: readonly (number | null)[];
}

/** The values under a pooling window. */
export function windowOf(layer: Pool, { shape, data }: Tensor, channel: number, i: number, j: number): Window {
  const [, high, wide] = shape as [number, number, number];
  const row = i * layer.stride[0] - layer.padding[0];
  const column = j * layer.stride[1] - layer.padding[1];
  const values: (number | null)[] = [];
  for (let r = row; r < row + layer.kernel[0]; r++) {
    for (let c = column; c < column + layer.kernel[1]; c++) {
      values.push(r >= 0 && r < high && c >= 0 && c < wide ? data[(channel * high + r) * wide + c]! : null);
    }
  }
  return { row, column, values };
}

/** The largest, where padding never wins; or the mean, over the whole window or over what is not padding. */
export function poolValue(layer: Pool, { values }: Window): number {
  let total = 0;
  let most = -Infinity;
  let count = 0;
  for (const value of values) {
    if (value === null) continue;
    total += value;
    if (value > most) most = value;
    count++;
  }
  if (layer.kind === "max_pool") return most;
  return total / (layer.count_include_pad ? values.length : count);
}

function weighed(layer: Linear, { weight, bias }: Parameters, data: Float32Array): Float32Array {
  const result = new Float32Array(layer.out);
  for (let o = 0, w = 0; o < layer.out; o++) {
    let total = bias ? bias[o]! : 0;
    for (let k = 0; k < layer.in; k++, w++) total += weight[w]! * data[k]!;
    result[o] = total;
  }
  return result;
}

/** e^x over the sum of all e^x, written so that no exponential overflows. */
export function softmax(scores: Float32Array): Float32Array {
  const most = scores.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = Float64Array.from(scores, (x) => Math.exp(x - most));
  const total = powers.reduce((a, b) => a + b, 0);
  return Float32Array.from(powers, (x) => x / total);
}

export interface Network {
  readonly layers: readonly Layer[];
  readonly parameters: readonly (Parameters | null)[];
}

export function networkOf(layers: readonly Layer[], weights: Float32Array): Network {
  return { layers, parameters: parametersOf(layers, weights) };
}

/** A grey image of bytes as a network takes it: from 0 to 1, less the mean, over the deviation. */
export function inputOf(grey: Uint8Array, high: number, wide: number, [mean, deviation]: readonly [number, number]): Tensor {
  return { shape: [1, high, wide], data: Float32Array.from(grey, (value) => (value / 255 - mean) / deviation) };
}

