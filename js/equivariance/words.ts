// What is said of each layer: its name, whether it follows, and why.
import type { Pair } from "../core/correlation";
import { number } from "../core/format";
import type { Comparison, Op } from "./rungs";

export const NAMES: Readonly<Record<Op, string>> = {
  valid: "Correlation, no padding",
  same: "Correlation, zeros around",
  stride: "Correlation, stride 2",
  pool: "Max pooling, 2×2",
  dense: "Dense layer",
};

/** "(0, −1)". */
export function pairText([rows, columns]: Pair): string {
  return `(${number(rows)}, ${number(columns)})`;
}

/** "2 down, 1 left". */
export function shiftText([rows, columns]: Pair): string {
  const parts = [rows && `${Math.abs(rows)} ${rows > 0 ? "down" : "up"}`, columns && `${Math.abs(columns)} ${columns > 0 ? "right" : "left"}`];
  return parts.filter(Boolean).join(", ") || "not moved";
}

type Counts = Pick<Comparison, "many" | "of" | "by">;

export function isMoved([rows, columns]: Pair): boolean {
  return rows !== 0 || columns !== 0;
}

/** "✓ follows", "✗ 93 of 392 places differ". */
export function verdictText(shift: Pair, { many, of }: Counts): string {
  if (!isMoved(shift)) return "not moved yet";
  if (of === 0) return "nothing left to compare";
  return many === 0 ? "✓ follows" : `✗ ${many} of ${of} places differ`;
}

/** Why it follows, or why not: a sentence or two. */
export function reason(op: Op, shift: Pair, { many, of, by }: Counts): string {
  if (!isMoved(shift)) return IDLE[op];
  if (of === 0) return "No output of the picture is left here. Move it less far.";
  const whole = shift.every((along) => along % 2 === 0);
  const kept = Math.round((100 * (of - many)) / of);
  switch (op) {
    case "valid":
      return "Every sum depends on its window alone, and the weights are the same everywhere. The windows move with the picture, and so do the sums.";
    case "same":
      return many === 0
        ? "Here it follows: what has left the picture would have added nothing to the sums near the edge. Move it further, or take the disc."
        : "Near the edge, windows reach into the padding. Its zeros stay where they are while the picture moves, so what has left the picture is missing from those sums. Further in, nothing differs.";
    case "stride":
      if (whole) return `A shift by multiples of 2 comes through: the output moves by ${pairText(by)}.`;
      return `Stride 2 sees every other place: only shifts by multiples of 2 come through. After ${pairText(shift)} it sees the places that it passed over before${many === 0 ? ", which happen to be the same here" : ""}.`;
    case "pool":
      if (whole) return `The windows stand side by side, 2 apart: a shift by multiples of 2 comes through, and the output moves by ${pairText(by)}.`;
      if (many === 0) return `The windows stand side by side, 2 apart. After ${pairText(shift)} they hold other pixels together, whose largest happen to be the same here. Take another shift or picture.`;
      return `The windows stand side by side, 2 apart. After ${pairText(shift)} they hold other pixels together. ${kept}\u00a0% of the places keep their value: pooling bears a small shift, but does not follow it.`;
    case "dense":
      return "Every output has a weight of its own for every pixel. Nothing ties what it gives here to what it gave one place away: for this layer the moved picture is just another input.";
  }
}

const IDLE: Readonly<Record<Op, string>> = {
  valid: "The same weights at every place where the window lies on the picture.",
  same: "As many places as pixels: near the edge the window lies on zeros, too.",
  stride: "Every other place, down and across.",
  pool: "The largest of every block of 2×2 pixels; no kernel in it.",
  dense: "Every output is a sum over all pixels, with fixed weights chosen at random.",
};

/** "✓ Right: it follows." or "✗ You said that it follows; it does not." */
export function guessText(guess: boolean | null, follows: boolean): string {
  const truth = follows ? "it follows" : "it does not just move";
  if (guess === null) return `Shown: ${truth}.`;
  return guess === follows ? `✓ Right: ${truth}.` : `✗ You said ${guess ? "yes" : "no"}, but ${truth}.`;
}
