// Editing the list, keys, what is hidden while predicting, reading a typed shape, and naming a slip.
import { describe, expect, test } from "vitest";
import { added, changed, fresh, isSquare, moved, removed, type Layers } from "../shape/layers";
import { parseShape, slipOf, withoutBatch } from "../shape/slips";
import { answerFor, keyOf, questionOf, revealOf, shapeText, type ShapeGuess, type SizeAnswer } from "../shape/state";
import { stagesOf, type Shape } from "../shape/stack";
import { conv, LENET } from "./stacks";

const three: Layers = [conv(1, 1), conv(2, 2), conv(3, 3)];
const channels = (layers: Layers): number[] => layers.map((each) => (each.kind === "conv" ? each.channels : 0));

describe("the list", () => {
  test("adds, removes, changes and moves", () => {
    expect(channels(added(three, 0, conv(9, 1)))).toEqual([9, 1, 2, 3]);
    expect(channels(added(three, 3, conv(9, 1)))).toEqual([1, 2, 3, 9]);
    expect(channels(removed(three, 1))).toEqual([1, 3]);
    expect(channels(changed(three, 1, conv(9, 1)))).toEqual([1, 9, 3]);
    expect(channels(moved(three, 1, -1))).toEqual([2, 1, 3]);
    expect(channels(moved(three, 1, 1))).toEqual([1, 3, 2]);
    expect(moved(three, 0, -1)).toBe(three);
    expect(moved(three, 2, 1)).toBe(three);
    expect(channels(three)).toEqual([1, 2, 3]);
  });

  test("knows whether rows and columns are alike", () => {
    expect(isSquare(LENET)).toBe(true);
    for (const name of ["kernel", "padding", "stride", "dilation"] as const) {
      expect(isSquare([conv(1, 3, 1, 1, { [name]: [2, 4] })])).toBe(false);
    }
  });

  test("new layers fit an image of any size that takes them", () => {
    const stages = stagesOf([3, 9, 7], [fresh("conv"), fresh("activation"), fresh("pool"), fresh("flatten"), fresh("linear")]);
    expect(stages.map(({ shape }) => shape)).toEqual([[8, 9, 7], [8, 9, 7], [8, 4, 3], [96], [10]]);
  });
});

describe("keys", () => {
  test("are equal whatever the order of entries, and differ for every change", () => {
    const key = keyOf([1, 28, 28], LENET);
    const turned = LENET.map((layer) => Object.fromEntries(Object.entries(layer).reverse())) as unknown as Layers;
    expect(keyOf([1, 28, 28], turned)).toBe(key);
    expect(keyOf([1, 28, 27], LENET)).not.toBe(key);
    expect(keyOf([1, 28, 28], changed(LENET, 0, conv(6, 5, 1)))).not.toBe(key);
    expect(keyOf([1, 28, 28], removed(LENET, 11))).not.toBe(key);
  });

  test("say whose answer it is", () => {
    const answer = { of: [[1, 28, 28], LENET, "N"] } as unknown as SizeAnswer;
    expect(answerFor(answer, keyOf([1, 28, 28], LENET), "N")).toBe(answer);
    expect(answerFor(answer, keyOf([1, 28, 28], LENET), 1)).toBeNull();
    expect(answerFor(answer, keyOf([1, 28, 28], three), "N")).toBeNull();
    expect(answerFor(null, "", "N")).toBeNull();
  });
});

describe("predict first", () => {
  const stages = stagesOf([1, 28, 28], LENET);
  const shown = (predict: boolean, answered: number[]): [number, number[]] => {
    const cells = Object.fromEntries(answered.map((index) => [questionOf(stages[index]!), { guess: null, right: false }]));
    const reveal = revealOf(predict, stages, cells as Record<string, ShapeGuess>);
    return [reveal.next, stages.map((_, index) => index).filter((index) => reveal.shows(index))];
  };

  test("everything shows without it", () => expect(shown(false, [])[1]).toHaveLength(12));

  test("each layer waits for the one before; an activation asks for nothing", () => {
    expect(shown(true, [])).toEqual([0, []]);
    expect(shown(true, [0])).toEqual([2, [0, 1]]);
    expect(shown(true, [0, 3])).toEqual([2, [0, 1]]);
    expect(shown(true, [0, 2])).toEqual([3, [0, 1, 2]]);
    expect(shown(true, [0, 2, 3, 5, 6, 7, 9, 11])).toEqual([-1, stages.map((_, index) => index)]);
  });

  test("a changed layer asks again, and those before it stay told", () => {
    const cells = { [questionOf(stages[0]!)]: { guess: null, right: false }, [questionOf(stages[2]!)]: { guess: null, right: false } };
    const other = stagesOf([1, 28, 28], changed(LENET, 2, { ...fresh("pool") }));
    expect(revealOf(true, other, cells).next).toBe(2);
    const another = stagesOf([1, 26, 26], LENET);
    expect(revealOf(true, another, cells).next).toBe(0);
  });

  test("what does not fit is told, not asked", () => {
    const misfit = stagesOf([1, 4, 4], [conv(1, 5)]);
    expect(revealOf(true, misfit, {}).next).toBe(-1);
  });
});

