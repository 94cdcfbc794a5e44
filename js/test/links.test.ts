// What lights up where: links both ways between input, kernel and output, checked by brute force.
import { describe, expect, test } from "vitest";
import { replaced } from "../core/correlation";
import type { Position } from "../core/grid_nav";
import { linksOf, type GridName, type Links } from "../correlation/links";
import { sceneOf, type Scene } from "../correlation/state";
import { revealAt, scene, SETTING } from "./scenes";

function links(grid: GridName, at: Position, on: Scene = scene(), step = 0): Links {
  return linksOf({ grid, at }, on, revealAt(step, on));
}

function positions(rows: number, columns: number): Position[] {
  return Array.from({ length: rows * columns }, (_, i) => [Math.floor(i / columns), i % columns] as const);
}

const NOTHING = { window: null, input: null, kernel: null, outputRows: [], outputColumns: [], hint: "" };
const DILATED = scene({ dilation: [2, 1], padding: [3, 1], stride: [1, 2] });
const TURNED = scene({ mode: "convolution" });

test("nothing is pointed at, nothing lights up", () => {
  expect(linksOf(null, scene(), revealAt(0))).toEqual(NOTHING);
});

test("where the kernel does not fit nothing lights up", () => {
  const none = scene({ kernel: Array.from({ length: 7 }, () => [1, 1]) });
  for (const grid of ["input", "kernel", "output"] as const) expect(links(grid, [0, 0], none)).toEqual(NOTHING);
});

describe("from the output", () => {
  test("the cell's own window lights up, and the cell", () => {
    expect(links("output", [1, 4])).toEqual({
      ...NOTHING,
      window: [1, 4],
      outputRows: [1],
      outputColumns: [4],
      hint: "Output row 2, column 5 reads the window outlined in the input.",
    });
  });

  test("a cell of the learner's does the same, and one beyond the right shape nothing", () => {
    expect(links("yours", [1, 4])).toEqual(links("output", [1, 4]));
    expect(links("yours", [2, 0])).toEqual(NOTHING);
    expect(links("yours", [0, 6])).toEqual(NOTHING);
  });
});

describe.each([["plain", scene()], ["dilated", DILATED], ["convolution", TURNED]] as const)("from the input (%s)", (_, on) => {
  const { rows, columns } = on.geometry;

  test("the outputs that change with a cell are those that light up", () => {
    const { setting } = on;
    for (const [r, c] of positions(rows.n, columns.n)) {
      const changed = sceneOf({ ...setting, input: replaced(setting.input, r, c, 1000) }).output;
      const differ = positions(rows.places, columns.places).filter(([i, j]) => changed[i]![j] !== on.output[i]![j]);
      const { outputRows, outputColumns, hint } = links("input", [r + rows.before, c + columns.before], on);
      expect(outputRows.flatMap((i) => outputColumns.map((j) => [i, j]))).toEqual(differ);
      const count = differ.length;
      expect(hint).toBe(
        count === 0 ? "No output cell reads this cell." : count === 1 ? "1 output cell reads this cell." : `${count} output cells read this cell.`,
      );
    }
  });

  test.each([0, 3])("the kernel cell over it in the window of step %i lights up, and back", (step) => {
    let found = 0;
    for (const at of positions(rows.padded, columns.padded)) {
      const { kernel } = links("input", at, on, step);
      if (!kernel) continue;
      found++;
      expect(links("turned", kernel, on, step).input).toEqual(at); // "turned" and "products" show the kernel as it slides
      expect(links("products", kernel, on, step).input).toEqual(at);
    }
    expect(found).toBe(rows.k * columns.k);
  });
});

describe("from the kernel", () => {
  test("the input cell that it multiplies in the step's window", () => {
    // Step 7 is output (1, 1): its window starts at padded row 2, column 1.
    expect(links("kernel", [0, 2], scene(), 7)).toEqual({
      ...NOTHING,
      kernel: [0, 2],
      input: [2, 3],
      hint: "In this window, (−3) multiplies the 9 lit in the input.",
    });
  });

  test("dilation spreads it", () => {
    expect(links("kernel", [1, 2], DILATED, 0).input).toEqual([2, 2]);
    expect(links("kernel", [1, 0], DILATED, 1).input).toEqual([2, 2]); // the next window, two columns on
  });

  test("in convolution the kernel as given is turned, what slides is not", () => {
    const given = links("kernel", [0, 2], TURNED, 7);
    expect(given.kernel).toEqual([1, 0]);
    expect(given.input).toEqual([3, 1]);
    expect(given.hint).toBe("In this window, (−3) multiplies the −1 lit in the input.");
    expect(links("turned", [1, 0], TURNED, 7)).toEqual(given);
    expect(links("products", [1, 0], TURNED, 7)).toEqual(given);
    expect(SETTING.kernel[0]![2]).toBe(-3);
  });
});
