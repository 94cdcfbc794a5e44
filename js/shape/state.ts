// What the explorer's model holds, and which layers' outputs can be seen.
import type { Pair } from "../core/correlation";
import type { Predictions } from "../core/predict";
import type { Layer, Layers } from "./layers";
import type { Shape, Stage } from "./stack";

/** One predicted shape, as it was typed; null where the learner asked to be shown. */
export interface ShapeGuess {
  readonly guess: readonly number[] | null;
  readonly right: boolean;
}

export interface SizeCell {
  readonly right: string;
  readonly got: string;
  readonly differs: boolean;
}

/** What the learner's function gives, as Python sends it; `of` repeats the input, the layers and the batch. */
export interface SizeAnswer {
  readonly of: readonly [Shape, Layers, number | string];
  readonly what: string;
  readonly parameters: readonly string[];
  /** "unasked": not run, for the reason that the sentence gives. */
  readonly kind: "right" | "value" | "type" | "error" | "unasked";
  readonly sentence: string;
  /** None for a function that is asked about the whole network. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly table: readonly (readonly SizeCell[])[];
  readonly layers: readonly (SizeCell & { readonly layer: number; readonly place: "rows" | "columns" | "parameters" | "shape" })[];
}

export interface Preset {
  readonly name: string;
  readonly line: string;
  readonly traits: Readonly<Record<string, unknown>>;
}

export interface ShapeTraits {
  readonly input: Shape;
  readonly layers: Layers;
  readonly batch: number | string;
  readonly selected: number;
  readonly predict: boolean;
  readonly _limits: Readonly<Record<string, Pair>>;
  readonly _presets: readonly Preset[];
  readonly _fn_name: string;
  readonly _answer: SizeAnswer | null;
  readonly _predictions: Predictions<ShapeGuess>;
}

export const TRAITS = [
  "input",
  "layers",
  "batch",
  "selected",
  "predict",
  "_limits",
  "_presets",
  "_fn_name",
  "_answer",
  "_predictions",
] as const;

/** All predictions belong to one arithmetic: which shape and layer it was is in the key of the cell. */
export const SHAPES = "shapes";

/** Names an input and its layers; equal for equal ones, whatever the order of their entries. */
export function keyOf(input: Shape, layers: Layers): string {
  return JSON.stringify([input, ...layers.map(layerKey)]);
}

function layerKey(layer: Layer): unknown {
  return Object.entries(layer).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Names one question: this layer on this shape. */
export function questionOf({ given, layer }: Stage): string {
  return JSON.stringify([given, layerKey(layer)]);
}

/** Which outputs can be seen, and which one is asked for next (an index; −1 where none is). */
export interface Reveal {
  readonly next: number;
  shows(index: number): boolean;
}

/** A layer's output shows once it and all before it are predicted; an activation's and a misfit's ask for nothing. */
export function revealOf(predict: boolean, stages: readonly Stage[], cells: Readonly<Record<string, ShapeGuess>>): Reveal {
  if (!predict) return { next: -1, shows: () => true };
  const next = stages.findIndex(
    (stage) => stage.layer.kind !== "activation" && stage.shape !== null && !cells[questionOf(stage)],
  );
  return { next, shows: (index) => next < 0 || index < next };
}

/** "N × 6 × 28 × 28", which does not break. */
export function shapeText(shape: Shape, batch?: number | string): string {
  return (batch === undefined ? shape : [batch, ...shape]).join("\u00a0×\u00a0");
}

/** The answer for the stack on view; null where Python has not answered (or there is no Python). */
export function answerFor(answer: SizeAnswer | null, key: string, batch: number | string): SizeAnswer | null {
  return answer && answer.of[2] === batch && keyOf(answer.of[0], answer.of[1]) === key ? answer : null;
}
