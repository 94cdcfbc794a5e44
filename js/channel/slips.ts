// Known slips at an output cell of many channels, and what each of them gives.
import { halfTurn, sum, tapsOf } from "../core/correlation";
import type { Slip } from "../core/slips";
import { partsOf, type Reveal, type Scene } from "./state";

const add = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Every slip with its value for the cell on view. */
export function slipsAt(scene: Scene, reveal: Reveal): Slip[] {
  const { out, row, column } = reveal;
  const { setting, padded, geometry: g } = scene;
  const parts = partsOf(scene, reveal);
  const b = setting.bias[out] ?? 0;
  const total = add(parts);
  const channels = parts.length;
  const along = (weights: (channel: number) => readonly (readonly number[])[]): number =>
    add(padded.map((P, c) => sum(tapsOf(P, weights(c), g, row, column))));
  const kernels = setting.kernel[out]!;
  const alone = parts.flatMap((part, c): Slip[] => {
    const reason = `That is channel ${c + 1} alone: what all ${channels} channels give is added.`;
    return [[part + b, reason], [part, b === 0 ? reason : `${reason} And the bias.`]];
  });
  const left = parts.flatMap((part, c): Slip[] => {
    // Of two channels, one left out is the other alone.
    const reason = `Channel ${c + 1} is left out.`;
    return channels > 2 ? [[total - part + b, reason], [total - part, b === 0 ? reason : `${reason} And so is the bias.`]] : [];
  });
  const others = scene.output.flatMap((channel, o): Slip[] =>
    o === out ? [] : [[channel[row]![column]!, `That is output channel ${o + 1}: this one has the kernels K[${out}].`]],
  );
  const mean = "That is the mean of the channels: their sums are added up, and not divided.";
  return [
    [total, `The bias is left out: ${b < 0 ? "it takes off" : "it adds"} its ${Math.abs(b)} once an output cell.`],
    [total + channels * b, "The bias is added once for each input channel: it comes once an output cell."],
    ...alone,
    ...left,
    [total / channels + b, mean],
    [(total + b) / channels, mean],
    ...others,
    [along((c) => halfTurn(kernels[c]!)) + b, "That turns the kernels by a half turn: it is what convolution gives."],
    [along(() => kernels[0]!) + b, "That lays the first channel's kernel on every channel: each has its own."],
  ];
}
