// The explorer's words: the arithmetic of a step, what padding does at the border, and labels of cells.
import { counted, exact, factor, number, whole } from "../core/format";
import type { Describe } from "../core/grid_row";
import { placeText } from "../core/labels";
import { CHANGED, MISSED, PADDING, WON } from "../core/marks";
import { divisorOf, valueOf, winnersOf, type Cell, type Geometry, type Setting } from "./pool";

/** "max(0, 1, 3, 4)" or "(0 + 1 + 3 + 4)/4", with the middle left out where there are more than `most` values. */
export function workText(cells: readonly Cell[], { mode, count_include_pad }: Setting, most = Infinity): string {
  if (mode === "max") return `max(${listed(cells.map(({ value }) => number(value)), ", ", most)})`;
  const summed = count_include_pad ? cells : cells.filter(({ inside }) => inside);
  return `(${listed(summed.map(({ value }) => factor(value)), " + ", most)})/${divisorOf(cells, count_include_pad)}`;
}

/** "= 4", or "≈ 0.333333" where something is shown rounded. */
export function resultText(cells: readonly Cell[], { mode, count_include_pad }: Setting): string {
  const value = valueOf(cells, mode, count_include_pad);
  const whole = exact(value, 6) && cells.every((cell) => !cell.inside || exact(cell.value));
  return `${whole ? "=" : "≈"} ${number(value, 6)}`;
}

function listed(texts: readonly string[], joint: string, most: number): string {
  if (texts.length <= most) return texts.join(joint);
  const left = texts.length - most + 1;
  return [...texts.slice(0, most - 2), `… (${left} more) …`, ...texts.slice(-1)].join(joint);
}

/** What padding has to do with this value; empty where the window lies on the input. */
export function borderText(cells: readonly Cell[], { mode, count_include_pad }: Setting): string {
  const outside = cells.filter(({ inside }) => !inside).length;
  if (outside === 0) return "";
  if (mode === "max") {
    const negative = valueOf(cells, "max", true) < 0;
    return `Padding is −∞, which never wins${negative ? ": a 0 would have won here, and no value of the window is as large" : ""}.`;
  }
  const some = `${outside} of the ${cells.length} cells ${outside === 1 ? "is" : "are"} padding`;
  const divisor = divisorOf(cells, count_include_pad);
  return count_include_pad
    ? `${some}: zeros that count, so the divisor is ${divisor}, all of the window.`
    : `${some} and ${outside === 1 ? "does" : "do"} not count: the divisor is ${divisor}, the cells on the input.`;
}

/** "4 wins: row 2, column 2 of the input." or how many tie; empty for a mean. */
export function winnerText(cells: readonly Cell[], { mode }: Setting, g: Geometry): string {
  if (mode !== "max") return "";
  const won = winnersOf(cells).map((index) => cells[index]!);
  const [first] = won;
  if (!first) return "";
  const value = number(first.value, 6);
  if (won.length > 1) return `${counted(won.length, "cell")} tie for the largest, ${value}.`;
  return `${value} wins: ${placeText(first.row - g.rows.before, first.column - g.columns.before)} of the input.`;
}

/** Input cells by their place in the input; padding says what it is, a winner that it won. */
export function describeInput(g: Geometry, fill: number): Describe {
  const filled = fill === 0 ? "0" : "−∞";
  return (row, column, text, flags) => {
    const missed = flags & MISSED ? ", never reached" : "";
    if (flags & PADDING) return `padding: ${filled}${missed}`;
    return `${placeText(row - g.rows.before, column - g.columns.before)}: ${text}${flags & WON ? ", the largest of the window" : ""}${missed}`;
  };
}

export const describeWindow: Describe = (_row, _column, text, flags) =>
  `${flags & PADDING ? "padding: " : ""}${text.replace("Infinity", "∞")}${flags & WON ? ", the largest" : ""}`;

/** Outputs after a move; a changed one says what it was. */
export function describeChanged(before: readonly (readonly number[])[]): Describe {
  return (row, column, text, flags) => `${placeText(row, column)}: ${text}${flags & CHANGED ? `, changed: it was ${whole(before[row]![column]!)}` : ""}`;
}
