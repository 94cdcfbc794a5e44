// Large counts as people read them: digits in groups of three, short names, and bytes.
import { number } from "./format";

/** "61 706": whole numbers with a narrow no-break space every three digits; "≈ 1.02e17" beyond what a double counts. */
export function grouped(count: number): string {
  if (!Number.isSafeInteger(count)) return `≈ ${number(count, 3)}`;
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f").replace("-", "−");
}

const NAMES: readonly (readonly [number, string])[] = [
  [1e12, "trillion"],
  [1e9, "billion"],
  [1e6, "million"],
];

/** "3 billion", "122.3 thousand" left as digits: "122 304". */
export function named(count: number): string {
  for (const [size, name] of NAMES) if (count >= size) return `${number(count / size, 3)} ${name}`;
  return grouped(count);
}

const UNITS = ["bytes", "kB", "MB", "GB", "TB", "PB"] as const;

/** "12 GB", "246.8 kB": decimal units, of 1000 each, as disks and memory are sold. */
export function bytes(count: number): string {
  let unit = 0;
  let size = count;
  // 999.96 kB would round to 1000 kB: it is a megabyte by then.
  while (unit < UNITS.length - 1 && Number(size.toPrecision(4)) >= 1000) {
    size /= 1000;
    unit++;
  }
  return `${number(size, 4)} ${count === 1 ? "byte" : UNITS[unit]}`;
}
