// What lights up where: the links between the cell pointed at and the other grids.
import { readersAlong, tapAlong } from "../core/correlation";
import { counted, factor, number } from "../core/format";
import type { Position } from "../core/grid_nav";
import { placeText } from "../core/labels";
import { sourceOf, type Reveal, type Scene } from "./state";

export type GridName = "input" | "kernel" | "turned" | "products" | "output" | "yours";

export interface Pointed {
  readonly grid: GridName;
  readonly at: Position;
}

export interface Links {
  /** The output cell whose window lights up in the input. */
  readonly window: Position | null;
  /** The padded input cell that a kernel cell multiplies. */
  readonly input: Position | null;
  /** The kernel cell (as it slides) that multiplies an input cell. */
  readonly kernel: Position | null;
  /** The output rows and columns that read an input cell. */
  readonly outputRows: readonly number[];
  readonly outputColumns: readonly number[];
  /** The link in words. */
  readonly hint: string;
}

const NOTHING: Links = { window: null, input: null, kernel: null, outputRows: [], outputColumns: [], hint: "" };

export function linksOf(pointed: Pointed | null, scene: Scene, reveal: Reveal): Links {
  const { geometry: g } = scene;
  if (!pointed || g.count === 0) return NOTHING;
  const [row, column] = pointed.at;
  switch (pointed.grid) {
    case "output":
    case "yours":
      return row < g.rows.places && column < g.columns.places ? fromOutput(row, column, g.count) : NOTHING;
    case "input":
      return fromInput(row, column, scene, reveal);
    case "kernel":
      return scene.setting.mode === "correlation"
        ? fromKernel(row, column, scene, reveal)
        : fromKernel(g.rows.k - 1 - row, g.columns.k - 1 - column, scene, reveal);
    default:
      return fromKernel(row, column, scene, reveal);
  }
}

function fromOutput(row: number, column: number, count: number): Links {
  const hint = `Output ${placeText(row, column)} reads the window outlined in the input.`;
  return { ...NOTHING, window: [row, column], outputRows: [row], outputColumns: [column], hint: count === 1 ? "" : hint };
}

function fromInput(row: number, column: number, scene: Scene, reveal: Reveal): Links {
  const { geometry: g } = scene;
  const outputRows = readersAlong(g.rows, row);
  const outputColumns = readersAlong(g.columns, column);
  const a = tapAlong(g.rows, reveal.row, row);
  const b = tapAlong(g.columns, reveal.column, column);
  const count = outputRows.length * outputColumns.length;
  const reading = count === 0 ? "No output cell reads this cell." : `${counted(count, "output cell")} ${count === 1 ? "reads" : "read"} this cell.`;
  const adds = scene.transposed && count > 0 && sourceOf(scene, row, column);
  const hint = adds ? `${reading} So it adds its own copy of the kernel, times its value, to them.` : reading;
  return { ...NOTHING, kernel: a >= 0 && b >= 0 ? [a, b] : null, outputRows, outputColumns, hint };
}

function fromKernel(a: number, b: number, { geometry: g, padded, sliding }: Scene, reveal: Reveal): Links {
  const row = reveal.row * g.rows.s + a * g.rows.d;
  const column = reveal.column * g.columns.s + b * g.columns.d;
  const weight = factor(sliding[a]?.[b] ?? 0);
  const hint = `In this window, ${weight} multiplies the ${number(padded[row]?.[column] ?? 0)} lit in the input.`;
  return { ...NOTHING, kernel: [a, b], input: [row, column], hint };
}
