// The small picture: which input cells a hidden unit is connected to, and the number of the weight on each connection.
import type { Kind, Numbers } from "./counts";

/** Rows and columns of the picture at most. */
export const MOST = 5;

export interface Wiring {
  readonly kind: Kind;
  /** Of the input as drawn. */
  readonly rows: number;
  readonly columns: number;
  /** Of the hidden units as drawn. */
  readonly unitRows: number;
  readonly unitColumns: number;
  /** How far a unit sees as drawn; the ring of zeros around the input is as wide. */
  readonly reach: number;
  /** How many weights the layer as drawn has. */
  readonly total: number;
}

export interface Connection {
  /** The input cell; outside of the input it is a 0 that was put around. */
  readonly row: number;
  readonly column: number;
  /** Which weight of the layer it is, from 1. */
  readonly weight: number;
}

export function wiringOf(kind: Kind, { height, width, hidden, delta }: Numbers): Wiring {
  const rows = Math.min(MOST, height);
  const columns = Math.min(MOST, width);
  const local = kind === "local" || kind === "shared";
  const reach = local ? Math.min(1, delta) : 0;
  const [unitRows, unitColumns] = kind === "dense" ? [Math.min(MOST, hidden), 1] : [rows, columns];
  const each = local ? (2 * reach + 1) ** 2 : rows * columns;
  return { kind, rows, columns, unitRows, unitColumns, reach, total: kind === "shared" ? each : each * unitRows * unitColumns };
}

/** How many weights a unit has. */
export function each({ kind, rows, columns, reach }: Wiring): number {
  return kind === "local" || kind === "shared" ? (2 * reach + 1) ** 2 : rows * columns;
}

/** Which set of weights a unit has: its own, or the one that all share. */
export function setOf(wiring: Wiring, row: number, column: number): number {
  return wiring.kind === "shared" ? 0 : row * wiring.unitColumns + column;
}

/** The connections of a unit, row by row. */
export function connections(wiring: Wiring, row: number, column: number): Connection[] {
  const first = setOf(wiring, row, column) * each(wiring) + 1;
  const local = wiring.kind === "local" || wiring.kind === "shared";
  const high = local ? 2 * wiring.reach + 1 : wiring.rows;
  const wide = local ? 2 * wiring.reach + 1 : wiring.columns;
  const [top, left] = local ? [row - wiring.reach, column - wiring.reach] : [0, 0];
  return Array.from({ length: high * wide }, (_, index) => ({
    row: top + Math.floor(index / wide),
    column: left + (index % wide),
    weight: first + index,
  }));
}

/** "Unit in row 2, column 3: 9 weights of its own, numbers 73 to 81 of 324." */
export function wiringText(wiring: Wiring, row: number, column: number): string {
  const made = connections(wiring, row, column);
  const count = made.length;
  const where = wiring.kind === "dense" ? `Unit ${row + 1}` : `Unit in row ${row + 1}, column ${column + 1}`;
  const which = count === 1 ? `number ${made[0]!.weight}` : `numbers ${made[0]!.weight} to ${made.at(-1)!.weight}`;
  const weights = count === 1 ? "1 weight" : `${count} weights`;
  return wiring.kind === "shared"
    ? `${where}: the same ${weights} as every other unit, ${which}.`
    : `${where}: ${weights} of its own, ${which} of ${wiring.total}.`;
}
