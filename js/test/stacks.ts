// Stacks that the tests of the shape explorer share.
import type { Conv, Layers } from "../shape/layers";

/** A convolution with a square kernel, P of padding a side, and stride s. */
export function conv(channels: number, kernel: number, P = 0, s = 1, changes: Partial<Conv> = {}): Conv {
  const pair = (value: number): [number, number] => [value, value];
  return { kind: "conv", channels, kernel: pair(kernel), padding: pair(2 * P), stride: pair(s), dilation: [1, 1], bias: true, ...changes };
}

const SIGMOID = { kind: "activation", name: "sigmoid" } as const;
export const MEAN = { kind: "pool", mode: "avg", kernel: [2, 2], padding: [0, 0], stride: [2, 2] } as const;
export const LENET: Layers = [
  conv(6, 5, 2), SIGMOID, MEAN, conv(16, 5), SIGMOID, MEAN,
  { kind: "flatten" },
  { kind: "linear", units: 120, bias: true }, SIGMOID, { kind: "linear", units: 84, bias: true }, SIGMOID, { kind: "linear", units: 10, bias: true },
]; // prettier-ignore
