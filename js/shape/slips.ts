// Predicted shapes: reading what was typed, judging it, and naming a known slip where the numbers are its very result.
import type { Axis } from "../core/correlation";
import { product, type Shape, type Stage } from "./stack";

/** "6 × 28 × 28", "(N, 6, 28, 28)", "6, 28, 16.5": the numbers in it; null where it is no shape. */
export function parseShape(text: string): number[] | null {
  const plain = text.trim().replace(/^[([{]|[)\]}]$/g, "").replace(/^\s*[nN]\s*[,;×x*·\s]\s*/, "");
  const parts = plain.split(/\s*[,;×xX*·]\s*|\s+/).filter((part) => part !== "");
  const numbers = parts.map((part) => (/^\d+(\.\d+)?$/.test(part) ? Number(part) : NaN));
  return numbers.length > 0 && numbers.length <= 4 && !numbers.some(Number.isNaN) ? numbers : null;
}

/** The typed shape without a batch of that very number in front. */
export function withoutBatch(typed: readonly number[], batch: number | string, right: Shape): readonly number[] {
  return typed.length === right.length + 1 && typed[0] === batch ? typed.slice(1) : typed;
}

const equal = (a: Shape, b: Shape): boolean => a.length === b.length && a.every((each, index) => each === b[index]);

/** Why a wrong prediction came about, where it is exactly what one known slip gives, or either of two; else empty. */
export function slipOf(typed: readonly number[], stage: Stage): string {
  const right = stage.shape;
  if (!right || equal(typed, right)) return "";
  if (typed.length !== right.length) return lengthText(typed, right);
  const reasons = slips(stage, right).flatMap(([result, reason]) => (equal(typed, result) ? [reason] : []));
  if (reasons.length > 2) return "";
  return reasons.join(" Or: ");
}

function lengthText(typed: readonly number[], right: Shape): string {
  const what = right.length === 1 ? "one number: it is flat" : "three numbers: channels, height, width";
  return `The shape has ${what}. You gave ${typed.length === 1 ? "one" : typed.length}.`;
}

type Slip = readonly [Shape, string];

function slips({ layer, given, axes }: Stage, right: Shape): Slip[] {
  if (layer.kind === "linear") return [[given, "That is what comes in: a linear layer gives as many numbers as it has units."]];
  if (layer.kind === "flatten") {
    return [
      [[product(given.slice(1))], "That leaves the channels out: Flatten keeps every number of every channel."],
      [[given[0]!], "That is the number of channels alone: Flatten keeps every number of every channel."],
    ];
  }
  if (layer.kind === "activation" || !axes) return [];
  const [channels] = right;
  const sized = (along: (axis: Axis) => number): Shape => [channels!, along(axes[0]), along(axes[1])];
  const size = ({ n, reach, p, s }: Axis): number => (n - reach + p + s) / s;
  const all: Slip[] = [
    [sized(size), "The division leaves a fraction, and there is no part of a row: the floor takes it off."],
    [sized((a) => Math.ceil(size(a))), "Rounded up. A window that sticks out at the end is not used: take the floor."],
    [sized((a) => Math.floor(size({ ...a, p: 2 * a.p }))), "That doubles the padding: p is the total already, both sides together."],
    [sized((a) => Math.floor(size({ ...a, p: Math.floor(a.p / 2) }))), "That counts the padding of one side only: both sides add up."],
    [sized((a) => Math.floor(size({ ...a, p: 0 }))), "The padding is missing: it makes the input larger first."],
    [sized((a) => Math.floor((a.n - a.reach + a.p) / a.s)), "One too few: the place where the window starts counts too."],
    [sized((a) => size({ ...a, s: 1 })), "That is stride 1: this window moves further at a time."],
    [sized((a) => Math.floor(size({ ...a, reach: a.k }))), "The dilation is missing: the kernel reaches over k′ = d(k − 1) + 1 rows."],
    [sized((a) => a.n), "Height and width stay as they are only where padding and stride make them."],
  ];
  const [, height, width] = right;
  const kept = layer.kind === "conv" ? "a convolution gives as many channels as it has kernels." : "pooling keeps the channels it gets.";
  all.push([[given[0]!, height!, width!], `Height and width are right, the channels are those that came in: ${kept}`]);
  all.push([[given[0]! * channels!, height!, width!], `Height and width are right, the channels are not multiplied: ${kept}`]);
  all.push([[channels!, width!, height!], "Height and width are the other way round: height comes first."]);
  return all;
}
