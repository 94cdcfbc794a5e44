// Known slips: a wrong prediction that is exactly what one of them gives gets its reason, never a guess at one.
import { isRight } from "./predict";

/** What a slip gives, and what to say of it. */
export type Slip = readonly [value: number, reason: string];

/** The reason of the slip that gives what was guessed, or of either of two; empty for none and for more. */
export function slipAmong(slips: readonly Slip[], guess: number, right: number, largest: number): string {
  const reasons = new Set<string>();
  for (const [value, reason] of slips) {
    if (!Number.isFinite(value) || isRight(right, "", value, largest)) continue;
    if (isRight(guess, "", value, largest)) reasons.add(reason);
  }
  return reasons.size > 2 ? "" : [...reasons].join(" Or: ");
}
