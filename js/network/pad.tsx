// The image as a pad to draw on: with a pointer, or with a brush that arrow keys move; the frame shows what a cell sees.
import type { ComponentChildren } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import { walked } from "../image/picture_view";
import { stroke, type BrushName } from "./draw";
import type { Pair } from "./layers";
import type { Inks } from "./paint";
import { Frame, usePlate } from "./plate";
import type { Region } from "./receptive";
import type { Grey } from "./state";

interface PadProps {
  image: Grey;
  /** What is on it, in words. */
  summary: string;
  inks: Inks;
  brush: BrushName;
  region: Region | null;
  onDraw: (image: Grey) => void;
  onSay: (text: string) => void;
  children?: ComponentChildren;
}

export function Pad({ image, summary, inks, brush, region, onDraw, onSay, children }: PadProps) {
  const { high, wide, bytes } = image;
  const canvas = usePlate(Float32Array.from(bytes), 0, [high, wide], { shade: "grey", scale: 255 }, inks, 280);
  const id = useId();
  const last = useRef<Pair | null>(null); // where the pointer was while it is down
  const latest = useRef(image); // several moves may come before the next render
  latest.current = image;
  const [at, setAt] = useState<Pair>([high >> 1, wide >> 1]);
  const [down, setDown] = useState(false);
  const [focused, setFocused] = useState(false);

  const draw = (from: Pair, to: Pair): void => {
    latest.current = { high, wide, bytes: stroke(latest.current.bytes, high, wide, from, to, brush) };
    onDraw(latest.current);
  };
  const under = (event: PointerEvent): Pair => {
    const box = canvas.current!.getBoundingClientRect();
    return [((event.clientY - box.top) / box.height) * high, ((event.clientX - box.left) / box.width) * wide];
  };
  const middle = ([row, column]: Pair): Pair => [row + 0.5, column + 0.5];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey) return;
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      if (event.key === " ") {
        setDown(!down);
        onSay(down ? "Brush lifted." : `Brush down at row ${at[0] + 1}, column ${at[1] + 1}: arrow keys draw.`);
      }
      if (event.key === "Enter" || !down) draw(middle(at), middle(at));
      return;
    }
    const to = walked([at[0], at[1]], event.key, event.shiftKey, event.ctrlKey, high, wide);
    if (!to) return;
    event.preventDefault();
    if (down) draw(middle(at), middle(to));
    setAt(to);
    onSay(`Row ${to[0] + 1}, column ${to[1] + 1}.`);
  };
  return (
    <div
      class="cnnw-pad"
      role="application"
      aria-label="Image to draw on. Arrow keys move the brush, Space puts it down or lifts it, Enter makes a dot."
      aria-describedby={id}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onFocus={(event) => setFocused(event.currentTarget.matches(":focus-visible"))}
      onBlur={() => {
        setFocused(false);
        setDown(false);
      }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        last.current = under(event);
        draw(last.current, last.current);
      }}
      onPointerMove={(event) => {
        if (!last.current) return;
        const to = under(event);
        draw(last.current, to);
        last.current = to;
      }}
      onPointerUp={() => (last.current = null)}
      onPointerCancel={() => (last.current = null)}
    >
      <canvas ref={canvas} aria-hidden="true" />
      {region && <Frame region={region} rows={high} columns={wide} kind="field" />}
      {focused && <i class="cnnw-brush" data-down={down} aria-hidden="true" style={{ top: `${((at[0] + 0.5) / high) * 100}%`, left: `${((at[1] + 0.5) / wide) * 100}%` }} />}
      <p class="cnnw-said" id={id}>
        {summary}
      </p>
      {children}
    </div>
  );
}
