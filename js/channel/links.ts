// What lights up where: the links between the cell pointed at and the other grids.
import { readersAlong, tapAlong } from "../core/correlation";
import { counted, factor, number } from "../core/format";
import type { Position } from "../core/grid_nav";
import { placeText } from "../core/labels";
import type { Reveal, Scene } from "./state";

export type GridName = "input" | "kernel" | "output";

export interface Pointed {
  readonly grid: GridName;
  /** The input channel, or the output channel of an output cell. */
  readonly channel: number;
  readonly at: Position;
}

export interface Links {
  /** The output cell whose window lights up in every input channel. */
  readonly window: Position | null;
  /** The input channel that the cells below belong to. */
  readonly channel: number;
  readonly input: Position | null;
  readonly kernel: Position | null;
  readonly outputRows: readonly number[];
  readonly outputColumns: readonly number[];
  readonly hint: string;
}

const NOTHING: Links = { window: null, channel: -1, input: null, kernel: null, outputRows: [], outputColumns: [], hint: "" };

export function linksOf(pointed: Pointed | null, scene: Scene, reveal: Reveal): Links {
  if (!pointed || scene.count === 0) return NOTHING;
  const { grid, channel, at } = pointed;
  const [row, column] = at;
  const { rows, columns } = scene.geometry;
  if (grid === "output") {
    if (row >= rows.places || column >= columns.places) return NOTHING;
    const hint = `Output channel ${channel + 1}, ${placeText(row, column)} reads the window outlined in every input channel.`;
    return { ...NOTHING, window: at, outputRows: [row], outputColumns: [column], hint };
  }
  if (channel >= scene.padded.length) return NOTHING;
  if (grid === "input") {
    const outputRows = readersAlong(rows, row);
    const outputColumns = readersAlong(columns, column);
    const [a, b] = [tapAlong(rows, reveal.row, row), tapAlong(columns, reveal.column, column)];
    const count = outputRows.length * outputColumns.length;
    const each = scene.output.length > 1 ? " in every output channel" : "";
    const hint = count === 0 ? "No output cell reads this cell." : `${counted(count, "cell")}${each} ${count === 1 ? "reads" : "read"} this one.`;
    return { ...NOTHING, channel, kernel: a >= 0 && b >= 0 ? [a, b] : null, outputRows, outputColumns, hint };
  }
  const input: Position = [reveal.row * rows.s + row, reveal.column * columns.s + column];
  const weight = scene.setting.kernel[reveal.out]?.[channel]?.[row]?.[column] ?? 0;
  const value = scene.padded[channel]?.[input[0]]?.[input[1]] ?? 0;
  const hint = `In this window, ${factor(weight)} multiplies the ${number(value)} lit in input channel ${channel + 1}.`;
  return { ...NOTHING, channel, kernel: at, input, hint };
}
