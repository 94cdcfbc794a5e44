// The networks and layers that torch ran, written by `python -m tests.vectors`.
import networksText from "../vectors/networks.json?raw";
import { run, type Tensor } from "../network/forward";
import { parametersOf, type Layer } from "../network/layers";

interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

export interface NetworkCase {
  readonly layers: readonly Layer[];
  /** The seed of random weights, or the weights themselves. */
  readonly seed?: number;
  readonly weights?: readonly number[];
  readonly image: readonly number[];
  readonly size: readonly [number, number];
  readonly outputs: readonly Numbers[];
}

export interface LayerCase {
  readonly layer: Layer;
  readonly weights: readonly number[];
  readonly input: Numbers;
  readonly output: Numbers;
}

const ALL = JSON.parse(networksText) as readonly (NetworkCase | LayerCase)[];
export const NETWORKS = ALL.filter((each): each is NetworkCase => "layers" in each);
export const LAYERS = ALL.filter((each): each is LayerCase => "layer" in each);

export function tensor({ shape, data }: Numbers): Tensor {
  return { shape, data: Float32Array.from(data) };
}

export function ran({ layer, weights, input }: LayerCase): Tensor {
  return run(layer, parametersOf([layer], Float32Array.from(weights))[0]!, tensor(input));
}

/** The greatest difference, as a share of the largest value; infinite where the shapes differ. */
export function apart(got: Tensor, expected: Numbers): number {
  if (got.shape.join() !== expected.shape.join()) return Infinity;
  const scale = Math.max(1, ...expected.data.map(Math.abs));
  return got.data.reduce((most, value, index) => Math.max(most, Math.abs(value - expected.data[index]!)), 0) / scale;
}
