// How the loss curves: the Hessian of the summed squared error, its eigenvalues, and what a rate makes of each direction.
import type { Matrix } from "../core/correlation";

/** An eigenvalue λ of the Hessian and how far the start is from the true kernel along its direction. */
export interface Direction {
  readonly curvature: number;
  readonly distance: number;
}

export type Outcome = "converges" | "oscillates" | "diverges";

/** 2 Σ X[i + a, j + b] X[i + c, j + d] for entries (a, b) and (c, d) of the kernel, row by row. */
export function hessian(X: Matrix, kh: number, kw: number): number[][] {
  const size = kh * kw;
  const H = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let i = 0; i + kh <= X.length; i++)
    for (let j = 0; j + kw <= X[0]!.length; j++)
      for (let m = 0; m < size; m++) {
        const left = X[i + Math.floor(m / kw)]![j + (m % kw)]!;
        for (let n = 0; n <= m; n++) H[m]![n]! += 2 * left * X[i + Math.floor(n / kw)]![j + (n % kw)]!;
      }
  for (let m = 0; m < size; m++) for (let n = m + 1; n < size; n++) H[m]![n] = H[n]![m]!;
  return H;
}

/** Eigenvalues and, as rows, eigenvectors of a symmetric matrix, by Jacobi's rotations; largest first. */
export function eigen(symmetric: Matrix): { values: number[]; vectors: number[][] } {
  const n = symmetric.length;
  const A = symmetric.map((row) => [...row]);
  const V = A.map((_, i) => A.map((__, j) => Number(i === j)));
  const size = Math.sqrt(A.flat().reduce((total, value) => total + value * value, 0));
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = 0; q < p; q++) off += A[p]![q]! ** 2;
    if (Math.sqrt(off) <= 1e-15 * size) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(A, V, p, q);
  }
  const order = A.map((_, i) => i).sort((i, j) => A[j]![j]! - A[i]![i]!);
  return { values: order.map((i) => A[i]![i]!), vectors: order.map((i) => V[i]!) };
}

/** Makes A[p][q] zero by a rotation of rows and columns p and q; V's rows turn with it. */
function rotate(A: number[][], V: number[][], p: number, q: number): void {
  if (A[p]![q] === 0) return;
  const theta = (A[q]![q]! - A[p]![p]!) / (2 * A[p]![q]!);
  const tangent = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  const turn = (x: number, y: number): [number, number] => [cosine * x - sine * y, sine * x + cosine * y];
  for (const row of A) [row[p], row[q]] = turn(row[p]!, row[q]!);
  for (let k = 0; k < A.length; k++) [A[p]![k], A[q]![k]] = turn(A[p]![k]!, A[q]![k]!);
  for (let k = 0; k < A.length; k++) [V[p]![k], V[q]![k]] = turn(V[p]![k]!, V[q]![k]!);
}

/** The Hessian's directions, most curved first, with the start's distance from the true kernel along each. */
export function directions(X: Matrix, start: Matrix, target: Matrix): Direction[] {
  const { values, vectors } = eigen(hessian(X, target.length, target[0]!.length));
  const away = start.flatMap((row, a) => row.map((value, b) => value - target[a]![b]!));
  const flat = 1e-10 * Math.max(0, values[0] ?? 0);
  return values.map((value, index) => ({
    curvature: value > flat ? value : 0,
    distance: Math.abs(vectors[index]!.reduce((total, v, k) => total + v * away[k]!, 0)),
  }));
}

/** The directions that a run from here moves along: curved ones in which the start is not yet right. */
export function moving(all: readonly Direction[]): Direction[] {
  const farthest = Math.max(0, ...all.map(({ distance }) => distance));
  return all.filter(({ curvature, distance }) => curvature > 0 && distance > 1e-9 * farthest);
}

/** 2/λ for the most curved of the directions: the rate from which it diverges. */
export function bound(some: readonly Direction[]): number {
  const steepest = Math.max(0, ...some.map(({ curvature }) => curvature));
  return steepest > 0 ? 2 / steepest : Infinity;
}

/** Each step multiplies the distance along a direction by 1 − rate·λ: below −1 it grows, below 0 it changes sides. */
export function outcomeOf(all: readonly Direction[], rate: number, ranAway: boolean): Outcome {
  const factors = moving(all).map(({ curvature }) => 1 - rate * curvature);
  if (ranAway || factors.some((factor) => factor < -1 - 1e-9)) return "diverges";
  return factors.some((factor) => factor < -1e-9) ? "oscillates" : "converges";
}
