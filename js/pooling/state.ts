// What the explorer's model holds, and all that follows from it by arithmetic.
import type { Answer } from "../core/answer";
import { largest } from "../core/colour";
import type { Matrix, Pair } from "../core/correlation";
import { clamped } from "../core/playback";
import { guessesOf, type Guess, type Predictions } from "../core/predict";
import { largestIn } from "../core/volume";
import { fillOf, geometry, padded, pooled, type Geometry, type Setting } from "./pool";

export interface PoolingTraits extends Setting {
  readonly channel: number;
  readonly step: number;
  readonly shift: Pair;
  readonly predict: boolean;
  readonly _predictions: Predictions;
  readonly _answer: Answer | null;
  readonly _fn_name: string;
}

export const TRAITS = [
  "input",
  "pool_size",
  "padding",
  "stride",
  "mode",
  "count_include_pad",
  "channel",
  "step",
  "shift",
  "predict",
  "_predictions",
  "_answer",
  "_fn_name",
] as const;

/** One channel under a setting. */
export interface Scene {
  readonly setting: Setting;
  readonly geometry: Geometry;
  /** Counted from 0. */
  readonly channel: number;
  /** The channel as it is given, and with its padding around. */
  readonly given: Matrix;
  readonly padded: Matrix;
  readonly output: Matrix;
  /** Names the setting; equal for equal settings. */
  readonly key: string;
  /** The magnitude that gets the full tint, the same for every grid: pooling keeps the scale of what comes in. */
  readonly scale: number;
}

export function sceneOf(setting: Setting, channel: number): Scene {
  const { input, pool_size, padding: P, stride, mode, count_include_pad } = setting;
  const g = geometry(setting);
  const at = clamped(channel, input.length);
  const given = input[at]!;
  return {
    setting,
    geometry: g,
    channel: at,
    given,
    padded: padded(given, g, fillOf(mode)),
    output: pooled(given, g, mode, count_include_pad),
    key: JSON.stringify([input, pool_size, P, stride, mode, count_include_pad]),
    scale: largestIn(input) || largest(given),
  };
}

/** Which output cells of the channel can be seen: those up to the step; while predicting, only those answered. */
export interface Reveal {
  readonly step: number;
  readonly row: number;
  readonly column: number;
  readonly predict: boolean;
  guess(index: number): Guess | undefined;
  shows(index: number): boolean;
  /** Whether every cell of the channel can be seen. */
  readonly all: boolean;
}

/** Names an output cell among the predictions of a setting. */
export function cellName(channel: number, index: number): string {
  return `${channel}/${index}`;
}

export function revealOf(traits: Pick<PoolingTraits, "step" | "predict" | "_predictions">, scene: Scene): Reveal {
  const { columns, count } = scene.geometry;
  const step = clamped(traits.step, count);
  const guesses = guessesOf(traits._predictions, scene.key);
  const guess = (index: number): Guess | undefined => guesses[cellName(scene.channel, index)];
  const wide = Math.max(1, columns.places);
  const shows = (index: number): boolean => (traits.predict ? guess(index) !== undefined : index <= step);
  return {
    step,
    row: Math.floor(step / wide),
    column: step % wide,
    predict: traits.predict,
    guess,
    shows,
    all: !traits.predict || Array.from({ length: count }, (_, index) => shows(index)).every(Boolean),
  };
}
