// The signed scale: readable at every strength in both themes, and of both signs alike.
import { expect, test } from "vitest";
import { largest, PALETTES, strength, type Theme } from "../core/colour";
import { luminanceOf } from "../core/theme";

type Rgb = readonly number[];

const rgb = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
const light = (colour: Rgb): number => luminanceOf(`rgb(${colour.join(", ")})`)!;
const contrast = (one: Rgb, other: Rgb): number => {
  const [low, high] = [light(one), light(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
};
/** As `color-mix(in srgb, …)` does it: channel by channel. */
const mix = (a: Rgb, b: Rgb, share: number): Rgb => a.map((channel, i) => channel * (1 - share) + b[i]! * share);

test("the yardstick is right: black on white is 21:1, and #767676 on white 4.54:1", () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 6);
  expect(contrast(rgb("#767676"), rgb("#ffffff"))).toBeCloseTo(4.54, 2);
});

test.each(["light", "dark"] as const)("in the %s theme the ink stands out from every mix by 4.5:1", (theme: Theme) => {
  const { zero, ink, ...ends } = PALETTES[theme];
  for (const [name, end] of Object.entries(ends)) {
    for (let percent = 0; percent <= 100; percent++) {
      const tint = mix(rgb(zero), rgb(end), percent / 100);
      expect(contrast(rgb(ink), tint), `${name} at ${percent}%`).toBeGreaterThanOrEqual(4.5);
    }
  }
});

test.each(["light", "dark"] as const)("in the %s theme the two signs differ by hue, orange from blue", (theme: Theme) => {
  const [red, , blue] = rgb(PALETTES[theme].negative) as [number, number, number];
  expect(red).toBeGreaterThan(blue + 60);
  const positive = rgb(PALETTES[theme].positive) as [number, number, number];
  expect(positive[2]).toBeGreaterThan(positive[0] + 60);
});

test("strength goes from −1 to 1, keeps the sign, and lifts small values", () => {
  expect(strength(8, 8)).toBe(1);
  expect(strength(-8, 8)).toBe(-1);
  expect(strength(2, 8)).toBe(0.5);
  expect(strength(-2, 8)).toBe(-0.5);
  expect(strength(0, 8)).toBe(0);
  expect(strength(99, 8)).toBe(1);
  for (const [value, most] of [[3, 0], [NaN, 8], [Infinity, 8], [3, NaN], [3, -1]] as const) expect(strength(value, most)).toBe(0);
});

test("the largest magnitude counts, of either sign", () => {
  expect(largest([[1, -7, 3], [2, 5, -6]])).toBe(7);
  expect(largest([[1, 2], [3, 9]])).toBe(9);
  expect(largest([])).toBe(0);
  expect(largest([[0, 0]])).toBe(0);
  expect(largest([[NaN, 4]])).toBe(4);
  expect(largest([[Infinity, 4]])).toBe(0);
});
