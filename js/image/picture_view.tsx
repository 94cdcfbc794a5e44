// A picture on a canvas with the frame over it: pointed at, clicked, or walked through with arrow keys.
import { useId, useMemo } from "preact/hooks";
import type { Theme } from "../core/colour";
import type { Pair } from "../core/correlation";
import { moved } from "../core/grid_nav";
import type { Plane } from "./picture";
import { usePaint, type Shading } from "./use_paint";

/** How far Shift or a page key jumps. */
const JUMP = 10;

interface PictureViewProps {
  /** What it is, for screen readers. */
  label: string;
  /** Says in words what is in it; a stable function. */
  describe: (plane: Plane) => string;
  plane: Plane;
  shading: Shading;
  theme: Theme;
  /** Its width as a share of the picture's, so that a smaller output is drawn to the same scale. */
  share: number;
  /** The frame: its corner in this picture (may lie outside), and how many rows and columns it spans. */
  frame: { readonly corner: Pair; readonly size: Pair } | null;
  /** The pixel of this picture that the frame belongs to. */
  at: Pair | null;
  onPoint: (at: Pair | null) => void;
  onKeep: (at: Pair) => void;
}

export function PictureView({ label, describe, plane, shading, theme, share, frame, at, onPoint, onKeep }: PictureViewProps) {
  const canvas = usePaint(plane, shading, theme);
  const id = useId();
  const summary = useMemo(() => describe(plane), [describe, plane]);
  const { height, width } = plane;
  const pixelUnder = (event: PointerEvent): Pair | null => {
    const box = canvas.current!.getBoundingClientRect();
    const row = Math.floor(((event.clientY - box.top) / box.height) * height);
    const column = Math.floor(((event.clientX - box.left) / box.width) * width);
    return row >= 0 && row < height && column >= 0 && column < width ? [row, column] : null;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!at || event.altKey || event.metaKey) return;
    const to = walked(at, event.key, event.shiftKey, event.ctrlKey, height, width);
    if (!to) return;
    event.preventDefault();
    onKeep(to);
  };
  const middle = (axis: 0 | 1): number => (frame ? frame.corner[axis] + frame.size[axis] / 2 : 0);
  return (
    <div
      class="cnnw-picture"
      role="application"
      aria-label={`${label}. Arrow keys move the frame.`}
      aria-describedby={id}
      tabIndex={0}
      style={{ width: `${share * 100}%` }}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => onPoint(pixelUnder(event))}
      onPointerLeave={() => onPoint(null)}
      onClick={(event) => {
        const to = pixelUnder(event as unknown as PointerEvent);
        if (to) onKeep(to);
      }}
    >
      <canvas ref={canvas} aria-hidden="true" />
      {frame && (
        <i
          class="cnnw-frame"
          aria-hidden="true"
          style={{
            top: `${(middle(0) / height) * 100}%`,
            left: `${(middle(1) / width) * 100}%`,
            height: `${(frame.size[0] / height) * 100}%`,
            width: `${(frame.size[1] / width) * 100}%`,
          }}
        />
      )}
      <p class="cnnw-said" id={id}>
        {summary}
      </p>
    </div>
  );
}

/** Where a key leads in a picture; null where it does not move. */
export function walked([row, column]: Pair, key: string, shift: boolean, control: boolean, rows: number, columns: number): Pair | null {
  const clamp = (position: number, count: number): number => Math.max(0, Math.min(count - 1, position));
  if (key === "PageUp") return [clamp(row - JUMP, rows), column];
  if (key === "PageDown") return [clamp(row + JUMP, rows), column];
  if (shift && key.startsWith("Arrow")) {
    const down = key === "ArrowDown" ? JUMP : key === "ArrowUp" ? -JUMP : 0;
    const across = key === "ArrowRight" ? JUMP : key === "ArrowLeft" ? -JUMP : 0;
    return [clamp(row + down, rows), clamp(column + across, columns)];
  }
  return moved([row, column], key, control, rows, columns);
}
