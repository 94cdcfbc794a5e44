// The size formula in words: the numbers put in, the floor said, and what to do where the kernel does not fit.
import { describe, expect, test } from "vitest";
import { axis } from "../core/correlation";
import { misfitText, reachText, sidesText, sizeText } from "../core/size_text";
import { SIZES } from "./vectors";

describe("sizeText", () => {
  test("where it divides there is nothing to floor", () => {
    expect(sizeText("row", axis(3, 2, 0, 1, 1))).toBe("(3 − 2 + 0 + 1)/1 = 2");
    expect(sizeText("column", axis(5, 3, 2, 2, 1))).toBe("(5 − 3 + 2 + 2)/2 = 3");
  });

  test("the floor is said, with what it leaves out", () => {
    expect(sizeText("row", axis(3, 2, 0, 2, 1))).toBe("(3 − 2 + 0 + 2)/2 = 1.5 → 1: the last row is never reached");
    expect(sizeText("column", axis(3, 2, 0, 2, 1))).toBe("(3 − 2 + 0 + 2)/2 = 1.5 → 1: the last column is never reached");
    expect(sizeText("row", axis(8, 3, 1, 4, 1))).toBe("(8 − 3 + 1 + 4)/4 = 2.5 → 2: the last 2 rows are never reached");
  });

  test("a quotient that is rounded is shown as rounded", () => {
    expect(sizeText("row", axis(6, 2, 0, 3, 1))).toBe("(6 − 2 + 0 + 3)/3 ≈ 2.333 → 2: the last row is never reached");
    expect(sizeText("row", axis(5, 2, 0, 3, 1))).toBe("(5 − 2 + 0 + 3)/3 = 2");
  });

  test("dilation is in the reach", () => {
    expect(sizeText("row", axis(7, 3, 0, 1, 2))).toBe("(7 − 5 + 0 + 1)/1 = 3");
  });

  test("a kernel that does not fit", () => {
    expect(sizeText("row", axis(3, 5, 0, 1, 1))).toBe("(3 − 5 + 0 + 1)/1 = −1: the kernel does not fit");
    expect(sizeText("row", axis(2, 3, 0, 2, 1))).toBe("(2 − 3 + 0 + 2)/2 = 0.5: the kernel does not fit");
  });

  test("agrees with Python on every size: it says what is missed exactly where something is", () => {
    for (const { n, k, p, s, d, places, covered } of SIZES) {
      const text = sizeText("row", axis(n, k, p, s, d));
      const missed = n + p - covered;
      if (places === 0) expect(text).toMatch(/: the kernel does not fit$/);
      else if (missed === 0) expect(text).toMatch(new RegExp(` = ${places}$`));
      else {
        const words = missed === 1 ? "the last row is" : `the last ${missed} rows are`;
        expect(text).toMatch(new RegExp(` → ${places}: ${words} never reached$`));
      }
    }
  });
});

test("the odd row of padding is above, the odd column left", () => {
  expect(sidesText("row", axis(3, 2, 3, 1, 1))).toBe("2 above, 1 below");
  expect(sidesText("column", axis(3, 2, 1, 1, 1))).toBe("1 left, 0 right");
  expect(sidesText("row", axis(3, 2, 4, 1, 1))).toBe("2 above, 2 below");
});

test("the reach is worked out where the kernel is dilated", () => {
  expect(reachText(axis(9, 3, 0, 1, 2))).toBe("k′ = 2·(3 − 1) + 1 = 5");
  expect(reachText(axis(9, 3, 0, 1, 1))).toBe("");
});

test("a misfit says both sizes, and nothing where the kernel fits", () => {
  expect(misfitText("row", axis(3, 5, 1, 1, 1))).toBe("The kernel spans 5 rows, and the padded input has only 4.");
  expect(misfitText("column", axis(2, 3, 0, 1, 2))).toBe("The kernel, spread by dilation 2, spans 5 columns, and the padded input has only 2.");
  expect(misfitText("row", axis(3, 3, 0, 1, 1))).toBe("");
});
