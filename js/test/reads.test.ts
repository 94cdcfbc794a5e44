// What the learner's function read against the right window: blocks, dilated taps, other shapes, and the words for it.
import { describe, expect, test } from "vitest";
import { isRightPlace, placeText, rightPlace, type Place } from "../correlation/read_place";
import { placeOf, readsFor, readWords, type Reads } from "../correlation/reads";
import { revealAt, scene, SETTING } from "./scenes";

const { input, kernel, padding, stride, dilation, mode } = SETTING;
const OF = [input, kernel, padding, stride, dilation, mode];
// 2 × 6 output cells: rows start at 0 and 2, columns at 0 to 5; the window is 2 × 3.
const PLACES: Place[][] = [0, 2].map((top) => [0, 1, 2, 3, 4, 5].map((left) => [top, top + 1, left, left + 2]));
const reads = (places: Reads["places"] = PLACES): Reads => ({ of: OF, untraced: null, places });

test("reads count for the very setting that they were traced on", () => {
  expect(readsFor(reads(), scene())).not.toBeNull();
  expect(readsFor(reads(), scene({ mode: "convolution" }))).toBeNull();
  expect(readsFor(null, scene())).toBeNull();
});

describe("the right window", () => {
  test("is the block under the kernel, at every output cell", () => {
    const { geometry } = scene();
    PLACES.forEach((row, i) => row.forEach((place, j) => expect(rightPlace(geometry, i, j)).toEqual(place)));
    PLACES.forEach((row, i) => row.forEach((place, j) => expect(isRightPlace(place, geometry, i, j)).toBe(true)));
  });

  test.each([
    ["one row down", [3, 4, 1, 3]],
    ["one column across", [2, 3, 2, 4]],
    ["turned", [2, 4, 1, 2]],
    ["larger", [2, 3, 1, 4]],
    ["nothing", { cells: [] }],
    ["two of six cells", { cells: [2, 1, 3, 3] }],
  ] as const)("%s is another one", (_, place) => {
    expect(isRightPlace(place, scene().geometry, 1, 1)).toBe(false);
  });

  test("of a dilated kernel may leave out what lies between the weights", () => {
    const { geometry } = scene({ dilation: [2, 1], padding: [0, 0] });
    expect(rightPlace(geometry, 0, 1)).toEqual([0, 2, 1, 3]);
    expect(isRightPlace([0, 2, 1, 3], geometry, 0, 1)).toBe(true);
    expect(isRightPlace({ cells: [0, 1, 0, 2, 0, 3, 2, 1, 2, 2, 2, 3] }, geometry, 0, 1)).toBe(true);
    expect(isRightPlace({ cells: [0, 1, 0, 2, 0, 3, 1, 1, 1, 2, 1, 3] }, geometry, 0, 1)).toBe(false);
  });
});

test("places in words count from 0", () => {
  expect(placeText([0, 1, 1, 2])).toBe("rows 0–1, columns 1–2");
  expect(placeText([3, 3, 0, 5])).toBe("row 3, columns 0–5");
  expect(placeText({ cells: [] })).toBe("nothing");
  expect(placeText({ cells: [4, 4] })).toBe("1 element within row 4, column 4");
  expect(placeText({ cells: [0, 0, 1, 1, 2, 2] })).toBe("3 elements within rows 0–2, columns 0–2");
});

describe("the comparison in words", () => {
  const words = (given: Reads | null, step = 7) => readWords("corr2d", given, scene(), revealAt(step));

  test("right", () => {
    expect(words(reads())).toEqual({ right: true, place: [2, 3, 1, 3], text: "For Y[1, 1], corr2d read rows 2–3, columns 1–3 of the padded X: the right window." });
  });

  test("wrong: what was read, and what is right", () => {
    const late = PLACES.map((row) => row.map((place) => (place as unknown as number[]).map((value, index) => (index < 2 ? value + 1 : value)) as unknown as Place));
    expect(words(reads(late))).toEqual({
      right: false,
      place: [3, 4, 1, 3],
      text: "For Y[1, 1], corr2d read rows 3–4, columns 1–3 of the padded X; right are rows 2–3, columns 1–3.",
    });
  });

  test("an output without the cell, untraced, and not traced yet", () => {
    expect(words(reads([[PLACES[0]![0]!]]))).toEqual({ right: false, place: null, text: "corr2d gives no Y[1, 1]." });
    expect(words({ of: OF, untraced: "`np.fft.fft2` is not followed", places: null })).toEqual({
      right: null,
      place: null,
      text: "corr2d is untraced: `np.fft.fft2` is not followed.",
    });
    expect(words(null).right).toBeNull();
    expect(placeOf(null, 0, 0)).toBeNull();
    expect(placeOf(reads(), 0, 5)).toEqual([0, 1, 5, 7]);
  });
});
