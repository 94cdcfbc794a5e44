// What the counter's model holds, and which counts can be seen.
import type { Pair } from "../core/correlation";
import { clamped } from "../core/playback";
import { guessesOf, type Predictions } from "../core/predict";
import type { Kind, Numbers } from "./counts";
import type { Wiring } from "./wiring";

/** A predicted count in digits; null where the learner asked to be shown. */
export interface CountGuess {
  readonly guess: string | null;
  readonly right: boolean;
}

export interface CountRow {
  readonly arguments: readonly number[];
  readonly right: string;
  readonly got: string;
  readonly differs: boolean;
}

/** What the learner's function gives, as Python sends it; `of` repeats the numbers that it was run on. */
export interface CountAnswer {
  readonly of: readonly number[];
  readonly kind: "right" | "value" | "type" | "error";
  readonly sentence: string;
  readonly what: string;
  readonly parameters: readonly string[];
  readonly rows: readonly CountRow[];
}

export interface WeightTraits extends Numbers {
  readonly kind: Kind;
  readonly unit: Pair;
  readonly predict: boolean;
  readonly _limits: Readonly<Record<keyof Numbers, Pair>>;
  readonly _fn_name: string;
  readonly _answer: CountAnswer | null;
  readonly _predictions: Predictions<CountGuess>;
}

export const TRAITS = [
  "height",
  "width",
  "channels",
  "hidden",
  "delta",
  "kind",
  "unit",
  "predict",
  "_limits",
  "_fn_name",
  "_answer",
  "_predictions",
] as const;

/** Names the numbers; the same as Python's. */
export function keyOf({ height, width, channels, hidden, delta }: Numbers): string {
  return JSON.stringify([height, width, channels, hidden, delta]);
}

/** The numbers that a kind of layer depends on: a change of any other asks nothing again. */
export function questionOf(kind: Kind, { height, width, channels, hidden, delta }: Numbers): string {
  const of = { dense: [height, width, channels, hidden], dense2d: [height, width], local: [height, width, delta], shared: [delta] };
  return `${kind} ${of[kind].join(" ")}`;
}

/** All predictions belong to one arithmetic: which numbers they were is in the key of the cell. */
export const COUNTS = "counts";

/** The guess at a count, if there was one. */
export function guessOf(predictions: Predictions<CountGuess>, kind: Kind, numbers: Numbers): CountGuess | undefined {
  return guessesOf(predictions, COUNTS)[questionOf(kind, numbers)];
}

/** The hidden unit on view, within the picture. */
export function unitOf([row, column]: Pair, { unitRows, unitColumns }: Wiring): Pair {
  return [clamped(row, unitRows), clamped(column, unitColumns)];
}

/** The answer for the numbers on view; null where Python has not answered (or there is no Python). */
export function answerFor(answer: CountAnswer | null, key: string): CountAnswer | null {
  return answer && JSON.stringify(answer.of) === key ? answer : null;
}
