// How a layer's numbers are laid out to be seen: a plate a map, a flat run as a near square; and their colours.
import { asMaps, type Cell } from "./explain";
import type { Tensor } from "./forward";
import type { Layer } from "./layers";

/** The shades of a layer: signed around 0, from 0 up, or (the image) from black to white. */
export type Shade = "signed" | "rising" | "grey";

/** How the plates of a tensor look: so many of them, each rows × columns, with what their full colour stands for. */
export interface Plates {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  readonly shade: Shade;
  readonly scale: number;
}

/** A flat run longer than this is folded into rows. */
const LONGEST_COLUMN = 16;

/** Into how many columns a flat run of n numbers is folded. */
export function foldOf(n: number): number {
  if (n <= LONGEST_COLUMN) return 1;
  const root = Math.sqrt(n);
  for (let columns = Math.floor(root); columns > root / 2; columns--) if (n % columns === 0) return columns;
  return Math.ceil(root);
}

export function platesOf(tensor: Tensor, shade: Shade, unit: boolean): Plates {
  const [count, high, wide] = asMaps(tensor);
  const flat = tensor.shape.length !== 3;
  const columns = flat ? foldOf(wide) : wide;
  const rows = flat ? Math.ceil(wide / columns) : high;
  return { count, rows, columns, shade, scale: unit ? 1 : extentOf(tensor.data) };
}

/** The largest magnitude of all. */
export function extentOf(data: Float32Array): number {
  let most = 0;
  for (const value of data) {
    if (value > most) most = value;
    else if (-value > most) most = -value;
  }
  return most;
}

/** Each layer's shade, by what it can give, so that drawing never changes it; and whether it runs from 0 to 1. */
export function shadesOf(layers: readonly Layer[]): { readonly shade: Shade; readonly unit: boolean }[] {
  let last = { shade: "signed" as Shade, unit: false };
  return layers.map((layer) => {
    if (layer.kind === "sigmoid" || layer.kind === "softmax") last = { shade: "rising", unit: true };
    else if (layer.kind === "relu") last = { shade: "rising", unit: false };
    else if (layer.kind === "tanh") last = { shade: "signed", unit: true };
    else if (layer.kind === "conv" || layer.kind === "linear") last = { shade: "signed", unit: false };
    return last; // pooling, flattening and dropout keep what came in
  });
}

/** The cell at a place of a plate; null past the end of a folded run. */
export function cellAt(layer: number, tensor: Tensor, plates: Plates, map: number, row: number, column: number): Cell | null {
  if (tensor.shape.length === 3) return [layer, map, row, column];
  const index = row * plates.columns + column;
  return index < tensor.data.length ? [layer, 0, 0, index] : null;
}

/** Where a cell of a tensor lies on its plate. */
export function placeOf(tensor: Tensor, plates: Plates, [, , row, column]: Cell): readonly [number, number] {
  return tensor.shape.length === 3 ? [row, column] : [Math.floor(column / plates.columns), column % plates.columns];
}
