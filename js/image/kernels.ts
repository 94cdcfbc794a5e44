// The kernels to start from, what they do and why, and what can be said of any kernel.
import { halfTurn, type Matrix } from "../core/correlation";
import { exact, number } from "../core/format";

export interface Preset {
  readonly name: string;
  readonly kernel: Matrix;
  readonly colours: "signed" | "grey";
  /** What it does to a picture. */
  readonly does: string;
  /** Why its weights do that. */
  readonly why: string;
}

const BINOMIAL = [1, 4, 6, 4, 1];

export const PRESETS: readonly Preset[] = [
  {
    name: "Identity",
    kernel: [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
    colours: "grey",
    does: "Gives the picture back.",
    why: "Only the middle weight counts, and it is 1: each sum is the pixel itself.",
  },
  {
    name: "Blur 3×3",
    kernel: [[1 / 9, 1 / 9, 1 / 9], [1 / 9, 1 / 9, 1 / 9], [1 / 9, 1 / 9, 1 / 9]],
    colours: "grey",
    does: "Smooths: fine detail and noise fade.",
    why: "Nine equal weights of 1/9: each pixel becomes the mean of itself and its eight neighbours.",
  },
  {
    name: "Gaussian 5×5",
    kernel: BINOMIAL.map((a) => BINOMIAL.map((b) => (a * b) / 256)),
    colours: "grey",
    does: "Smooths as a lens out of focus does, without the boxy look of equal weights.",
    why: "1 4 6 4 1 down times 1 4 6 4 1 across, over 256: near neighbours count more than far ones.",
  },
  {
    name: "Sharpen",
    kernel: [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
    colours: "grey",
    does: "Makes edges crisper.",
    why: "The picture plus what sets a pixel apart from its four neighbours: 1 + 4 in the middle, −1 around.",
  },
  {
    name: "Outline",
    kernel: [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]],
    colours: "signed",
    does: "Leaves outlines, whichever way they run.",
    why: "Eight times the pixel minus its eight neighbours: 0 where all nine are equal.",
  },
  {
    name: "Emboss",
    kernel: [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]],
    colours: "grey",
    does: "Looks like a relief lit from the bottom right.",
    why: "The picture plus the change from the top left to the bottom right.",
  },
  {
    name: "Sobel across",
    kernel: [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
    colours: "signed",
    does: "Marks upright edges: above 0 where it gets lighter to the right, below 0 where it gets darker.",
    why: "Right column minus left column, with the middle row counted twice: the slope across, smoothed downwards.",
  },
  {
    name: "Sobel down",
    kernel: [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
    colours: "signed",
    does: "Marks level edges: above 0 where it gets lighter downwards, below 0 where it gets darker.",
    why: "Bottom row minus top row, with the middle column counted twice: the slope downwards, smoothed across.",
  },
  {
    name: "Laplacian",
    kernel: [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
    colours: "signed",
    does: "Marks where brightness bends: an edge gives a pair of lines, one of each sign.",
    why: "Four neighbours minus four times the pixel: 0 on flat areas and also on even slopes.",
  },
  {
    name: "Motion 7×7",
    kernel: Array.from({ length: 7 }, (_, a) => Array.from({ length: 7 }, (_, b) => (a === b ? 1 / 7 : 0))),
    colours: "grey",
    does: "Smears along one diagonal, as a moving camera does.",
    why: "Seven weights of 1/7 on a diagonal: the mean along a line, and nothing from beside it.",
  },
];

/** The preset with just these weights. */
export function presetOf(kernel: Matrix): Preset | undefined {
  return PRESETS.find((preset) => same(preset.kernel, kernel));
}

export function same(one: Matrix, other: Matrix): boolean {
  return one.length === other.length && one.every((row, a) => row.length === other[a]!.length && row.every((weight, b) => weight === other[a]![b]));
}

export function weightSum(kernel: Matrix): number {
  const total = kernel.flat().reduce((sum, weight) => sum + weight, 0);
  const size = kernel.flat().reduce((sum, weight) => sum + Math.abs(weight), 0);
  for (const round of [0, 1]) if (Math.abs(total - round) <= 1e-12 * size) return round; // nine times 1/9
  return total;
}

/** What the sum of the weights means: the answer on an area where all pixels are equal. */
export function flatText(kernel: Matrix): string {
  const total = weightSum(kernel);
  if (total === 0) return "The weights sum to 0: a flat area becomes 0, and only changes are left.";
  if (total === 1) return "The weights sum to 1: a flat area keeps its brightness.";
  return `The weights sum to ${about(total)}: a flat area of 100 becomes ${about(100 * total)}.`;
}

function about(value: number): string {
  return exact(value) ? number(value) : `about ${number(value)}`;
}

/** What a half turn does to a kernel: leaves it, flips every sign, or makes another one of it. */
export type Turn = "same" | "opposite" | "other";

export function turnOf(kernel: Matrix): Turn {
  const turned = halfTurn(kernel);
  if (same(kernel, turned)) return "same";
  return kernel.every((row, a) => row.every((weight, b) => weight + turned[a]![b]! === 0)) ? "opposite" : "other";
}

/** Why correlation and convolution give the same picture, or do not. */
export function turnText(kernel: Matrix): string {
  switch (turnOf(kernel)) {
    case "same":
      return "A half turn leaves this kernel as it is, so correlation and convolution are the same.";
    case "opposite":
      return "A half turn changes the sign of every weight, so convolution gives the opposite of correlation: what is above 0 in one is below 0 in the other.";
    default:
      return "A half turn changes this kernel, so correlation and convolution differ.";
  }
}
