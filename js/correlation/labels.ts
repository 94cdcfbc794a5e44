// The explorer's words: what a screen reader says of each cell, and the names of places.
import type { Geometry } from "../core/correlation";
import type { Describe } from "../core/grid_row";
import { placeText } from "../core/labels";
import { MISSED, PADDING } from "../core/marks";

export { describeCell, describeOutput, describeYours, placeText, stepText } from "../core/labels";

/** Input cells by their place in the input; padding says that it is padding. */
export function describeInput(g: Geometry): Describe {
  return (row, column, text, flags) => {
    const missed = flags & MISSED ? ", never reached" : "";
    if (flags & PADDING) return `padding: 0${missed}`;
    return `${placeText(row - g.rows.before, column - g.columns.before)}: ${text}${missed}`;
  };
}
