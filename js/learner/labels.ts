// What a screen reader says of a cell whose value is shown rounded: what is seen first, then the whole number.
import { number, parse } from "../core/format";
import type { Describe } from "../core/grid_row";
import { describeCell, placeText } from "../core/labels";
import { ASKED } from "../core/marks";

/** The same description with "0.738, exactly 0.73786" where it said "0.73786". */
export function roundedFirst(describe: Describe): Describe {
  return (row, column, text, flags) => {
    const value = parse(text);
    const shown = value === null ? text : number(value, 3);
    return describe(row, column, shown === text ? text : `${shown}, exactly ${text}`, flags);
  };
}

export const describeShown: Describe = roundedFirst(describeCell);

export const describeAsked: Describe = (row, column, text, flags) =>
  flags & ASKED ? `${placeText(row, column)}: not told, predict it` : describeShown(row, column, text, flags);
