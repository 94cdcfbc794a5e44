// One map on a small canvas, painted anew only when its numbers or colours change, and frames over it.
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Pair } from "../core/correlation";
import { paint, type Inks } from "./paint";
import type { Shade } from "./plates";
import type { Region } from "./receptive";

interface Colours {
  readonly shade: Shade;
  readonly scale: number;
}

/** A canvas with `rows × columns` numbers from `start` on; about `wide` pixels along its longer side. */
export function usePlate(
  data: Float32Array,
  start: number,
  [rows, columns]: Pair,
  { shade, scale }: Colours,
  inks: Inks,
  wide: number,
): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  const image = useRef<ImageData | null>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const zoom = Math.max(1, Math.min(48, Math.round(wide / Math.max(rows, columns))));
    image.current = imageOf(data, start, [rows, columns], { shade, scale }, inks, zoom, image.current);
    put(context, image.current);
  }, [data, start, rows, columns, shade, scale, inks, wide]);
  return canvas;
}

/** The same as the address of a picture that stays as it is, each number `zoom` pixels a side. */
export function pictureOf(data: Float32Array, size: Pair, colours: Colours, inks: Inks, zoom: number): string {
  const canvas = document.createElement("canvas");
  put(canvas.getContext("2d")!, imageOf(data, 0, size, colours, inks, zoom));
  return canvas.toDataURL();
}

/** The numbers as pixels; in `kept` where that has the right size. */
function imageOf(data: Float32Array, start: number, [rows, columns]: Pair, colours: Colours, inks: Inks, zoom: number, kept?: ImageData | null): ImageData {
  const [width, height] = [columns * zoom, rows * zoom];
  const image = kept?.width === width && kept.height === height ? kept : new ImageData(width, height);
  paint(data, start, [rows, columns], colours, zoom, inks, new Uint32Array(image.data.buffer));
  return image;
}

function put(context: CanvasRenderingContext2D, image: ImageData): void {
  const { canvas } = context;
  if (canvas.width !== image.width) canvas.width = image.width;
  if (canvas.height !== image.height) canvas.height = image.height;
  context.putImageData(image, 0, 0);
}

interface FrameProps {
  region: Pick<Region, "row" | "column" | "high" | "wide">;
  rows: number;
  columns: number;
  /** The cell on view, the window that it reads, or what it depends on further back. */
  kind: "cell" | "read" | "field";
}

export function Frame({ region: { row, column, high, wide }, rows, columns, kind }: FrameProps) {
  if (high === 0 || wide === 0) return null;
  const share = (part: number, whole: number): string => `${(100 * part) / whole}%`;
  const place = { top: share(row, rows), left: share(column, columns), height: share(high, rows), width: share(wide, columns) };
  return <i class={`cnnw-frame cnnw-frame-${kind}`} aria-hidden="true" style={place} />;
}
