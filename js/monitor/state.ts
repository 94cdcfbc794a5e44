// What the monitor's model holds, and what follows from it.
import type { Matrix } from "../core/correlation";

/** The latest that is known; null where nothing is. */
export interface Now {
  readonly epoch: number | null;
  readonly epochs: number | null;
  readonly loss: number | null;
  readonly accuracy: number | null;
  readonly examples: number;
  readonly total: number | null;
  /** In training steps. */
  readonly seconds: number;
  /** Examples a second. */
  readonly rate: number | null;
  /** Seconds to go. */
  readonly left: number | null;
  readonly device: string;
}

/** In columns; null where there is no number. */
export interface Curve {
  readonly examples: readonly number[];
  readonly loss: readonly (number | null)[];
  readonly accuracy: readonly (number | null)[];
}

export interface MonitorTraits {
  readonly _status: "waiting" | "running" | "ended";
  readonly _ended: string;
  readonly _now: Now;
  readonly _curve: Curve;
  readonly _filters: readonly Matrix[];
  readonly _confusion: Matrix;
  readonly _classes: readonly string[];
}

export const TRAITS = ["_status", "_ended", "_now", "_curve", "_filters", "_confusion", "_classes"] as const;

/** The points of the curve at which there is a value. */
export function measured(examples: readonly number[], values: readonly (number | null)[]): { x: number[]; values: number[] } {
  const x: number[] = [];
  const found: number[] = [];
  values.forEach((value, index) => {
    if (value === null) return;
    x.push(examples[index]!);
    found.push(value);
  });
  return { x, values: found };
}

export interface Mixup {
  readonly truth: number;
  readonly answer: number;
  readonly count: number;
}

/** What is taken for what, the most frequent first; of equals the one that comes first in the matrix. */
export function mixups(confusion: Matrix, most = 3): Mixup[] {
  return confusion
    .flatMap((row, truth) => row.map((count, answer) => ({ truth, answer, count })))
    .filter(({ truth, answer, count }) => truth !== answer && count > 0)
    .sort((one, other) => other.count - one.count)
    .slice(0, most);
}

/** The share of a class's examples that got the right answer; null where there are none. */
export function recall(confusion: Matrix, truth: number): number | null {
  const row = confusion[truth] ?? [];
  const all = row.reduce((total, count) => total + count, 0);
  return all > 0 ? row[truth]! / all : null;
}
