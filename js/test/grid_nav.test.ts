// Keys in a grid, after the ARIA grid pattern: on 3 rows and 5 columns, which can not be confused.
import { expect, test } from "vitest";
import { moved, startsNumber, type Position } from "../core/grid_nav";

const from = (at: Position, key: string, control = false): Position | null => moved(at, key, control, 3, 5);

test.each([
  ["ArrowUp", [0, 2], [0, 2]],
  ["ArrowDown", [2, 2], [2, 2]],
  ["ArrowLeft", [1, 1], [1, 0]],
  ["ArrowRight", [1, 3], [1, 4]],
  ["Home", [1, 0], [0, 0]],
  ["End", [1, 4], [2, 4]],
] as const)("%s goes from the middle to %j, with Control to %j", (key, plain, control) => {
  expect(from([1, 2], key)).toEqual(plain);
  expect(from([1, 2], key, true)).toEqual(control);
});

test("an arrow moves by one, and with Control to the end", () => {
  expect(moved([5, 6], "ArrowUp", false, 9, 11)).toEqual([4, 6]);
  expect(moved([5, 6], "ArrowUp", true, 9, 11)).toEqual([0, 6]);
  expect(moved([5, 6], "ArrowDown", false, 9, 11)).toEqual([6, 6]);
  expect(moved([5, 6], "ArrowDown", true, 9, 11)).toEqual([8, 6]);
});

test("movement stops at the edges", () => {
  for (const control of [false, true]) {
    expect(from([0, 0], "ArrowUp", control)).toEqual([0, 0]);
    expect(from([0, 0], "ArrowLeft", control)).toEqual([0, 0]);
    expect(from([2, 4], "ArrowDown", control)).toEqual([2, 4]);
    expect(from([2, 4], "ArrowRight", control)).toEqual([2, 4]);
  }
});

test.each(["Tab", "Enter", "Escape", " ", "a", "5", "PageDown", "arrowup"])("“%s” does not move", (key) => {
  expect(from([1, 2], key)).toBeNull();
});

test("digits, signs and decimal marks start an edit; other keys do not", () => {
  for (const key of ["0", "9", "-", "−", ".", ","]) expect(startsNumber(key), key).toBe(true);
  for (const key of ["a", "e", " ", "", "/", "12", "Enter", "Digit1", "F2"]) expect(startsNumber(key), key).toBe(false);
});
