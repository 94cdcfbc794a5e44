// A picture in words, for those who do not see it, and a place in it.
import type { Matrix, Mode } from "../core/correlation";
import { grouped } from "../core/counts";
import { counted, number } from "../core/format";
import { extent } from "./filter";
import type { Plane } from "./picture";

/** What is said of values: their ends, their mean, and which share is below, about and above 0. */
export interface Summary {
  readonly least: number;
  readonly most: number;
  readonly mean: number;
  /** Percent, whole. About 0 is within 2 % of the largest magnitude. */
  readonly below: number;
  readonly about: number;
  readonly above: number;
}

export function summaryOf(plane: Plane): Summary {
  const { values } = plane;
  const slack = 0.02 * extent(plane);
  let [least, most, sum, below, above] = [Infinity, -Infinity, 0, 0, 0];
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (value < least) least = value;
    if (value > most) most = value;
    sum += value;
    if (value < -slack) below++;
    else if (value > slack) above++;
  }
  const share = (count: number): number => Math.round((100 * count) / values.length);
  const [low, high] = [share(below), share(above)];
  return { least, most, mean: sum / values.length, below: low, about: 100 - low - high, above: high };
}

/** "170 × 200, 9 to 255, mean 101". */
export function pictureText(plane: Plane): string {
  const { least, most, mean } = summaryOf(plane);
  return `${sides(plane)}, from ${short(least)} to ${short(most)}, mean ${short(mean)}`;
}

/** "from −708 to 693, mean 0.4: 25 % below 0, 48 % about 0, 27 % above". */
export function outputText(plane: Plane): string {
  const { least, most, mean, below, about, above } = summaryOf(plane);
  const signs = least > 0 ? "all above 0" : most < 0 ? "all below 0" : `${below}\u00a0% below 0, ${about}\u00a0% about 0, ${above}\u00a0% above`;
  return `from ${short(least)} to ${short(most)}, mean ${short(mean)}: ${signs}`;
}

export function sides({ height, width }: { height: number; width: number }): string {
  return `${height} × ${width}`;
}

function short(value: number): string {
  return number(Math.abs(value) >= 100 ? Math.round(value) : Math.round(100 * value) / 100, 3);
}

/** Why there is no output. */
export function misfit(kernel: Matrix, picture: Plane): string {
  const [rows, columns] = [kernel.length, kernel[0]!.length];
  return `The kernel spans ${counted(rows, "row")} and ${counted(columns, "column")}, and the picture has only ${sides(picture)}. Pad it with zeros, or take a smaller kernel.`;
}

export const MODE_NAMES: Record<Mode, string> = { correlation: "Correlation", convolution: "Convolution" };
export const MODE_SIGNS: Record<Mode, string> = { correlation: "⋆", convolution: "∗" };

/** "they differ in 31 234 of 34 000 pixels" or "they are equal in every pixel". */
export function differsText(count: number, of: number): string {
  if (count === 0) return "Here they are equal in every pixel.";
  return `Here they differ in ${grouped(count)} of ${grouped(of)} pixels (${percent(count, of)}).`;
}

function percent(count: number, of: number): string {
  const share = (100 * count) / of;
  return share < 1 ? "under 1\u00a0%" : share > 99 && share < 100 ? "over 99\u00a0%" : `${Math.round(share)}\u00a0%`;
}
