// Numbers and lines of arithmetic as text, with a true minus sign and nothing rounded in silence.
import { sum, type Tap } from "./correlation";

const MINUS = "−";

/** A number with at most `digits` significant digits; integers up to six digits are left whole. */
export function number(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : `${MINUS}∞`;
  const size = Math.abs(value);
  let text: string;
  if (Number.isInteger(value) && size < 1e6) text = String(size);
  else if (size >= 1e6 || (size > 0 && size < 1e-3)) text = exponent(size, Math.min(digits, 3));
  else text = String(Number(size.toPrecision(digits)));
  return value < 0 && text !== "0" ? MINUS + text : text;
}

function exponent(size: number, digits: number): string {
  const [mantissa, power] = size.toExponential(digits - 1).split("e");
  return `${Number(mantissa)}e${Number(power)}`.replace("-", MINUS);
}

/** The whole number, for text fields and tooltips: what `parse` reads back as the same double. */
export function whole(value: number): string {
  return String(value).replaceAll("-", MINUS);
}

/** Whether `number` shows the value itself (up to the last bits of a double) and not a rounded one. */
export function exact(value: number, digits = 4): boolean {
  const shown = Number(number(value, digits).replaceAll(MINUS, "-"));
  return Math.abs(shown - value) <= 1e-12 * Math.abs(value);
}

/** A factor of a product: negative ones stand in parentheses. */
export function factor(value: number): string {
  const text = number(value);
  return text.startsWith(MINUS) ? `(${text})` : text;
}

/** The number typed: a decimal point or comma, either minus sign, or a fraction such as 1/9; null otherwise. */
export function parse(text: string): number | null {
  const plain = text.trim().replaceAll(MINUS, "-").replaceAll(",", ".");
  const part = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`;
  const match = new RegExp(`^(${part})(?:\\s*/\\s*(${part}))?$`).exec(plain);
  if (!match) return null;
  const value = Number(match[1]) / (match[2] === undefined ? 1 : Number(match[2]));
  return Number.isFinite(value) ? value : null;
}

/** "1×0 + 2×1", in full or with the middle left out (and counted) when there are more than `most` terms. */
export function products(taps: readonly Tap[], most = Infinity): string {
  const terms = taps.map((tap) => `${factor(tap.value)}×${factor(tap.weight)}`);
  if (terms.length <= most) return terms.join(" + ");
  const left = terms.length - most + 1;
  return [...terms.slice(0, most - 2), `… (${left} more) …`, ...terms.slice(-1)].join(" + ");
}

/** "1×0 + 2×1 + 4×2 + 5×3 = 25"; "≈" where something in it is rounded, "= ?" where the sum is not told. */
export function arithmetic(taps: readonly Tap[], told: boolean, most = Infinity): string {
  const total = sum(taps);
  return `${products(taps, most)} ${told ? result(total, taps) : "= ?"}`;
}

/** "= 25" or "≈ 0.333333": "≈" where the value is shown rounded, or one of the factors before it is. */
export function result(value: number, taps: readonly Tap[] = []): string {
  const whole = exact(value, 6) && taps.every((tap) => exact(tap.value) && exact(tap.weight));
  return `${whole ? "=" : "≈"} ${number(value, 6)}`;
}

/** "2 rows", "1 column". */
export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}
