// What the run and its steps are in words: the outcome, the bound on the rate, the arithmetic of one gradient entry.
import type { Tap } from "../core/correlation";
import { arithmetic, counted, exact, factor, number } from "../core/format";
import type { Outcome } from "./curvature";
import type { Run, Scene } from "./state";

export type Move = "up" | "down" | "stays";

export const OUTCOMES: Readonly<Record<Outcome, { name: string; sign: string; line: string }>> = {
  converges: { name: "Converges", sign: "↘", line: "each step brings the kernel nearer, along every direction from one side." },
  oscillates: { name: "Oscillates", sign: "∿", line: "each step goes too far along the steepest direction and lands on its other side, but nearer: it converges all the same." },
  diverges: { name: "Diverges", sign: "↗", line: "each step goes too far along the steepest direction and lands farther away than before." },
};

export const MOVES: Readonly<Record<Move, { name: string; sign: string }>> = {
  up: { name: "It grows", sign: "▲" },
  down: { name: "It falls", sign: "▼" },
  stays: { name: "It stays", sign: "=" },
};

/** "= 0.5" or "≈ 0.0333". */
function about(value: number): string {
  return `${exact(value, 3) ? "=" : "≈"} ${number(value, 3)}`;
}

/** How the run ends, with the step at which it was broken off. */
export function outcomeText({ outcome, descent, lr }: Run): string {
  const end = descent.ranAway ? ` The run ends after step ${descent.kernels.length - 1}: its loss has passed ${number(descent.losses.at(-1)!, 2)}.` : "";
  return `At the rate ${number(lr)} ${OUTCOMES[outcome].line}${end}`;
}

/** The line on the largest rate: 2/λ of the Hessian, and of the directions of this run where those are gentler. */
export function boundText({ bound, ownBound, directions }: Run): string {
  const steepest = directions[0]?.curvature ?? 0;
  if (!Number.isFinite(bound)) return "The input is all zeros: no rate moves the kernel.";
  const general = `Each step multiplies the distance by 1 − rate × λ, so every start converges while rate < 2/λmax = 2/${number(steepest)} ${about(bound)}.`;
  if (!Number.isFinite(ownBound)) return `${general} This start gives Y already.`;
  if (ownBound <= bound * (1 + 1e-6)) return general;
  return `${general} This start is off only in gentler directions, with λ up to ${number(2 / ownBound)}: this run diverges from 2/${number(2 / ownBound)} ${about(ownBound)} on.`;
}

/** Why another kernel than the true one may be found; empty where the input shows all of it. */
export function seenText({ seen, target }: Run): string {
  const size = target.length * target[0]!.length;
  if (seen === size || seen === 0) return "";
  return `This input shows ${seen} of the ${counted(size, "direction")} that a kernel of this size has: many kernels give the same Y, and descent finds the one nearest to its start.`;
}

/** The factors of one entry of the gradient: error and input. */
export function gradientTaps({ input }: Run, { error }: Scene, a: number, b: number): Tap[] {
  return error.flatMap((row, i) => row.map((value, j) => ({ row: i, column: j, a: i, b: j, value, weight: input[i + a]![j + b]! })));
}

/** "∂L/∂K[0, 1] = Σ 2·error×input = 2·(1×1 + …) = 12", without the products that are 0. */
export function entryText(run: Run, scene: Scene, a: number, b: number): { name: string; terms: string; value: string; left: string } {
  const taps = gradientTaps(run, scene, a, b);
  const counting = taps.filter(({ value, weight }) => value * weight !== 0);
  const left = taps.length - counting.length;
  const sum = arithmetic(counting, true, 6).replace(/ [=≈] [^=≈]*$/, "");
  const value = scene.gradient[a]![b]!;
  return {
    name: `∂L/∂K[${a}, ${b}]`,
    terms: counting.length ? `2·(${sum})` : "0",
    value: `${exact(value, 4) ? "=" : "≈"} ${number(value)}`,
    left: left ? `${counted(left, "product")} more ${left === 1 ? "is" : "are"} 0.` : "",
  };
}

/** "0 − 0.03 × 12 = −0.36": what the next step makes of an entry. */
export function changeText(run: Run, scene: Scene, a: number, b: number): string {
  const now = scene.kernel[a]![b]!;
  const slope = scene.gradient[a]![b]!;
  const after = now - run.lr * slope;
  const whole = exact(now) && exact(slope) && exact(after);
  return `K[${a}, ${b}] becomes ${number(now)} − ${number(run.lr)} × ${factor(slope)} ${whole ? "=" : "≈"} ${number(after)}`;
}

/** Which way a step moves an entry: against its gradient. */
export function moveOf(run: Run, scene: Scene, a: number, b: number): Move {
  const change = -run.lr * scene.gradient[a]![b]!;
  return Math.abs(change) <= 1e-9 * Math.max(1, scene.scales.kernel) ? "stays" : change > 0 ? "up" : "down";
}

/** The entry of the kernel that a step asks about: each in its turn. */
export function askedEntry(scene: Scene): readonly [number, number] {
  const wide = scene.kernel[0]!.length;
  const index = scene.step % (scene.kernel.length * wide);
  return [Math.floor(index / wide), index % wide];
}

/** "Step 3 of 40: loss 1.2, was 2.4". */
export function stepText(run: Run, scene: Scene): string {
  const { losses } = run.descent;
  const before = scene.step > 0 ? `, ${number(losses[scene.step - 1]!, 3)} before` : "";
  return `${scene.step === 0 ? "Start" : `Step ${scene.step} of ${losses.length - 1}`}: loss ${number(scene.loss, 3)}${before}`;
}

/** The loss curve for those who do not see it. */
export function curveText(run: Run): string {
  const { losses } = run.descent;
  return `Loss on a logarithmic scale over ${counted(losses.length - 1, "step")}: from ${number(losses[0]!, 3)} to ${number(losses.at(-1)!, 3)}. This run ${run.outcome}.`;
}
