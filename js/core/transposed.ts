// Transposed convolution along an axis: zeros between and around the input, over which the turned kernel slides.
import type { Axis, Matrix } from "./correlation";

/** One axis of the transposed convolution: kernel k, total padding p, stride s, dilation d are the convolution's own. */
export interface TransposedAxis {
  readonly n: number;
  readonly k: number;
  readonly p: number;
  readonly s: number;
  readonly d: number;
  /** Output padding: so many rows more at the end. */
  readonly a: number;
  readonly reach: number;
  /** The input with s − 1 zeros between neighbours: s (n − 1) + 1. */
  readonly spread: number;
  /** Rows of zeros above and below: full padding minus the convolution's own; negative ones are cut off. */
  readonly before: number;
  readonly after: number;
  /** s (n − 1) + k′ − p + a, not below 0. */
  readonly size: number;
}

export function transposedAxis(n: number, k: number, p: number, s: number, d: number, a: number): TransposedAxis {
  const reach = d * (k - 1) + 1;
  const spread = s * (n - 1) + 1;
  const below = Math.floor(p / 2);
  const before = reach - 1 - (p - below);
  const after = reach - 1 - below + a;
  return { n, k, p, s, d, a, reach, spread, before, after, size: Math.max(0, spread + reach - 1 - p + a) };
}

/** The same as an ordinary axis: at stride 1, over the spread input with its zeros around. */
export function slidingAxis({ k, d, reach, spread, before, after, size }: TransposedAxis): Axis {
  const padded = Math.max(0, spread + before + after);
  const p = before + after;
  return { n: spread, k, p, s: 1, d, before, after, reach, padded, quotient: size, places: size, covered: size > 0 ? padded : 0 };
}

/** The input row that lies at a row of the spread and padded input; −1 for a zero. */
export function sourceAlong({ n, s, before }: TransposedAxis, position: number): number {
  const source = (position - before) / s;
  return Number.isInteger(source) && source >= 0 && source < n ? source : -1;
}

/** The input with its zeros between and around. */
export function spread(X: Matrix, rows: TransposedAxis, columns: TransposedAxis): Matrix {
  const [high, wide] = [slidingAxis(rows).padded, slidingAxis(columns).padded];
  return Array.from({ length: high }, (_, r) =>
    Array.from({ length: wide }, (_, c) => X[sourceAlong(rows, r)]?.[sourceAlong(columns, c)] ?? 0),
  );
}
