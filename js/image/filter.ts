// A kernel over a whole picture, in typed arrays: fast enough for every frame of a camera.
import { halfTurn, type Matrix, type Mode, type Tap } from "../core/correlation";
import type { Plane } from "./picture";

export type Padding = "same" | "valid";

/** How many rows (or columns) of zeros stand before and after the picture: the odd one before, as in `ops.pad2d`. */
export function zeros(k: number, padding: Padding): readonly [before: number, after: number] {
  return padding === "same" ? [Math.ceil((k - 1) / 2), Math.floor((k - 1) / 2)] : [0, 0];
}

/** How far a window reaches above (or left of) the pixel that it belongs to. */
export function reachBefore(k: number): number {
  return Math.ceil((k - 1) / 2);
}

export function slidingOf(kernel: Matrix, mode: Mode): Matrix {
  return mode === "convolution" ? halfTurn(kernel) : kernel;
}

/** The picture with its zeros around. */
export function padded(picture: Plane, kernel: Matrix, padding: Padding): Plane {
  const [above, below] = zeros(kernel.length, padding);
  const [left, right] = zeros(kernel[0]!.length, padding);
  if (above + below + left + right === 0) return picture;
  const width = picture.width + left + right;
  const height = picture.height + above + below;
  const values = new Float64Array(height * width);
  for (let r = 0; r < picture.height; r++) {
    values.set(picture.values.subarray(r * picture.width, (r + 1) * picture.width), (r + above) * width + left);
  }
  return { height, width, values };
}

/** The correlation of a padded picture with the kernel that slides; null where the kernel does not fit. */
export function correlated(P: Plane, K: Matrix): Plane | null {
  const height = P.height - K.length + 1;
  const width = P.width - K[0]!.length + 1;
  if (height < 1 || width < 1) return null;
  const values = new Float64Array(height * width);
  // Weight by weight, so that the inner loop walks both arrays in order and a weight of 0 costs nothing.
  K.forEach((weights, a) =>
    weights.forEach((weight, b) => {
      if (weight === 0) return;
      for (let i = 0; i < height; i++) {
        let from = (i + a) * P.width + b;
        let to = i * width;
        for (const end = to + width; to < end; to++, from++) values[to]! += weight * P.values[from]!;
      }
    }),
  );
  return { height, width, values };
}

/** What a kernel gives on a picture; null where it does not fit. */
export function filtered(picture: Plane, kernel: Matrix, mode: Mode, padding: Padding): Plane | null {
  return correlated(padded(picture, kernel, padding), slidingOf(kernel, mode));
}

/** The products of the output pixel (i, j), in row-major order of the kernel that slides. */
export function tapsAt(P: Plane, K: Matrix, i: number, j: number): Tap[] {
  return K.flatMap((weights, a) =>
    weights.map((weight, b) => ({ row: i + a, column: j + b, a, b, value: P.values[(i + a) * P.width + j + b]!, weight })),
  );
}

/** How many values differ, by more than rounding. */
export function differing(one: Plane, other: Plane): number {
  const slack = 1e-9 * Math.max(extent(one), extent(other));
  let count = 0;
  for (let index = 0; index < one.values.length; index++) {
    if (Math.abs(one.values[index]! - other.values[index]!) > slack) count++;
  }
  return count;
}

/** The largest magnitude. */
export function extent({ values }: Plane): number {
  let most = 0;
  for (let index = 0; index < values.length; index++) {
    const size = Math.abs(values[index]!);
    if (size > most) most = size;
  }
  return most;
}
