// Drawing on a grey image: a round brush with a soft edge along a line, as a pure function of bytes.
import type { Pair } from "./layers";

export type BrushName = "fine" | "broad" | "eraser";

/** Half a brush's width, in pixels of a pad of 28 rows. */
export const RADIUS: Record<BrushName, number> = { fine: 0.8, broad: 2.2, eraser: 2.2 };

/** A new image with a stroke from one point to another, both (row, column) in pixels, 0.5 being the first one's middle. */
export function stroke(grey: Uint8Array, high: number, wide: number, from: Pair, to: Pair, brush: BrushName): Uint8Array {
  const radius = (RADIUS[brush] * Math.max(high, wide)) / 28;
  const drawn = grey.slice();
  const span = (axis: 0 | 1, sides: number): readonly [number, number] => [
    Math.max(0, Math.floor(Math.min(from[axis], to[axis]) - radius - 1)),
    Math.min(sides - 1, Math.ceil(Math.max(from[axis], to[axis]) + radius)),
  ];
  const [top, bottom] = span(0, high);
  const [left, right] = span(1, wide);
  for (let r = top; r <= bottom; r++) {
    for (let c = left; c <= right; c++) {
      const ink = 255 * Math.max(0, Math.min(1, radius + 0.5 - distance([r + 0.5, c + 0.5], from, to)));
      const at = r * wide + c;
      drawn[at] = Math.round(brush === "eraser" ? Math.min(drawn[at]!, 255 - ink) : Math.max(drawn[at]!, ink));
    }
  }
  return drawn;
}

/** From a point to the line between two others. */
function distance([y, x]: Pair, [y0, x0]: Pair, [y1, x1]: Pair): number {
  const [dy, dx] = [y1 - y0, x1 - x0];
  const length = dy * dy + dx * dx;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((y - y0) * dy + (x - x0) * dx) / length));
  return Math.hypot(y - y0 - along * dy, x - x0 - along * dx);
}
