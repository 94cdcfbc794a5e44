// What a screen reader says of each cell.
import { expect, test } from "vitest";
import { describeCell, describeOutput, describeYours, stepText } from "../core/labels";
import { ASKED, BLANK, DIFFERS, MISSED, PADDING, RIGHT, WRONG } from "../core/marks";
import { describeInput } from "../correlation/labels";
import { scene } from "./scenes";

test("places are counted from 1", () => {
  expect(describeCell(1, 4, "−3", 0)).toBe("row 2, column 5: −3");
  expect(stepText(6, 12, 1, 0)).toBe("Step 7 of 12: row 2, column 1");
});

test("input cells are named by their place in the input, without the padding", () => {
  const describe = describeInput(scene()); // one row above, one column to the left
  expect(describe(1, 1, "1", 0)).toBe("row 1, column 1: 1");
  expect(describe(4, 6, "18", MISSED)).toBe("row 4, column 6: 18, never reached");
  expect(describe(0, 3, "0", PADDING)).toBe("padding: 0");
  expect(describe(0, 3, "0", PADDING | MISSED)).toBe("padding: 0, never reached");
});

test("an output cell never tells what is not reached or not predicted", () => {
  expect(describeOutput(0, 1, "25", 0)).toBe("row 1, column 2: 25");
  expect(describeOutput(0, 1, "25", BLANK)).toBe("row 1, column 2: not reached yet");
  expect(describeOutput(0, 1, "25", ASKED)).toBe("row 1, column 2: not told, predict it");
  expect(describeOutput(0, 1, "25", RIGHT)).toBe("row 1, column 2: 25, predicted rightly");
  expect(describeOutput(0, 1, "25", WRONG)).toBe("row 1, column 2: 25, predicted wrongly");
});

test("a wrong cell of the learner's says the right value, with a true minus", () => {
  const describe = describeYours([[1, -2.5]]);
  expect(describe(0, 0, "1", 0)).toBe("row 1, column 1: 1");
  expect(describe(0, 1, "7", DIFFERS)).toBe("row 1, column 2: 7, wrong: it is −2.5");
  expect(describe(4, 4, "7", DIFFERS)).toBe("row 5, column 5: 7, wrong");
  expect(describe(0, 1, "7", ASKED)).toBe("row 1, column 2: not told yet");
});
