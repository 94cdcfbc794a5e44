// Where the volumes of a stack are drawn: sides to one scale, depth for channels to another, flat rows to a third.
import { nameOf, pairText, type Layer } from "./layers";
import type { Shape, Stage } from "./stack";

/** A layer's name on an arrow. */
export interface Label {
  /** Index of the layer. */
  readonly index: number;
  readonly lines: readonly string[];
}

/** One shape in the row: that of the input, or of a layer that changes it (or slides a window). */
export interface Volume {
  /** Index of the layer it comes out of; −1 for the input. */
  readonly index: number;
  /** None where it is not told, or the layer does not fit. */
  readonly shape: Shape | null;
  readonly problem: boolean;
  /** Rows and columns of padding that the next layer puts around it: above, below, left, right. */
  readonly padding: readonly [number, number, number, number];
  /** What stands on the arrow into it; activations, which keep the shape, are named there too. */
  readonly labels: readonly Label[];
}

/** A volume with its place. The face is its front: x, y is its top left corner. */
export interface Placed extends Volume {
  readonly row: number;
  readonly x: number;
  readonly y: number;
  readonly wide: number;
  readonly high: number;
  /** How far the back of the volume is moved to the right and up. */
  readonly depth: number;
  /** How many planes are drawn; 0 for one solid. */
  readonly planes: number;
  /** Where the middle of its text is. */
  readonly textX: number;
  readonly textY: number;
  readonly arrow: { readonly from: number; readonly to: number; readonly y: number };
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly volumes: readonly Placed[];
  /** Pixels for a row or column of an image. */
  readonly unit: number;
}

const CHARACTER = 7.1; // pixels of 12px text, on the safe side
const TEXT = 7.4; // pixels of 13px bold text
const UNKNOWN = 44; // side of the box for a shape that is not told
const CAPTION = 30; // below the volumes of a row
const ROOM = 16; // around an arrow's label
const MOST_PLANES = 24;

/** The volumes to draw and the labels between them. */
export function volumesOf(input: Shape, stages: readonly Stage[], shows: (index: number) => boolean): Volume[] {
  const volumes: Volume[] = [{ index: -1, shape: input, problem: false, padding: around(undefined), labels: [] }];
  let waiting: Label[] = [];
  for (const [index, stage] of stages.entries()) {
    const { layer, shape, problem, given } = stage;
    const label = { index, lines: linesOf(layer) };
    if (layer.kind === "activation") {
      const last = volumes.at(-1)!;
      if (volumes.length > 1) volumes[volumes.length - 1] = { ...last, labels: [...last.labels, label] };
      else waiting.push(label);
      continue;
    }
    const last = volumes.at(-1)!;
    volumes[volumes.length - 1] = { ...last, padding: around(stage) };
    const told = shows(index);
    volumes.push({ index, shape: told ? shape : null, problem: told && problem !== "", padding: around(undefined), labels: [...waiting, label] });
    waiting = [];
    if (problem || given.length === 0) break; // what comes after is not reached
  }
  return volumes;
}

function around(next: Stage | undefined): Volume["padding"] {
  if (!next?.axes) return [0, 0, 0, 0];
  const [rows, columns] = next.axes;
  return [rows.before, rows.after, columns.before, columns.after];
}

function linesOf(layer: Layer): string[] {
  if (layer.kind !== "pool") return [nameOf(layer).toLowerCase()];
  return [layer.mode === "max" ? "max pool" : "avg pool", pairText(layer.kernel)];
}

const SIDES = [128, 112, 96, 80, 64] as const;

/** Places the volumes in as few rows as the width allows, the largest side as large as it can be. */
export function layoutOf(volumes: readonly Volume[], width: number): Layout {
  for (const side of SIDES) {
    const layout = place(volumes, width, side);
    if (layout.volumes.at(-1)?.row === 0) return layout;
  }
  return place(volumes, width, width < 420 ? 64 : 88);
}

