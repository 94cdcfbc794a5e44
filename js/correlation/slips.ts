// Known slips of a prediction: the kernel turned or not, and the window that another stride would take.
import { sum, tapsOf, halfTurn, type Geometry } from "../core/correlation";
import { slipAmong, type Slip } from "../core/slips";
import type { Reveal, Scene } from "./state";

/** The reason for a wrong guess that is exactly what a slip gives; empty for any other. */
export function slipOf({ setting, geometry: g, padded, sliding, output, scales }: Scene, { row, column }: Reveal, guess: number): string {
  const turned = setting.mode === "correlation" ? "Correlation slides the kernel as it is; yours was turned." : "The kernel is turned by 180° before it slides; yours was not.";
  const value = (kernel: typeof sliding, at: Geometry): number => sum(tapsOf(padded, kernel, at, row, column));
  const everyPlace: Geometry = { ...g, rows: { ...g.rows, s: 1 }, columns: { ...g.columns, s: 1 } };
  const slips: Slip[] = [
    [value(halfTurn(sliding), g), turned],
    [value(sliding, everyPlace), "That is the window without the stride: it moves further between two outputs."],
  ];
  return slipAmong(slips, guess, output[row]![column]!, scales.output);
}
