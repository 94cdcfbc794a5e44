// The arithmetic of the explorer against vectors that `cnnwidgets.ops` computed.
import { describe, expect, test } from "vitest";
import {
  axis,
  geometry,
  halfTurn,
  output,
  padded,
  readersAlong,
  replaced,
  resized,
  sliding,
  sum,
  tapAlong,
  tapsOf,
} from "../core/correlation";
import { difference, nameOf, SIZES, WINDOWS } from "./vectors";

test("there are vectors of every kind", () => {
  expect(SIZES.length).toBeGreaterThanOrEqual(500);
  for (const mode of ["correlation", "convolution"]) {
    const some = WINDOWS.filter((each) => each.mode === mode && each.output.length > 0);
    expect(some.length).toBeGreaterThanOrEqual(500);
    expect(some.some(({ padding: [p] }) => p % 2 === 1)).toBe(true);
    expect(some.some(({ covered, padded: P }) => covered[0] < P.length)).toBe(true);
  }
  expect(WINDOWS.some((each) => each.output.length === 0)).toBe(true);
});

test("every size is Python's", () => {
  for (const { n, k, p, s, d, places, covered } of SIZES) {
    const got = axis(n, k, p, s, d);
    expect([got.places, got.covered], `n ${n}, k ${k}, p ${p}, s ${s}, d ${d}`).toEqual([places, covered]);
    expect(got.before + got.after).toBe(p);
    expect(got.before - got.after).toBe(p % 2); // the odd row is above
    expect(got.padded).toBe(n + p);
  }
});

describe("for every setting, as Python has it", () => {
  test("the sizes, and how much the windows cover", () => {
    for (const each of WINDOWS) {
      const { rows, columns, count } = geometry(each);
      expect([rows.places, columns.places], nameOf(each)).toEqual(each.places);
      expect([rows.covered, columns.covered], nameOf(each)).toEqual(each.covered);
      expect(count).toBe(each.places[0] * each.places[1]);
    }
  });

  test("the zeros around the input", () => {
    for (const each of WINDOWS) expect(difference(padded(each.input, geometry(each)), each.padded), nameOf(each)).toBe(0);
  });

  test("the kernel that slides", () => {
    for (const each of WINDOWS) expect(difference(sliding(each), each.sliding), nameOf(each)).toBe(0);
  });

  test("the output", () => {
    for (const each of WINDOWS) {
      expect(difference(output(each.padded, each.sliding, geometry(each)), each.output), nameOf(each)).toBeLessThan(1e-12);
    }
  });
});

test("the taps of every output cell are its window, row by row of the kernel", () => {
  for (const each of WINDOWS) {
    const g = geometry(each);
    each.output.forEach((row, i) =>
      row.forEach((value, j) => {
        const taps = tapsOf(each.padded, each.sliding, g, i, j);
        const order = taps.map(({ a, b }) => `${a},${b}`).join(" ");
        const wanted = each.sliding.flatMap((weights, a) => weights.map((_, b) => `${a},${b}`)).join(" ");
        if (difference([[sum(taps)]], [[value]]) >= 1e-12 || order !== wanted) expect.fail(`${nameOf(each)}: ${order} at ${i}, ${j}`);
        for (const tap of taps) {
          if (tap.weight !== each.sliding[tap.a]![tap.b] || tap.value !== each.padded[tap.row]![tap.column]) {
            expect.fail(`${nameOf(each)}: at ${i}, ${j} the tap is ${JSON.stringify(tap)}`);
          }
        }
      }),
    );
  }
});

describe("which window reads which row", () => {
  const axes = WINDOWS.flatMap((each) => {
    const { rows, columns } = geometry(each);
    return [rows, columns];
  });

  test("tapAlong finds the kernel row over a padded row, at every place", () => {
    for (const along of axes) {
      for (let place = 0; place < along.places; place++) {
        for (let position = 0; position < along.padded; position++) {
          const found = Array.from({ length: along.k }, (_, a) => a).filter((a) => place * along.s + a * along.d === position);
          const got = tapAlong(along, place, position);
          if (found.length > 1 || got !== (found[0] ?? -1)) expect.fail(`${JSON.stringify(along)}: ${got} at ${place}, ${position}`);
        }
      }
    }
  });

  test("readersAlong finds every place that reads a padded row, in order", () => {
    for (const along of axes) {
      for (let position = 0; position < along.padded; position++) {
        const found = Array.from({ length: along.places }, (_, place) => place).filter((place) =>
          Array.from({ length: along.k }, (_, a) => place * along.s + a * along.d).includes(position),
        );
        expect(readersAlong(along, position)).toEqual(found);
      }
    }
  });

  test("changing an input cell changes the outputs of its readers, and no other", () => {
    for (const each of WINDOWS.filter((_, index) => index % 20 === 10)) {
      const g = geometry(each);
      each.input.forEach((cells, r) =>
        cells.forEach((cell, c) => {
          const changed = { ...each, input: replaced(each.input, r, c, cell + 1) };
          const now = output(padded(changed.input, g), each.sliding, g);
          const rows = readersAlong(g.rows, r + g.rows.before);
          const columns = readersAlong(g.columns, c + g.columns.before);
          const differs = now.flatMap((row, i) => row.flatMap((value, j) => (Math.abs(value - each.output[i]![j]!) > 1e-6 ? [[i, j]] : [])));
          expect(differs).toEqual(rows.flatMap((i) => columns.map((j) => [i, j])));
        }),
      );
    }
  });
});

test("the slide's example gives 19, 25, 37, 43, and 5, 11, 23, 29 under convolution", () => {
  const X = [[0, 1, 2], [3, 4, 5], [6, 7, 8]];
  const kernel = [[0, 1], [2, 3]];
  const plain = { input: X, kernel, padding: [0, 0], stride: [1, 1], dilation: [1, 1], mode: "correlation" } as const;
  const g = geometry(plain);
  expect(output(X, kernel, g)).toEqual([[19, 25], [37, 43]]);
  expect(output(X, sliding({ ...plain, mode: "convolution" }), g)).toEqual([[5, 11], [23, 29]]);
  const strided = geometry({ ...plain, padding: [2, 2], stride: [3, 2] });
  expect(output(padded(X, strided), kernel, strided)).toEqual([[0, 8], [6, 8]]);
});

test("a half turn reverses rows and columns, and leaves what it is given alone", () => {
  const K = [[1, 2, 3], [4, 5, 6]];
  expect(halfTurn(K)).toEqual([[6, 5, 4], [3, 2, 1]]);
  expect(K).toEqual([[1, 2, 3], [4, 5, 6]]);
});

test("a matrix of another size keeps what still fits, and has zeros for the rest", () => {
  const X = [[1, 2, 3], [4, 5, 6]];
  expect(resized(X, 3, 2)).toEqual([[1, 2], [4, 5], [0, 0]]);
  expect(resized(X, 1, 5)).toEqual([[1, 2, 3, 0, 0]]);
});

test("one cell is replaced; the other rows stay the same objects", () => {
  const X = [[1, 2, 3], [4, 5, 6], [7, 8, 9]];
  const now = replaced(X, 1, 2, -60);
  expect(now).toEqual([[1, 2, 3], [4, 5, -60], [7, 8, 9]]);
  expect(X[1]).toEqual([4, 5, 6]);
  expect(now[0]).toBe(X[0]);
  expect(now[1]).not.toBe(X[1]);
  expect(now[2]).toBe(X[2]);
});
