// One output on a canvas in signed colours; places without a counterpart are hatched, those that differ carry a dot.
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Theme } from "../core/colour";
import type { Pair } from "../core/correlation";
import { paintSigned, RAMPS } from "../image/paint";
import type { Plane } from "../image/picture";
import { walked } from "../image/picture_view";

/** About how many pixels wide a canvas is, when it is looked at closely and else. */
const WIDE = { close: 250, small: 160 };
const LINES: Record<Theme, string> = { light: "#7b8791", dark: "#84909b" };
const DOTS: Record<Theme, string> = { light: "#17202a", dark: "#f4f6f8" };

interface MapProps {
  title: string;
  plane: Plane;
  /** The magnitude that gets the full colour. */
  scale: number;
  inside: Uint8Array;
  /** Where dots go, if anywhere. */
  differs?: Uint8Array;
  theme: Theme;
  at: Pair | null;
  /** Given where the map can be walked through: what a screen reader says of it. */
  summary?: string;
  onPoint?: ((at: Pair | null) => void) | undefined;
}

export function OutputMap({ title, plane, scale, inside, differs, theme, at, summary, onPoint }: MapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { height, width } = plane;
  const close = onPoint !== undefined;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return undefined;
    const paint = (): void => draw(context, plane, scale, inside, differs, theme, close ? WIDE.close : WIDE.small);
    if (close) {
      paint();
      return undefined;
    }
    // What is looked at closely moves along at once, the others a frame later.
    const frame = requestAnimationFrame(paint);
    return () => cancelAnimationFrame(frame);
  }, [plane, scale, inside, differs, theme, close]);
  const under = (event: PointerEvent): Pair | null => {
    const box = canvas.current!.getBoundingClientRect();
    const row = Math.floor(((event.clientY - box.top) / box.height) * height);
    const column = Math.floor(((event.clientX - box.left) / box.width) * width);
    return row >= 0 && row < height && column >= 0 && column < width ? [row, column] : null;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey) return;
    const to = walked(at ?? [0, 0], event.key, event.shiftKey, event.ctrlKey, height, width);
    if (!to) return;
    event.preventDefault();
    onPoint?.(at ? to : [0, 0]);
  };
  const walks = onPoint && summary ? { role: "application" as const, "aria-label": `${title}: ${summary}. Arrow keys walk through it.`, tabIndex: 0, onKeyDown } : {};
  return (
    <figure class="cnnw-map">
      <div class="cnnw-plot" {...walks} onPointerMove={(event) => onPoint?.(under(event))} onPointerLeave={() => onPoint?.(null)}>
        <canvas ref={canvas} aria-hidden="true" />
        {at && (
          <i
            class="cnnw-here"
            aria-hidden="true"
            style={{ top: `${((at[0] + 0.5) / height) * 100}%`, left: `${((at[1] + 0.5) / width) * 100}%`, height: `${100 / height}%`, width: `${100 / width}%` }}
          />
        )}
      </div>
      <figcaption>{title}</figcaption>
    </figure>
  );
}

function draw(context: CanvasRenderingContext2D, plane: Plane, scale: number, inside: Uint8Array, differs: Uint8Array | undefined, theme: Theme, wide: number): void {
  const { height, width, values } = plane;
  const zoom = Math.max(4, Math.round(wide / width));
  const { canvas } = context;
  if (canvas.width !== width * zoom) canvas.width = width * zoom;
  if (canvas.height !== height * zoom) canvas.height = height * zoom;
  const image = new ImageData(canvas.width, canvas.height);
  const plain = { height, width, values: values.map((value) => (Number.isFinite(value) ? value : 0)) };
  paintSigned(plain, zoom, scale, theme, new Uint32Array(image.data.buffer));
  context.putImageData(image, 0, 0);
  const ground = `rgb(${RAMPS[theme].zero.join(" ")})`;
  const side = Math.max(3, Math.round(zoom * 0.34));
  const edge = (zoom - side) / 2;
  for (let index = 0; index < values.length; index++) {
    const [x, y] = [(index % width) * zoom, Math.floor(index / width) * zoom];
    if (!inside[index]) veil(context, x, y, zoom, ground, LINES[theme]);
    else if (differs?.[index]) {
      context.fillStyle = ground;
      context.fillRect(x + edge - 1, y + edge - 1, side + 2, side + 2);
      context.fillStyle = DOTS[theme];
      context.fillRect(x + edge, y + edge, side, side);
    }
  }
}

/** A cell that can not be compared: its value faint, a line across. */
function veil(context: CanvasRenderingContext2D, x: number, y: number, zoom: number, ground: string, line: string): void {
  context.globalAlpha = 0.72;
  context.fillStyle = ground;
  context.fillRect(x, y, zoom, zoom);
  context.globalAlpha = 0.5;
  context.strokeStyle = line;
  context.lineWidth = 1.2;
  context.beginPath();
  context.moveTo(x, y + zoom);
  context.lineTo(x + zoom, y);
  context.stroke();
  context.globalAlpha = 1;
}
