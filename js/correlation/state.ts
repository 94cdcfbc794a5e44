// What the explorer's model holds, and all that follows from it by arithmetic.
import type { Answer } from "../core/answer";
import { largest } from "../core/colour";
import { axis, geometry, halfTurn, output, padded, type Geometry, type Matrix, type Mode, type Pair, type Setting } from "../core/correlation";
import { clamped } from "../core/playback";
import { guessesOf, type Guess, type Predictions } from "../core/predict";
import { misfitText } from "../core/size_text";
import { slidingAxis, sourceAlong, spread, transposedAxis, type TransposedAxis } from "../core/transposed";
import type { Reads } from "./reads";

export type ExplorerMode = Mode | "transposed";

/** Output padding counts in the mode "transposed" alone. */
export interface ExplorerSetting extends Omit<Setting, "mode"> {
  readonly mode: ExplorerMode;
  readonly output_padding?: Pair;
}

/** The most rows or columns that the spread input may have: beyond, a grid of numbers is no picture to look at. */
export const MOST_SPREAD = 32;

/** What the learner's function gave, as Python sends it: an answer of one channel, without the outer brackets. */
export interface MatrixAnswer {
  readonly of: readonly unknown[];
  readonly kind: Answer["kind"];
  readonly sentence: string;
  readonly values: readonly (readonly (number | string)[])[] | null;
  readonly where: readonly (readonly boolean[])[] | null;
}

export interface ExplorerTraits {
  readonly input: Matrix;
  readonly kernel: Matrix;
  readonly padding: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly output_padding: Pair;
  readonly mode: ExplorerMode;
  readonly step: number;
  readonly predict: boolean;
  readonly _predictions: Predictions;
  readonly _answer: MatrixAnswer | null;
  readonly _fn_name: string;
  readonly reads: boolean;
  readonly _reads: Reads | null;
}

export const TRAITS = [
  "input",
  "kernel",
  "padding",
  "stride",
  "dilation",
  "output_padding",
  "mode",
  "step",
  "predict",
  "_predictions",
  "_answer",
  "_fn_name",
  "reads",
  "_reads",
] as const;

export interface Scene {
  readonly setting: ExplorerSetting;
  /** Of what slides: in the mode "transposed", over the spread input at stride 1. */
  readonly geometry: Geometry;
  /** The axes of the transposed convolution; null in the other modes. */
  readonly transposed: { readonly rows: TransposedAxis; readonly columns: TransposedAxis } | null;
  readonly padded: Matrix;
  /** The kernel that slides: turned but in correlation. */
  readonly sliding: Matrix;
  readonly output: Matrix;
  /** Why there is no output; empty where there is one. */
  readonly problem: string;
  /** Names the setting; equal for equal settings. */
  readonly key: string;
  readonly scales: { readonly input: number; readonly kernel: number; readonly output: number };
}

export function sceneOf(setting: ExplorerSetting): Scene {
  const { input, kernel } = setting;
  const transposed = transposedOf(setting);
  const K = setting.mode === "correlation" ? kernel : halfTurn(kernel);
  let g = transposed ? geometryOf(slidingAxis(transposed.rows), slidingAxis(transposed.columns)) : geometry({ ...setting, mode: "correlation" });
  const problem = transposed ? problemOf(transposed) : misfitOf(g);
  // Where there is nothing to slide over, the input is drawn as it is.
  if (transposed && problem) g = geometryOf(bare(transposed.rows), bare(transposed.columns));
  const P = transposed && !problem ? spread(input, transposed.rows, transposed.columns) : padded(input, g);
  const Y = output(P, K, g);
  const scales = { input: largest(input), kernel: largest(K), output: largest(Y) };
  return { setting, geometry: g, transposed, padded: P, sliding: K, output: Y, problem, key: keyOf(settingList(setting)), scales };
}

/** The input's own row and column at a cell of what the window slides over; null for a zero that was put there. */
export function sourceOf({ geometry: g, transposed, problem }: Scene, row: number, column: number): Pair | null {
  const within = (at: number, n: number): number => (at >= 0 && at < n ? at : -1);
  const spreads = transposed && !problem;
  const r = spreads ? sourceAlong(transposed.rows, row) : within(row - g.rows.before, g.rows.n);
  const c = spreads ? sourceAlong(transposed.columns, column) : within(column - g.columns.before, g.columns.n);
  return r < 0 || c < 0 ? null : [r, c];
}

function transposedOf({ input, kernel, padding, stride, dilation, output_padding = [0, 0], mode }: ExplorerSetting): Scene["transposed"] {
  if (mode !== "transposed") return null;
  const along = (n: number, k: number, at: 0 | 1): TransposedAxis => transposedAxis(n, k, padding[at], stride[at], dilation[at], output_padding[at]);
  return { rows: along(input.length, kernel.length, 0), columns: along(input[0]?.length ?? 0, kernel[0]?.length ?? 0, 1) };
}

function geometryOf(rows: Geometry["rows"], columns: Geometry["columns"]): Geometry {
  return { rows, columns, count: rows.places * columns.places };
}

function bare({ n, k }: TransposedAxis): Geometry["rows"] {
  return { ...axis(n, k, 0, 1, 1), places: 0, covered: 0 };
}

function problemOf({ rows, columns }: NonNullable<Scene["transposed"]>): string {
  if (rows.size === 0 || columns.size === 0) return "The padding takes all of the output away. Make it smaller, or the input, the kernel or the stride larger.";
  const [high, wide] = [slidingAxis(rows).padded, slidingAxis(columns).padded];
  if (Math.max(high, wide) <= MOST_SPREAD) return "";
  return `With its zeros the input is ${high} × ${wide}, and at most ${MOST_SPREAD} × ${MOST_SPREAD} are drawn. Make the stride, the input or the kernel smaller.`;
}

function misfitOf({ rows, columns, count }: Geometry): string {
  if (count > 0) return "";
  const texts = [misfitText("row", rows), misfitText("column", columns)].filter(Boolean);
  return `${texts.join(" ")} Make the kernel or its dilation smaller, or the input or its padding larger.`;
}

function settingList({ input, kernel, padding, stride, dilation, mode, output_padding = [0, 0] }: ExplorerSetting): unknown[] {
  return [input, kernel, padding, stride, dilation, mode, ...(mode === "transposed" ? [output_padding] : [])];
}

function keyOf(list: readonly unknown[]): string {
  return JSON.stringify(list);
}

/** The answer as one channel; null where there is none. */
export function asVolume(answer: MatrixAnswer | null): Answer | null {
  if (!answer) return null;
  const { values, where } = answer;
  return { ...answer, shape: values && [values.length, values[0]?.length ?? 0], values: values && [values], where: where && [where] };
}

/** Which output cells can be seen: those up to the step and, while predicting, only those answered. */
export interface Reveal {
  readonly step: number;
  readonly row: number;
  readonly column: number;
  readonly predict: boolean;
  readonly guesses: Readonly<Record<string, Guess>>;
  shows(index: number): boolean;
}

export function revealOf(traits: ExplorerTraits, scene: Scene): Reveal {
  const { columns, count } = scene.geometry;
  const step = clamped(traits.step, count);
  const guesses = guessesOf(traits._predictions, scene.key);
  const wide = Math.max(1, columns.places);
  return {
    step,
    row: Math.floor(step / wide),
    column: step % wide,
    predict: traits.predict,
    guesses,
    shows: (index) => (traits.predict ? guesses[index] !== undefined : index <= step),
  };
}
