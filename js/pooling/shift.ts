// What a move of the input does to the output: which cells change, for a maximum and for a mean, and in words.
import { largest } from "../core/colour";
import type { Matrix, Pair } from "../core/correlation";
import { counted } from "../core/format";
import { pooled, type Geometry, type Mode } from "./pool";

export const FURTHEST = 8;

/** A channel moved down and to the right: what leaves is lost, zeros come in. */
export function shifted(X: Matrix, [down, right]: Pair): Matrix {
  return X.map((row, r) => row.map((_, c) => X[r - down]?.[c - right] ?? 0));
}

export interface Effect {
  readonly before: Matrix;
  readonly after: Matrix;
  /** How many output cells are not what they were. */
  readonly changed: number;
  differs(row: number, column: number): boolean;
}

export interface Shifted {
  readonly input: Matrix;
  readonly max: Effect;
  readonly avg: Effect;
}

export function shiftedBy(X: Matrix, shift: Pair, g: Geometry, countIncludePad: boolean): Shifted {
  const input = shifted(X, shift);
  const effect = (mode: Mode): Effect => {
    const before = pooled(X, g, mode, countIncludePad);
    const after = pooled(input, g, mode, countIncludePad);
    // The same numbers summed in another order are the same mean.
    const least = 1e-12 * Math.max(1, largest(X));
    const differs = (row: number, column: number): boolean => Math.abs(before[row]![column]! - after[row]![column]!) > least;
    return { before, after, differs, changed: after.flatMap((row, i) => row.filter((_, j) => differs(i, j))).length };
  };
  return { input, max: effect("max"), avg: effect("avg") };
}

/** "1 row down and 2 columns to the left". */
export function moveText([down, right]: Pair): string {
  const parts = [
    down ? `${counted(Math.abs(down), "row")} ${down > 0 ? "down" : "up"}` : "",
    right ? `${counted(Math.abs(right), "column")} to the ${right > 0 ? "right" : "left"}` : "",
  ];
  return parts.filter(Boolean).join(" and ");
}

/** How many cells change, for both. */
export function effectText(shift: Pair, { max, avg }: Shifted, count: number): string {
  const of = (changed: number): string => (changed === 0 ? "none" : String(changed));
  return `The input moved by ${moveText(shift)}: of ${counted(count, "output cell")} the maximum changes ${of(max.changed)}, the average ${of(avg.changed)}.`;
}

/** Why, where the counts tell it. */
export function reasonText([down, right]: Pair, { max, avg }: Shifted, { rows, columns }: Geometry): string {
  if (down % rows.s === 0 && right % columns.s === 0) {
    const cells = moveText([down / rows.s, right / columns.s]).replace(/rows?|columns?/g, (word) => (word.endsWith("s") ? "cells" : "cell"));
    return `That is a whole number of strides: the output moves along with the input, by ${cells}, except at the borders.`;
  }
  if (max.changed < avg.changed) {
    return "A maximum stays while its largest value stays in the window and no larger one comes in; a mean changes with every value that comes or goes.";
  }
  if (max.changed === 0) return "Each window still holds the same values.";
  return max.changed === avg.changed
    ? "Here the maximum is no steadier than the average: in each of these windows the largest value left, or a larger one came."
    : "Here the average is the steadier one: what left and what came add up to the same.";
}
