// The vectors that `cnnwidgets.ops` computed, written by `python -m tests.vectors` (pytest does it by itself).
import sizesText from "../vectors/sizes.json?raw";
import windowsText from "../vectors/windows.json?raw";
import type { Matrix, Pair, Setting } from "../core/correlation";

/** A setting, and what the Python package makes of it; no output rows where the kernel does not fit. */
export interface WindowCase extends Setting {
  readonly padded: Matrix;
  readonly sliding: Matrix;
  readonly output: Matrix;
  readonly places: Pair;
  readonly covered: Pair;
}

export interface SizeCase {
  readonly n: number;
  readonly k: number;
  readonly p: number;
  readonly s: number;
  readonly d: number;
  readonly places: number;
  readonly covered: number;
}

export const WINDOWS = JSON.parse(windowsText) as readonly WindowCase[];
export const SIZES = JSON.parse(sizesText) as readonly SizeCase[];

/** The case without its matrices, to say which one fails. */
export function nameOf({ input, kernel, padding, stride, dilation, mode }: Setting): string {
  const shape = (X: Matrix): string => `${X.length}×${X[0]?.length}`;
  return `${mode} of ${shape(input)} with ${shape(kernel)}, padding ${padding}, stride ${stride}, dilation ${dilation}`;
}

/** The greatest difference between two matrices, as a share of the largest entry; infinite where shapes differ. */
export function difference(got: Matrix, expected: Matrix): number {
  if (got.length !== expected.length || got.some((row, r) => row.length !== expected[r]!.length)) return Infinity;
  const largest = Math.max(1, ...expected.flat().map(Math.abs));
  return Math.max(0, ...got.flatMap((row, r) => row.map((value, c) => Math.abs(value - expected[r]![c]!)))) / largest;
}
