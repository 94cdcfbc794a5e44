// Words that explorers share: the names of places, and what a screen reader says of a cell.
import { whole } from "./format";
import type { Describe } from "./grid_row";
import { ASKED, BLANK, DIFFERS, RIGHT, WRONG } from "./marks";

/** "row 1, column 2", counted from 1 as people do. */
export function placeText(row: number, column: number): string {
  return `row ${row + 1}, column ${column + 1}`;
}

/** "Step 2 of 4: row 1, column 2". */
export function stepText(step: number, count: number, row: number, column: number): string {
  return `Step ${step + 1} of ${count}: ${placeText(row, column)}`;
}

export const describeCell: Describe = (row, column, text) => `${placeText(row, column)}: ${text}`;

export const describeOutput: Describe = (row, column, text, flags) => {
  const place = placeText(row, column);
  if (flags & ASKED) return `${place}: not told, predict it`;
  if (flags & BLANK) return `${place}: not reached yet`;
  const verdict = flags & RIGHT ? ", predicted rightly" : flags & WRONG ? ", predicted wrongly" : "";
  return `${place}: ${text}${verdict}`;
};

/** The learner's cells; a marked one says the right value too. */
export function describeYours(right: readonly (readonly number[])[]): Describe {
  return (row, column, text, flags) => {
    const place = placeText(row, column);
    if (flags & (BLANK | ASKED)) return `${place}: not told yet`;
    if (!(flags & DIFFERS)) return `${place}: ${text}`;
    const expected = right[row]?.[column];
    return expected === undefined ? `${place}: ${text}, wrong` : `${place}: ${text}, wrong: it is ${whole(expected)}`;
  };
}
