// Both output-size formulas with the numbers put in, and what the floor does, as text.
import type { Axis } from "./correlation";
import { counted, exact, number } from "./format";

/** One formula: as it is written, and step by step with numbers. */
export interface Worked {
  readonly formula: string;
  /** "⌊(32 − 3 + 2 + 2)/2⌋", "= ⌊16.5⌋", "= 16"; for an odd total per side, why there is none. */
  readonly steps: readonly string[];
}

/** The deck's padding slides: p rows of zeros in all. */
export function inTotal({ n, reach, p, s, d, quotient }: Axis): Worked {
  const k = d > 1 ? "k′" : "k";
  const floored = exact(quotient, 9) && Number.isInteger(quotient) ? [] : [`= ⌊${decimal(quotient)}⌋`];
  return {
    formula: `⌊(n − ${k} + p + s)/s⌋`,
    steps: [`⌊(${n} − ${reach} + ${p} + ${s})/${s}⌋`, ...floored, outcome(Math.floor(quotient))],
  };
}

/** The deck's summary: P rows of zeros on each side. */
export function perSide({ n, reach, p, s, d }: Axis): Worked {
  const k = d > 1 ? "k′" : "k";
  const formula = `⌊(n − ${k} + 2P)/S⌋ + 1`;
  if (p % 2 === 1) {
    return { formula, steps: [`p = ${p} is odd: one side gets ${(p + 1) / 2}, the other ${(p - 1) / 2}.`, "No P says that."] };
  }
  const quotient = (n - reach + p) / s;
  const floored = Number.isInteger(quotient) ? [] : [`= ⌊${decimal(quotient)}⌋ + 1`];
  return { formula, steps: [`⌊(${n} − ${reach} + 2·${p / 2})/${s}⌋ + 1`, ...floored, outcome(Math.floor(quotient) + 1)] };
}

/** "= 16"; "= −22: no place" where the kernel does not fit. */
function outcome(places: number): string {
  return places > 0 ? `= ${places}` : `= ${number(places)}: no place`;
}

/** How far a dilated kernel reaches, worked out; empty for one that is not. */
export function dilated({ d, k, reach }: Axis): string {
  return d === 1 ? "" : `Dilated, the kernel reaches k′ = d(k − 1) + 1 = ${d}·(${k} − 1) + 1 = ${reach}.`;
}

/** What the floor takes off and which rows that leaves unread; empty where the stride divides. */
export function floorText(name: "row" | "column", axis: Axis): string {
  const unread = unreadText(name, axis);
  return unread && `The floor bites: ${axis.places}, not ${decimal(axis.quotient)}. ${unread}`;
}

/** Which rows no window reads, because the stride does not divide; empty where it does. */
export function unreadText(name: "row" | "column", { quotient, places, padded, covered, after }: Axis): string {
  if (places === 0 || Number.isInteger(quotient)) return "";
  const missed = padded - covered;
  const ofPadding = Math.min(missed, after);
  const rest = missed - ofPadding;
  const what =
    rest === 0
      ? `${missed === 1 ? `the last ${name}` : `the last ${missed} ${name}s`}, of padding, ${missed === 1 ? "is" : "are"}`
      : ofPadding === 0
        ? `the last ${missed === 1 ? `${name} is` : `${missed} ${name}s are`}`
        : `${counted(ofPadding, name)} of padding and ${counted(rest, name)} of the input before it are`;
  return `At this stride ${what} never read.`;
}

/** "16.5", "10.3333…": the dots where digits are left out. */
export function decimal(value: number): string {
  return exact(value, 6) ? number(value, 6) : `${number(value, 6)}…`;
}
