// Layers on a picture and on the same picture moved, and where the two outputs are not the same, moved.
import type { Matrix, Pair } from "../core/correlation";
import { correlated, extent, padded } from "../image/filter";
import type { Plane } from "../image/picture";

/** Correlation without padding; with zeros around; with stride 2; 2×2 max pooling; a dense layer of fixed weights. */
export const OPS = ["valid", "same", "stride", "pool", "dense"] as const;
export type Op = (typeof OPS)[number];

/** How far the picture moves for one place of the output. */
export const STEPS: Readonly<Record<Op, number>> = { valid: 1, same: 1, stride: 2, pool: 2, dense: 1 };

const ROUNDING = 1e-9; // of the largest value

/** A layer's two outputs; the masks hold 1 for yes, row by row. */
export interface Comparison {
  /** shift(op(X)); zeros come in. */
  readonly moved: Plane;
  /** op(shift(X)). */
  readonly given: Plane;
  /** Whether an output of X has come to stand here, so that there is something to compare. */
  readonly inside: Uint8Array;
  readonly differs: Uint8Array;
  /** How many places differ, of how many. */
  readonly many: number;
  readonly of: number;
  /** How far the output was moved. */
  readonly by: Pair;
}

/** X moved down and right: S[i, j] = X[i − rows, j − columns], 0 where that is outside of X. */
export function shifted({ height, width, values }: Plane, [rows, columns]: Pair): Plane {
  const moved = new Float64Array(values.length);
  for (let r = Math.max(0, rows); r < height + Math.min(0, rows); r++) {
    for (let c = Math.max(0, columns); c < width + Math.min(0, columns); c++) moved[r * width + c] = values[(r - rows) * width + c - columns]!;
  }
  return { height, width, values: moved };
}

/** How far the output moves: whole places only, halves are cut off towards 0. */
export function stepsOf(op: Op, [rows, columns]: Pair): Pair {
  return [Math.trunc(rows / STEPS[op]) + 0, Math.trunc(columns / STEPS[op]) + 0]; // + 0: no −0
}

/** Weights between −1 and 1 from each of `count` pixels (one run each) to each of as many units; Python has the same. */
export function denseTable(count: number): Float32Array {
  const table = new Float32Array(count * count);
  for (let pixel = 0, at = 0; pixel < count; pixel++) {
    for (let unit = 0; unit < count; unit++, at++) {
      let t = unit * count + pixel + 1;
      t = Math.imul(t ^ (t >>> 16), 0x85ebca6b);
      t = Math.imul(t ^ (t >>> 13), 0xc2b2ae35);
      t ^= t >>> 16;
      table[at] = ((t & 255) - 127.5) / 128;
    }
  }
  return table;
}

/** The layer's output; null where the kernel, or a pooling window, does not fit. `table` is that of `denseTable`. */
export function run(op: Op, X: Plane, K: Matrix, table: Float32Array): Plane | null {
  switch (op) {
    case "valid":
      return correlated(X, K);
    case "same":
      return correlated(padded(X, K, "same"), K);
    case "stride": {
      const all = correlated(X, K);
      return all && everyOther(all);
    }
    case "pool":
      return pooled(X);
    case "dense":
      return dense(X, table);
  }
}

function everyOther({ height, width, values }: Plane): Plane {
  return filled(Math.ceil(height / 2), Math.ceil(width / 2), (i, j) => values[2 * i * width + 2 * j]!);
}

function pooled({ height, width, values }: Plane): Plane | null {
  if (height < 2 || width < 2) return null;
  const at = (r: number, c: number): number => values[r * width + c]!;
  return filled(Math.floor(height / 2), Math.floor(width / 2), (i, j) =>
    Math.max(at(2 * i, 2 * j), at(2 * i, 2 * j + 1), at(2 * i + 1, 2 * j), at(2 * i + 1, 2 * j + 1)),
  );
}

function dense({ height, width, values }: Plane, table: Float32Array): Plane {
  const count = values.length;
  const units = new Float64Array(count);
  // Pixel by pixel, so that black ones cost nothing and no sum waits for the one before.
  for (let pixel = 0; pixel < count; pixel++) {
    const value = values[pixel]!;
    if (value === 0) continue;
    for (let unit = 0, at = pixel * count; unit < count; unit++, at++) units[unit]! += table[at]! * value;
  }
  const root = Math.sqrt(count);
  return { height, width, values: units.map((sum) => sum / root) };
}

function filled(height: number, width: number, value: (i: number, j: number) => number): Plane {
  const values = new Float64Array(height * width);
  for (let i = 0; i < height; i++) for (let j = 0; j < width; j++) values[i * width + j] = value(i, j);
  return { height, width, values };
}

/** Compares shift(op(X)) with op(shift(X)), given the outputs of X and of the moved X. */
export function compared(op: Op, X: Plane, K: Matrix, shift: Pair, Y: Plane, given: Plane): Comparison {
  const by = stepsOf(op, shift);
  const moved = shifted(Y, by);
  const window: Pair = op === "pool" ? [2, 2] : op === "same" || op === "dense" ? [0, 0] : [K.length, K[0]!.length];
  const along = (axis: 0 | 1, places: number, n: number): boolean[] =>
    Array.from({ length: places }, (_, at) => {
      const from = at - by[axis];
      if (from < 0 || from >= places) return false;
      const first = at * STEPS[op] - shift[axis];
      return window[axis] === 0 || (first >= 0 && first + window[axis] <= n);
    });
  const rows = along(0, Y.height, X.height);
  const columns = along(1, Y.width, X.width);
  const slack = ROUNDING * Math.max(extent(moved), extent(given));
  const inside = Uint8Array.from(moved.values, (_, index) => (rows[Math.floor(index / Y.width)]! && columns[index % Y.width]! ? 1 : 0));
  const differs = inside.map((yes, index) => (yes && Math.abs(moved.values[index]! - given.values[index]!) > slack ? 1 : 0));
  return { moved, given, inside, differs, many: count(differs), of: count(inside), by };
}

function count(mask: Uint8Array): number {
  return mask.reduce((total, yes) => total + yes, 0);
}

/** op(shift(X)) − shift(op(X)) at the places that can be compared, 0 elsewhere. */
export function differenceOf({ moved, given, differs }: Pick<Comparison, "moved" | "given" | "differs">): Plane {
  return { ...moved, values: moved.values.map((value, index) => (differs[index] ? given.values[index]! - value : 0)) };
}
