// What follows from the explorer's traits: the scene, which cells can be seen, and whose answer it is.
import { describe, expect, test } from "vitest";
import { guessed, NONE } from "../core/predict";
import { answerFor, numbersOf, revealOf, sceneOf, type Answer } from "../correlation/state";
import { scene, SETTING, traits } from "./scenes";
import { difference, nameOf, WINDOWS } from "./vectors";

describe("the scene", () => {
  test("holds Python's output for every vector", () => {
    for (const each of WINDOWS) {
      const made = sceneOf(each);
      expect(difference(made.output, each.output), nameOf(each)).toBeLessThan(1e-12);
      expect(difference(made.sliding, each.sliding), nameOf(each)).toBe(0);
      expect(difference(made.padded, each.padded), nameOf(each)).toBe(0);
    }
  });

  test("has one key for equal settings, and another for every change", () => {
    const { key } = scene();
    expect(sceneOf(structuredClone(SETTING)).key).toBe(key);
    const changes = [
      { input: SETTING.input.map((row) => row.map((value) => value + 1)) },
      { kernel: [[1, 2, -3], [4, 5, 7]] },
      { padding: [2, 1] },
      { stride: [1, 2] },
      { dilation: [2, 1] },
      { mode: "convolution" },
    ] as const;
    const keys = changes.map((change) => scene(change).key);
    expect(new Set([key, ...keys]).size).toBe(changes.length + 1);
  });

  test("scales each grid by its own largest magnitude", () => {
    const { scales, output } = scene();
    expect(scales.input).toBe(18);
    expect(scales.kernel).toBe(6);
    expect(scales.output).toBe(Math.max(...output.flat().map(Math.abs)));
  });
});

describe("what can be seen", () => {
  const shown = (changes: Parameters<typeof traits>[0]): number[] => {
    const reveal = revealOf(traits(changes), scene());
    return Array.from({ length: 12 }, (_, index) => index).filter((index) => reveal.shows(index));
  };

  test("every cell up to the step", () => {
    expect(shown({ step: 0 })).toEqual([0]);
    expect(shown({ step: 3 })).toEqual([0, 1, 2, 3]);
    expect(shown({ step: 11 })).toHaveLength(12);
  });

  test("while predicting, the answered cells of this arithmetic and no other", () => {
    const { key } = scene();
    let predictions = guessed(NONE, key, 2, { guess: 1, right: false });
    predictions = guessed(predictions, key, 5, { guess: null, right: false });
    expect(shown({ step: 11, predict: true, _predictions: predictions })).toEqual([2, 5]);
    expect(shown({ step: 11, predict: true })).toEqual([]);
    expect(shown({ step: 11, predict: true, _predictions: { ...predictions, of: "another" } })).toEqual([]);
    expect(shown({ step: 1, predict: false, _predictions: predictions })).toEqual([0, 1]);
  });

  test("the step's row and column, in rows of 6", () => {
    const place = (step: number): number[] => {
      const { row, column, step: at } = revealOf(traits({ step }), scene());
      return [at, row, column];
    };
    expect(place(0)).toEqual([0, 0, 0]);
    expect(place(5)).toEqual([5, 0, 5]);
    expect(place(6)).toEqual([6, 1, 0]);
    expect(place(99)).toEqual([11, 1, 5]); // one past the end becomes the last
  });

  test("a kernel that does not fit leaves no step but the first", () => {
    const none = scene({ dilation: [1, 4], kernel: [[1, 2, 3, 4]], padding: [0, 0] });
    expect(none.output).toEqual([]);
    expect(revealOf(traits({ step: 3 }), none)).toMatchObject({ step: 0, row: 0, column: 0 });
  });
});

describe("the learner's answer", () => {
  const { input, kernel, padding, stride, dilation, mode } = SETTING;
  const answer: Answer = {
    of: [input, kernel, padding, stride, dilation, mode],
    kind: "right",
    sentence: "corr2d is right here.",
    values: [[1]],
    where: null,
  };

  test("counts for the very setting it was run on", () => {
    expect(answerFor(answer, scene())).toBe(answer);
    expect(answerFor(structuredClone(answer), scene())).toEqual(answer);
  });

  test("is none for another setting, or where Python has not answered", () => {
    expect(answerFor(answer, scene({ mode: "convolution" }))).toBeNull();
    expect(answerFor(answer, scene({ stride: [1, 1] }))).toBeNull();
    expect(answerFor(null, scene())).toBeNull();
  });

  test("may hold what JSON does not know, as Python writes it", () => {
    expect(numbersOf([[1.5, "nan"], ["inf", "-inf"]])).toEqual([[1.5, NaN], [Infinity, -Infinity]]);
  });
});
