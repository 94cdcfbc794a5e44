// A network's layers as Python describes them, the shapes that they give, and which of all weights belong to which.

export type Pair = readonly [number, number];
/** (channels, rows, columns), or (n) once it is flat. */
export type Shape = readonly number[];

export interface Conv {
  readonly kind: "conv";
  readonly name: string;
  readonly in: number;
  readonly out: number;
  readonly kernel: Pair;
  readonly stride: Pair;
  /** Zeros above, below, left and right. */
  readonly padding: readonly [number, number, number, number];
  readonly dilation: Pair;
  readonly bias: boolean;
}

export interface Pool {
  readonly kind: "avg_pool" | "max_pool";
  readonly name: string;
  readonly kernel: Pair;
  readonly stride: Pair;
  /** Per side. */
  readonly padding: Pair;
  readonly count_include_pad: boolean;
}

export interface Linear {
  readonly kind: "linear";
  readonly name: string;
  readonly in: number;
  readonly out: number;
  readonly bias: boolean;
}

export interface Simple {
  readonly kind: "sigmoid" | "relu" | "tanh" | "flatten" | "softmax" | "identity";
  readonly name: string;
}

export type Layer = Conv | Pool | Linear | Simple;

export interface Parameters {
  readonly weight: Float32Array;
  readonly bias: Float32Array | null;
}

export function product(shape: Shape): number {
  return shape.reduce((total, side) => total * side, 1);
}

/** The rows and columns of the windows of a convolution or a pooling. */
export function placesOf(layer: Conv | Pool, [, high, wide]: Shape): Pair {
  const [top, bottom, left, right] = layer.kind === "conv" ? layer.padding : [layer.padding[0], layer.padding[0], layer.padding[1], layer.padding[1]];
  const dilation = layer.kind === "conv" ? layer.dilation : [1, 1];
  const along = (n: number, p: number, a: 0 | 1): number => Math.floor((n + p - dilation[a]! * (layer.kernel[a] - 1) - 1) / layer.stride[a]) + 1;
  return [along(high!, top! + bottom!, 0), along(wide!, left! + right!, 1)];
}

export function outputShape(layer: Layer, shape: Shape): Shape {
  switch (layer.kind) {
    case "conv":
      return [layer.out, ...placesOf(layer, shape)];
    case "avg_pool":
    case "max_pool":
      return [shape[0]!, ...placesOf(layer, shape)];
    case "linear":
      return [layer.out];
    case "flatten":
      return [product(shape)];
    default:
      return shape;
  }
}

/** How many numbers each layer learns: weights, then biases. */
export function weightCount(layer: Layer): number {
  if (layer.kind !== "conv" && layer.kind !== "linear") return 0;
  return layer.out * fanIn(layer) + (layer.bias ? layer.out : 0);
}

/** How many numbers go into one of a layer's outputs. */
export function fanIn(layer: Conv | Linear): number {
  return layer.kind === "conv" ? layer.in * layer.kernel[0] * layer.kernel[1] : layer.in;
}

/** Each layer's part of all weights, in place; null for a layer without. */
export function parametersOf(layers: readonly Layer[], weights: Float32Array): (Parameters | null)[] {
  let at = 0;
  return layers.map((layer) => {
    const count = weightCount(layer);
    if (count === 0 || (layer.kind !== "conv" && layer.kind !== "linear")) return null;
    const all = weights.subarray(at, at + count);
    at += count;
    const plain = layer.out * fanIn(layer);
    return { weight: all.subarray(0, plain), bias: layer.bias ? all.subarray(plain) : null };
  });
}

/** "6 × 28 × 28", or "120". */
export function shapeText(shape: Shape): string {
  return shape.join(" × ");
}

/** "5 × 5, padding 2", "2 × 2, stride 2", "400 → 120"; empty for a layer without settings. */
export function settingText(layer: Layer): string {
  if (layer.kind === "linear") return `${layer.in} → ${layer.out}`;
  if (layer.kind !== "conv" && layer.kind !== "avg_pool" && layer.kind !== "max_pool") return "";
  const both = ([a, b]: Pair): string => (a === b ? String(a) : `(${a}, ${b})`);
  const parts = [`${layer.kernel[0]} × ${layer.kernel[1]}`];
  if (layer.kind === "conv") {
    const [top, bottom, left, right] = layer.padding;
    if (top === bottom && left === right && top + left > 0) parts.push(`padding ${both([top, left])}`);
    else if (top + bottom + left + right > 0) parts.push(`padding ${top}, ${bottom}, ${left}, ${right}`);
    if (layer.dilation[0] * layer.dilation[1] > 1) parts.push(`dilation ${both(layer.dilation)}`);
  } else if (layer.padding[0] + layer.padding[1] > 0) parts.push(`padding ${both(layer.padding)}`);
  if (layer.stride[0] * layer.stride[1] > 1) parts.push(`stride ${both(layer.stride)}`);
  return parts.join(", ");
}
