// Draws values on a canvas whenever they, their colours or the theme change.
import { useLayoutEffect, useRef } from "preact/hooks";
import type { RefObject } from "preact";
import type { Theme } from "../core/colour";
import { paintGrey, paintSigned, zoomFor } from "./paint";
import type { Plane } from "./picture";

/** How values are drawn: as grey, or in signed colours up to a magnitude. */
export type Shading = "grey" | { readonly scale: number };

export function usePaint(plane: Plane, shading: Shading, theme: Theme, wide?: number): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  const image = useRef<ImageData | null>(null);
  const scale = shading === "grey" ? -1 : shading.scale;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const zoom = zoomFor(plane.width, wide);
    const [width, height] = [plane.width * zoom, plane.height * zoom];
    if (image.current?.width !== width || image.current.height !== height) {
      context.canvas.width = width;
      context.canvas.height = height;
      image.current = new ImageData(width, height);
    }
    const pixels = new Uint32Array(image.current.data.buffer);
    if (scale < 0) paintGrey(plane, zoom, pixels);
    else paintSigned(plane, zoom, scale, theme, pixels);
    context.putImageData(image.current, 0, 0);
  }, [plane, scale, scale < 0 ? "" : theme, wide]);
  return canvas;
}
