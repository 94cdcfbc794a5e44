// The named cases of convolution arithmetic, out of the file that Python reads too.
import data from "../../cnnwidgets/widgets/correlation/cases.json";
import type { Matrix } from "../core/correlation";
import type { State } from "../core/local_model";
import type { ExplorerMode, ExplorerSetting } from "./state";

interface Case {
  readonly name: string;
  readonly mode: string;
  readonly n: number;
  readonly k: number;
  readonly p: number;
  readonly s: number;
  readonly d: number;
  readonly a: number;
}

export const CASES: readonly Case[] = data.cases;

export function isTransposed({ mode }: { readonly mode: string }): boolean {
  return mode === "transposed";
}

/** What choosing a case sets; one that is not transposed leaves correlation or convolution as it is. */
export function settingOf(each: Case, mode: ExplorerMode): State & ExplorerSetting {
  const corner = (table: Matrix, size: number): Matrix => table.slice(0, size).map((row) => row.slice(0, size));
  return {
    input: corner(data.input, each.n),
    kernel: corner(data.kernel, each.k),
    padding: [each.p, each.p],
    stride: [each.s, each.s],
    dilation: [each.d, each.d],
    output_padding: [each.a, each.a],
    mode: isTransposed(each) ? "transposed" : isTransposed({ mode }) ? "correlation" : mode,
  };
}

/** The case whose sizes these are, whatever the numbers; −1 for none. */
export function caseOf({ input, kernel, padding, stride, dilation, output_padding, mode }: ExplorerSetting): number {
  const pairs = [[input.length, input[0]?.length], [kernel.length, kernel[0]?.length], padding, stride, dilation];
  if (mode === "transposed") pairs.push(output_padding ?? [0, 0]);
  if (pairs.some(([rows, columns]) => rows !== columns)) return -1;
  const [n, k, p, s, d, a = 0] = pairs.map(([rows]) => rows);
  return CASES.findIndex(
    (each) => isTransposed(each) === isTransposed({ mode }) && each.n === n && each.k === k && each.p === p && each.s === s && each.d === d && each.a === a,
  );
}
