// Predictions: what the learner guessed for which output cell, and the running tally.
import { number } from "./format";

export interface Guess {
  /** What was typed; null where the learner asked to be shown. */
  readonly guess: number | null;
  readonly right: boolean;
}

/** The synced state. `of` names the arithmetic that `cells` belongs to; the tally outlives it. */
export interface Predictions<G = Guess> {
  readonly right: number;
  readonly tried: number;
  readonly shown: number;
  readonly of: string;
  readonly cells: Readonly<Record<string, G>>;
}

export const NONE: Predictions = { right: 0, tried: 0, shown: 0, of: "", cells: {} };

/** The guesses that belong to the arithmetic on view: none of another one's. */
export function guessesOf<G>(predictions: Predictions<G>, of: string): Readonly<Record<string, G>> {
  return predictions.of === of ? predictions.cells : {};
}

/** Right within 1e-4 relative plus 1e-5 of the largest output, or right as rounded to two or more decimals. */
export function isRight(guess: number, typed: string, value: number, largest: number): boolean {
  if (Math.abs(guess - value) <= 1e-4 * Math.abs(value) + 1e-5 * largest) return true;
  const decimals = /[.,](\d{2,})$/.exec(typed.trim())?.[1]?.length;
  return decimals !== undefined && decimals <= 15 && Math.abs(guess - value) <= 0.5 * 10 ** -decimals * 1.000001;
}

/** What was typed, judged; null where the learner asked to be shown. */
export function judge(guess: number | null, typed: string, value: number, largest: number): Guess {
  return { guess, right: guess !== null && isRight(guess, typed, value, largest) };
}

/** The verdict as it is said aloud: "Right.", "Not 24.", or for one that was shown "It is 25." */
export function spokenVerdict({ guess, right }: Guess, value: number): string {
  if (guess === null) return `It is ${number(value, 6)}.`;
  return right ? "Right." : `Not ${number(guess, 6)}.`;
}

/** The state after one more guess; a cell is answered once. */
export function guessed<G extends { guess: unknown; right: boolean }>(
  predictions: Predictions<G>,
  of: string,
  step: number | string,
  guess: G,
): Predictions<G> {
  const cells = guessesOf(predictions, of);
  if (cells[step]) return predictions;
  return {
    right: predictions.right + (guess.right ? 1 : 0),
    tried: predictions.tried + (guess.guess === null ? 0 : 1),
    shown: predictions.shown + (guess.guess === null ? 1 : 0),
    of,
    cells: { ...cells, [step]: guess },
  };
}

/** "2 of 3 right, 1 shown". */
export function tallyText({ right, tried, shown }: Pick<Predictions, "right" | "tried" | "shown">): string {
  if (tried + shown === 0) return "No guess yet";
  return `${right} of ${tried} right${shown ? `, ${shown} shown` : ""}`;
}

/** "✓ Right: 25" or "✗ Not 24 but 25"; for one that was shown, "25". */
export function verdict({ guess, right }: Guess, value: number): string {
  if (guess === null) return `It is ${number(value, 6)}`;
  return right ? `✓ Right: ${number(value, 6)}` : `✗ You said ${number(guess, 6)}; it is ${number(value, 6)}`;
}
