// What the explorer's model holds, and the network, the image and the run that follow from it.
import type { Predictions } from "../core/predict";
import { nameOf, type Packed } from "../image/picture";
import { asMaps } from "./explain";
import { floats, halves } from "./float16";
import { forward, inputOf, networkOf, softmax, type Network, type Tensor } from "./forward";
import { outputShape, product, weightCount, type Layer, type Shape } from "./layers";
import { randomWeights } from "./random";

export type WeightsName = "trained" | "random" | "given";

export interface Garment extends Packed {
  readonly name: string;
}

export interface NetworkTraits {
  readonly network: string;
  readonly weights: WeightsName;
  readonly seed: number;
  readonly image: string | Packed;
  readonly classes: readonly string[];
  readonly normalise: readonly [number, number];
  readonly cell: readonly [number, number, number, number];
  readonly predict: boolean;
  readonly _layers: readonly Layer[] | null;
  readonly _weights: ArrayBufferView | null;
  readonly _source: string;
  readonly _garments: readonly Garment[];
  readonly _networks: Readonly<Record<string, readonly Layer[]>>;
  readonly _trained: Readonly<Record<string, { readonly half: string; readonly accuracy: number }>>;
  readonly _class_names: readonly string[];
  readonly _predictions: Predictions;
}

export const TRAITS = [
  ...(["network", "weights", "seed", "image", "classes", "normalise", "cell", "predict", "_layers", "_weights", "_source"] as const),
  ...(["_garments", "_networks", "_trained", "_class_names", "_predictions"] as const),
] as const;

/** The layers and weights on view; null while Python has not sent them. */
export function networkFrom({ network, weights, seed, _layers, _weights, _networks, _trained }: NetworkTraits): Network | null {
  const layers = _layers ?? _networks[network];
  if (!layers) return null;
  const given = _layers !== null || weights === "given";
  const numbers = given ? _weights && floats(_weights) : weights === "random" ? randomWeights(layers, seed) : _trained[network] && halves(_trained[network].half);
  const count = layers.reduce((total, layer) => total + weightCount(layer), 0);
  return numbers && numbers.length === count ? networkOf(layers, numbers) : null;
}

/** The grey bytes on view; null while the garments are not there yet. */
export function imageFrom({ image, _garments }: Pick<NetworkTraits, "image" | "_garments">): Grey | null {
  const packed = typeof image === "string" ? _garments.find(({ name }) => name === image) : image;
  return packed ? unpacked(packed) : null;
}

/** A grey image as bytes. */
export interface Grey {
  readonly high: number;
  readonly wide: number;
  readonly bytes: Uint8Array;
}

export function unpacked({ height, width, grey }: Packed): Grey {
  const text = atob(grey);
  return { high: height, wide: width, bytes: Uint8Array.from({ length: height * width }, (_, index) => text.charCodeAt(index)) };
}

export function packed({ high, wide, bytes }: Grey): Packed {
  return { height: high, width: wide, grey: btoa(String.fromCharCode(...bytes)) };
}

/** The image and every layer's output; null where the image is not what the network takes. */
export function runOf(network: Network, { high, wide, bytes }: Grey, normalise: readonly [number, number]): Tensor[] | null {
  const input = inputOf(bytes, high, wide, normalise);
  return fits(network.layers, input.shape) ? [input, ...forward(network.layers, network.parameters, input)] : null;
}

function fits(layers: readonly Layer[], first: Shape): boolean {
  let shape = first;
  for (const layer of layers) {
    if (layer.kind === "conv" && (shape.length !== 3 || shape[0] !== layer.in)) return false;
    if (layer.kind === "linear" && (shape.length !== 1 || shape[0] !== layer.in)) return false;
    shape = outputShape(layer, shape);
    if (shape.some((side) => side < 1)) return false;
  }
  return shape.length === 1 && product(shape) > 0;
}

/** What the network says: its last scores, their softmax (itself, where the last layer is one), and the largest. */
export interface Saying {
  readonly scores: Float32Array;
  readonly shares: Float32Array;
  readonly best: number;
  /** Whether the scores are shares themselves. */
  readonly soft: boolean;
}

export function sayingOf(layers: readonly Layer[], tensors: readonly Tensor[]): Saying {
  const scores = tensors.at(-1)!.data;
  const soft = layers.at(-1)?.kind === "softmax";
  return { scores, shares: soft ? scores : softmax(scores), best: scores.indexOf(Math.max(...scores)), soft };
}

/** The first layer that tells the classes: hidden, with all after it, until they are predicted. */
export function tellingLayer(layers: readonly Layer[], tensors: readonly Tensor[]): number {
  const classes = tensors.at(-1)!.data.length;
  let first = layers.length;
  while (first > 0 && asMaps(tensors[first]!)[2] === classes && tensors[first]!.shape.length === 1) first--;
  return first;
}

/** Names of the outputs: those given, Fashion-MNIST's for ten, or numbers. */
export function classNames({ classes, _class_names }: Pick<NetworkTraits, "classes" | "_class_names">, count: number): readonly string[] {
  if (classes.length === count) return classes;
  return count === _class_names.length ? _class_names : Array.from({ length: count }, (_, index) => String(index));
}

/** What a prediction belongs to: an image, a network and its weights (`print`: those given, hashed). */
export function questionKey({ image, network, weights, seed, _layers, normalise }: NetworkTraits, print: number): string {
  const given = _layers !== null || weights === "given";
  return JSON.stringify([nameOf(image), _layers ? "own" : network, given ? print : weights === "random" ? seed : weights, normalise]);
}

export function hashed(view: ArrayBufferView | null): number {
  if (!view) return 0;
  let hash = 7;
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  for (let at = 0; at < bytes.length; at += 4) hash = (Math.imul(hash, 31) + bytes[at]! + 256 * bytes[at + 1]! + 65536 * bytes[at + 2]!) | 0;
  return hash;
}
