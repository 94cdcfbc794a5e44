// What lights up where: the links between the cell pointed at and the other grids.
import { readersAlong, tapAlong } from "../core/correlation";
import { counted } from "../core/format";
import type { Position } from "../core/grid_nav";
import { placeText } from "../core/labels";
import type { Reveal, Scene } from "./state";

export type GridName = "input" | "window" | "output" | "yours";

export interface Pointed {
  readonly grid: GridName;
  readonly at: Position;
}

export interface Links {
  /** The output cell whose window is outlined in the input. */
  readonly window: Position | null;
  /** The padded input cell that a cell of the step's window is. */
  readonly input: Position | null;
  /** The cell of the step's window that an input cell is. */
  readonly inWindow: Position | null;
  /** The output rows and columns that read an input cell. */
  readonly outputRows: readonly number[];
  readonly outputColumns: readonly number[];
  /** The link in words. */
  readonly hint: string;
}

const NOTHING: Links = { window: null, input: null, inWindow: null, outputRows: [], outputColumns: [], hint: "" };

export function linksOf(pointed: Pointed | null, { geometry: g }: Scene, reveal: Reveal): Links {
  if (!pointed || g.count === 0) return NOTHING;
  const [row, column] = pointed.at;
  const { rows, columns } = g;
  if (pointed.grid === "window") {
    const input: Position = [reveal.row * rows.s + row, reveal.column * columns.s + column];
    return { ...NOTHING, input, inWindow: [row, column], hint: "Lit in the input: where this cell of the window lies." };
  }
  if (pointed.grid === "input") {
    const outputRows = readersAlong(rows, row);
    const outputColumns = readersAlong(columns, column);
    const a = tapAlong(rows, reveal.row, row);
    const b = tapAlong(columns, reveal.column, column);
    const count = outputRows.length * outputColumns.length;
    const hint = count === 0 ? "No window reaches this cell." : `This cell lies in ${counted(count, "window")}.`;
    return { ...NOTHING, inWindow: a >= 0 && b >= 0 ? [a, b] : null, outputRows, outputColumns, hint };
  }
  if (row >= rows.places || column >= columns.places) return NOTHING;
  const hint = g.count === 1 ? "" : `Output ${placeText(row, column)} reads the window outlined in the input.`;
  return { ...NOTHING, window: [row, column], outputRows: [row], outputColumns: [column], hint };
}

/** Whether an output cell is linked to what is pointed at. */
export function isLinked({ outputRows, outputColumns }: Links, row: number, column: number): boolean {
  return outputRows.includes(row) && outputColumns.includes(column);
}
