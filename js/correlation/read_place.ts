// Places that a function reads: blocks or lists of cells, in what it was given and on the grid, and which are right.
import type { Geometry } from "../core/correlation";
import { sourceOf, type Scene } from "./state";

/** A full block: first and last row, first and last column; or else its cells, row and column by turns. */
export type Place = readonly [number, number, number, number] | { readonly cells: readonly number[] };

export function isBlock(place: Place): place is readonly [number, number, number, number] {
  return !("cells" in place);
}

/** The block under the kernel, dilation and all: what a function that is given zeros between the weights reads. */
export function rightPlace({ rows, columns }: Geometry, row: number, column: number): Place {
  const [top, left] = [row * rows.s, column * columns.s];
  return [top, top + rows.reach - 1, left, left + columns.reach - 1];
}

/** Just the elements under the weights. */
function taps({ rows, columns }: Geometry, row: number, column: number): Place {
  const cells: number[] = [];
  for (let a = 0; a < rows.k; a++) {
    for (let b = 0; b < columns.k; b++) cells.push(row * rows.s + a * rows.d, column * columns.s + b * columns.d);
  }
  return { cells };
}

/** Whether the right elements were read: the block under the kernel, or of a dilated one just those under weights. */
export function isRightPlace(place: Place, g: Geometry, row: number, column: number): boolean {
  const read = keys(place);
  return [rightPlace(g, row, column), taps(g, row, column)].some((right) => keys(right) === read);
}

/** The same for a function that was given the input alone, without the zeros around and between it. */
export function isRightBare(place: Place, scene: Scene, row: number, column: number): boolean {
  const read = keys(place);
  const right = [rightPlace(scene.geometry, row, column), taps(scene.geometry, row, column)];
  return right.some((each) => keys(toBare(each, scene)) === read);
}

/** A place on the grid as elements of the input alone; zeros that were put there fall away. */
export function toBare(place: Place, scene: Scene): Place {
  const cells = cellsOf(place).flatMap(([row, column]) => sourceOf(scene, row, column) ?? []);
  const rows = cells.filter((_, index) => index % 2 === 0);
  const columns = cells.filter((_, index) => index % 2 === 1);
  const box = [Math.min(...rows), Math.max(...rows), Math.min(...columns), Math.max(...columns)] as const;
  const full = rows.length > 0 && rows.length === (box[1] - box[0] + 1) * (box[3] - box[2] + 1);
  return full ? box : { cells };
}

/** Elements of the input alone as a place on the grid; what padding has cut off falls away. */
export function toGrid(place: Place, { geometry: { rows, columns }, transposed }: Scene): Place {
  const [down, across] = transposed ? [transposed.rows.s, transposed.columns.s] : [1, 1];
  if (isBlock(place) && down === 1 && across === 1 && rows.before >= 0 && columns.before >= 0) {
    return [place[0] + rows.before, place[1] + rows.before, place[2] + columns.before, place[3] + columns.before];
  }
  const at = cellsOf(place).map(([row, column]) => [row * down + rows.before, column * across + columns.before] as const);
  return { cells: at.filter(([r, c]) => r >= 0 && r < rows.padded && c >= 0 && c < columns.padded).flat() };
}

function cellsOf(place: Place): (readonly [number, number])[] {
  if (!isBlock(place)) return Array.from({ length: place.cells.length / 2 }, (_, i) => [place.cells[2 * i]!, place.cells[2 * i + 1]!] as const);
  const [top, bottom, left, last] = place;
  const wide = last - left + 1;
  return Array.from({ length: (bottom - top + 1) * wide }, (_, i) => [top + Math.floor(i / wide), left + (i % wide)] as const);
}

/** Equal for the same elements, however they are written; both come in the order of rows. */
function keys(place: Place): string {
  return cellsOf(place).join(" ");
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
