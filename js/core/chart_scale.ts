// The arithmetic of a chart's axis: where a value lies, which values get a tick, which point is nearest.

export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly log: boolean;
}

/** A scale that holds all of the values; a logarithmic one leaves out what is not above 0. */
export function scaleOf(values: readonly number[], log = false, most = 24): Scale {
  const shown = values.filter((value) => Number.isFinite(value) && (!log || value > 0));
  if (shown.length === 0) return { from: log ? 0.1 : 0, to: 1, log };
  const [least, largest] = [Math.min(...shown), Math.max(...shown)];
  if (!log) {
    const to = largest > 0 ? largest : 1;
    const step = niceStep(to - Math.min(0, least), 5);
    return { from: Math.min(0, Math.floor(least / step) * step), to: Math.ceil(to / step - 1e-9) * step, log };
  }
  const to = 10 ** Math.ceil(Math.log10(largest) - 1e-9);
  // No more than so many powers of ten: what lies below is as good as 0, and drawn at the bottom.
  const from = Math.max(10 ** Math.floor(Math.log10(least) + 1e-9), to / 10 ** most);
  return { from: from < to ? from : to / 10, to, log };
}

/** 0 at the scale's start, 1 at its end; values beyond stay at the ends. */
export function share({ from, to, log }: Scale, value: number): number {
  const part = log ? Math.log(Math.max(value, Number.MIN_VALUE) / from) / Math.log(to / from) : (value - from) / (to - from);
  return Math.max(0, Math.min(1, part));
}

/** About `wanted` round values from one end to the other; powers of ten on a logarithmic scale. */
export function ticks({ from, to, log }: Scale, wanted: number): number[] {
  if (log) {
    const [first, last] = [Math.round(Math.log10(from)), Math.round(Math.log10(to))];
    const every = Math.max(1, Math.ceil((last - first) / wanted));
    const found: number[] = [];
    for (let power = last; power >= first; power -= every) found.unshift(10 ** power);
    return found;
  }
  const step = niceStep(to - from, wanted);
  const first = Math.ceil(from / step - 1e-9);
  return Array.from({ length: Math.floor(to / step + 1e-9) - first + 1 }, (_, k) => Number(((first + k) * step).toPrecision(12)));
}

/** 1, 2 or 5 times a power of ten, so that `length` has about `wanted` of them. */
export function niceStep(length: number, wanted: number): number {
  const rough = length / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const ratio = rough / power;
  return (ratio > 5 ? 10 : ratio > 2 ? 5 : ratio > 1 ? 2 : 1) * power;
}

/** The index of the value (in rising order) that is nearest. */
export function nearest(rising: readonly number[], value: number): number {
  let [low, high] = [0, rising.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (rising[middle]! <= value) low = middle;
    else high = middle;
  }
  return high > low && rising[high]! - value < value - rising[low]! ? high : low;
}

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A power of ten as a tick says it: "1", "10", "10⁻³". */
export function powerText(value: number): string {
  const power = Math.round(Math.log10(value));
  if (power === 0 || power === 1) return String(10 ** power);
  const digits = [...String(Math.abs(power))].map((digit) => RAISED[Number(digit)]).join("");
  return `10${power < 0 ? "⁻" : ""}${digits}`;
}
