// The network's numbers in words: maps, cells, sums, and what it says.
import { number } from "../core/format";
import { asMaps, type Cell, type Explained } from "./explain";
import type { Tensor } from "./forward";
import type { Layer } from "./layers";

/** At most three digits: what is said of thousands of numbers at once. */
export function short(value: number): string {
  return number(Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)), 3);
}

/** A weight, a product, a value: four digits. */
export function fine(value: number): string {
  return number(value, 4);
}

/** "from −1.2 to 0.8, mean 0.1" for `count` numbers from `start` on. */
export function rangeText(data: Float32Array, start: number, count: number): string {
  let [least, most, sum] = [Infinity, -Infinity, 0];
  for (let at = start; at < start + count; at++) {
    const value = data[at]!;
    if (value < least) least = value;
    if (value > most) most = value;
    sum += value;
  }
  return `from ${short(least)} to ${short(most)}, mean ${short(sum / count)}`;
}

/** "map 3, row 5, column 7" or, where it is flat, "number 12"; counted from 1. */
export function placeText(tensor: Tensor, [, map, row, column]: Cell): string {
  if (tensor.shape.length !== 3) return `number ${column + 1}`;
  return `map ${map + 1}, row ${row + 1}, column ${column + 1}`;
}

/** "Layer 4, Conv2d". */
export function layerText(layers: readonly Layer[], index: number): string {
  return index < 0 ? "The image" : `Layer ${index + 1}, ${layers[index]!.name}`;
}

/** A sum's terms with their signs: "0.1 − 0.42 + 0.05"; the middle of a long one is left out and counted. */
export function termsText(terms: readonly number[], most = 8): string {
  const signed = terms.map((term, index) => {
    const size = fine(Math.abs(term));
    if (index === 0) return fine(term);
    return `${term < 0 ? "−" : "+"} ${size}`;
  });
  if (signed.length <= most) return signed.join(" ");
  return [...signed.slice(0, most - 2), `+ … (${signed.length - most + 1} more)`, signed.at(-1)].join(" ");
}

/** The whole explanation as one line. */
export function sumText(explained: Explained): string {
  const { layer, value } = explained;
  switch (explained.kind) {
    case "conv": {
      const parts = explained.parts.map(({ sum }) => sum);
      const bias = explained.bias === null ? "" : `, bias ${fine(explained.bias)}`;
      return `${parts.length === 1 ? "window times weights" : `${parts.length} partial sums`} ${termsText(parts)}${bias}: ${fine(value)}`;
    }
    case "pool": {
      const inside = explained.window.flat().filter((each) => each !== null);
      return `${layer.kind === "max_pool" ? "the largest" : "the mean"} of ${inside.map(fine).join(", ")}: ${fine(value)}`;
    }
    case "linear":
      return `${explained.terms.length} products${explained.bias === null ? "" : `, bias ${fine(explained.bias)}`}: ${fine(value)}`;
    default:
      return passText(layer, explained.from, value);
  }
}

/** "σ(−0.43) = 1 / (1 + exp(0.43)) ≈ 0.394". */
export function passText({ kind }: Layer, from: number, value: number): string {
  const x = fine(from);
  switch (kind) {
    case "sigmoid":
      return `σ(${x}) = 1 / (1 + exp(${fine(-from)})) ≈ ${fine(value)}`;
    case "relu":
      return `max(0, ${x}) = ${fine(value)}`;
    case "tanh":
      return `tanh(${x}) ≈ ${fine(value)}`;
    case "softmax":
      return `exp(${x}) over the sum of all ≈ ${fine(value)}`;
    default:
      return `${x}, as it came`;
  }
}

/** "92 %", "under 1 %". */
export function percent(share: number): string {
  const whole = Math.round(100 * share);
  if (share > 0 && whole === 0) return "under 1\u00a0%";
  if (share < 1 && whole === 100) return "over 99\u00a0%";
  return `${whole}\u00a0%`;
}

/** "6 maps of 28 × 28" or "120 numbers". */
export function sizeText(tensor: Tensor): string {
  const [maps, high, wide] = asMaps(tensor);
  if (tensor.shape.length !== 3) return `${wide} number${wide === 1 ? "" : "s"}`;
  return `${maps} map${maps === 1 ? "" : "s"} of ${high} × ${wide}`;
}
