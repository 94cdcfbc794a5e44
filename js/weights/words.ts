// The counter's words: what each kind of layer is, and how it compares.
import { digits, inWords } from "../core/big_counts";
import { countOf, entriesOfV, type Kind, type Numbers } from "./counts";

export const TITLES: Readonly<Record<Kind, string>> = {
  dense: "Dense",
  dense2d: "Dense, unit by pixel",
  local: "Local",
  shared: "Local and shared: a kernel",
};

export const LINES: Readonly<Record<Kind, string>> = {
  dense: "Every hidden unit sees every value of the image.",
  dense2d: "As many units as pixels, W (h, w, h, w); one channel from here on.",
  local: "Each unit sees its window alone, with weights of its own.",
  shared: "All units have the same window of weights.",
};

/** What more there is to say of a layer. */
export function noteOf(kind: Kind, numbers: Numbers): string {
  const { channels, delta } = numbers;
  switch (kind) {
    case "dense":
      return channels === 1 ? "One channel: a value a pixel." : `${channels} channels: ${channels} values a pixel, each with a weight to every hidden unit.`;
    case "dense2d":
      return `Numbered by offset, V[i, j, a, b] = W[i, j, i + a, j + b], they are the same weights. As an array (h, w, 2h − 1, 2w − 1), V has ${digits(entriesOfV(numbers))} entries: those outside of the image are 0.`;
    case "local":
      return `Locality: V[i, j, a, b] = 0 where |a| or |b| is larger than Δ = ${delta}. What is left is a window of ${2 * delta + 1} × ${2 * delta + 1} for each unit.`;
    case "shared":
      return `Translation invariance: V[a, b] is the same for every i and j. Rounded to 4Δ² it would be ${digits(4n * BigInt(delta) ** 2n)}, which leaves out 4Δ + 1 = ${4 * delta + 1} of them.`;
  }
}

/** How often the shared kernel's weights go into a layer's, in words. */
export function timesShared(kind: Kind, numbers: Numbers): string {
  const [count, shared] = [countOf(kind, numbers), countOf("shared", numbers)];
  if (kind === "shared") return "";
  if (count < shared) return "fewer than the kernel has";
  const times = count / shared;
  return times < 2n ? "about as many as the kernel has" : `${inWords(times)} times the kernel’s`;
}
