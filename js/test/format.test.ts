// Numbers and arithmetic as text: a true minus, nothing rounded in silence, and back.
import { describe, expect, test } from "vitest";
import type { Tap } from "../core/correlation";
import { arithmetic, counted, exact, factor, number, parse, products, result, whole } from "../core/format";

function taps(...pairs: readonly (readonly [value: number, weight: number])[]): Tap[] {
  return pairs.map(([value, weight], b) => ({ row: 0, column: b, a: 0, b, value, weight }));
}

test.each([
  [0, "0"],
  [-0, "0"],
  [25, "25"],
  [-25, "−25"],
  [999999, "999999"],
  [-123456, "−123456"],
  [1e6, "1e6"],
  [-1234567, "−1.23e6"],
  [0.5, "0.5"],
  [1 / 3, "0.3333"],
  [-2 / 3, "−0.6667"],
  [12.3456, "12.35"],
  [98765.4321, "98770"],
  [123456.7, "123500"],
  [0.1 + 0.2, "0.3"],
  [0.001, "0.001"],
  [0.0005, "5e−4"],
  [-1.2345e-7, "−1.23e−7"],
  [NaN, "NaN"],
  [Infinity, "∞"],
  [-Infinity, "−∞"],
])("%d is shown as %s", (value, text) => {
  expect(number(value)).toBe(text);
});

test("the digits asked for are the digits shown", () => {
  expect(number(1 / 3, 6)).toBe("0.333333");
  expect(number(1 / 3, 3)).toBe("0.333");
  expect(number(123456, 3)).toBe("123456"); // an integer stays whole
});

test("what is rounded is known", () => {
  for (const value of [0, -7, 0.5, 0.1 + 0.2, -1.25, 123456, 1e6, 2e-5, 0.1234]) expect(exact(value), `${value}`).toBe(true);
  for (const value of [1 / 3, 12.3456, 1234567, 1.2345e-7, 1.23456e-14, 0.1 + 0.2 - 0.3, NaN]) {
    expect(exact(value), `${value}`).toBe(false);
  }
  expect(exact(12.3456, 6)).toBe(true);
});

describe("parse", () => {
  test.each([
    ["3", 3],
    [" 3 ", 3],
    ["+3", 3],
    ["-2.5", -2.5],
    ["−2.5", -2.5],
    ["2,5", 2.5],
    [",5", 0.5],
    [".5", 0.5],
    ["5.", 5],
    ["1/9", 1 / 9],
    ["−1 / 3", -1 / 3],
    ["1/−4", -0.25],
    ["1,5/0,5", 3],
    ["1e-3", 0.001],
    ["2E3", 2000],
    ["−1e−7", -1e-7],
  ])("%s is a number", (text, value) => {
    expect(parse(text)).toBe(value);
  });

  test.each(["", " ", "ten", "1 2", "1.2.3", "1,000,000", "--3", "1/", "/2", "1/2/3", "1/0", "0/0", "1e999", "0x10", "NaN", "Infinity", "3px", "."])(
    "“%s” is none",
    (text) => {
      expect(parse(text)).toBeNull();
    },
  );

  test("reads back what `whole` writes, to the last bit", () => {
    let seed = 1;
    const random = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
    for (let i = 0; i < 500; i++) {
      const value = (random() - 0.5) * 10 ** Math.floor(random() * 60 - 30);
      expect(parse(whole(value))).toBe(value);
    }
    expect(whole(-1e-7)).toBe("−1e−7");
    expect(whole(1 / 3)).toBe("0.3333333333333333");
  });
});

describe("the line of arithmetic", () => {
  const example = taps([1, 0], [2, 1], [4, 2], [5, 3]);

  test("is the slide's", () => {
    expect(arithmetic(example, true)).toBe("1×0 + 2×1 + 4×2 + 5×3 = 25");
    expect(arithmetic(example, false)).toBe("1×0 + 2×1 + 4×2 + 5×3 = ?");
  });

  test("puts negative factors in parentheses", () => {
    expect(factor(-2.5)).toBe("(−2.5)");
    expect(arithmetic(taps([-1, 2], [3, -4], [-5, -6]), true)).toBe("(−1)×2 + 3×(−4) + (−5)×(−6) = 16");
    expect(arithmetic(taps([1, -1]), true)).toBe("1×(−1) = −1");
  });

  test("says ≈ where the sum is rounded", () => {
    expect(arithmetic(taps([1, 0.5], [1, 0.25]), true)).toBe("1×0.5 + 1×0.25 = 0.75");
    expect(arithmetic(taps([1, 0.1234], [0.0001, 0.5678]), true)).toBe("1×0.1234 + 1e−4×0.5678 ≈ 0.123457");
    expect(arithmetic(taps([0.1, 1], [0.2, 1]), true)).toBe("0.1×1 + 0.2×1 = 0.3"); // only the last bit of a double
    expect(result(25)).toBe("= 25");
    expect(result(2 / 3)).toBe("≈ 0.666667");
    expect(result(12.3456)).toBe("= 12.3456");
  });

  test("says ≈ where a factor is rounded, though the sum is not", () => {
    expect(arithmetic(taps([1 / 3, 3]), true)).toBe("0.3333×3 ≈ 1");
    expect(arithmetic(taps([3, 1 / 3]), true)).toBe("3×0.3333 ≈ 1");
  });

  test("leaves out the middle of a long one, and counts what it leaves out", () => {
    const long = taps(...Array.from({ length: 9 }, (_, i) => [i + 1, 1] as const));
    expect(products(long, 9)).toBe(products(long));
    expect(products(long, 5)).toBe("1×1 + 2×1 + 3×1 + … (5 more) … + 9×1");
    expect(arithmetic(long, true, 3)).toBe("1×1 + … (7 more) … + 9×1 = 45");
  });
});

test("counts and their nouns agree", () => {
  expect([counted(0, "row"), counted(1, "row"), counted(2, "row")]).toEqual(["0 rows", "1 row", "2 rows"]);
});
