// What the explorer's model holds, and all that follows from it by arithmetic.
import type { Answer } from "../core/answer";
import { tapsOf, type Geometry, type Tap } from "../core/correlation";
import { clamped } from "../core/playback";
import { guessesOf, type Guess, type Predictions } from "../core/predict";
import { largestIn, type Volume } from "../core/volume";
import { geometryOf, paddedVolume, partialSums, summed, type ChannelSetting } from "./arithmetic";

export interface ChannelTraits extends ChannelSetting {
  readonly out: number;
  readonly step: number;
  readonly predict: boolean;
  readonly _predictions: Predictions;
  readonly _answer: Answer | null;
  readonly _fn_name: string;
}

export const TRAITS = [
  "input",
  "kernel",
  "bias",
  "padding",
  "stride",
  "out",
  "step",
  "predict",
  "_predictions",
  "_answer",
  "_fn_name",
] as const;

export interface Scene {
  readonly setting: ChannelSetting;
  readonly geometry: Geometry;
  readonly padded: Volume;
  /** Whether the kernel has other channels than the input: then there are no sums. */
  readonly refused: boolean;
  /** Output cells a channel; none where the kernel is refused or does not fit. */
  readonly count: number;
  readonly partials: readonly Volume[];
  readonly output: Volume;
  readonly key: string;
  readonly scales: { readonly input: number; readonly kernel: number; readonly output: number };
}

export function sceneOf(setting: ChannelSetting): Scene {
  const { input, kernel, bias, padding, stride } = setting;
  const g = geometryOf(setting);
  const P = paddedVolume(input, g);
  const refused = kernel[0]?.length !== input.length;
  const partials = refused ? [] : partialSums(P, kernel, g);
  const Y = summed(partials, bias);
  const weights = Math.max(...kernel.map((of: Volume) => largestIn(of)));
  return {
    setting,
    geometry: g,
    padded: P,
    refused,
    count: refused ? 0 : g.count,
    partials,
    output: Y,
    key: JSON.stringify([input, kernel, bias, padding, stride]),
    scales: { input: largestIn(input), kernel: weights, output: largestIn(Y) },
  };
}

/** What is on view: an output channel, a place, and which cells can be seen. */
export interface Reveal {
  readonly out: number;
  readonly step: number;
  readonly row: number;
  readonly column: number;
  readonly predict: boolean;
  readonly guesses: Readonly<Record<string, Guess>>;
  /** Whether a cell of an output channel can be seen: up to the step or, while predicting, once it is answered. */
  shows(out: number, index: number): boolean;
}

export function cellKey(out: number, index: number): string {
  return `${out}:${index}`;
}

export function revealOf(traits: ChannelTraits, scene: Scene): Reveal {
  const step = clamped(traits.step, scene.count);
  const guesses = guessesOf(traits._predictions, scene.key);
  const wide = Math.max(1, scene.geometry.columns.places);
  return {
    out: clamped(traits.out, traits.kernel.length),
    step,
    row: Math.floor(step / wide),
    column: step % wide,
    predict: traits.predict,
    guesses,
    shows: (out, index) => (traits.predict ? guesses[cellKey(out, index)] !== undefined : index <= step),
  };
}

/** The products of the window on view in one input channel. */
export function channelTaps({ padded, setting, geometry }: Scene, { out, row, column }: Reveal, channel: number): Tap[] {
  return tapsOf(padded[channel]!, setting.kernel[out]![channel]!, geometry, row, column);
}

/** The partial sums of the cell on view, one an input channel; none where there is no output. */
export function partsOf(scene: Scene, { out, row, column }: Reveal): number[] {
  if (scene.count === 0) return [];
  return (scene.partials[out] ?? []).map((map) => map[row]![column]!);
}

/** Whether the kernel is 1×1, so that the layer is a matrix product. */
export function isMixing({ kernel }: ChannelSetting): boolean {
  return kernel[0]?.[0]?.length === 1 && kernel[0][0][0]?.length === 1;
}

