// Scales, ticks and the nearest point.
import { expect, test } from "vitest";
import { nearest, niceStep, powerText, scaleOf, share, ticks } from "../core/chart_scale";

test("a scale holds its values, from 0", () => {
  expect(scaleOf([0.3, 2.2])).toEqual({ from: 0, to: 2.5, log: false });
  expect(scaleOf([])).toEqual({ from: 0, to: 1, log: false });
  expect(scaleOf([-3, 4]).from).toBeLessThanOrEqual(-3);
  expect(share(scaleOf([1, 4]), 2)).toBeCloseTo(0.5, 12);
});

test("a logarithmic scale ends at powers of ten and holds what is above 0", () => {
  expect(scaleOf([0, 0.02, 30, NaN, Infinity], true)).toEqual({ from: 0.01, to: 100, log: true });
  const deep = scaleOf([1e-40, 1], true, 20);
  expect(deep.from).toBeCloseTo(1e-20, 25);
  expect(share(deep, 1e-40)).toBe(0);
  expect(share(deep, 0)).toBe(0);
  expect(share({ from: 0.01, to: 100, log: true }, 1)).toBeCloseTo(0.5, 12);
  expect(scaleOf([5, 5], true)).toEqual({ from: 1, to: 10, log: true });
  const one = scaleOf([1], true);
  expect(one.from).toBeLessThan(one.to);
});

test("ticks are round", () => {
  expect(ticks({ from: 0, to: 1, log: false }, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticks({ from: 0, to: 16000, log: false }, 4)).toEqual([0, 5000, 10000, 15000]);
  expect(ticks({ from: 1e-4, to: 100, log: true }, 3)).toHaveLength(4);
  expect([0.7, 3, 12, 90].map((length) => niceStep(length, 5))).toEqual([0.2, 1, 5, 20]);
});

test("the nearest point", () => {
  const x = [0, 10, 20, 50];
  expect([-5, 4, 6, 34, 36, 99].map((value) => nearest(x, value))).toEqual([0, 0, 1, 2, 3, 3]);
  expect(nearest([7], 100)).toBe(0);
});

test("powers of ten", () => {
  expect([1e-3, 1, 10, 100, 1e12].map(powerText)).toEqual(["10⁻³", "1", "10", "10²", "10¹²"]);
});
