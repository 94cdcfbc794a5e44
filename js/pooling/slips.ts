// Known slips in predicting a pooled value, each with what it gives and why it is none.
import type { Matrix } from "../core/correlation";
import { slipAmong, type Slip } from "../core/slips";
import { geometry, padded, pooled, valueOf, windowOf, type Setting } from "./pool";
import type { Scene } from "./state";

/** Why a wrong guess for output (i, j) came about, where it is exactly what a known slip gives. */
export function slipOf(scene: Scene, i: number, j: number, guess: number): string {
  const right = scene.output[i]?.[j];
  if (right === undefined) return "";
  return slipAmong(slipsOf(scene, i, j), guess, right, scene.scale);
}

export function slipsOf({ setting, geometry: g, given, padded: P }: Scene, i: number, j: number): Slip[] {
  const { mode, count_include_pad } = setting;
  const cells = windowOf(P, g, i, j);
  const zeros = windowOf(padded(given, g, 0), g, i, j);
  const sum = zeros.reduce((total, { value }) => total + value, 0);
  const inside = cells.filter((cell) => cell.inside);
  /** The same cell under another setting; NaN where there is none. */
  const under = (changes: Partial<Setting>): number => {
    const other = { ...setting, ...changes };
    const output: Matrix = pooled(given, geometry(other), mode, count_include_pad);
    return output[i]?.[j] ?? NaN;
  };
  const strided: Slip = [under({ stride: [1, 1] }), `That is this cell at stride 1: here the window moves ${g.rows.s} down and ${g.columns.s} across.`];
  const bare: Slip = [under({ padding: [0, 0] }), "That is this cell without the padding: the first windows start on it."];
  if (mode === "max") {
    const least = Math.min(...inside.map(({ value }) => value));
    const loudest = inside.reduce((most, { value }) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
    return [
      [valueOf(zeros, "max", true), "That is the largest with 0 around the input: a maximum pads with −∞, so that padding never wins."],
      [sum / cells.length, "That is the mean of the window: maximum pooling keeps its largest value."],
      [sum / inside.length, "That is the mean of the window: maximum pooling keeps its largest value."],
      [sum, "That is the sum of the window: maximum pooling keeps its largest value."],
      [least, "That is the smallest of the window: the largest is asked for."],
      [loudest, "That is the largest without its sign: −9 is less than 1."],
      strided,
      bare,
    ];
  }
  const [counts, other] = count_include_pad ? [cells.length, inside.length] : [inside.length, cells.length];
  const which = count_include_pad
    ? `padding counts here, so the divisor is ${counts}, not ${other}`
    : `padding does not count here, so the divisor is ${counts}, not ${other}`;
  return [
    [sum / other, `Right sum, wrong divisor: ${which}.`],
    [sum, `That is the sum of the window: the mean divides it by ${counts}.`],
    [Math.max(...inside.map(({ value }) => value)), "That is the largest of the window: average pooling takes the mean."],
    strided,
    bare,
  ];
}
