// Pooling in words: the arithmetic, the border, winners, moves; links; and known slips of predictions.
import { describe, expect, test } from "vitest";
import { replaced, type Matrix } from "../core/correlation";
import { MISSED, PADDING, WON } from "../core/marks";
import { linksOf, type GridName } from "../pooling/links";
import { geometry, windowOf } from "../pooling/pool";
import { effectText, moveText, reasonText, shiftedBy } from "../pooling/shift";
import { slipOf, slipsOf } from "../pooling/slips";
import { cellName, type Scene } from "../pooling/state";
import { borderText, describeChanged, describeInput, describeWindow, resultText, winnerText, workText } from "../pooling/words";
import { guessed, NONE } from "../core/predict";
import { poolScene, revealAt } from "./pool_scenes";

const cellsAt = (scene: Scene, i: number, j: number) => windowOf(scene.padded, scene.geometry, i, j);

describe("a step in words", () => {
  test("the maximum, and that padding never wins", () => {
    const scene = poolScene();
    const cells = cellsAt(scene, 0, 0);
    expect(workText(cells, scene.setting)).toBe("max(−∞, −∞, −1, −2, −6, −7)");
    expect(resultText(cells, scene.setting)).toBe("= −1");
    expect(winnerText(cells, scene.setting, scene.geometry)).toBe("−1 wins: row 1, column 1 of the input.");
    expect(borderText(cells, scene.setting)).toBe("Padding is −∞, which never wins: a 0 would have won here, and no value of the window is as large.");
    const positive = poolScene({}, 1);
    expect(borderText(cellsAt(positive, 0, 0), positive.setting)).toBe("Padding is −∞, which never wins.");
    expect(borderText(cellsAt(scene, 1, 0), scene.setting)).toBe("");
  });

  test("a tie is said", () => {
    const scene = poolScene({ input: [[[3, 1], [3, 2]]], pool_size: [2, 2], padding: [0, 0] });
    expect(winnerText(cellsAt(scene, 0, 0), scene.setting, scene.geometry)).toBe("2 cells tie for the largest, 3.");
  });

  test("the mean, whose divisor counts the padding or does not", () => {
    const scene = poolScene({ mode: "avg" });
    const cells = cellsAt(scene, 0, 0);
    expect(workText(cells, scene.setting)).toBe("(0 + 0 + (−1) + (−2) + (−6) + (−7))/6");
    expect(resultText(cells, scene.setting)).toBe("≈ −2.66667");
    expect(borderText(cells, scene.setting)).toBe("2 of the 6 cells are padding: zeros that count, so the divisor is 6, all of the window.");
    const other = { ...scene.setting, count_include_pad: false };
    expect(workText(cells, other)).toBe("((−1) + (−2) + (−6) + (−7))/4");
    expect(resultText(cells, other)).toBe("= −4");
    expect(borderText(cells, other)).toBe("2 of the 6 cells are padding and do not count: the divisor is 4, the cells on the input.");
    expect(winnerText(cells, other, scene.geometry)).toBe("");
  });

  test("a long one leaves its middle out", () => {
    const scene = poolScene({ mode: "avg" });
    expect(workText(cellsAt(scene, 0, 0), scene.setting, 4)).toBe("(0 + 0 + … (3 more) … + (−7))/6");
  });

  test("labels of cells", () => {
    const { geometry: g } = poolScene();
    const max = describeInput(g, -Infinity);
    expect(max(0, 0, "-Infinity", PADDING)).toBe("padding: −∞");
    expect(describeInput(g, 0)(0, 0, "0", PADDING | MISSED)).toBe("padding: 0, never reached");
    expect(max(1, 0, "-1", WON)).toBe("row 1, column 1: -1, the largest of the window");
    expect(describeWindow(0, 0, "-Infinity", PADDING)).toBe("padding: -∞");
    expect(describeWindow(0, 0, "4", WON)).toBe("4, the largest");
    expect(describeChanged([[2.5]])(0, 0, "1", 512)).toBe("row 1, column 1: 1, changed: it was 2.5");
    expect(describeChanged([[2.5]])(0, 0, "2.5", 0)).toBe("row 1, column 1: 2.5");
  });
});

