// The arithmetic of pooling against vectors that `cnnwidgets.ops` computed: outputs, winners, moves of the input.
import { describe, expect, test } from "vitest";
import { replaced } from "../core/correlation";
import { geometry, padded, pooled, strideOf, valueOf, windowOf, winnersOf } from "../pooling/pool";
import { shifted, shiftedBy } from "../pooling/shift";
import { caseName, POOLING } from "./pool_scenes";
import { difference } from "./vectors";

const FITTING = POOLING.filter(({ output }) => output.length > 0);

test("there are vectors of every kind", () => {
  for (const [mode, counts] of [["max", true], ["avg", true], ["avg", false]] as const) {
    const some = FITTING.filter((each) => each.mode === mode && each.count_include_pad === counts);
    expect(some.length).toBeGreaterThanOrEqual(500);
    expect(some.filter(({ stride }) => stride === null).length).toBeGreaterThan(50);
    expect(some.filter(({ padding: [p, q] }) => p + q > 0).length).toBeGreaterThan(200);
    expect(some.filter(({ input }) => input.flat(2).every((value) => value < 0)).length).toBeGreaterThan(50);
  }
  expect(POOLING.length).toBeGreaterThan(FITTING.length);
});

test("every output is Python's, channel by channel", () => {
  for (const each of POOLING) {
    const g = geometry(each);
    expect(g.count > 0, caseName(each)).toBe(each.output.length > 0);
    each.output.forEach((right, channel) => {
      const got = pooled(each.input[channel]!, g, each.mode, each.count_include_pad);
      expect(difference(got, right), caseName(each)).toBeLessThan(1e-12);
    });
  }
});

test("every move of the input is Python's, and what it gives", () => {
  for (const each of FITTING) {
    const g = geometry(each);
    each.input.forEach((X, channel) => {
      expect(shifted(X, each.shift), caseName(each)).toEqual(each.moved[channel]);
      const effect = shiftedBy(X, each.shift, g, each.count_include_pad)[each.mode];
      expect(difference(effect.before, each.output[channel]!)).toBeLessThan(1e-12);
      expect(difference(effect.after, each.movedOutput[channel]!)).toBeLessThan(1e-12);
      const cells = effect.after.flatMap((row, i) => row.map((value, j) => [i, j, value] as const));
      const differing = cells.filter(([i, j, value]) => Math.abs(value - each.output[channel]![i]![j]!) > 1e-9);
      expect(effect.changed).toBe(differing.length);
      expect(cells.filter(([i, j]) => effect.differs(i, j))).toEqual(differing);
    });
  }
});

describe("which cells win", () => {
  test("those of the largest value, on the input, and all of them", () => {
    for (const each of FITTING.filter(({ mode }) => mode === "max")) {
      const g = geometry(each);
      const P = padded(each.input[0]!, g, -Infinity);
      each.output[0]!.forEach((row, i) =>
        row.forEach((value, j) => {
          const cells = windowOf(P, g, i, j);
          expect(cells).toHaveLength(each.pool_size[0] * each.pool_size[1]);
          const won = winnersOf(cells);
          expect(won).toEqual(cells.flatMap((cell, index) => (cell.value === value ? [index] : [])));
          expect(won.length).toBeGreaterThan(0);
          expect(won.every((index) => cells[index]!.inside)).toBe(true);
        }),
      );
    }
  });

  test("lowering the only winner changes the output; lowering another cell does not", () => {
    const X = [[1, 5, 2], [3, 4, 0]];
    const g = geometry({ input: [X], pool_size: [2, 3], padding: [0, 0], stride: null, mode: "max", count_include_pad: true });
    expect(pooled(replaced(X, 0, 1, -9), g, "max", true)).toEqual([[4]]);
    expect(pooled(replaced(X, 1, 1, -9), g, "max", true)).toEqual([[5]]);
  });
});

test("the slide's examples", () => {
  const X = [[0, 1, 2], [3, 4, 5], [6, 7, 8]];
  const plain = { input: [X], pool_size: [2, 2], padding: [0, 0], stride: [1, 1], mode: "max", count_include_pad: true } as const;
  expect(pooled(X, geometry(plain), "max", true)).toEqual([[4, 5], [7, 8]]);
  expect(pooled(X, geometry(plain), "avg", true)).toEqual([[2, 3], [5, 6]]);
  expect(strideOf({ ...plain, stride: null, pool_size: [3, 2] })).toEqual([3, 2]);
});

test("padding over half of the window suits nothing", () => {
  const given = { input: [[[1, 2, 3]]], pool_size: [1, 3], stride: null, mode: "max", count_include_pad: true } as const;
  expect(geometry({ ...given, padding: [0, 1] })).toMatchObject({ suits: true, count: 1 });
  expect(geometry({ ...given, padding: [1, 0] })).toMatchObject({ suits: false, count: 0 });
});

test("the divisor with and without the padding", () => {
  const g = geometry({ input: [[[8]]], pool_size: [2, 2], padding: [1, 1], stride: [1, 1], mode: "avg", count_include_pad: true });
  const cells = windowOf(padded([[8]], g, 0), g, 0, 0);
  expect(valueOf(cells, "avg", true)).toBe(2);
  expect(valueOf(cells, "avg", false)).toBe(8);
});
