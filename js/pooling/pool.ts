// The arithmetic of pooling: the windows of a channel, the largest value or the mean of each, and which cells won.
import { axis, type Axis, type Matrix, type Pair } from "../core/correlation";
import { shapeOf, type Volume } from "../core/volume";

export type Mode = "max" | "avg";

/** Everything the output depends on, named as the model's traits. Padding is *per side*; no stride is the window. */
export interface Setting {
  readonly input: Volume;
  readonly pool_size: Pair;
  readonly padding: Pair;
  readonly stride: Pair | null;
  readonly mode: Mode;
  readonly count_include_pad: boolean;
}

export interface Geometry {
  readonly rows: Axis;
  readonly columns: Axis;
  /** How many output cells a channel has: none where the window does not fit or the padding is too much. */
  readonly count: number;
  /** Whether the padding is at most half of the window: otherwise a window could lie on padding alone. */
  readonly suits: boolean;
}

/** A cell of a window, in padded coordinates. */
export interface Cell {
  readonly row: number;
  readonly column: number;
  readonly value: number;
  /** Whether it lies on the input, and not on its padding. */
  readonly inside: boolean;
}

export function strideOf({ stride, pool_size }: Setting): Pair {
  return stride ?? pool_size;
}

export function geometry(setting: Setting): Geometry {
  const { input, pool_size: k, padding: P } = setting;
  const s = strideOf(setting);
  const [, height, width] = shapeOf(input);
  const rows = axis(height, k[0], 2 * P[0], s[0], 1);
  const columns = axis(width, k[1], 2 * P[1], s[1], 1);
  const suits = 2 * P[0] <= k[0] && 2 * P[1] <= k[1];
  return { rows, columns, count: suits ? rows.places * columns.places : 0, suits };
}

/** What a mode pads with: a maximum with −∞, which never wins; a mean with 0. */
export function fillOf(mode: Mode): number {
  return mode === "max" ? -Infinity : 0;
}

export function isInside({ rows, columns }: Geometry, row: number, column: number): boolean {
  return row >= rows.before && row < rows.before + rows.n && column >= columns.before && column < columns.before + columns.n;
}

/** A channel with its padding around. */
export function padded(X: Matrix, g: Geometry, fill: number): Matrix {
  return Array.from({ length: g.rows.padded }, (_, r) =>
    Array.from({ length: g.columns.padded }, (_, c) => X[r - g.rows.before]?.[c - g.columns.before] ?? fill),
  );
}

/** The cells of one output cell's window, row by row. */
export function windowOf(P: Matrix, g: Geometry, i: number, j: number): Cell[] {
  return Array.from({ length: g.rows.k * g.columns.k }, (_, index) => {
    const row = i * g.rows.s + Math.floor(index / g.columns.k);
    const column = j * g.columns.s + (index % g.columns.k);
    return { row, column, value: P[row]?.[column] ?? 0, inside: isInside(g, row, column) };
  });
}

/** What the sum of a window is divided by in a mean. */
export function divisorOf(cells: readonly Cell[], countIncludePad: boolean): number {
  return countIncludePad ? cells.length : cells.filter(({ inside }) => inside).length;
}

export function valueOf(cells: readonly Cell[], mode: Mode, countIncludePad: boolean): number {
  if (mode === "max") return cells.reduce((most, { value }) => Math.max(most, value), -Infinity);
  return cells.reduce((total, { value }) => total + value, 0) / divisorOf(cells, countIncludePad);
}

/** The places in a window whose value is the largest: several where they tie. */
export function winnersOf(cells: readonly Cell[]): number[] {
  const most = valueOf(cells, "max", true);
  return cells.flatMap(({ value, inside }, index) => (inside && value === most ? [index] : []));
}

/** The output of one channel; no rows where there is none. */
export function pooled(X: Matrix, g: Geometry, mode: Mode, countIncludePad: boolean): Matrix {
  const P = padded(X, g, fillOf(mode));
  return Array.from({ length: g.count === 0 ? 0 : g.rows.places }, (_, i) =>
    Array.from({ length: g.columns.places }, (_, j) => valueOf(windowOf(P, g, i, j), mode, countIncludePad)),
  );
}
