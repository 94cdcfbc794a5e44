// The arithmetic of the explorer: sizes, windows, products and outputs, as pure functions of the setting.

export type Matrix = readonly (readonly number[])[];
export type Pair = readonly [number, number];
export type Mode = "correlation" | "convolution";

/** Everything the output depends on. Padding is the *total* number of rows and columns of zeros. */
export interface Setting {
  readonly input: Matrix;
  readonly kernel: Matrix;
  readonly padding: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly mode: Mode;
}

/** One axis: n input rows, k kernel rows, padding p (before and after), stride s, dilation d. */
export interface Axis {
  readonly n: number;
  readonly k: number;
  readonly p: number;
  readonly s: number;
  readonly d: number;
  readonly before: number;
  readonly after: number;
  /** How far the dilated kernel reaches: d (k − 1) + 1. */
  readonly reach: number;
  readonly padded: number;
  /** The number of places, before and after it is floored (0 where the kernel does not fit). */
  readonly quotient: number;
  readonly places: number;
  /** How many padded rows some window reaches. */
  readonly covered: number;
}

export interface Geometry {
  readonly rows: Axis;
  readonly columns: Axis;
  /** How many output cells there are. */
  readonly count: number;
}

/** One product: the input cell (in padded coordinates), the kernel cell that slides, and the two factors. */
export interface Tap {
  readonly row: number;
  readonly column: number;
  readonly a: number;
  readonly b: number;
  readonly value: number;
  readonly weight: number;
}

export function axis(n: number, k: number, p: number, s: number, d: number): Axis {
  const reach = d * (k - 1) + 1;
  const quotient = (n - reach + p + s) / s;
  const places = Math.max(0, Math.floor(quotient));
  const covered = places === 0 ? 0 : (places - 1) * s + reach;
  const after = Math.floor(p / 2);
  return { n, k, p, s, d, before: p - after, after, reach, padded: n + p, quotient, places, covered };
}

export function geometry({ input, kernel, padding, stride, dilation }: Setting): Geometry {
  const rows = axis(input.length, kernel.length, padding[0], stride[0], dilation[0]);
  const columns = axis(input[0]?.length ?? 0, kernel[0]?.length ?? 0, padding[1], stride[1], dilation[1]);
  return { rows, columns, count: rows.places * columns.places };
}

/** K turned by 180°: rows and columns both reversed. */
export function halfTurn(K: Matrix): Matrix {
  return K.map((row) => [...row].reverse()).reverse();
}

/** The kernel that slides: as given for correlation, turned by a half turn for convolution. */
export function sliding(setting: Setting): Matrix {
  return setting.mode === "convolution" ? halfTurn(setting.kernel) : setting.kernel;
}

/** The input with its zeros around. */
export function padded(X: Matrix, g: Geometry): Matrix {
  return Array.from({ length: g.rows.padded }, (_, r) =>
    Array.from({ length: g.columns.padded }, (_, c) => X[r - g.rows.before]?.[c - g.columns.before] ?? 0),
  );
}

/** The products of one output cell in row-major order of the kernel that slides. */
export function tapsOf(P: Matrix, K: Matrix, g: Geometry, i: number, j: number): Tap[] {
  return K.flatMap((row, a) =>
    row.map((weight, b) => {
      const r = i * g.rows.s + a * g.rows.d;
      const c = j * g.columns.s + b * g.columns.d;
      return { row: r, column: c, a, b, value: P[r]?.[c] ?? 0, weight };
    }),
  );
}

export function sum(taps: readonly Tap[]): number {
  return taps.reduce((total, tap) => total + tap.value * tap.weight, 0);
}

/** The whole output; no rows where the kernel does not fit. */
export function output(P: Matrix, K: Matrix, g: Geometry): Matrix {
  return Array.from({ length: g.count === 0 ? 0 : g.rows.places }, (_, i) =>
    Array.from({ length: g.columns.places }, (_, j) => sum(tapsOf(P, K, g, i, j))),
  );
}

/** The output rows (or columns) whose window reads this padded row (or column). */
export function readersAlong({ s, d, k, places }: Axis, position: number): number[] {
  const found: number[] = [];
  for (let a = k - 1; a >= 0; a--) {
    const start = position - a * d;
    if (start >= 0 && start % s === 0 && start / s < places) found.push(start / s);
  }
  return found;
}

/** The kernel row (or column) that lies over this padded row when the window stands at a place, or −1. */
export function tapAlong({ s, d, k }: Axis, place: number, position: number): number {
  const a = (position - place * s) / d;
  return Number.isInteger(a) && a >= 0 && a < k ? a : -1;
}

/** A matrix of another size: what still fits is kept, the rest is 0. */
export function resized(X: Matrix, rows: number, columns: number): Matrix {
  return Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => X[r]?.[c] ?? 0));
}

/** The matrix with one cell changed; rows that stay are the same objects. */
export function replaced(X: Matrix, row: number, column: number, value: number): Matrix {
  return X.map((cells, r) => (r === row ? cells.map((cell, c) => (c === column ? value : cell)) : cells));
}
