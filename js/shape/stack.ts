// The arithmetic of a stack: for each layer its output shape, receptive field, parameters and multiply-adds.
import { axis, type Axis, type Pair } from "../core/correlation";
import type { Conv, Layer, Layers, Pool } from "./layers";

/** One example: channels, height, width; or units once it is flat. */
export type Shape = readonly number[];

/** The receptive field of one output number along one axis, in input rows that may lie outside of the input. */
export interface Field {
  /** Where that of the first output row starts. */
  readonly start: number;
  readonly size: number;
  /** How far it moves from one output row to the next. */
  readonly jump: number;
  /** How many output rows there are. */
  readonly places: number;
}

export interface Stage {
  readonly layer: Layer;
  readonly given: Shape;
  /** None where the layer does not fit, or is not reached because one before it does not. */
  readonly shape: Shape | null;
  /** What is wrong with the layer here, as a sentence; empty where it fits or is not reached. */
  readonly problem: string;
  /** Rows and columns of a window that slides. */
  readonly axes: readonly [Axis, Axis] | null;
  /** Rows and columns, as long as a number still has a place in the image. */
  readonly fields: readonly [Field, Field];
  /** Height and width of what one number depends on. */
  readonly sees: Pair;
  /** Whether it is as much as the layers before the first linear one leave: the same for every number. */
  readonly all: boolean;
  readonly parameters: number;
  readonly multiplyAdds: number;
}

export const product = (shape: Shape): number => shape.reduce((total, size) => total * size, 1);

export function stagesOf(input: Shape, layers: Layers): Stage[] {
  let given: Shape | null = input;
  let fields = [fieldOf(input[1] ?? 1), fieldOf(input[2] ?? 1)] as const;
  let all = false;
  return layers.map((layer) => {
    if (!given) {
      const nothing = { shape: null, problem: "", axes: null, parameters: 0, multiplyAdds: 0 };
      return { layer, given: [], fields, sees: seen(fields, input, all), all, ...nothing };
    }
    const axes = isWindowed(layer) && given.length === 3 ? axesOf(layer, given) : null;
    const problem = problemOf(layer, given, axes);
    const shape = problem ? null : shapeOf(layer, given, axes);
    if (axes) fields = [grown(fields[0], axes[0]), grown(fields[1], axes[1])];
    all ||= layer.kind === "linear";
    const numbers = shape ? costOf(layer, given, shape) : { parameters: 0, multiplyAdds: 0 };
    const stage = { layer, given, shape, problem, axes, fields, sees: seen(fields, input, all), all, ...numbers };
    given = shape;
    return stage;
  });
}

export function isWindowed(layer: Layer): layer is Conv | Pool {
  return layer.kind === "conv" || layer.kind === "pool";
}

function axesOf(layer: Conv | Pool, [, height = 0, width = 0]: Shape): readonly [Axis, Axis] {
  const { kernel, padding, stride } = layer;
  const dilation = layer.kind === "conv" ? layer.dilation : ([1, 1] as const);
  return [
    axis(height, kernel[0], padding[0], stride[0], dilation[0]),
    axis(width, kernel[1], padding[1], stride[1], dilation[1]),
  ];
}

function problemOf(layer: Layer, given: Shape, axes: readonly [Axis, Axis] | null): string {
  if (layer.kind === "linear" && given.length !== 1) {
    return `A linear layer takes one row of numbers, and ${given.join(" × ")} comes in. Put a Flatten before it.`;
  }
  if (!isWindowed(layer)) return "";
  const what = layer.kind === "conv" ? "kernel" : "window";
  if (!axes) {
    return `A ${what} slides over height and width, and a flat row of ${given[0]} comes in. Put this layer before the Flatten.`;
  }
  for (const [index, { n, k, p, before, reach, places }] of axes.entries()) {
    const name = index === 0 ? "rows" : "columns";
    if (layer.kind === "pool" && before > Math.floor(k / 2)) {
      return `A pooling window of ${k} ${name} takes at most ${Math.floor(k / 2)} of padding a side: with ${before} it could lie on padding alone.`;
    }
    if (places === 0) {
      const spread = reach === k ? "" : ", spread by dilation,";
      const padded = p > 0 ? ` with padding` : "";
      return `The ${what}${spread} spans ${reach} ${name}, and there are only ${n + p}${padded}. Make it smaller, pad more, or take a layer out before it.`;
    }
  }
  return "";
}

function shapeOf(layer: Layer, given: Shape, axes: readonly [Axis, Axis] | null): Shape {
  switch (layer.kind) {
    case "conv":
    case "pool":
      return [layer.kind === "conv" ? layer.channels : given[0]!, axes![0].places, axes![1].places];
    case "activation":
      return given;
    case "flatten":
      return [product(given)];
    case "linear":
      return [layer.units];
  }
}

function costOf(layer: Layer, given: Shape, shape: Shape): { parameters: number; multiplyAdds: number } {
  switch (layer.kind) {
    case "conv": {
      const weights = given[0]! * layer.kernel[0] * layer.kernel[1];
      return { parameters: layer.channels * (weights + (layer.bias ? 1 : 0)), multiplyAdds: product(shape) * weights };
    }
    case "linear":
      return {
        parameters: layer.units * (given[0]! + (layer.bias ? 1 : 0)),
        multiplyAdds: layer.units * given[0]!,
      };
    default:
      return { parameters: 0, multiplyAdds: 0 };
  }
}

function fieldOf(places: number): Field {
  return { start: 0, size: 1, jump: 1, places };
}

function grown({ start, size, jump }: Field, { before, reach, s, places }: Axis): Field {
  return { start: start - before * jump, size: size + (reach - 1) * jump, jump: jump * s, places };
}

/** One number's field, or, after a linear layer, the span of all fields as far as it lies on the input. */
function seen(fields: readonly [Field, Field], input: Shape, all: boolean): Pair {
  const along = (index: 0 | 1): number => {
    const { start, size, jump, places } = fields[index];
    if (!all) return size;
    const [from, to] = [Math.max(0, start), Math.min(input[index + 1]!, start + (places - 1) * jump + size)];
    return to - from;
  };
  return [along(0), along(1)];
}

export interface Totals {
  readonly parameters: number;
  readonly multiplyAdds: number;
  /** Whether every layer fits. */
  readonly fits: boolean;
}

export function totalsOf(stages: readonly Stage[]): Totals {
  return {
    parameters: stages.reduce((sum, stage) => sum + stage.parameters, 0),
    multiplyAdds: stages.reduce((sum, stage) => sum + stage.multiplyAdds, 0),
    fits: stages.every((stage) => stage.shape !== null),
  };
}
