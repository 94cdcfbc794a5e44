// Values as pixels of a canvas: greys, or signed colours in which values below 0 are hatched too.
import type { Theme } from "../core/colour";
import type { Plane } from "./picture";

type Colour = readonly [red: number, green: number, blue: number];

interface Ramp {
  readonly zero: Colour;
  readonly positive: Colour;
  readonly negative: Colour;
}

/** Orange below 0, blue above, the ground of the page at 0; stronger than in grids, where text stands on them. */
export const RAMPS: Record<Theme, Ramp> = {
  light: { zero: [247, 248, 249], positive: [13, 71, 161], negative: [180, 72, 4] },
  dark: { zero: [26, 32, 38], positive: [116, 186, 255], negative: [255, 163, 77] },
};

const STEPS = 255;
const OPAQUE = 255 << 24;
/** Every so many pixels of the canvas a diagonal line crosses values below 0, and how wide it is. */
const HATCH = { fine: { pitch: 5, line: 2 }, coarse: { pitch: 8, line: 3 } } as const;
/** Weaker values than this are not hatched: noise around 0 would be all lines. */
const HATCHED = 0.22;

function packed([red, green, blue]: Colour): number {
  return (OPAQUE | (blue << 16) | (green << 8) | red) >>> 0; // little-endian, as canvas pixels are everywhere today
}

function mixed(from: Colour, to: Colour, share: number): Colour {
  const part = (index: 0 | 1 | 2): number => Math.round(from[index] + (to[index] - from[index]) * share);
  return [part(0), part(1), part(2)];
}

/** Colours for strengths −1 to 1 in 2·255 + 1 steps; on the hatch lines, those of the ground. */
export function table(theme: Theme, hatch: boolean): Uint32Array {
  const { zero, positive, negative } = RAMPS[theme];
  return Uint32Array.from({ length: 2 * STEPS + 1 }, (_, index) => {
    const strength = (index - STEPS) / STEPS;
    const colour = mixed(zero, strength < 0 ? negative : positive, Math.abs(strength));
    return packed(hatch && strength < -HATCHED ? mixed(colour, zero, 0.55) : colour);
  });
}

const both = (theme: Theme) => ({ plain: table(theme, false), hatched: table(theme, true) });
const TABLES = { light: both("light"), dark: both("dark") } as const;
const GREYS = Uint32Array.from({ length: 256 }, (_, grey) => packed([grey, grey, grey]));

/** How many canvas pixels a side a picture's pixel gets, so that the canvas has at most about `wide` columns. */
export function zoomFor(width: number, wide = 600): number {
  return Math.max(1, Math.min(64, Math.floor(wide / width)));
}

/** How finely magnitudes are looked up: a power a pixel would cost a camera its frames. */
const FINE = 4096;
/** The step of the colour table for each magnitude: a power below 1 keeps small ones visible beside a large one. */
const STEP_OF = Uint8Array.from({ length: FINE + 1 }, (_, share) => Math.round(STEPS * (share / FINE) ** 0.7));

/** Writes values as grey, 0 black to 255 white, what lies beyond cut off, into the pixels of a zoomed canvas. */
export function paintGrey({ height, width, values }: Plane, zoom: number, into: Uint32Array): void {
  for (let r = 0; r < height; r++) {
    const start = r * zoom * width * zoom;
    for (let c = 0, at = start; c < width; c++, at += zoom) {
      const value = values[r * width + c]!;
      into.fill(GREYS[value <= 0 ? 0 : value >= 255 ? 255 : Math.round(value)]!, at, at + zoom);
    }
    repeatRow(into, start, width * zoom, zoom);
  }
}

/** Writes values in signed colours; `scale` is the magnitude that gets the full colour. */
export function paintSigned({ height, width, values }: Plane, zoom: number, scale: number, theme: Theme, into: Uint32Array): void {
  const { plain, hatched } = TABLES[theme];
  const wide = width * zoom;
  const fine = scale > 0 ? FINE / scale : 0;
  const { pitch, line: thick } = zoom === 1 ? HATCH.fine : HATCH.coarse;
  for (let r = 0; r < height; r++) {
    for (let c = 0; c < width; c++) {
      const value = values[r * width + c]!;
      const step = STEP_OF[Math.min(FINE, Math.round(Math.abs(value) * fine))]!;
      const index = value < 0 ? STEPS - step : STEPS + step;
      const [ground, line] = [plain[index]!, hatched[index]!];
      for (let y = r * zoom; y < (r + 1) * zoom; y++) {
        const at = y * wide + c * zoom;
        if (ground === line) into.fill(ground, at, at + zoom);
        else for (let x = 0; x < zoom; x++) into[at + x] = (c * zoom + x + y) % pitch < thick ? line : ground;
      }
    }
  }
}

function repeatRow(into: Uint32Array, start: number, wide: number, times: number): void {
  for (let copy = 1; copy < times; copy++) into.copyWithin(start + copy * wide, start, start + wide);
}
