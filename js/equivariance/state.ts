// What the explorer's model holds, and all that follows from it by arithmetic.
import type { Answer } from "../core/answer";
import type { Matrix, Pair } from "../core/correlation";
import type { Predictions } from "../core/predict";
import { nameOf, type Packed, type Plane } from "../image/picture";
import { compared, OPS, run, shifted, type Comparison, type Op } from "./rungs";

/** What Python found of the learner's function: beside `values`, f(shift(X)), there is shift(f(X)). */
export interface ShiftAnswer extends Answer {
  readonly moved: readonly (readonly (number | string)[])[] | null;
  readonly inside: readonly (readonly boolean[])[] | null;
}

/** A guess whether a layer follows; null where the learner asked to be shown. */
export interface Guess {
  readonly guess: boolean | null;
  readonly right: boolean;
}

export interface EquivarianceTraits {
  readonly picture: string | Packed;
  readonly kernel: Matrix;
  readonly shift: Pair;
  readonly op: Op;
  readonly predict: boolean;
  readonly _pictures: Readonly<Record<string, Packed>>;
  readonly _fn_name: string;
  readonly _answer: ShiftAnswer | null;
  readonly _predictions: Predictions<Guess>;
}

export const TRAITS = ["picture", "kernel", "shift", "op", "predict", "_pictures", "_fn_name", "_answer", "_predictions"] as const;

/** How far a gesture or a key moves the picture: at most half of it, so that something is left to compare. */
export function farthest(n: number): number {
  return Math.min(16, Math.floor(n / 2));
}

export function held([rows, columns]: Pair, { height, width }: Plane): Pair {
  const within = (along: number, n: number): number => Math.max(-farthest(n), Math.min(farthest(n), Math.round(along))) + 0;
  return [within(rows, height), within(columns, width)];
}

/** Every layer's output on the picture as it stands; null where it does not fit. */
export type Outputs = Readonly<Record<Op, Plane | null>>;

export function outputsOf(X: Plane, K: Matrix, table: Float32Array): Outputs {
  return Object.fromEntries(OPS.map((op) => [op, run(op, X, K, table)])) as Outputs;
}

/** Every layer's comparison; null where it does not fit. */
export type Scene = Readonly<Record<Op, Comparison | null>>;

export function sceneOf(X: Plane, K: Matrix, table: Float32Array, shift: Pair, before: Outputs): Scene {
  const S = shifted(X, shift);
  return Object.fromEntries(
    OPS.map((op) => {
      const Y = before[op];
      return [op, Y && compared(op, X, K, shift, Y, run(op, S, K, table)!)];
    }),
  ) as Scene;
}

/** What predictions belong to: a picture, a kernel and a shift. */
export function questionKey({ picture, kernel, shift }: Pick<EquivarianceTraits, "picture" | "kernel" | "shift">): string {
  return JSON.stringify([nameOf(picture), kernel, shift]);
}

/** The learner's two outputs as a comparison; null where Python sent none to draw. */
export function comparisonOf(answer: ShiftAnswer | null): Comparison | null {
  if (!answer?.moved || !answer.values?.[0] || !answer.inside) return null;
  const plane = (rows: readonly (readonly (number | string)[])[]): Plane => ({
    height: rows.length,
    width: rows[0]!.length,
    values: Float64Array.from(rows.flat(), (value) => (typeof value === "number" ? value : Number(value.replace("inf", "Infinity")))),
  });
  const mask = (rows: readonly (readonly boolean[])[]): Uint8Array => Uint8Array.from(rows.flat(), Number);
  const inside = mask(answer.inside);
  const differs = answer.where?.[0] ? mask(answer.where[0]) : new Uint8Array(inside.length);
  const total = (which: Uint8Array): number => which.reduce((sum, yes) => sum + yes, 0);
  return { moved: plane(answer.moved), given: plane(answer.values[0]), inside, differs, many: total(differs), of: total(inside), by: [0, 0] };
}
