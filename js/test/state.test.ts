// What follows from the explorer's traits: the scene, which cells can be seen, and whose answer it is.
import { describe, expect, test } from "vitest";
import { answerFor, channelOf } from "../core/answer";
import { guessed, NONE } from "../core/predict";
import { asVolume, revealOf, sceneOf, type ExplorerSetting, type MatrixAnswer } from "../correlation/state";
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
  const answer: MatrixAnswer = {
    of: [input, kernel, padding, stride, dilation, mode],
    kind: "value",
    sentence: "corr2d has 1 of 2 values wrong.",
    values: [[1, "nan"]],
    where: [[false, true]],
  };
  const volume = asVolume(answer);

  test("counts for the very setting it was run on", () => {
    expect(answerFor(volume, scene().key)).toBe(volume);
    expect(answerFor(volume, scene({ mode: "convolution" }).key)).toBeNull();
    expect(answerFor(volume, scene({ stride: [1, 1] }).key)).toBeNull();
    expect(answerFor(asVolume(null), scene().key)).toBeNull();
  });

  test("output padding is part of the setting where it counts, in the mode transposed", () => {
    const extra = (mode: ExplorerSetting["mode"]): string[] => [[0, 0], [1, 0]].map((output_padding) => scene({ mode, output_padding: output_padding as [number, number] }).key);
    expect(new Set(extra("correlation")).size).toBe(1);
    expect(new Set(extra("transposed")).size).toBe(2);
    const of = [...answer.of.slice(0, -1), "transposed", [1, 0]];
    expect(answerFor(asVolume({ ...answer, of }), extra("transposed")[1]!)).not.toBeNull();
  });

  test("is a volume of one channel, which may hold what JSON does not know", () => {
    expect(volume).toMatchObject({ shape: [1, 2], where: [[[false, true]]], kind: "value" });
    expect(channelOf(volume, 0)).toEqual([[1, NaN]]);
    expect(asVolume({ ...answer, values: null, where: null })).toMatchObject({ shape: null, values: null, where: null });
  });
});
