// Why a kernel with other channels than its input is refused, and what NumPy makes of it.
import { counted, number } from "../core/format";
import { stretched } from "./arithmetic";
import type { Volume } from "../core/volume";
import type { Scene } from "./state";

export interface Refusal {
  /** The rule. */
  readonly sentence: string;
  /** What happens where nobody compares. */
  readonly otherwise: string;
  /** What broadcasting would have given; null where NumPy stops. */
  readonly values: Volume | null;
}

/** Null where the kernel has as many channels as the input. */
export function refusalOf({ setting, padded, geometry, refused }: Scene): Refusal | null {
  if (!refused) return null;
  const [given, held] = [setting.input.length, setting.kernel[0]!.length];
  const sentence = `The input has ${counted(given, "channel")} and the kernel ${held}. Every input channel needs a kernel of its own: there is no sum to make.`;
  const values = geometry.count > 0 ? stretched(padded, setting, geometry) : null;
  if (!values) {
    const less = Math.min(given, held);
    const otherwise =
      given === 1 || held === 1
        ? ""
        : `Code that does not compare them goes wrong in silence: zip stops after ${counted(less, "channel")} and leaves the rest out. Raise a ValueError.`;
    return { sentence, otherwise, values: null };
  }
  const first = number(values[0]![0]![0]!, 6);
  const why =
    held === 1
      ? `NumPy would stretch the one kernel channel over all ${given}, and give ${first} at Y[0, 0, 0] without a word. That weighs every channel alike, as if the channels were added first and then seen through one kernel: no layer that learns a kernel for each channel.`
      : `NumPy would stretch the one input channel over all ${held} of the kernel, and give ${first} at Y[0, 0, 0] without a word. That reads the same channel ${held} times: the other channels that the kernel was made for are missing.`;
  return { sentence, otherwise: `${why} So compare the channels, and raise a ValueError, as PyTorch refuses it too.`, values };
}
