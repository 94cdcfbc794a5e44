// The output-size formula as a sentence, with the numbers put in and the floor said.
import type { Axis } from "./correlation";
import { counted, exact, number } from "./format";

export type AxisName = "row" | "column";

/** "1 above, 1 below" or "1 left, 0 right". */
export function sidesText(name: AxisName, axis: Axis): string {
  const [before, after] = name === "row" ? ["above", "below"] : ["left", "right"];
  return `${axis.before} ${before}, ${axis.after} ${after}`;
}

/** "k′ = 2·(3 − 1) + 1 = 5", where the kernel is dilated; empty otherwise. */
export function reachText({ d, k, reach }: Pick<Axis, "d" | "k" | "reach">): string {
  return d === 1 ? "" : `k′ = ${d}·(${k} − 1) + 1 = ${reach}`;
}

/** "(5 − 2 + 0 + 2)/2 = 2.5 → 2: the last row is never reached". */
export function sizeText(name: AxisName, axis: Axis): string {
  const { n, reach, p, s, quotient, places } = axis;
  const formula = `(${n} − ${reach} + ${p} + ${s})/${s} ${exact(quotient) ? "=" : "≈"} ${number(quotient)}`;
  if (places === 0) return `${formula}: the kernel does not fit`;
  if (quotient === places) return formula;
  return `${formula} → ${places}: ${missedText(name, axis)}`;
}

function missedText(name: AxisName, { padded, covered }: Axis): string {
  const missed = padded - covered;
  return missed === 1 ? `the last ${name} is never reached` : `the last ${missed} ${name}s are never reached`;
}

/** What to do about a kernel that does not fit along an axis; empty where it fits. */
export function misfitText(name: AxisName, { reach, padded, d, places }: Axis): string {
  if (places > 0) return "";
  const spread = d === 1 ? "" : `, spread by dilation ${d},`;
  return `The kernel${spread} spans ${counted(reach, name)}, and the padded input has only ${padded}.`;
}
