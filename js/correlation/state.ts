// What the explorer's model holds, and all that follows from it by arithmetic.
import { largest } from "../core/colour";
import { geometry, output, padded, sliding, type Geometry, type Matrix, type Mode, type Pair, type Setting } from "../core/correlation";
import { clamped } from "../core/playback";
import type { Reads } from "./reads";
import { guessesOf, type Guess, type Predictions } from "../core/predict";

/** What the learner's function gave, as Python sends it; `of` repeats the setting that it was run on. */
export interface Answer {
  readonly of: readonly unknown[];
  readonly kind: "right" | "type" | "shape" | "value" | "error";
  readonly sentence: string;
  readonly values: readonly (readonly (number | string)[])[] | null;
  readonly where: readonly (readonly boolean[])[] | null;
}

export interface ExplorerTraits {
  readonly input: Matrix;
  readonly kernel: Matrix;
  readonly padding: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly mode: Mode;
  readonly step: number;
  readonly predict: boolean;
  readonly _predictions: Predictions;
  readonly _answer: Answer | null;
  readonly _fn_name: string;
  readonly reads: boolean;
  readonly _reads: Reads | null;
}

export const TRAITS = [
  "input",
  "kernel",
  "padding",
  "stride",
  "dilation",
  "mode",
  "step",
  "predict",
  "_predictions",
  "_answer",
  "_fn_name",
  "reads",
  "_reads",
] as const;

export interface Scene {
  readonly setting: Setting;
  readonly geometry: Geometry;
  readonly padded: Matrix;
  /** The kernel that slides: turned in convolution. */
  readonly sliding: Matrix;
  readonly output: Matrix;
  /** Names the setting; equal for equal settings. */
  readonly key: string;
  readonly scales: { readonly input: number; readonly kernel: number; readonly output: number };
}

export function sceneOf(setting: Setting): Scene {
  const g = geometry(setting);
  const P = padded(setting.input, g);
  const K = sliding(setting);
  const Y = output(P, K, g);
  const scales = { input: largest(setting.input), kernel: largest(K), output: largest(Y) };
  return { setting, geometry: g, padded: P, sliding: K, output: Y, key: keyOf(settingList(setting)), scales };
}

function settingList({ input, kernel, padding, stride, dilation, mode }: Setting): unknown[] {
  return [input, kernel, padding, stride, dilation, mode];
}

function keyOf(list: readonly unknown[]): string {
  return JSON.stringify(list);
}

/** The answer for the setting on view; null where Python has not answered (or there is no Python). */
export function answerFor(answer: Answer | null, scene: Scene): Answer | null {
  return answer && keyOf(answer.of) === scene.key ? answer : null;
}

/** The learner's values as numbers; what is no number is NaN. */
export function numbersOf(values: readonly (readonly (number | string)[])[]): number[][] {
  return values.map((row) => row.map((value) => (value === "inf" ? Infinity : value === "-inf" ? -Infinity : Number(value))));
}

/** Which output cells can be seen: those up to the step and, while predicting, only those answered. */
export interface Reveal {
  readonly step: number;
  readonly row: number;
  readonly column: number;
  readonly predict: boolean;
  readonly guesses: Readonly<Record<string, Guess>>;
  shows(index: number): boolean;
}

export function revealOf(traits: ExplorerTraits, scene: Scene): Reveal {
  const { columns, count } = scene.geometry;
  const step = clamped(traits.step, count);
  const guesses = guessesOf(traits._predictions, scene.key);
  const wide = Math.max(1, columns.places);
  return {
    step,
    row: Math.floor(step / wide),
    column: step % wide,
    predict: traits.predict,
    guesses,
    shows: (index) => (traits.predict ? guesses[index] !== undefined : index <= step),
  };
}
