// Marks packed into strings come out as they went in.
import { expect, test } from "vitest";
import { ASKED, BLANK, classesOf, DIFFERS, flagsAt, LIT, marks, MISSED, PADDING, RIGHT, WRONG } from "../core/marks";

const ALL = [BLANK, ASKED, LIT, DIFFERS, RIGHT, WRONG, PADDING, MISSED];

test("every sum of marks survives, cell by cell", () => {
  const packed = marks(16, 16, (row, column) => row * 16 + column);
  expect(packed).toHaveLength(16);
  packed.forEach((row, r) => {
    for (let c = 0; c < 16; c++) expect(flagsAt(row, c)).toBe(r * 16 + c);
  });
  expect(ALL.reduce((sum, mark) => sum + mark)).toBe(255); // eight marks, none like another
});

test("equal marks are equal strings: a row that stays is not drawn again", () => {
  expect(marks(2, 3, () => LIT)).toEqual(marks(2, 3, () => LIT));
  expect(marks(1, 3, (_, c) => (c === 1 ? LIT : 0))).not.toEqual(marks(1, 3, (_, c) => (c === 2 ? LIT : 0)));
});

test("outside there are none", () => {
  const [row] = marks(1, 3, () => 255);
  expect([flagsAt(row, 3), flagsAt(undefined, 0), flagsAt("", 0)]).toEqual([0, 0, 0]);
});

test("each mark has a class of its own", () => {
  expect(classesOf(0)).toBe("cnnw-cell");
  expect(classesOf(LIT | MISSED)).toBe("cnnw-cell cnnw-lit cnnw-missed");
  expect(new Set(ALL.map(classesOf)).size).toBe(8);
});