describe("a typed shape", () => {
  test.each([
    ["6 × 28 × 28", [6, 28, 28]],
    ["6x28x28", [6, 28, 28]],
    ["(6, 28, 28)", [6, 28, 28]],
    ["N × 6 × 28 × 28", [6, 28, 28]],
    ["(N, 6, 28, 28)", [6, 28, 28]],
    ["[1, 6, 28, 28]", [1, 6, 28, 28]],
    ["8 16.5 16.5", [8, 16.5, 16.5]],
    ["400", [400]],
  ])("%s", (text, shape) => expect(parseShape(text)).toEqual(shape));

  test.each(["", "N", "six", "6, -2, 3", "1 2 3 4 5", "6 by 28"])("no shape: %s", (text) => expect(parseShape(text)).toBeNull());

  test("may have the batch in front", () => {
    expect(withoutBatch([1, 6, 28, 28], 1, [6, 28, 28])).toEqual([6, 28, 28]);
    expect(withoutBatch([2, 6, 28, 28], 1, [6, 28, 28])).toEqual([2, 6, 28, 28]);
    expect(withoutBatch([1, 10], 1, [10])).toEqual([10]);
    expect(withoutBatch([10], 1, [10])).toEqual([10]);
  });

  test("is written with signs that do not break", () => expect(shapeText([6, 28], "N")).toBe("N\u00a0×\u00a06\u00a0×\u00a028"));
});

describe("slips", () => {
  const slip = (input: Shape, layer: Layers[number], ...typed: number[]): string => slipOf(typed, stagesOf(input, [layer])[0]!);
  const strided = conv(16, 3, 1, 2);

  test.each([
    [[16, 16.5, 16.5], "no part of a row"],
    [[16, 15, 15], "One too few"],
    [[16, 33, 33], ""],
    [[16, 32, 32], "stride 1"],
    [[3, 16, 16], "the channels are those that came in: a convolution"],
    [[48, 16, 16], "not multiplied"],
    [[16, 16], "three numbers: channels, height, width. You gave 2."],
    [[16, 9, 9], ""],
  ])("(3, 1, 2) on 32: %j", (typed, reason) => {
    const said = slip([3, 32, 32], strided, ...typed);
    if (reason) expect(said).toContain(reason);
    else expect(said).toBe("");
  });

  test("padding: left out, of one side, doubled", () => {
    const wide = conv(4, 5, 2);
    expect(slip([3, 20, 20], wide, 4, 16, 16)).toContain("padding is missing");
    expect(slip([3, 20, 20], wide, 4, 18, 18)).toContain("one side only");
    expect(slip([3, 20, 20], wide, 4, 24, 24)).toContain("doubles the padding");
  });

  test("two slips that give the same are both named", () => {
    expect(slip([3, 32, 32], strided, 16, 17, 17)).toMatch(/^Rounded up.* Or: That doubles the padding/);
  });

  test("height and width the other way round; dilation; pooling's channels", () => {
    expect(slip([1, 9, 6], conv(2, 2), 2, 5, 8)).toContain("other way round");
    expect(slip([1, 12, 9], conv(2, 3, 0, 1, { dilation: [2, 2] }), 2, 10, 7)).toContain("dilation is missing");
    expect(slip([4, 8, 8], { kind: "pool", mode: "max", kernel: [2, 2], padding: [0, 0], stride: [2, 2] }, 1, 4, 4)).toBe("");
    expect(slip([4, 8, 8], { kind: "pool", mode: "max", kernel: [2, 2], padding: [0, 0], stride: [2, 2] }, 16, 4, 4)).toContain("pooling keeps");
  });

  test("flat layers", () => {
    expect(slip([16, 5, 5], { kind: "flatten" }, 25)).toContain("leaves the channels out");
    expect(slip([16, 5, 5], { kind: "flatten" }, 16, 5, 5)).toContain("one number: it is flat");
    const linear = stagesOf([2, 3, 4], [{ kind: "flatten" }, { kind: "linear", units: 5, bias: true }])[1]!;
    expect(slipOf([24], linear)).toContain("what comes in");
  });

  test("what is right is no slip", () => expect(slip([3, 32, 32], strided, 16, 16, 16)).toBe(""));
});
