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
  into.fill(0);
  for (let r = 0, at = start; r < rows; r++) {
    for (let c = 0; c < columns && at < end; c++, at++) {
      const value = data[at]!;
      const share = scale > 0 ? Math.min(1, Math.abs(value) / scale) : 0;
      const corner = r * zoom * wide + c * zoom;
      if (shade !== "signed") {
        const ink = inks[shade][value > 0 ? Math.round(255 * share) : 0]!;
        for (let y = 0, to = corner; y < zoom; y++, to += wide) into.fill(ink, to, to + zoom);
        continue;
      }
      const index = 255 + Math.round(255 * (value < 0 ? -1 : 1) * share ** 0.7);
      const [ink, line] = [inks.signed[index]!, inks.hatched[index]!];
      for (let y = 0, to = corner; y < zoom; y++, to += wide) {
        if (ink === line) into.fill(ink, to, to + zoom);
        else for (let x = 0; x < zoom; x++) into[to + x] = (c * zoom + x + r * zoom + y) % PITCH < 2 ? line : ink;
      }
    }
  }
}
