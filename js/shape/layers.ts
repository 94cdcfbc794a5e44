// The layers of a stack as the model holds them, their names, and what a list of them can have done to it.
import type { Pair } from "../core/correlation";

export interface Conv {
  readonly kind: "conv";
  readonly channels: number;
  readonly kernel: Pair;
  /** Total of both sides, rows and columns. */
  readonly padding: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly bias: boolean;
}

export interface Pool {
  readonly kind: "pool";
  readonly mode: "max" | "avg";
  readonly kernel: Pair;
  /** Total of both sides, rows and columns. */
  readonly padding: Pair;
  readonly stride: Pair;
}

export interface Activation {
  readonly kind: "activation";
  readonly name: "sigmoid" | "relu" | "tanh";
}

export interface Flatten {
  readonly kind: "flatten";
}

export interface Linear {
  readonly kind: "linear";
  readonly units: number;
  readonly bias: boolean;
}

export type Layer = Conv | Pool | Activation | Flatten | Linear;
export type Kind = Layer["kind"];
export type Layers = readonly Layer[];

/** A new layer of a kind, as most networks have it. */
export function fresh(kind: Kind): Layer {
  switch (kind) {
    case "conv":
      return { kind, channels: 8, kernel: [3, 3], padding: [2, 2], stride: [1, 1], dilation: [1, 1], bias: true };
    case "pool":
      return { kind, mode: "max", kernel: [2, 2], padding: [0, 0], stride: [2, 2] };
    case "activation":
      return { kind, name: "relu" };
    case "flatten":
      return { kind };
    case "linear":
      return { kind, units: 10, bias: true };
  }
}

const ACTIVATIONS = { sigmoid: "Sigmoid", relu: "ReLU", tanh: "Tanh" } as const;

/** "5×5" */
export function pairText([rows, columns]: Pair): string {
  return `${rows}×${columns}`;
}

/** "Conv 5×5", "Average pool 2×2", "Linear", "Sigmoid". */
export function nameOf(layer: Layer): string {
  switch (layer.kind) {
    case "conv":
      return `Conv ${pairText(layer.kernel)}`;
    case "pool":
      return `${layer.mode === "max" ? "Max" : "Average"} pool ${pairText(layer.kernel)}`;
    case "activation":
      return ACTIVATIONS[layer.name];
    case "flatten":
      return "Flatten";
    case "linear":
      return "Linear";
  }
}

const same = ([rows, columns]: Pair, value: number): boolean => rows === value && columns === value;
const short = (pair: Pair): string => (pair[0] === pair[1] ? String(pair[0]) : `(${pair[0]}, ${pair[1]})`);

/** What else a layer is set to: "6 channels, p 4, s 2"; what changes nothing is left out. */
export function settingsOf(layer: Layer): string {
  switch (layer.kind) {
    case "conv":
    case "pool": {
      const parts = layer.kind === "conv" ? [`${layer.channels} ch`] : [];
      if (!same(layer.padding, 0)) parts.push(`p ${short(layer.padding)}`);
      if (layer.kind === "pool" || !same(layer.stride, 1)) parts.push(`s ${short(layer.stride)}`);
      if (layer.kind === "conv" && !same(layer.dilation, 1)) parts.push(`d ${short(layer.dilation)}`);
      return parts.join(", ");
    }
    case "linear":
      return `${layer.units} units`;
    default:
      return "";
  }
}

/** The list with a layer put in at an index. */
export function added(layers: Layers, index: number, layer: Layer): Layers {
  return [...layers.slice(0, index), layer, ...layers.slice(index)];
}

/** The list without one. */
export function removed(layers: Layers, index: number): Layers {
  return layers.filter((_, i) => i !== index);
}

/** The list with two neighbours swapped; the same list where there is no neighbour on that side. */
export function moved(layers: Layers, index: number, by: -1 | 1): Layers {
  const to = index + by;
  if (!layers[index] || !layers[to]) return layers;
  return layers.map((layer, i) => (i === index ? layers[to]! : i === to ? layers[index]! : layer));
}

/** The list with one layer changed. */
export function changed(layers: Layers, index: number, layer: Layer): Layers {
  return layers.map((each, i) => (i === index ? layer : each));
}

/** Whether rows and columns of every layer are alike, so that one number can stand for both. */
export function isSquare(layers: Layers): boolean {
  return layers.every((layer) => {
    if (layer.kind !== "conv" && layer.kind !== "pool") return true;
    const pairs: Pair[] = [layer.kernel, layer.padding, layer.stride];
    if (layer.kind === "conv") pairs.push(layer.dilation);
    return pairs.every(([rows, columns]) => rows === columns);
  });
}
