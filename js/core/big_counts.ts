// Counts beyond what a double counts exactly, as text: every digit, in words, as bytes, as a power of ten.
import { bytes, named } from "./counts";
import { number } from "./format";

/** "1 000 000 000 000 000 001": every digit, in groups of three. */
export function digits(count: bigint): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f").replace("-", "−");
}

const LARGE: readonly (readonly [bigint, string])[] = [
  [10n ** 18n, "quintillion"],
  [10n ** 15n, "quadrillion"],
];

/** "3 billion", "1.2 quadrillion"; below a million the digits. */
export function inWords(count: bigint): string {
  for (const [size, name] of LARGE) if (count >= size) return `${number(Number(count) / Number(size), 3)} ${name}`;
  return named(Number(count));
}

/** "12 GB": what so many numbers of `each` bytes take. */
export function memory(count: bigint, each = 4n): string {
  return bytes(Number(count * each));
}

/** log10 of a count; 0 for 1 and for nothing. */
export function powerOfTen(count: bigint): number {
  return count < 2n ? 0 : Math.log10(Number(count));
}
