// The picture of the shrinking volumes: to scale, with the window of the layer on view and its receptive field.
import { useMemo, useRef } from "preact/hooks";
import { useWidth } from "../core/use_width";
import { nameOf } from "./layers";
import { fieldOf, layoutOf, readingOf, volumesOf, type Box, type Label, type Placed } from "./picture_layout";
import type { Shape, Stage } from "./stack";

interface PictureProps {
  input: Shape;
  stages: readonly Stage[];
  shows: (index: number) => boolean;
  /** Index of the layer on view; −1 for the input. */
  selected: number;
  onSelect: (index: number) => void;
}

export function Picture({ input, stages, shows, selected, onSelect }: PictureProps) {
  const root = useRef<HTMLDivElement>(null);
  const width = useWidth(root);
  const volumes = useMemo(() => volumesOf(input, stages, shows), [input, stages, shows]);
  const layout = useMemo(() => layoutOf(volumes, width), [volumes, width]);
  const stage = stages[selected];
  const told = selected >= 0 && shows(selected);
  const reading = told ? readingOf(layout, stage, selected) : null;
  const field = told && stage ? fieldOf(layout, stage) : null;
  const isFirst = reading?.from.index === -1;
  const spoken = volumes.map(({ shape, problem }) => shape?.join(" × ") ?? (problem ? "a layer that does not fit" : "not told")).join(", then ");
  return (
    <figure class="cnnw-picture" ref={root}>
      <svg
        viewBox={`0 -8 ${layout.width} ${layout.height + 16}`}
        width={layout.width}
        height={layout.height + 16}
        role="img"
        aria-label={`The volumes to scale: ${spoken}.`}
      >
        {layout.volumes.map((volume) => (
          <g
            key={volume.index}
            class={`cnnw-volume${volume.index === selected ? " cnnw-volume-selected" : ""}`}
            onClick={() => onSelect(volume.index)}
          >
            <Solid volume={volume} />
            <text class="cnnw-volume-shape" x={volume.textX} y={volume.textY} text-anchor="middle">
              {volume.shape?.join(" × ") ?? (volume.problem ? "does not fit" : "")}
            </text>
          </g>
        ))}
        {field && !isFirst && <Outline box={field} kind="field" />}
        {reading && (
          <g class="cnnw-reading">
            {reading.padded && <Outline box={reading.padded} kind="padded" />}
            {reading.from.row === reading.to.row && <Rays from={reading.window} to={reading.cell} />}
            <Outline box={reading.window} kind="window" />
            <Outline box={reading.cell} kind="cell" />
          </g>
        )}
        {layout.volumes.map((volume) => (
          <Arrow key={volume.index} volume={volume} selected={selected} onSelect={onSelect} />
        ))}
      </svg>
      <figcaption>{legend(stage, reading !== null, field !== null && !isFirst, (reading?.padded ?? null) !== null)}</figcaption>
    </figure>
  );
}

/** What the outlines are, and that flat rows have a scale of their own. */
function legend(stage: Stage | undefined, window: boolean, field: boolean, padded: boolean) {
  return (
    <>
      {window && stage && (
        <span>
          <i class="cnnw-key cnnw-key-window" /> window of {nameOf(stage.layer)}
        </span>
      )}
      {padded && (
        <span>
          <i class="cnnw-key cnnw-key-padded" /> padding
        </span>
      )}
      {field && stage && (
        <span>
          <i class="cnnw-key cnnw-key-field" /> receptive field, {stage.sees[0]} × {stage.sees[1]}
        </span>
      )}
      <span>Height and width to one scale, channels and flat rows each to another.</span>
    </>
  );
}

function Solid({ volume: { x, y, wide, high, depth, planes, shape, problem } }: { volume: Placed }) {
  if (!shape) {
    return (
      <g class={problem ? "cnnw-misfit" : "cnnw-untold"}>
        <rect x={x} y={y} width={wide} height={high} rx={6} />
        <text x={x + wide / 2} y={y + high / 2 + 7} text-anchor="middle">
          {problem ? "✗" : "?"}
        </text>
      </g>
    );
  }
  if (planes > 0) {
    const step = planes > 1 ? depth / (planes - 1) : 0;
    return (
      <g class="cnnw-planes">
        {Array.from({ length: planes }, (_, index) => {
          const back = (planes - 1 - index) * step;
          return <rect key={index} x={x + back} y={y - back} width={wide} height={high} />;
        })}
      </g>
    );
  }
  const [right, bottom] = [x + wide, y + high];
  return (
    <g class="cnnw-planes">
      <path d={`M${x} ${y}l${depth} ${-depth}h${wide}l${-depth} ${depth}z`} />
      <path d={`M${right} ${y}l${depth} ${-depth}v${high}L${right} ${bottom}z`} />
      <rect x={x} y={y} width={wide} height={high} />
    </g>
  );
}

function Arrow({ volume, selected, onSelect }: { volume: Placed; selected: number; onSelect: (index: number) => void }) {
  const { from, to, y } = volume.arrow;
  if (volume.index < 0) return null;
  const middle = (from + to) / 2;
  const lines = volume.labels.flatMap((label: Label) => label.lines.map((text) => ({ text, index: label.index })));
  return (
    <g class="cnnw-arrow">
      <path d={`M${from + 6} ${y}H${to - 8}m-5 -4l5 4l-5 4`} />
      {lines.map(({ text, index }, line) => (
        <text
          key={line}
          class={index === selected ? "cnnw-arrow-selected" : ""}
          x={middle}
          y={y - 8 - (lines.length - 1 - line) * 15}
          text-anchor="middle"
          onClick={(event) => {
            event.stopPropagation();
            onSelect(index);
          }}
        >
          {text}
        </text>
      ))}
    </g>
  );
}

function Outline({ box, kind }: { box: Box; kind: "window" | "padded" | "cell" | "field" }) {
  return <rect class={`cnnw-outline-${kind}`} x={box.x} y={box.y} width={box.wide} height={box.high} />;
}

/** From the right corners of the window to the left corners of the cell that it gives. */
function Rays({ from, to }: { from: Box; to: Box }) {
  const d = `M${from.x + from.wide} ${from.y}L${to.x} ${to.y}M${from.x + from.wide} ${from.y + from.high}L${to.x} ${to.y + to.high}`;
  return <path class="cnnw-rays" d={d} />;
}
