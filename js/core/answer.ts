// What a learner's function gave, as Python sends it for volumes: one grid of values a channel.
import type { Matrix } from "./correlation";

export interface Answer {
  /** The setting that it was run on. */
  readonly of: readonly unknown[];
  /** "unasked": not run, for the reason that the sentence gives. */
  readonly kind: "right" | "type" | "shape" | "value" | "error" | "unasked";
  readonly sentence: string;
  /** The shape that it gave, where it gave an array. */
  readonly shape: readonly number[] | null;
  readonly values: readonly (readonly (readonly (number | string)[])[])[] | null;
  readonly where: readonly (readonly (readonly boolean[])[])[] | null;
}

/** The answer for the setting on view; null where Python has not answered (or there is no Python). */
export function answerFor(answer: Answer | null, key: string): Answer | null {
  return answer && JSON.stringify(answer.of) === key ? answer : null;
}

const plain = (value: number | string): number => (value === "inf" ? Infinity : value === "-inf" ? -Infinity : Number(value));

/** One channel of the values as numbers, NaN for what is none; null where there is no such channel. */
export function channelOf(answer: Answer | null, channel: number): Matrix | null {
  return answer?.values?.[channel]?.map((row) => row.map(plain)) ?? null;
}

/** The channels that hold a value which differs, from 0. */
export function channelsThatDiffer(answer: Answer | null): number[] {
  return (answer?.where ?? []).flatMap((rows, channel) => (rows.some((row) => row.includes(true)) ? [channel] : []));
}
