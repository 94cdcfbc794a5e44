// What the learner's model holds, and the run that follows from it.
import { largest } from "../core/colour";
import type { Matrix } from "../core/correlation";
import { clamped } from "../core/playback";
import { guessesOf, type Predictions } from "../core/predict";
import type { Conv } from "../network/layers";
import { randomWeights } from "../network/random";
import { bound, directions, moving, outcomeOf, type Direction, type Outcome } from "./curvature";
import { correlated, descend, gradientOf, minus, type Descent } from "./descent";

/** What the learner's function gave, as Python sends it; `of` repeats the setting that it was run on. */
export interface Answer {
  readonly of: readonly unknown[];
  readonly kind: "right" | "type" | "shape" | "value" | "error";
  readonly sentence: string;
  readonly values: readonly (readonly (number | string)[])[] | null;
  readonly where: readonly (readonly boolean[])[] | null;
}

export interface Guess {
  /** An outcome, or which way a weight goes; null where the learner asked to be shown. */
  readonly guess: string | null;
  readonly right: boolean;
}

export interface LearnerTraits {
  readonly input: Matrix;
  readonly target: Matrix;
  readonly lr: number;
  readonly steps: number;
  readonly step: number;
  readonly start: "zeros" | "random";
  readonly seed: number;
  readonly predict: boolean;
  readonly _predictions: Predictions<Guess>;
  readonly _answer: Answer | null;
  readonly _fn_name: string;
}

export const TRAITS = ["input", "target", "lr", "steps", "step", "start", "seed", "predict", "_predictions", "_answer", "_fn_name"] as const;

/** The whole run, and all that is the same at each of its steps. */
export interface Run {
  readonly input: Matrix;
  readonly target: Matrix;
  readonly lr: number;
  readonly wanted: Matrix;
  readonly descent: Descent;
  readonly directions: readonly Direction[];
  /** The rate from which some run diverges, and the one from which this run does. */
  readonly bound: number;
  readonly ownBound: number;
  readonly outcome: Outcome;
  /** The largest entry of the gradient at the start. */
  readonly steepest: number;
  /** How many directions of the kernel show in the input at all. */
  readonly seen: number;
  /** Names the run; equal for equal settings. */
  readonly key: string;
}

export function runOf({ input, target, lr, steps, start, seed }: LearnerTraits): Run {
  const first = startKernel(start, seed, target.length, target[0]!.length);
  const wanted = correlated(input, target);
  const descent = descend(input, wanted, first, steps, lr);
  const all = directions(input, first, target);
  return {
    input,
    target,
    lr,
    wanted,
    descent,
    directions: all,
    bound: bound(all),
    ownBound: bound(moving(all)),
    outcome: outcomeOf(all, lr, descent.ranAway),
    steepest: largest(gradientOf(input, minus(correlated(input, first), wanted))),
    seen: all.filter(({ curvature }) => curvature > 0).length,
    key: JSON.stringify([input, target, lr, steps, start, seed]),
  };
}

/** All there is to see at one step. */
export interface Scene {
  readonly step: number;
  /** How many steps there are to go to, the start among them. */
  readonly count: number;
  readonly kernel: Matrix;
  readonly output: Matrix;
  readonly error: Matrix;
  readonly loss: number;
  readonly gradient: Matrix;
  /** The kernel after the next step; null at the end of the run. */
  readonly next: Matrix | null;
  readonly scales: { readonly input: number; readonly kernel: number; readonly output: number; readonly gradient: number };
  /** Whether the outcome of the rate is told, and the gradient of this step. */
  readonly told: boolean;
  readonly stepTold: boolean;
  readonly guesses: Readonly<Record<string, Guess>>;
}

export function sceneOf(run: Run, traits: LearnerTraits): Scene {
  const { kernels, losses } = run.descent;
  const guesses = guessesOf(traits._predictions, run.key);
  const told = !traits.predict || guesses["rate"] !== undefined;
  const count = told ? kernels.length : 1;
  const step = clamped(traits.step, count);
  const kernel = kernels[step]!;
  const output = correlated(run.input, kernel);
  const raw = minus(output, run.wanted);
  const most = Math.max(largest(run.wanted), largest(output));
  const error = settled(raw, most);
  const steepest = Math.max(run.steepest, largest(gradientOf(run.input, raw)));
  const gradient = settled(gradientOf(run.input, raw), steepest);
  return {
    step,
    count,
    kernel,
    output,
    error,
    loss: losses[step]!,
    gradient,
    next: kernels[step + 1] ?? null,
    scales: {
      input: largest(run.input),
      kernel: Math.max(largest(run.target), largest(kernel)),
      output: most,
      gradient: steepest,
    },
    told,
    stepTold: !traits.predict || guesses[String(step)] !== undefined,
    guesses,
  };
}

/** Without the last bits of a double: what is no more than they are is 0. */
function settled(X: Matrix, scale: number): Matrix {
  return X.map((row) => row.map((value) => (Math.abs(value) <= 1e-13 * scale ? 0 : value)));
}

function startKernel(start: "zeros" | "random", seed: number, rows: number, columns: number): Matrix {
  if (start === "zeros") return Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  const layer: Conv = { kind: "conv", name: "Conv2d", in: 1, out: 1, kernel: [rows, columns], stride: [1, 1], padding: [0, 0, 0, 0], dilation: [1, 1], bias: false };
  const weights = randomWeights([layer], seed);
  return Array.from({ length: rows }, (_, a) => Array.from(weights.subarray(a * columns, (a + 1) * columns)));
}

/** The answer for the setting on view; null where Python has not answered (or there is no Python). */
export function answerFor(answer: Answer | null, { input, target, lr, steps }: LearnerTraits): Answer | null {
  return answer && JSON.stringify(answer.of) === JSON.stringify([input, target, lr, steps]) ? answer : null;
}
