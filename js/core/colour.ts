// The signed colour scale (orange below 0, blue above, plain at 0), safe for colour-blind eyes in both themes.

export type Theme = "light" | "dark";

interface Palette {
  readonly zero: string;
  readonly positive: string;
  readonly negative: string;
  readonly ink: string;
}

/** The ends of the scale. Any mix of `zero` with either end keeps 4.5:1 against `ink` (a test checks it). */
export const PALETTES: Record<Theme, Palette> = {
  light: { zero: "#f7f8f9", positive: "#8fc1ee", negative: "#f6b26b", ink: "#17202a" },
  dark: { zero: "#232b33", positive: "#1d5f9c", negative: "#8a4d0f", ink: "#f4f6f8" },
};

/** How strongly a cell is tinted, −1 to 1: the square root keeps small values visible beside a large one. */
export function strength(value: number, largest: number): number {
  if (!(largest > 0) || !Number.isFinite(value)) return 0;
  return Math.sign(value) * Math.sqrt(Math.min(1, Math.abs(value) / largest));
}

/** The largest magnitude in a matrix; 0 for an empty one. */
export function largest(values: readonly (readonly number[])[]): number {
  let most = 0;
  for (const row of values) for (const value of row) if (Math.abs(value) > most) most = Math.abs(value);
  return Number.isFinite(most) ? most : 0;
}
