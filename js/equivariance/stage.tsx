// The picture to drag: with a pointer, or by arrow keys; zeros come in where it has left.
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { Pair } from "../core/correlation";
import { paintGrey } from "../image/paint";
import type { Plane } from "../image/picture";
import { shifted } from "./rungs";
import { shiftText } from "./words";

interface StageProps {
  picture: Plane;
  title: string;
  shift: Pair;
  onShift: (shift: Pair) => void;
}

const KEYS: Readonly<Record<string, Pair>> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export function Stage({ picture, title, shift, onShift }: StageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const grip = useRef<{ x: number; y: number; shift: Pair } | null>(null);
  const { height, width } = picture;
  const moved = useMemo(() => shifted(picture, shift), [picture, shift]);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    context.canvas.width = width;
    context.canvas.height = height;
    const image = new ImageData(width, height);
    paintGrey(moved, 1, new Uint32Array(image.data.buffer));
    context.putImageData(image, 0, 0);
  }, [moved, height, width]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey || event.ctrlKey) return;
    const by = KEYS[event.key];
    if (!by && event.key !== "Home") return;
    event.preventDefault();
    const far = event.shiftKey ? 2 : 1;
    onShift(by ? [shift[0] + far * by[0], shift[1] + far * by[1]] : [0, 0]);
  };
  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    grip.current = { x: event.clientX, y: event.clientY, shift };
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (!grip.current) return;
    const box = canvas.current!.getBoundingClientRect();
    const down = ((event.clientY - grip.current.y) / box.height) * height;
    const across = ((event.clientX - grip.current.x) / box.width) * width;
    onShift([grip.current.shift[0] + Math.round(down), grip.current.shift[1] + Math.round(across)]);
  };
  const release = (): void => {
    grip.current = null;
  };
  return (
    <div
      class="cnnw-stage"
      role="application"
      aria-label={`Picture: ${title}, ${height} × ${width}, ${shiftText(shift)}. Arrow keys move it, with Shift by 2; Home puts it back.`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={release}
      onPointerCancel={release}
    >
      <canvas ref={canvas} aria-hidden="true" />
      <i
        class="cnnw-sheet"
        aria-hidden="true"
        style={{ transform: `translate(${(shift[1] / width) * 100}%, ${(shift[0] / height) * 100}%)` }}
      />
    </div>
  );
}
