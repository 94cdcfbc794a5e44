// One map on a small canvas, painted anew only when its numbers or colours change, and frames over it.
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
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
  [rows, columns]: readonly [number, number],
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
    const [width, height] = [columns * zoom, rows * zoom];
    if (image.current?.width !== width || image.current.height !== height) {
      context.canvas.width = width;
      context.canvas.height = height;
      image.current = new ImageData(width, height);
    }
    paint(data, start, [rows, columns], { shade, scale }, zoom, inks, new Uint32Array(image.current.data.buffer));
    context.putImageData(image.current, 0, 0);
  }, [data, start, rows, columns, shade, scale, inks, wide]);
  return canvas;
}

/** The same as the address of a picture that stays as it is, each number `zoom` pixels a side. */
export function pictureOf(data: Float32Array, [rows, columns]: readonly [number, number], { shade, scale }: Colours, inks: Inks, zoom: number): string {
  const canvas = document.createElement("canvas");
  canvas.width = columns * zoom;
  canvas.height = rows * zoom;
  const image = new ImageData(canvas.width, canvas.height);
  paint(data, 0, [rows, columns], { shade, scale }, zoom, inks, new Uint32Array(image.data.buffer));
  canvas.getContext("2d")!.putImageData(image, 0, 0);
  return canvas.toDataURL();
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
