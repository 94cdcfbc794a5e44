// What a cell is marked with, packed into one character a cell so that a row can be compared as one string.

export const BLANK = 1; // not reached yet
export const ASKED = 2; // hidden until predicted
export const LIT = 4; // linked to the cell pointed at
export const DIFFERS = 8; // the learner's value is not the right one
export const RIGHT = 16; // predicted rightly
export const WRONG = 32; // predicted wrongly
export const PADDING = 64; // a zero that was put around
export const MISSED = 128; // no window reaches it
export const WON = 256; // the largest of its window
export const CHANGED = 512; // not what it was before the input moved

const NAMES: readonly (readonly [number, string])[] = [
  [BLANK, "blank"],
  [ASKED, "asked"],
  [LIT, "lit"],
  [DIFFERS, "differs"],
  [RIGHT, "right"],
  [WRONG, "wrong"],
  [PADDING, "padding"],
  [MISSED, "missed"],
  [WON, "won"],
  [CHANGED, "changed"],
];
const BASE = 0x100;

/** One string a row; `flags` gives the sum of the marks of a cell. */
export function marks(rows: number, columns: number, flags: (row: number, column: number) => number): string[] {
  return Array.from({ length: rows }, (_, r) => {
    let row = "";
    for (let c = 0; c < columns; c++) row += String.fromCharCode(BASE + flags(r, c));
    return row;
  });
}

/** The marks of one cell of such a row; none where there is no such cell. */
export function flagsAt(row: string | undefined, column: number): number {
  return row && column < row.length ? row.charCodeAt(column) - BASE : 0;
}

/** The class names of a cell with these marks. */
export function classesOf(flags: number): string {
  let classes = "cnnw-cell";
  for (const [bit, name] of NAMES) if (flags & bit) classes += ` cnnw-${name}`;
  return classes;
}
