// What the learner's function read for each output cell, as Python traced it, and how that compares with the right window.
import type { Geometry } from "../core/correlation";
import type { Reveal, Scene } from "./state";

/** A full block: first and last row, first and last column; or else its cells, row and column by turns. */
export type Place = readonly [number, number, number, number] | { readonly cells: readonly number[] };

/** As Python sends it; `of` repeats the setting that it was traced on. */
export interface Reads {
  readonly of: readonly unknown[];
  readonly untraced: string | null;
  readonly places: readonly (readonly Place[])[] | null;
}

/** The reads for the setting on view; null where Python has not traced it (or there is no Python). */
export function readsFor(reads: Reads | null, scene: Scene): Reads | null {
  return reads && JSON.stringify(reads.of) === scene.key ? reads : null;
}

/** What was read for an output cell; null where the learner's output has no such cell. */
export function placeOf(reads: Reads | null, row: number, column: number): Place | null {
  return reads?.places?.[row]?.[column] ?? null;
}

/** The block under the kernel, dilation and all: what a function that is given zeros between the weights reads. */
export function rightPlace({ rows, columns }: Geometry, row: number, column: number): Place {
  const [top, left] = [row * rows.s, column * columns.s];
  return [top, top + rows.reach - 1, left, left + columns.reach - 1];
}

/** Whether the right elements were read: the block under the kernel, or of a dilated one just those under weights. */
export function isRightPlace(place: Place, g: Geometry, row: number, column: number): boolean {
  const right = rightPlace(g, row, column);
  if (isBlock(place)) return isBlock(right) && place.every((value, index) => value === right[index]);
  const taps: number[] = [];
  for (let a = 0; a < g.rows.k; a++) {
    for (let b = 0; b < g.columns.k; b++) taps.push(row * g.rows.s + a * g.rows.d, column * g.columns.s + b * g.columns.d);
  }
  return place.cells.length === taps.length && place.cells.every((value, index) => value === taps[index]);
}

export function isBlock(place: Place): place is readonly [number, number, number, number] {
  return !("cells" in place);
}

/** "rows 0–1, columns 1–2", counted from 0 as the code does; "5 elements within …" for what is no block. */
export function placeText(place: Place): string {
  if (isBlock(place)) return `${span("row", place[0], place[1])}, ${span("column", place[2], place[3])}`;
  if (place.cells.length === 0) return "nothing";
  const rows = place.cells.filter((_, index) => index % 2 === 0);
  const columns = place.cells.filter((_, index) => index % 2 === 1);
  const box: Place = [Math.min(...rows), Math.max(...rows), Math.min(...columns), Math.max(...columns)];
  return `${rows.length} element${rows.length === 1 ? "" : "s"} within ${placeText(box)}`;
}

function span(name: string, first: number, last: number): string {
  return first === last ? `${name} ${first}` : `${name}s ${first}–${last}`;
}

export interface ReadWords {
  readonly right: boolean | null;
  readonly text: string;
}

/** The comparison in words, and whether it is right; null for what is not known. */
export function readWords(name: string, reads: Reads | null, scene: Scene, reveal: Reveal): ReadWords {
  const { row, column } = reveal;
  const g = scene.geometry;
  if (!reads) return { right: null, text: `Waiting for Python to follow ${name} on these values.` };
  if (reads.untraced !== null) return { right: null, text: `${name} is untraced: ${reads.untraced}.` };
  const place = placeOf(reads, row, column);
  const cell = `Y[${row}, ${column}]`;
  if (!place) return { right: false, text: `${name} gives no ${cell}.` };
  const given = g.rows.p || g.columns.p ? "the padded X" : "X";
  const read = `For ${cell}, ${name} read ${placeText(place)}`;
  if (isRightPlace(place, g, row, column)) return { right: true, text: `${read} of ${given}: the right window.` };
  return { right: false, text: `${read} of ${given}; right are ${placeText(rightPlace(g, row, column))}.` };
}
