// The explorer's own words for a screen reader: the cells that the window slides over.
import type { Describe } from "../core/grid_row";
import { placeText } from "../core/labels";
import { MISSED, PADDING } from "../core/marks";
import { sourceOf, type Scene } from "./state";

/** Input cells by their place in the input; a zero that was put there says so. */
export function describeInput(scene: Scene): Describe {
  return (row, column, text, flags) => {
    const missed = flags & MISSED ? ", never reached" : "";
    const source = sourceOf(scene, row, column);
    if (source) return `${placeText(...source)}: ${text}${missed}`;
    return `${flags & PADDING && isBetween(scene, row, column) ? "zero between" : "padding"}: 0${missed}`;
  };
}

/** Whether a zero stands between the inputs of a transposed convolution, and not around them. */
function isBetween({ geometry: { rows, columns }, transposed }: Scene, row: number, column: number): boolean {
  const within = (at: number, before: number, n: number): boolean => at >= before && at < before + n;
  return transposed !== null && within(row, rows.before, rows.n) && within(column, columns.before, columns.n);
}
