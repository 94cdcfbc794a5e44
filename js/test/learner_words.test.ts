// What the learner says: the bound, the arithmetic of an entry, the move of a weight, the verdict.
import { expect, test } from "vitest";
import { verdictText } from "../learner/predict_panel";
import { slidesTo } from "../learner/rate_panel";
import { runOf, sceneOf, type LearnerTraits } from "../learner/state";
import { askedEntry, boundText, changeText, entryText, moveOf, outcomeText, seenText, stepText } from "../learner/words";

const TRAITS: LearnerTraits = {
  ...{ input: Array.from({ length: 6 }, () => [1, 1, 0, 0, 0, 0, 1, 1]), target: [[1, -1]], lr: 0.03, steps: 40, step: 0, start: "zeros", seed: 1, predict: false },
  _predictions: { right: 0, tried: 0, shown: 0, of: "", cells: {} },
  _answer: null,
  _fn_name: "",
};
const at = (changes: Partial<LearnerTraits> = {}) => {
  const traits = { ...TRAITS, ...changes };
  const run = runOf(traits);
  return { run, scene: sceneOf(run, traits) };
};

test("the entry of a gradient, with the products that are not 0", () => {
  const { run, scene } = at();
  expect(entryText(run, scene, 0, 1)).toEqual({
    name: "∂L/∂K[0, 1]",
    terms: "2·(1×1 + 1×1 + 1×1 + 1×1 + 1×1 + 1×1)",
    value: "= 12",
    left: "36 products more are 0.",
  });
  expect(changeText(run, scene, 0, 1)).toBe("K[0, 1] becomes 0 − 0.03 × 12 = −0.36");
  expect([moveOf(run, scene, 0, 0), moveOf(run, scene, 0, 1)]).toEqual(["up", "down"]);
});

test("a weight that is right stays", () => {
  const { run, scene } = at({ step: 40, steps: 400, lr: 1 / 12 });
  expect(moveOf(run, scene, 0, 0)).toBe("stays");
  expect(entryText(run, scene, 0, 0)).toMatchObject({ terms: "0", value: "= 0" });
});

test("each step asks for another entry", () => {
  expect([0, 1, 2, 3].map((step) => askedEntry(at({ step }).scene))).toEqual([[0, 0], [0, 1], [0, 0], [0, 1]]);
});

test("the bound: for every start, and for this one", () => {
  expect(boundText(at().run)).toMatch(/rate < 2\/λmax = 2\/60 ≈ 0\.0333\. This start is off only in gentler directions, with λ up to 12: this run diverges from 2\/12 ≈ 0\.167 on\.$/);
  expect(boundText(at({ start: "random" }).run)).toMatch(/rate < 2\/λmax = 2\/60 ≈ 0\.0333\.$/);
  expect(boundText(at({ input: [[0, 0]] }).run)).toBe("The input is all zeros: no rate moves the kernel.");
  expect(boundText(at({ target: [[0, 0]] }).run)).toMatch(/This start gives Y already\.$/);
});

test("a run that diverges says so and keeps finite", () => {
  const { run } = at({ start: "random", lr: 0.2 });
  expect(outcomeText(run)).toMatch(/lands farther away than before\. The run ends after step \d+: its loss has passed \d\.?\d*e\d+\.$/);
  expect(run.descent.losses.every(Number.isFinite)).toBe(true);
  expect(slidesTo(run)).toBe(0.2);
  expect(slidesTo(at().run)).toBeCloseTo(1.3 / 6, 12);
});

test("an input that does not show all of the kernel says so", () => {
  expect(seenText(at().run)).toBe("");
  expect(seenText(at({ target: [[1, 0, -1], [2, 0, -2], [1, 0, -1]] }).run)).toMatch(/^This input shows 3 of the 9 directions/);
});

test("steps and verdicts", () => {
  expect(stepText(at().run, at().scene)).toBe("Start: loss 12");
  expect(stepText(at({ step: 1 }).run, at({ step: 1 }).scene)).toBe("Step 1 of 40: loss 4.92, 12 before");
  expect(verdictText("up", "up")).toBe("✓ Right: it grows");
  expect(verdictText("converges", "diverges")).toBe("✗ You said “converges”; right is “diverges”");
  expect(verdictText(null, "stays")).toBe("Answer: it stays");
});
