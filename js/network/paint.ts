// Numbers as pixels of a small canvas: signed ones with hatched negatives, rising ones in another hue, grey ones.
import type { Theme } from "../core/colour";
import { table } from "../image/paint";
import type { Shade } from "./plates";

/** Pixels for a theme: 511 of the signed scale plain and hatched, 256 of the rising and of the grey one. */
export interface Inks {
  readonly signed: Uint32Array;
  readonly hatched: Uint32Array;
  readonly rising: Uint32Array;
  readonly grey: Uint32Array;
}

/** From the ground of the page to the accent's own hue. */
export const RISING: Record<Theme, readonly [readonly [number, number, number], readonly [number, number, number]]> = {
  light: [[247, 248, 249], [6, 78, 86]],
  dark: [[26, 32, 38], [128, 232, 228]],
};

export function inksOf(theme: Theme): Inks {
  const [from, to] = RISING[theme];
  const ramp = (colour: (share: number, part: 0 | 1 | 2) => number): Uint32Array =>
    Uint32Array.from({ length: 256 }, (_, step) => {
      const part = (index: 0 | 1 | 2): number => Math.round(colour(step / 255, index));
      return ((255 << 24) | (part(2) << 16) | (part(1) << 8) | part(0)) >>> 0;
    });
  return {
    signed: table(theme, false),
    hatched: table(theme, true),
    rising: ramp((share, part) => from[part] + (to[part] - from[part]) * share),
    grey: ramp((share) => 255 * share),
  };
}

/** Every so many pixels of the canvas a diagonal line crosses values below 0. */
const PITCH = 6;

/** Writes `rows × columns` numbers from `start` on, each `zoom` pixels a side; past the end of the data stays clear. */
export function paint(
  data: Float32Array,
  start: number,
  [rows, columns]: readonly [number, number],
  { shade, scale }: { readonly shade: Shade; readonly scale: number },
  zoom: number,
  inks: Inks,
  into: Uint32Array,
): void {
  const wide = columns * zoom;
  const end = Math.min(data.length, start + rows * columns);
  const [plain, lines] = shade === "signed" ? [inks.signed, inks.hatched] : [inks[shade], inks[shade]];
  if (end < start + rows * columns) into.fill(0);
  for (let r = 0, at = start; r < rows; r++) {
    const top = r * zoom * wide;
    let hatched = false;
    const from = at;
    // One row of pixels, without loops of calls: this runs some hundred thousand times a stroke.
    for (let c = 0, to = top; c < columns && at < end; c++, at++) {
      const index = inkOf(data[at]!, shade, scale);
      const ink = plain[index]!;
      if (lines[index] !== ink) hatched = true;
      for (const stop = to + zoom; to < stop; to++) into[to] = ink;
    }
    for (let y = 1; y < zoom; y++) into.copyWithin(top + y * wide, top, top + (at - from) * zoom);
    if (!hatched) continue;
    for (let c = 0; c < at - from; c++) {
      const index = inkOf(data[from + c]!, shade, scale);
      const line = lines[index]!;
      if (line === plain[index]) continue;
      for (let y = 0; y < zoom; y++) {
        const row = top + y * wide;
        const right = (c + 1) * zoom;
        // The diagonals are those pixels whose row and column add up to 0 or 1 more than a multiple of the pitch.
        for (let x = c * zoom; x < right; x++) if ((x + r * zoom + y) % PITCH < 2) into[row + x] = line;
      }
    }
  }
}

/** Which ink a value gets: 0 to 510 with 255 for 0 where it is signed, 0 to 255 where it rises. */
function inkOf(value: number, shade: Shade, scale: number): number {
  if (!(scale > 0)) return shade === "signed" ? 255 : 0;
  if (shade !== "signed") return value > 0 ? Math.min(255, Math.round((255 * value) / scale)) : 0;
  const share = Math.min(1, Math.abs(value) / scale);
  const strong = Math.round(255 * share ** 0.7);
  return value < 0 ? 255 - strong : 255 + strong;
}
