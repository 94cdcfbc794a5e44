// Predictions: what counts as right, what is kept, and how it is told.
import { describe, expect, test } from "vitest";
import { guessed, guessesOf, isRight, judge, NONE, spokenVerdict, tallyText, verdict, type Guess } from "../core/predict";

const RIGHT: Guess = { guess: 25, right: true };
const WRONG: Guess = { guess: 24, right: false };
const SHOWN: Guess = { guess: null, right: false };

describe("isRight", () => {
  test.each([
    [25, "25", 25, 43, true],
    [24, "24", 25, 43, false],
    [-25, "-25", 25, 43, false],
    [25.002, "25.002", 25, 43, true], // within 1e-4 of the value
    [25.01, "25.01", 25, 43, false],
    [0.0004, "0.0004", 0, 43, true], // within 1e-5 of the largest
    [0.001, "0.001", 0, 43, false],
    [1 / 3, "1/3", 1 / 3, 1, true],
    [0.33, "0.33", 1 / 3, 1, true], // as rounded to two decimals
    [0.33, " 0,33 ", 1 / 3, 1, true],
    [0.34, "0.34", 1 / 3, 1, false],
    [0.3, "0.3", 1 / 3, 1, false], // one decimal is too coarse
    [0.67, "0.67", 2 / 3, 1, true],
    [0.66, "0.66", 2 / 3, 1, false],
    [-0.67, "−0.67", -2 / 3, 1, true],
    [0.125, "0.13", 0.125, 1, true],
    [NaN, "NaN", 25, 43, false],
  ])("%d typed as “%s” for %d among outputs up to %d: %s", (guess, typed, value, most, right) => {
    expect(isRight(guess, typed, value, most)).toBe(right);
  });

  test("a half is rounded either way", () => {
    expect(isRight(0.13, "0.13", 0.125, 1)).toBe(true);
    expect(isRight(0.12, "0.12", 0.125, 1)).toBe(true);
    expect(isRight(0.11, "0.11", 0.125, 1)).toBe(false);
  });
});

test.each([
  [25, "25", RIGHT, "Right."],
  [24, "24", WRONG, "Not 24."],
  [null, "", SHOWN, "It is 25."],
])("%s is judged and said aloud", (guess, typed, judged, spoken) => {
  expect(judge(guess, typed, 25, 43)).toEqual(judged);
  expect(spokenVerdict(judged, 25)).toBe(spoken);
});

describe("guessed", () => {
  test("counts right, wrong and shown ones apart", () => {
    let state = guessed(NONE, "A", 0, RIGHT);
    state = guessed(state, "A", 1, WRONG);
    state = guessed(state, "A", 5, SHOWN);
    expect(state).toEqual({ right: 1, tried: 2, shown: 1, of: "A", cells: { 0: RIGHT, 1: WRONG, 5: SHOWN } });
    expect(NONE).toEqual({ right: 0, tried: 0, shown: 0, of: "", cells: {} });
  });

  test("takes one answer a cell, also after being shown", () => {
    const state = guessed(guessed(NONE, "A", 0, WRONG), "A", 1, SHOWN);
    expect(guessed(state, "A", 0, RIGHT)).toBe(state);
    expect(guessed(state, "A", 1, RIGHT)).toBe(state);
  });

  test("on another arithmetic the cells start anew and the tally goes on", () => {
    const state = guessed(guessed(NONE, "A", 0, RIGHT), "B", 0, WRONG);
    expect(state).toEqual({ right: 1, tried: 2, shown: 0, of: "B", cells: { 0: WRONG } });
    expect(guessesOf(state, "B")).toEqual({ 0: WRONG });
    expect(guessesOf(state, "A")).toEqual({});
  });
});

test("the tally in words", () => {
  expect(tallyText(NONE)).toBe("No guess yet");
  expect(tallyText({ ...NONE, right: 2, tried: 3 })).toBe("2 of 3 right");
  expect(tallyText({ ...NONE, right: 2, tried: 3, shown: 1 })).toBe("2 of 3 right, 1 shown");
  expect(tallyText({ ...NONE, shown: 2 })).toBe("0 of 0 right, 2 shown");
});

test("the verdict in words", () => {
  expect(verdict(RIGHT, 25)).toBe("✓ Right: 25");
  expect(verdict(WRONG, 25)).toBe("✗ You said 24; it is 25");
  expect(verdict({ guess: -1, right: false }, -2)).toBe("✗ You said −1; it is −2");
  expect(verdict(SHOWN, 25)).toBe("It is 25");
});
