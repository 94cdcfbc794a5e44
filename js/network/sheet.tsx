// The maps of a layer on one canvas under their tiles: a browser pays for each canvas of a page whenever it paints.
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Tensor } from "./forward";
import { paint, type Inks } from "./paint";
import type { Plates } from "./plates";

/** How maps lie side by side: column by column, `high` in each; sizes in CSS pixels, of a map its longer side. */
export interface Spread {
  readonly high: number;
  readonly across: number;
  readonly tile: readonly [height: number, width: number];
  readonly gap: number;
  /** Canvas pixels a number, and between two maps: whole ones, so that tiles and canvas agree. */
  readonly zoom: number;
  readonly gutter: number;
}

/** Up to so many maps: so many in a column, the longer side shown and, somewhat larger, painted. */
const SPREADS = [
  { most: 1, high: 1, side: 150, painted: 168 },
  { most: 8, high: 3, side: 64, painted: 112 },
  { most: 16, high: 4, side: 46.5, painted: 72 },
  { most: Infinity, high: 6, side: 29, painted: 48 },
];
/** The one map of a short flat run. */
const COLUMN = { high: 204, wide: 26 };
const GAP = 6;

export function spreadOf({ rows, columns }: Plates, count: number): Spread {
  const { high, side, painted } = SPREADS.find(({ most }) => count <= most)!;
  const longer = Math.max(rows, columns);
  const zoom = Math.max(1, Math.round(painted / longer));
  const pixel = side / (zoom * longer);
  const gutter = Math.round(GAP / pixel);
  const column = count === 1 && columns === 1 && rows > 1;
  return {
    high: Math.min(high, count),
    across: Math.ceil(count / high),
    tile: column ? [COLUMN.high, COLUMN.wide] : [(side * rows) / longer, (side * columns) / longer],
    gap: gutter * pixel,
    zoom,
    gutter,
  };
}

interface SheetProps {
  tensor: Tensor;
  plates: Plates;
  count: number;
  spread: Spread;
  inks: Inks;
}

export function Sheet({ tensor, plates, count, spread: { high, across, tile, gap, zoom, gutter }, inks }: SheetProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const image = useRef<ImageData | null>(null);
  const { rows, columns } = plates;
  const [tall, wide] = [rows * zoom, columns * zoom];
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    if (image.current?.width !== wide || image.current.height !== tall) image.current = new ImageData(wide, tall);
    const pixels = new Uint32Array(image.current.data.buffer);
    for (let map = 0; map < count; map++) {
      paint(tensor.data, map * rows * columns, [rows, columns], plates, zoom, inks, pixels);
      context.putImageData(image.current, Math.floor(map / high) * (wide + gutter), (map % high) * (tall + gutter));
    }
  }, [tensor, plates, count, high, zoom, gutter, inks]);
  const along = (n: number, each: number, between: number): number => n * each + (n - 1) * between;
  return (
    <canvas
      ref={canvas}
      aria-hidden="true"
      height={along(high, tall, gutter)}
      width={along(across, wide, gutter)}
      style={{ height: `${along(high, tile[0], gap)}px`, width: `${along(across, tile[1], gap)}px` }}
    />
  );
}
