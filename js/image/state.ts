// What the explorer's model holds, and all that follows from it by arithmetic.
import type { Matrix, Mode, Pair } from "../core/correlation";
import type { Predictions } from "../core/predict";
import { correlated, differing, extent, padded, reachBefore, slidingOf, zeros, type Padding } from "./filter";
import { nameOf, type Packed, type Plane } from "./picture";

export type Colours = "signed" | "grey";

export interface ImageTraits {
  readonly picture: string | Packed;
  readonly kernel: Matrix;
  readonly mode: Mode;
  readonly side_by_side: boolean;
  readonly padding: Padding;
  readonly colours: Colours;
  readonly pixel: Pair;
  readonly predict: boolean;
  readonly _pictures: Readonly<Record<string, Packed>>;
  readonly _predictions: Predictions;
}

export const TRAITS = ["picture", "kernel", "mode", "side_by_side", "padding", "colours", "pixel", "predict", "_pictures", "_predictions"] as const;

/** What one mode gives: the kernel that slides, and the output (null where the kernel does not fit). */
export interface Result {
  readonly mode: Mode;
  readonly sliding: Matrix;
  readonly output: Plane | null;
}

export interface Scene {
  readonly picture: Plane;
  readonly kernel: Matrix;
  readonly padding: Padding;
  readonly padded: Plane;
  /** The modes on view, correlation first. */
  readonly results: readonly Result[];
  /** The magnitude that gets the full colour, the same in every output on view. */
  readonly scale: number;
  /** How many output pixels differ between the two modes; null unless both are on view and fit. */
  readonly differs: number | null;
}

export function sceneOf(picture: Plane, kernel: Matrix, modes: readonly Mode[], padding: Padding): Scene {
  const P = padded(picture, kernel, padding);
  const results = modes.map((mode) => {
    const sliding = slidingOf(kernel, mode);
    return { mode, sliding, output: correlated(P, sliding) };
  });
  const outputs = results.flatMap(({ output }) => output ?? []);
  const scale = Math.max(0, ...outputs.map(extent));
  const differs = outputs.length === 2 ? differing(outputs[0]!, outputs[1]!) : null;
  return { picture, kernel, padding, padded: P, results, scale, differs };
}

export function modesOf({ mode, side_by_side }: Pick<ImageTraits, "mode" | "side_by_side">): readonly Mode[] {
  return side_by_side ? ["correlation", "convolution"] : [mode];
}

/** What a prediction belongs to: a kernel, a mode, a padding and a picture. */
export function questionKey({ kernel, mode, padding, picture }: Pick<ImageTraits, "kernel" | "mode" | "padding" | "picture">): string {
  return JSON.stringify([kernel, mode, padding, nameOf(picture)]);
}

/** Where the frame stands: the picture's pixel, the output pixel of its window, and the window's corner in the picture. */
export interface Place {
  readonly pixel: Pair;
  readonly output: Pair;
  /** May be outside of the picture, on the zeros around. */
  readonly corner: Pair;
}

/** The place nearest to a pixel of the picture where the window fits; null where it fits nowhere. */
export function placeAt(scene: Scene, [row, column]: Pair): Place | null {
  const { kernel, padding, results } = scene;
  const output = results[0]?.output;
  if (!output) return null;
  const along = (position: number, k: number, places: number): { at: number; pixel: number; corner: number } => {
    // The window's first row stands `reach` before its pixel; zeros before the picture make room for that.
    const [before] = zeros(k, padding);
    const at = Math.max(0, Math.min(position - reachBefore(k) + before, places - 1));
    return { at, pixel: at - before + reachBefore(k), corner: at - before };
  };
  const down = along(row, kernel.length, output.height);
  const across = along(column, kernel[0]!.length, output.width);
  return { pixel: [down.pixel, across.pixel], output: [down.at, across.at], corner: [down.corner, across.corner] };
}
