// Which picture is it? The kernel's own output among those that a slip would give, each with what it is.
import type { Matrix, Mode } from "../core/correlation";
import { halfTurn } from "../core/correlation";
import { correlated, extent, padded, reachBefore, type Padding } from "./filter";
import { PRESETS, same, weightSum } from "./kernels";
import type { Plane } from "./picture";
import { resizedAround } from "./resize";

export interface Candidate {
  readonly output: Plane;
  readonly right: boolean;
  /** What a wrong one is: "the kernel with rows and columns swapped". */
  readonly what: string;
}

const MOST = 4;
/** Two pictures, each in its own full range, must differ by so much in the mean to be told apart by eye. */
const APART = 0.02;

export function candidatesFor(picture: Plane, sliding: Matrix, mode: Mode, padding: Padding): readonly Candidate[] {
  const give = (kernel: Matrix): Plane | null => correlated(padded(picture, kernel, padding), kernel);
  const truth = give(sliding);
  if (!truth) return [];
  const found: Candidate[] = [{ output: truth, right: true, what: "" }];
  for (const { kernel, what } of slips(sliding, mode)) {
    if (found.length === MOST) break;
    const output = give(kernel);
    if (output && found.every((other) => apart(other.output, output))) found.push({ output, right: false, what });
  }
  if (found.length < 2) return [];
  // The right one goes to a place that depends on the kernel alone: another one each kernel, the same each time.
  const place = [...JSON.stringify(sliding)].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 9973, mode.length) % found.length;
  return [...found.slice(1, place + 1), found[0]!, ...found.slice(place + 1)];
}

function slips(sliding: Matrix, mode: Mode): { kernel: Matrix; what: string }[] {
  const [rows, columns] = [sliding.length, sliding[0]!.length];
  const other = mode === "convolution" ? "correlation" : "convolution";
  const extra = weightSum(sliding) === 1 ? -1 : 1;
  const middle = sliding.map((row, a) => row.map((weight, b) => (a === reachBefore(rows) && b === reachBefore(columns) ? weight + extra : weight)));
  const others = [
    { name: "Sobel across", what: "Sobel's kernel for upright edges" },
    { name: "Sobel down", what: "Sobel's kernel for level edges" },
    { name: "Outline", what: "an outline kernel" },
    { name: "Blur 3×3", what: "a blur" },
  ];
  return [
    { kernel: sliding[0]!.map((_, b) => sliding.map((row) => row[b]!)), what: "the kernel with rows and columns swapped" },
    { kernel: halfTurn(sliding), what: `${other}: the kernel turned by a half turn` },
    { kernel: middle, what: `the kernel with ${extra < 0 ? "1 less" : "1 more"} in the middle: ${extra < 0 ? "without the picture itself" : "with the picture added"}` },
    ...others.flatMap(({ name, what }) => {
      const { kernel } = PRESETS.find((preset) => preset.name === name)!;
      return same(kernel, sliding) ? [] : [{ kernel: rows >= 3 && columns >= 3 ? resizedAround(kernel, rows, columns) : kernel, what }];
    }),
  ];
}

/** The mean difference between two pictures, each as a share of its own extent, against what the eye tells apart. */
function apart(one: Plane, other: Plane): boolean {
  if (one.height !== other.height || one.width !== other.width) return false;
  const [a, b] = [extent(one) || 1, extent(other) || 1];
  let total = 0;
  for (let index = 0; index < one.values.length; index++) total += Math.abs(one.values[index]! / a - other.values[index]! / b);
  return total / one.values.length > APART;
}
