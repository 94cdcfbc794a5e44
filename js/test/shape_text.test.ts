// The words of the shape explorer: formulas with numbers, the floor, worked-out facts, layer names, large counts.
import { describe, expect, test } from "vitest";
import { axis } from "../core/correlation";
import { bytes, grouped, named } from "../core/counts";
import { fieldText, multiplyAddsText, parametersText } from "../shape/facts";
import { dilated, floorText, inTotal, perSide } from "../core/formulas";
import { nameOf, settingsOf } from "../shape/layers";
import { stagesOf } from "../shape/stack";
import { conv, LENET } from "./stacks";

const joined = ({ steps }: { steps: readonly string[] }): string => steps.join(" ");

describe("both formulas", () => {
  test("where the floor bites", () => {
    const each = axis(32, 3, 2, 2, 1);
    expect(inTotal(each).formula).toBe("⌊(n − k + p + s)/s⌋");
    expect(joined(inTotal(each))).toBe("⌊(32 − 3 + 2 + 2)/2⌋ = ⌊16.5⌋ = 16");
    expect(perSide(each).formula).toBe("⌊(n − k + 2P)/S⌋ + 1");
    expect(joined(perSide(each))).toBe("⌊(32 − 3 + 2·1)/2⌋ + 1 = ⌊15.5⌋ + 1 = 16");
  });

  test("where the stride divides", () => {
    const each = axis(28, 5, 4, 1, 1);
    expect(joined(inTotal(each))).toBe("⌊(28 − 5 + 4 + 1)/1⌋ = 28");
    expect(joined(perSide(each))).toBe("⌊(28 − 5 + 2·2)/1⌋ + 1 = 28");
  });

  test("thirds are not rounded in silence", () => {
    expect(joined(inTotal(axis(32, 3, 0, 3, 1)))).toBe("⌊(32 − 3 + 0 + 3)/3⌋ = ⌊10.6667…⌋ = 10");
  });

  test("an odd total has no P", () => {
    expect(joined(perSide(axis(9, 2, 1, 1, 1)))).toBe("p = 1 is odd: one side gets 1, the other 0. No P says that.");
  });

  test("a dilated kernel reaches further", () => {
    const each = axis(9, 3, 0, 1, 2);
    expect(dilated(each)).toBe("Dilated, the kernel reaches k′ = d(k − 1) + 1 = 2·(3 − 1) + 1 = 5.");
    expect(inTotal(each).formula).toContain("k′");
    expect(joined(inTotal(each))).toBe("⌊(9 − 5 + 0 + 1)/1⌋ = 5");
    expect(dilated(axis(9, 3, 0, 1, 1))).toBe("");
  });

  test("a kernel that does not fit has no place", () => {
    expect(joined(inTotal(axis(4, 9, 0, 1, 1)))).toBe("⌊(4 − 9 + 0 + 1)/1⌋ = −4: no place");
    expect(joined(perSide(axis(4, 9, 0, 1, 1)))).toBe("⌊(4 − 9 + 2·0)/1⌋ + 1 = −4: no place");
  });

  test("the two agree wherever the total is even", () => {
    for (let n = 1; n < 20; n++) for (let k = 1; k < 6; k++) for (let p = 0; p < 8; p += 2) for (let s = 1; s < 5; s++) {
      const each = axis(n, k, p, s, 1);
      expect(perSide(each).steps.at(-1)).toBe(inTotal(each).steps.at(-1));
    }
  });
});

describe("what the floor leaves", () => {
  test("rows of padding, rows of the input, both, none", () => {
    expect(floorText("row", axis(32, 3, 2, 2, 1))).toBe("The floor bites: 16, not 16.5. At this stride the last row, of padding, is never read.");
    expect(floorText("column", axis(8, 3, 0, 2, 1))).toBe("The floor bites: 3, not 3.5. At this stride the last column is never read.");
    expect(floorText("row", axis(9, 3, 0, 4, 1))).toBe("The floor bites: 2, not 2.5. At this stride the last 2 rows are never read.");
    expect(floorText("row", axis(10, 2, 2, 4, 1))).toContain("At this stride 1 row of padding and 1 row of the input before it are never read.");
    expect(floorText("row", axis(8, 2, 0, 2, 1))).toBe("");
  });
});

describe("what a layer costs, worked out", () => {
  const stages = stagesOf([1, 28, 28], LENET);

  test("parameters and multiply-adds", () => {
    expect(parametersText(stages[3]!)).toBe("16·(6·5·5 + 1) = 2\u202f416");
    expect(multiplyAddsText(stages[3]!)).toBe("(16·10·10)·(6·5·5) = 240\u202f000");
    expect(parametersText(stages[7]!)).toBe("120·(400 + 1) = 48\u202f120");
    expect(parametersText(stages[2]!)).toBe("0: nothing is learnt");
    expect(multiplyAddsText(stages[2]!)).toBe("0: it only adds");
    const bare = stagesOf([2, 9, 9], [conv(4, 3, 0, 1, { bias: false })])[0]!;
    expect(parametersText(bare)).toBe("4·2·3·3 = 72");
  });

  test("the receptive field, from the layer before", () => {
    expect(fieldText(stages[0]!, undefined)).toBe("1 + (5 − 1)·1 = 5");
    expect(fieldText(stages[3]!, stages[2])).toBe("6 + (5 − 1)·2 = 14");
    expect(fieldText(stages[4]!, stages[3])).toBe("14 × 14, as before");
    expect(fieldText(stages[7]!, stages[6])).toBe("28 × 28: every unit depends on all of it");
    const oblong = stagesOf([1, 9, 9], [conv(1, 3, 0, 1, { kernel: [3, 2] })])[0]!;
    expect(fieldText(oblong, undefined)).toBe("rows 1 + (3 − 1)·1 = 3; columns 1 + (2 − 1)·1 = 2");
  });
});

test("layers by name, and what else they are set to", () => {
  expect(LENET.map(nameOf).slice(0, 3)).toEqual(["Conv 5×5", "Sigmoid", "Average pool 2×2"]);
  expect(settingsOf(conv(6, 5, 2))).toBe("6 ch, p 4");
  expect(settingsOf(conv(6, 3, 0, 2, { padding: [1, 0], dilation: [2, 2] }))).toBe("6 ch, p (1, 0), s 2, d 2");
  expect(LENET.map(settingsOf).slice(6, 9)).toEqual(["", "120 units", ""]);
});

describe("large counts", () => {
  test("in groups of three", () => {
    expect([0, 999, 1000, 61706, 3e9].map(grouped)).toEqual(["0", "999", "1\u202f000", "61\u202f706", "3\u202f000\u202f000\u202f000"]);
    expect(grouped(2 ** 60)).toBe("≈ 1.15e18");
  });

  test("by name", () => {
    expect([416520, 2_219_520, 3e9, 2.5e12].map(named)).toEqual(["416\u202f520", "2.22 million", "3 billion", "2.5 trillion"]);
  });

  test("in bytes", () => {
    expect([1, 900, 246824, 999_960, 12e9, 4e15].map(bytes)).toEqual(["1 byte", "900 bytes", "246.8 kB", "1 MB", "12 GB", "4 PB"]);
  });
});
