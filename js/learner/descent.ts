// Gradient descent on the summed squared error of a kernel: every step, its loss, its gradient. The same as `ops/learning.py`.
import type { Matrix } from "../core/correlation";

/** The loss may reach so many times its first value (or 1, if that is more) before a descent ends. */
const RUNAWAY = 1e12;

export interface Descent {
  /** Entry 0 is the start, entry t what t steps gave. */
  readonly kernels: readonly Matrix[];
  readonly losses: readonly number[];
  /** Whether it ended early, because its loss had grown beyond all bounds. */
  readonly ranAway: boolean;
}

/** X ⋆ K, the valid part. */
export function correlated(X: Matrix, K: Matrix): number[][] {
  const [kh, kw] = [K.length, K[0]!.length];
  const [rows, columns] = [X.length - kh + 1, X[0]!.length - kw + 1];
  return Array.from({ length: Math.max(0, rows) }, (_, i) =>
    Array.from({ length: Math.max(0, columns) }, (_, j) => {
      let total = 0;
      for (let a = 0; a < kh; a++) for (let b = 0; b < kw; b++) total += X[i + a]![j + b]! * K[a]![b]!;
      return total;
    }),
  );
}

/** One minus the other, entry by entry. */
export function minus(A: Matrix, B: Matrix): number[][] {
  return A.map((row, i) => row.map((value, j) => value - B[i]![j]!));
}

/** Σ E². */
export function lossOf(E: Matrix): number {
  let total = 0;
  for (const row of E) for (const value of row) total += value * value;
  return total;
}

/** ∂L/∂K = 2 X ⋆ E with the error E = X ⋆ K − Y. */
export function gradientOf(X: Matrix, E: Matrix): number[][] {
  return correlated(X, E).map((row) => row.map((value) => 2 * value));
}

/** K − rate × gradient. */
export function stepped(K: Matrix, gradient: Matrix, rate: number): number[][] {
  return K.map((row, a) => row.map((value, b) => value - rate * gradient[a]![b]!));
}

export function descend(X: Matrix, Y: Matrix, start: Matrix, steps: number, rate: number): Descent {
  const kernels: Matrix[] = [start];
  let error = minus(correlated(X, start), Y);
  const losses = [lossOf(error)];
  const limit = RUNAWAY * Math.max(1, losses[0]!);
  while (kernels.length <= steps && losses.at(-1)! <= limit) {
    const next = stepped(kernels.at(-1)!, gradientOf(X, error), rate);
    error = minus(correlated(X, next), Y);
    kernels.push(next);
    losses.push(lossOf(error));
  }
  return { kernels, losses, ranAway: losses.at(-1)! > limit };
}
