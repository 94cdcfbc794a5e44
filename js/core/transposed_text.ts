// What a transposed convolution does to the sizes, in words and with the numbers put in.
import { sidesText, type AxisName } from "./size_text";
import { slidingAxis, type TransposedAxis } from "./transposed";

/** "2·(3 − 1) + 3 − 2 + 1 = 6". */
export function transposedSizeText({ n, reach, p, s, a, size, spread }: TransposedAxis): string {
  const formula = `${s}·(${n} − 1) + ${reach} − ${p} + ${a} = ${spread + reach - 1 - p + a}`.replace("= -", "= −");
  return size > 0 ? formula : `${formula}: nothing is left`;
}

/** "1 between; 1 above, 2 below; 1 left, 2 right"; what is negative is cut off. */
export function zerosText(rows: TransposedAxis, columns: TransposedAxis): string {
  const same = rows.s === columns.s;
  const between = same ? `${rows.s - 1} between` : `${rows.s - 1} between rows, ${columns.s - 1} between columns`;
  return [...(same && rows.s === 1 ? [] : [between]), around("row", rows), around("column", columns)].join("; ");
}

function around(name: AxisName, axis: TransposedAxis): string {
  if (axis.before >= 0 && axis.after >= 0) return sidesText(name, slidingAxis(axis));
  const [first, last] = name === "row" ? ["above", "below"] : ["left", "right"];
  const side = (rows: number, where: string): string => (rows < 0 ? `${-rows} cut off ${where}` : `${rows} ${where}`);
  return `${side(axis.before, first)}, ${side(axis.after, last)}`;
}

/** The relation to the convolution: "… makes 3 × 3 of 5 × 5, and of 6 × 6 as well: …". */
export function forwardText(rows: TransposedAxis, columns: TransposedAxis): string {
  const given = `${rows.n} × ${columns.n}`;
  const sizes: string[] = [];
  for (let more = 0; more < Math.max(rows.s, columns.s); more++) {
    const [high, wide] = [rows, columns].map((each) => each.size - each.a + Math.min(more, each.s - 1));
    sizes.push(`${high} × ${wide}`);
  }
  const [least, most] = [sizes[0]!, sizes.at(-1)!];
  const back = `It runs the sizes of a convolution backwards: the one with these settings makes ${given} of ${least}`;
  if (sizes.length === 1) return `${back}. The sizes come back, not the values.`;
  const others = sizes.length === 2 ? `and of ${most} too` : `and of every size up to ${most} too`;
  return `${back}, ${others}; output padding says which is meant. The sizes come back, not the values.`;
}