function place(volumes: readonly Volume[], width: number, side: number): Layout {
  const images = volumes.flatMap(({ shape }) => (shape?.length === 3 ? [shape] : []));
  const flats = volumes.flatMap(({ shape }) => (shape?.length === 1 ? [shape[0]!] : []));
  const unit = side / Math.max(1, ...images.flatMap(([, h, w]) => [h!, w!]));
  const perChannel = Math.min(3.2, (side * 0.45) / Math.max(1, ...images.map(([c]) => c!)));
  const perUnit = Math.min(6, (side * 1.1) / Math.max(1, ...flats));

  const sized = volumes.map((volume) => {
    const { shape } = volume;
    const box = !shape
      ? { wide: UNKNOWN, high: UNKNOWN, depth: 0, planes: 0 }
      : shape.length === 3
        ? {
            wide: Math.max(3, shape[2]! * unit),
            high: Math.max(3, shape[1]! * unit),
            depth: (shape[0]! - 1) * perChannel,
            planes: shape[0]! <= MOST_PLANES && perChannel >= 2.2 ? shape[0]! : shape[0] === 1 ? 1 : 0,
          }
        : { wide: 12, high: Math.max(4, shape[0]! * perUnit), depth: 0, planes: 1 };
    const lines = volume.labels.flatMap(({ lines: each }) => each);
    const arrow = volume.index < 0 ? 0 : Math.max(28, ...lines.map((line) => line.length * CHARACTER)) + ROOM;
    const text = (shape?.join(" × ") ?? "?").length * TEXT;
    const [above, below, left, right] = volume.padding.map((each) => each * unit) as [number, number, number, number];
    const cell = Math.max(left + box.wide + Math.max(box.depth, right), text);
    const high = Math.max(box.depth, above) + box.high + below;
    return { volume, ...box, arrow, cell, left, tall: high, above: Math.max(box.depth, above), over: Math.max(box.depth, right), lines: lines.length };
  });

  const placed: Placed[] = [];
  let top = 0;
  for (let first = 0, row = 0; first < sized.length; row++) {
    let last = first;
    let taken = sized[first]!.cell + (first > 0 ? sized[first]!.arrow : 0);
    while (sized[last + 1] && taken + sized[last + 1]!.arrow + sized[last + 1]!.cell <= width) {
      last++;
      taken += sized[last]!.arrow + sized[last]!.cell;
    }
    const inRow = sized.slice(first, last + 1);
    // The names of the layers stand above the arrow, and all of it on the middle line of the row.
    const half = Math.max(...inRow.map(({ tall, lines }) => Math.max(tall / 2, 10 + lines * 15)));
    const middle = top + half;
    let x = 0;
    for (const each of inRow) {
      const { volume, wide, high, depth, planes, cell, arrow, tall, above } = each;
      const room = volume.index < 0 ? 0 : arrow;
      const left = x + room + (cell - each.left - wide - each.over) / 2 + each.left;
      placed.push({
        ...volume,
        row,
        x: left,
        y: middle - tall / 2 + above,
        wide,
        high,
        depth,
        planes,
        textX: x + room + cell / 2,
        textY: middle + half + 20,
        arrow: { from: x, to: x + room, y: middle },
      });
      x += room + cell;
    }
    top = middle + half + CAPTION + 10;
    first = last + 1;
  }
  return { width, height: top - 10, volumes: placed, unit };
}

/** What the layer on view reads: the window on the volume before it, and where its number lands. */
export interface Reading {
  readonly from: Placed;
  readonly to: Placed;
  /** Rectangles in the picture's pixels. */
  readonly window: Box;
  readonly padded: Box | null;
  readonly cell: Box;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly wide: number;
  readonly high: number;
}

/** The place in the middle of the output, by row and column. */
export function middleOf({ axes }: Stage): readonly [number, number] {
  return axes ? [Math.floor((axes[0].places - 1) / 2), Math.floor((axes[1].places - 1) / 2)] : [0, 0];
}

export function readingOf(layout: Layout, stage: Stage | undefined, index: number): Reading | null {
  const to = layout.volumes.find((volume) => volume.index === index);
  const from = to && layout.volumes[layout.volumes.indexOf(to) - 1];
  if (!to?.shape || !from?.shape || !stage?.axes || !stage.shape) return null;
  const [rows, columns] = stage.axes;
  const [i, j] = middleOf(stage);
  const { unit } = layout;
  const at = (x: number, y: number, wide: number, high: number): Box => ({ x: from.x + x * unit, y: from.y + y * unit, wide: wide * unit, high: high * unit });
  const padded = rows.p + columns.p > 0 ? at(-columns.before, -rows.before, columns.padded, rows.padded) : null;
  const window = at(j * columns.s - columns.before, i * rows.s - rows.before, columns.reach, rows.reach);
  const cell = { x: to.x + j * unit, y: to.y + i * unit, wide: Math.max(3, unit), high: Math.max(3, unit) };
  return { from, to, window, padded, cell };
}

/** The receptive field of that number on the input, as far as it lies there; null where it is not one of an image. */
export function fieldOf(layout: Layout, stage: Stage | undefined): Box | null {
  const input = layout.volumes[0];
  if (!input?.shape || !stage?.shape || stage.all || stage.shape.length !== 3) return null;
  const [i, j] = stage.axes ? middleOf(stage) : [Math.floor((stage.shape[1]! - 1) / 2), Math.floor((stage.shape[2]! - 1) / 2)];
  const span = (index: 0 | 1, place: number): readonly [number, number] => {
    const { start, size, jump } = stage.fields[index];
    const from = Math.max(0, start + place * jump);
    return [from, Math.min(input.shape![index + 1]!, start + place * jump + size) - from];
  };
  const [top, high] = span(0, i);
  const [left, wide] = span(1, j);
  const { unit } = layout;
  return { x: input.x + left * unit, y: input.y + top * unit, wide: wide * unit, high: high * unit };
}
