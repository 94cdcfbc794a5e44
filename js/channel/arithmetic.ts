// Many channels in and out: partial sums, their sum with the bias, and the matrix product of a 1×1 kernel.
import { geometry, output, padded, resized, type Geometry, type Matrix, type Pair } from "../core/correlation";
import type { Volume } from "../core/volume";

/** K as Python holds it, (co, ci, kh, kw): a volume of kernels for each output channel. */
export type Kernels = readonly Volume[];

export interface ChannelSetting {
  readonly input: Volume;
  readonly kernel: Kernels;
  readonly bias: readonly number[];
  /** Total rows and columns of zeros. */
  readonly padding: Pair;
  readonly stride: Pair;
}

/** The geometry that all channels share. */
export function geometryOf({ input, kernel, padding, stride }: ChannelSetting): Geometry {
  return geometry({ input: input[0] ?? [], kernel: kernel[0]?.[0] ?? [], padding, stride, dilation: [1, 1], mode: "correlation" });
}

/** Every input channel with its zeros around. */
export function paddedVolume(input: Volume, g: Geometry): Volume {
  return input.map((channel) => padded(channel, g));
}

/** What every input channel adds to every output: [o][c] is X[c] ⋆ K[o, c]. */
export function partialSums(P: Volume, kernel: Kernels, g: Geometry): readonly Volume[] {
  return kernel.map((of) => of.map((K, c) => output(P[c]!, K, g)));
}

/** Y[o] = b[o] + Σ_c of the partial sums. */
export function summed(partials: readonly Volume[], bias: readonly number[]): Volume {
  return partials.map((of, o) => {
    const first = of[0] ?? [];
    return first.map((row, i) => row.map((_, j) => of.reduce((total, map) => total + map[i]![j]!, bias[o] ?? 0)));
  });
}

/** What NumPy's broadcasting gives where one side has a single channel; null where it stops with an error. */
export function stretched(P: Volume, setting: ChannelSetting, g: Geometry): Volume | null {
  const [given, held] = [P.length, setting.kernel[0]?.length ?? 0];
  if (given === held || (given !== 1 && held !== 1)) return null;
  const most = Math.max(given, held);
  const spread = <T>(list: readonly T[]): T[] => Array.from({ length: most }, (_, c) => list[list.length === 1 ? 0 : c]!);
  return summed(partialSums(spread(P), setting.kernel.map(spread), g), setting.bias);
}

/** A 1×1 kernel as the matrix that it is, (co, ci). */
export function mixing(kernel: Kernels): Matrix {
  return kernel.map((of) => of.map((K) => K[0]![0]!));
}

/** The pixels that a 1×1 kernel stands on as columns, (ci, places), from place `first` up to `end`. */
export function pixels(P: Volume, { rows, columns, count }: Geometry, first = 0, end = count): Matrix {
  const places = Array.from({ length: Math.max(0, Math.min(end, count) - first) }, (_, at) => first + at);
  return P.map((channel) =>
    places.map((at) => channel[Math.floor(at / columns.places) * rows.s]![(at % columns.places) * columns.s]!),
  );
}

/** A (m, k) times B (k, n), and b added to every column. */
export function product(A: Matrix, B: Matrix, b: readonly number[]): Matrix {
  const wide = B[0]?.length ?? 0;
  return A.map((row, o) =>
    Array.from({ length: wide }, (_, j) => row.reduce((total, weight, c) => total + weight * B[c]![j]!, b[o] ?? 0)),
  );
}

/** A list of another length: a new entry is the last one made anew by `next`, as K + 1 follows K in the course. */
function grown<T>(list: readonly T[], length: number, next: (last: T) => T): T[] {
  const made = list.slice(0, length);
  while (made.length < length) made.push(next(made.at(-1)!));
  return made;
}

const plusOne = (X: Matrix): Matrix => X.map((row) => row.map((value) => value + 1));

/** An input of another shape: rows and columns that come are 0, a channel that comes is the last one plus 1. */
export function resizedInput(input: Volume, channels: number, rows: number, columns: number): Volume {
  return grown(input, channels, plusOne).map((channel) => resized(channel, rows, columns));
}

/** Kernels of another shape, which grow in the same way. */
export function resizedKernel(kernel: Kernels, outs: number, channels: number, rows: number, columns: number): Kernels {
  return grown(kernel, outs, (last) => last.map(plusOne)).map((of) => resizedInput(of, channels, rows, columns));
}