describe("a move in words", () => {
  const X = [[9, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 2], [6, 0, 0, 0]];
  const g = geometry({ input: [X], pool_size: [2, 2], padding: [0, 0], stride: null, mode: "max", count_include_pad: true });
  const reason = (shift: readonly [number, number]): string => reasonText(shift, shiftedBy(X, shift, g, true), g);

  test("which way, how many cells change", () => {
    expect(moveText([1, 0])).toBe("1 row down");
    expect(moveText([-2, 3])).toBe("2 rows up and 3 columns to the right");
    expect(moveText([0, -1])).toBe("1 column to the left");
    expect(effectText([0, 1], shiftedBy(X, [0, 1], g, true), g.count)).toBe(
      "The input moved by 1 column to the right: of 4 output cells the maximum changes 2, the average 3.",
    );
  });

  test("why", () => {
    expect(reason([0, 1])).toContain("A maximum stays while its largest value stays in the window and no larger one comes in");
    expect(reason([0, 2])).toBe("That is a whole number of strides: the output moves along with the input, by 1 cell to the right, except at the borders.");
    expect(reason([-4, 2])).toContain("by 2 cells up and 1 cell to the right");
    const said = (by: Matrix, shift: readonly [number, number]): string => reasonText(shift, shiftedBy(by, shift, g, true), g);
    const zeros = X.map((row) => row.map(() => 0));
    expect(said(zeros, [1, 0])).toBe("Each window still holds the same values.");
    expect(said(replaced(zeros, 1, 1, 5), [0, 1])).toContain("no steadier"); // the only value goes to the next window
    // In the first window 6 and 0 leave, 3 and 3 come: the sum is the same, the maximum is not.
    expect(said([[6, 0, 0, 0], [1, 5, 0, 0], [3, 3, 0, 0], [0, 0, 0, 0]], [-1, 0])).toContain("the average is the steadier one");
  });
});

describe("known slips", () => {
  const slip = (scene: Scene, guess: number, i = 0, j = 0): string => slipOf(scene, i, j, guess);

  test("of the maximum", () => {
    const scene = poolScene(); // the window at (0, 0) holds −1, −2, −6, −7 and two cells of padding
    expect(slip(scene, 0)).toContain("0 around the input");
    expect(slip(scene, -16 / 6)).toContain("That is the mean");
    expect(slip(scene, -4)).toContain("That is the mean");
    expect(slip(scene, -16)).toContain("That is the sum");
    expect(slip(scene, -7)).toContain("smallest");
    expect(slip(scene, 7)).toBe("");
    expect(slip(scene, -1)).toBe("");
    // Output (1, 0) reads rows 2 to 4: −6, −7, −2, −3, −7, −8. At stride 1 it would read the rows 1 to 3.
    expect(scene.output[1]![0]).toBe(-2);
    expect(slip(scene, -1, 1, 0)).toContain("stride 1");
  });

  test("of the mean", () => {
    const counts = poolScene({ mode: "avg" }, 1); // 1, 2, 6, 7 and two zeros: 16/6
    expect(slip(counts, 4)).toContain("padding counts here, so the divisor is 6, not 4");
    expect(slip(counts, 16)).toContain("the mean divides it by 6");
    expect(slip(counts, 7)).toContain("That is the largest");
    const apart = poolScene({ mode: "avg", count_include_pad: false }, 1);
    expect(slip(apart, 2.66667)).toContain("padding does not count here, so the divisor is 4, not 6");
  });

  test("what is right is never a slip, and a slip is never guessed at", () => {
    for (const mode of ["max", "avg"] as const) {
      for (const channel of [0, 1]) {
        const scene = poolScene({ mode }, channel);
        scene.output.forEach((row, i) =>
          row.forEach((value, j) => {
            expect(slip(scene, value, i, j)).toBe("");
            expect(slip(scene, 1234.5, i, j)).toBe("");
            expect(slipsOf(scene, i, j).length).toBeGreaterThan(4);
          }),
        );
      }
    }
  });
});

describe("links", () => {
  const links = (grid: GridName, row: number, column: number, step = 0) =>
    linksOf({ grid, at: [row, column] }, poolScene(), revealAt({ step }));

  test("from an input cell to the windows that it lies in, and to its place in the step's", () => {
    // Padded rows 0 to 5, windows of 3 at rows 0 and 2: row 2 lies in both.
    expect(links("input", 2, 1)).toMatchObject({ outputRows: [0, 1], outputColumns: [0, 1], inWindow: [2, 1], hint: "This cell lies in 4 windows." });
    expect(links("input", 5, 0)).toMatchObject({ outputRows: [], hint: "No window reaches this cell." });
  });

  test("from the window to the input, and from an output cell to its window", () => {
    expect(links("window", 2, 1, 5)).toMatchObject({ input: [4, 2], inWindow: [2, 1] }); // step 5 is output (1, 1)
    expect(links("output", 1, 3)).toMatchObject({ window: [1, 3], outputRows: [1], outputColumns: [3] });
    expect(links("yours", 2, 0).window).toBeNull();
  });
});

describe("what can be seen", () => {
  test("predictions belong to a setting and a channel", () => {
    const scene = poolScene();
    const made = guessed(NONE, scene.key, cellName(0, 3), { guess: 1, right: false });
    const shown = (of: Scene, _predictions = made) => Array.from({ length: 8 }, (_, i) => i).filter((i) => revealAt({ predict: true, _predictions }, of).shows(i));
    expect(shown(scene)).toEqual([3]);
    expect(shown(poolScene({}, 1))).toEqual([]);
    expect(shown(poolScene({ mode: "avg" }))).toEqual([]);
    expect(revealAt({ predict: true, _predictions: made }).all).toBe(false);
    expect(revealAt({}).all).toBe(true);
  });

  test("a channel past the end becomes the last", () => expect(poolScene({}, 9).channel).toBe(1));
});
