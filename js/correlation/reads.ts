// What the learner's function read for each output cell, as Python traced it, and how that compares with the right window.
import { isRightBare, isRightPlace, placeText, rightPlace, toBare, toGrid, type Place } from "./read_place";
import type { Reveal, Scene } from "./state";

/** As Python sends it; `of` repeats the setting that it was traced on. */
export interface Reads {
  readonly of: readonly unknown[];
  readonly untraced: string | null;
  /** Whether places count in the input alone, without the zeros that are drawn around and between it. */
  readonly bare?: boolean;
  readonly places: readonly (readonly Place[])[] | null;
}

/** The reads for the setting on view; null where Python has not traced it (or there is no Python). */
export function readsFor(reads: Reads | null, scene: Scene): Reads | null {
  return reads && JSON.stringify(reads.of) === scene.key ? reads : null;
}

/** What was read for an output cell, as the function counts; null where the learner's output has no such cell. */
export function placeOf(reads: Reads | null, row: number, column: number): Place | null {
  return reads?.places?.[row]?.[column] ?? null;
}

export interface ReadWords {
  readonly right: boolean | null;
  readonly text: string;
  /** Where to draw it on the grid; null for nowhere. */
  readonly place: Place | null;
}

/** The comparison in words, whether it is right (null for what is not known), and where to draw it. */
export function readWords(name: string, reads: Reads | null, scene: Scene, reveal: Reveal): ReadWords {
  const { row, column } = reveal;
  const g = scene.geometry;
  if (!reads) return { right: null, text: `Waiting for Python to follow ${name} on these values.`, place: null };
  if (reads.untraced !== null) return { right: null, text: `${name} is untraced: ${reads.untraced}.`, place: null };
  const place = placeOf(reads, row, column);
  const cell = `Y[${row}, ${column}]`;
  if (!place) return { right: false, text: `${name} gives no ${cell}.`, place: null };
  const bare = reads.bare === true;
  const given = bare ? "X" : scene.transposed ? "the spread X" : g.rows.p || g.columns.p ? "the padded X" : "X";
  const read = `For ${cell}, ${name} read ${placeText(place)}`;
  const drawn = bare ? toGrid(place, scene) : place;
  const right = bare ? isRightBare(place, scene, row, column) : isRightPlace(place, g, row, column);
  if (right) return { right, text: `${read} of ${given}: the right window.`, place: drawn };
  const block = rightPlace(g, row, column);
  const wanted = placeText(bare ? toBare(block, scene) : block);
  return { right, text: `${read} of ${given}; right ${wanted.includes("s ") ? "are" : "is"} ${wanted}.`, place: drawn };
}
