// What is said of a layer, of a guess and of a learner's function, and how far the picture may go.
import { describe, expect, test } from "vitest";
import { comparisonOf, farthest, held, questionKey, type ShiftAnswer } from "../equivariance/state";
import { OPS } from "../equivariance/rungs";
import { guessText, pairText, reason, shiftText, verdictText } from "../equivariance/words";

const counts = (many: number, of = 100) => ({ many, of, by: [0, 1] as const });

describe("words", () => {
  test("of a shift", () => {
    expect(shiftText([2, -1])).toBe("2 down, 1 left");
    expect(shiftText([-3, 0])).toBe("3 up");
    expect(shiftText([0, 0])).toBe("not moved");
    expect(pairText([0, -1])).toBe("(0, −1)");
  });
  test("of a layer", () => {
    expect(verdictText([0, 0], counts(0))).toBe("not moved yet");
    expect(verdictText([0, 1], counts(0))).toBe("✓ follows");
    expect(verdictText([0, 1], counts(93, 392))).toBe("✗ 93 of 392 places differ");
    expect(verdictText([9, 9], counts(0, 0))).toBe("nothing left to compare");
  });
  test("the reason fits what happened", () => {
    expect(reason("stride", [0, 1], counts(5))).toContain("only shifts by multiples of 2 come through");
    expect(reason("stride", [0, 2], counts(0))).toContain("the output moves by (0, 1)");
    expect(reason("stride", [0, 1], counts(0))).toContain("happen to be the same here");
    expect(reason("pool", [1, 0], counts(25))).toContain("75\u00a0% of the places keep their value");
    expect(reason("pool", [1, 0], counts(0))).toContain("whose largest happen to be the same here");
    expect(reason("same", [1, 0], counts(0))).toContain("Here it follows");
    expect(reason("same", [1, 0], counts(3))).toContain("Near the edge");
    for (const op of OPS) for (const shift of [[0, 0], [1, 2], [2, 4]] as const) expect(reason(op, shift, counts(3))).toMatch(/\.$/);
  });
  test("of a guess", () => {
    expect(guessText(true, true)).toBe("✓ Right: it follows.");
    expect(guessText(false, true)).toBe("✗ You said no, but it follows.");
    expect(guessText(true, false)).toBe("✗ You said yes, but it does not just move.");
    expect(guessText(null, false)).toBe("Shown: it does not just move.");
  });
});

test("gestures move the picture by half of it at most", () => {
  expect(farthest(28)).toBe(14);
  expect(farthest(6)).toBe(3);
  expect(farthest(200)).toBe(16);
  const X = { height: 6, width: 28, values: new Float64Array(168) };
  expect(held([5, -99], X)).toEqual([3, -14]);
  expect(held([-0.2, 1.6], X)).toEqual([0, 2]);
});

test("a question belongs to a picture, a kernel and a shift", () => {
  const one = questionKey({ picture: "disc", kernel: [[1]], shift: [0, 1] });
  expect(questionKey({ picture: "disc", kernel: [[1]], shift: [0, 2] })).not.toBe(one);
  expect(questionKey({ picture: { height: 1, width: 1, grey: "AA==" }, kernel: [[1]], shift: [0, 1] })).not.toBe(one);
});

test("the learner's outputs become a comparison, infinities and all", () => {
  const answer: ShiftAnswer = {
    of: [], kind: "value", sentence: "", shape: [1, 3],
    values: [[[1, "inf", "nan"]]], moved: [[1, "-inf", 2]], inside: [[false, true, true]], where: [[[false, true, true]]],
  };
  const found = comparisonOf(answer)!;
  expect([...found.given.values]).toEqual([1, Infinity, NaN]);
  expect([...found.moved.values]).toEqual([1, -Infinity, 2]);
  expect([found.many, found.of]).toEqual([2, 2]);
  expect(comparisonOf({ ...answer, moved: null })).toBeNull();
  expect(comparisonOf(null)).toBeNull();
  expect(comparisonOf({ ...answer, where: null })!.many).toBe(0);
});
