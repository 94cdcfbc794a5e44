// The explorer's words: what a screen reader says of each cell, and the names of places.
import type { Geometry } from "../core/correlation";
import { whole } from "../core/format";
import type { Describe } from "../core/grid_row";
import { ASKED, BLANK, DIFFERS, MISSED, PADDING, RIGHT, WRONG } from "../core/marks";

/** "row 1, column 2", counted from 1 as people do. */
export function placeText(row: number, column: number): string {
  return `row ${row + 1}, column ${column + 1}`;
}

/** "Step 2 of 4: row 1, column 2". */
export function stepText(step: number, count: number, row: number, column: number): string {
  return `Step ${step + 1} of ${count}: ${placeText(row, column)}`;
}

/** Input cells by their place in the input; padding says that it is padding. */
export function describeInput(g: Geometry): Describe {
  return (row, column, text, flags) => {
    const missed = flags & MISSED ? ", never reached" : "";
    if (flags & PADDING) return `padding: 0${missed}`;
    return `${placeText(row - g.rows.before, column - g.columns.before)}: ${text}${missed}`;
  };
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
