// Descent, curvature and outcome against what `cnnwidgets.ops` computed.
import { describe, expect, test } from "vitest";
import descentsText from "../vectors/descents.json?raw";
import type { Matrix } from "../core/correlation";
import { eigen, hessian, moving, bound, directions, outcomeOf } from "../learner/curvature";
import { correlated, gradientOf, minus } from "../learner/descent";
import { runOf, sceneOf, type LearnerTraits } from "../learner/state";
import { difference } from "./vectors";

interface DescentCase {
  readonly input: Matrix;
  readonly target: Matrix;
  readonly start: "zeros" | "random";
  readonly seed: number;
  readonly steps: number;
  readonly lr: number;
  readonly first: Matrix;
  readonly losses: readonly number[];
  readonly last: Matrix;
  readonly gradient: Matrix;
  readonly ranAway: boolean;
  readonly hessian: Matrix;
  readonly curvatures: readonly number[];
  readonly steepest: number;
  readonly outcome: string;
}

const CASES = JSON.parse(descentsText) as readonly DescentCase[];
const traitsOf = ({ input, target, start, seed, steps, lr }: DescentCase): LearnerTraits => ({
  ...{ input, target, start, seed, steps, lr, step: 0, predict: false, _answer: null, _fn_name: "" },
  _predictions: { right: 0, tried: 0, shown: 0, of: "", cells: {} },
});
/** A share of the larger of the two, where both are not as good as 0. */
const apart = (a: number, b: number): number => Math.abs(a - b) / Math.max(1e-18, Math.abs(a), Math.abs(b));

test("there are at least 500, of every outcome and start", () => {
  expect(CASES.length).toBeGreaterThanOrEqual(500);
  for (const outcome of ["converges", "oscillates", "diverges"]) expect(CASES.filter((each) => each.outcome === outcome).length).toBeGreaterThan(40);
  expect(CASES.filter(({ start }) => start === "random").length).toBeGreaterThan(100);
  expect(CASES.filter(({ ranAway }) => ranAway).length).toBeGreaterThan(5);
});

describe.each(CASES.map((each, index) => [index, each] as const))("case %i", (_, each) => {
  const run = runOf(traitsOf(each));

  test("every kernel and loss", () => {
    const { kernels, losses, ranAway } = run.descent;
    expect(difference(kernels[0]!, each.first)).toBe(0);
    expect(losses.length).toBe(each.losses.length);
    expect(ranAway).toBe(each.ranAway);
    const largest = Math.max(...each.losses);
    losses.forEach((loss, step) => expect(Math.abs(loss - each.losses[step]!)).toBeLessThanOrEqual(1e-9 * each.losses[step]! + 1e-15 * largest));
    expect(difference(kernels.at(-1)!, each.last)).toBeLessThan(1e-9);
  });

  test("gradient, Hessian, eigenvalues and outcome", () => {
    const error = minus(correlated(each.input, each.first), run.wanted);
    expect(difference(gradientOf(each.input, error), each.gradient)).toBeLessThan(1e-12);
    const H = hessian(each.input, each.target.length, each.target[0]!.length);
    expect(difference(H, each.hessian)).toBeLessThan(1e-12);
    const { values } = eigen(H);
    expect(difference([values], [each.curvatures])).toBeLessThan(1e-10);
    const steepest = Math.max(0, ...moving(run.directions).map(({ curvature }) => curvature));
    expect(apart(steepest, each.steepest)).toBeLessThan(1e-9);
    expect(run.outcome).toBe(each.outcome);
  });
});

test("eigenvectors are orthonormal and belong to their values", () => {
  const H = hessian([[1, 2, 0, -1], [3, 0, 1, 1], [0, 2, 2, 1]], 2, 2);
  const { values, vectors } = eigen(H);
  vectors.forEach((vector, i) => {
    vectors.forEach((other, j) => expect(vector.reduce((total, v, k) => total + v * other[k]!, 0)).toBeCloseTo(i === j ? 1 : 0, 12));
    H.forEach((row, k) => expect(row.reduce((total, h, m) => total + h * vector[m]!, 0)).toBeCloseTo(values[i]! * vector[k]!, 9));
  });
});

test("the edge image: λ is 60, but from zeros only 12 counts", () => {
  const edge = Array.from({ length: 6 }, () => [1, 1, 0, 0, 0, 0, 1, 1]);
  const zeros = directions(edge, [[0, 0]], [[1, -1]]);
  expect(bound(zeros)).toBeCloseTo(2 / 60, 12);
  expect(bound(moving(zeros))).toBeCloseTo(2 / 12, 12);
  expect(outcomeOf(zeros, 0.1, false)).toBe("oscillates");
  const random = directions(edge, [[0.3, 0.2]], [[1, -1]]);
  expect(outcomeOf(random, 0.0333, false)).toBe("oscillates");
  expect(outcomeOf(random, 0.0334, false)).toBe("diverges");
});

test("an input of zeros has no bound, and nothing moves", () => {
  const run = runOf(traitsOf({ ...CASES[0]!, input: [[0, 0, 0]], target: [[1, 2]] }));
  expect(run.bound).toBe(Infinity);
  expect(run.outcome).toBe("converges");
  expect(new Set(run.descent.losses).size).toBe(1);
});

test("while the outcome is to be predicted there is only the start", () => {
  const traits = { ...traitsOf(CASES[0]!), predict: true, step: 7 };
  const run = runOf(traits);
  expect(sceneOf(run, traits)).toMatchObject({ step: 0, count: 1, told: false, stepTold: false });
  const rate = { right: 1, tried: 1, shown: 0, of: run.key, cells: { rate: { guess: "converges", right: true } } };
  expect(sceneOf(run, { ...traits, _predictions: rate })).toMatchObject({ step: 7, count: 41, told: true, stepTold: false });
});
