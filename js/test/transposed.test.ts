// Transposed convolution against vectors by torch and `cnnwidgets.ops`: zeros, sizes, outputs, links, words.
import { describe, expect, test } from "vitest";
import casesText from "../vectors/cases.json?raw";
import vectorsText from "../vectors/transposed.json?raw";
import { replaced, sum, tapsOf, type Matrix, type Pair } from "../core/correlation";
import { forwardText, transposedSizeText, zerosText } from "../core/transposed_text";
import { transposedAxis, slidingAxis, spread } from "../core/transposed";
import { CASES, caseOf, isTransposed, settingOf } from "../correlation/cases";
import { linksOf } from "../correlation/links";
import { toBare, toGrid, type Place } from "../correlation/read_place";
import { readWords } from "../correlation/reads";
import { MOST_SPREAD, sceneOf, sourceOf, type ExplorerSetting } from "../correlation/state";
import { revealAt } from "./scenes";
import { difference } from "./vectors";

interface Vector extends ExplorerSetting {
  readonly output_padding: Pair;
  readonly spread: Matrix;
  readonly output: Matrix;
  readonly sizes: Pair;
  readonly sides: readonly [Pair, Pair];
}

const VECTORS = JSON.parse(vectorsText) as readonly Vector[];
const NAMED = JSON.parse(casesText) as readonly (ExplorerSetting & { name: string; output: Matrix })[];
const FITTING = VECTORS.filter(({ output }) => output.length > 0);
const nameOf = ({ input, kernel, padding, stride, dilation, output_padding }: Vector): string =>
  `${input.length}×${input[0]!.length} with ${kernel.length}×${kernel[0]!.length}, p ${padding}, s ${stride}, d ${dilation}, a ${output_padding}`;
const axesOf = (v: Vector) =>
  ([0, 1] as const).map((at) =>
    transposedAxis(at ? v.input[0]!.length : v.input.length, at ? v.kernel[0]!.length : v.kernel.length, v.padding[at], v.stride[at], v.dilation[at], v.output_padding[at]),
  ) as [ReturnType<typeof transposedAxis>, ReturnType<typeof transposedAxis>];
const small = (v: Vector): boolean => axesOf(v).every((axis) => slidingAxis(axis).padded <= MOST_SPREAD);

test("there are vectors of every kind", () => {
  expect(FITTING.length).toBeGreaterThanOrEqual(500);
  expect(FITTING.filter(small).length).toBeGreaterThanOrEqual(500);
  expect(VECTORS.length).toBeGreaterThan(FITTING.length);
  expect(FITTING.some(({ padding }) => padding[0] % 2 === 1)).toBe(true);
  expect(FITTING.some(({ sides: [[before]] }) => before < 0)).toBe(true);
  expect(FITTING.some(({ output_padding: [, a] }) => a > 1)).toBe(true);
});

describe("for every setting, as Python has it", () => {
  test("sizes, and the zeros around", () => {
    for (const each of VECTORS) {
      const axes = axesOf(each);
      expect(axes.map(({ size }) => size), nameOf(each)).toEqual(each.sizes);
      expect(axes.map(({ before, after }) => [before, after]), nameOf(each)).toEqual(each.sides);
    }
  });

  test("the spread input", () => {
    for (const each of FITTING) expect(difference(spread(each.input, ...axesOf(each)), each.spread), nameOf(each)).toBe(0);
  });

  test("the output, by the window that slides", () => {
    for (const each of FITTING.filter(small)) {
      const scene = sceneOf(each);
      expect(difference(scene.output, each.output), nameOf(each)).toBeLessThan(1e-12);
      const [i, j] = [each.output.length - 1, each.output[0]!.length - 1];
      expect(difference([[sum(tapsOf(scene.padded, scene.sliding, scene.geometry, i, j))]], [[each.output[i]![j]!]])).toBeLessThan(1e-12);
    }
  });
});

test("what can not be shown is a sentence, with the input as it is", () => {
  for (const each of VECTORS.filter(({ output }) => output.length === 0)) {
    const scene = sceneOf(each);
    expect([scene.problem.startsWith("The padding takes all"), scene.geometry.count, scene.output]).toEqual([true, 0, []]);
    expect(scene.padded).toEqual(each.input);
  }
  const large = sceneOf({ ...FITTING[0]!, input: Array.from({ length: 16 }, () => [1, 2]), padding: [0, 0], stride: [8, 1], output_padding: [0, 0] });
  expect(large.problem).toMatch(/^With its zeros the input is 1\d\d × \d+, and at most 32 × 32 are drawn\./);
  expect([large.padded.length, large.geometry.count]).toEqual([16, 0]);
});

test("an input cell lights up exactly the outputs that change with it", () => {
  for (const each of FITTING.filter(small).filter((_, index) => index % 25 === 3)) {
    const scene = sceneOf(each);
    scene.padded.forEach((cells, r) =>
      cells.forEach((_, c) => {
        const source = sourceOf(scene, r, c);
        if (!source) {
          expect(scene.padded[r]![c]).toBe(0);
          return;
        }
        const now = sceneOf({ ...each, input: replaced(each.input, ...source, each.input[source[0]]![source[1]]! + 1) });
        const links = linksOf({ grid: "input", at: [r, c] }, scene, revealAt(0, scene));
        const differs = now.output.flatMap((row, i) => row.flatMap((value, j) => (Math.abs(value - each.output[i]![j]!) > 1e-9 ? [[i, j]] : [])));
        expect(differs, nameOf(each)).toEqual(links.outputRows.flatMap((i) => links.outputColumns.map((j) => [i, j])));
      }),
    );
  }
});

describe("the named cases", () => {
  test("are eight, and the transpose of each, with torch's output", () => {
    expect(CASES).toHaveLength(16);
    CASES.forEach((each, index) => {
      const { name, output, ...setting } = NAMED[index]!;
      const made = settingOf(each, "correlation");
      expect([each.name, made]).toEqual([name, setting]);
      expect(difference(sceneOf(made).output, output), name).toBeLessThan(1e-12);
      expect(caseOf(made)).toBe(index);
    });
  });

  test("each transposed one starts from the size that its convolution ends with, and ends with its start", () => {
    const forward = CASES.filter((each) => !isTransposed(each));
    const back = CASES.filter(isTransposed);
    expect(back.map(({ name }) => name)).toEqual(forward.map(({ name }) => name));
    forward.forEach((each, index) => {
      const ends = (of: (typeof CASES)[number]): number => sceneOf(settingOf(of, "correlation")).output.length;
      expect([back[index]!.n, ends(back[index]!)]).toEqual([ends(each), each.n]);
    });
  });

  test("keep convolution where it is on; other sizes are no case", () => {
    expect(settingOf(CASES[0]!, "convolution").mode).toBe("convolution");
    expect(settingOf(CASES[0]!, "transposed").mode).toBe("correlation");
    const made = settingOf(CASES[0]!, "correlation");
    expect(caseOf({ ...made, mode: "convolution" })).toBe(0);
    expect(caseOf({ ...made, stride: [1, 2] })).toBe(-1);
    expect(caseOf({ ...made, mode: "transposed" })).toBe(-1);
  });
});

describe("in words", () => {
  const rows = transposedAxis(3, 3, 2, 2, 1, 1);
  const columns = transposedAxis(3, 3, 2, 1, 1, 0);

  test("the size, the zeros", () => {
    expect(transposedSizeText(rows)).toBe("2·(3 − 1) + 3 − 2 + 1 = 6");
    expect(transposedSizeText(transposedAxis(1, 2, 4, 1, 1, 0))).toBe("1·(1 − 1) + 2 − 4 + 0 = −2: nothing is left");
    expect(zerosText(rows, columns)).toBe("1 between rows, 0 between columns; 1 above, 2 below; 1 left, 1 right");
    expect(zerosText(rows, rows)).toBe("1 between; 1 above, 2 below; 1 left, 2 right");
    expect(zerosText(transposedAxis(4, 2, 3, 1, 1, 0), columns)).toBe("1 cut off above, 0 below; 1 left, 1 right");
  });

  test("the convolution whose sizes it runs backwards", () => {
    expect(forwardText(columns, columns)).toBe(
      "It runs the sizes of a convolution backwards: the one with these settings makes 3 × 3 of 3 × 3. The sizes come back, not the values.",
    );
    expect(forwardText(rows, columns)).toContain("makes 3 × 3 of 5 × 3, and of 6 × 3 too; output padding says which is meant.");
    expect(forwardText(transposedAxis(2, 3, 0, 3, 1, 0), columns)).toContain("and of every size up to 8 × 3 too");
  });
});

describe("what a function reads of the input alone", () => {
  // 2×3 under 2×2 at stride (2, 1): the spread input is 3×3 with 1 around.
  const scene = sceneOf({ input: [[1, 2, 3], [4, 5, 6]], kernel: [[1, 2], [3, 4]], padding: [0, 0], stride: [2, 1], dilation: [1, 1], mode: "transposed", output_padding: [0, 0] });
  const words = (place: Place, step: number) => {
    const { rows, columns } = scene.geometry;
    const places = Array.from({ length: rows.places }, () => Array.from({ length: columns.places }, () => place));
    return readWords("up", { of: [], untraced: null, bare: true, places }, scene, revealAt(step, scene));
  };

  test("moves between the input and the grid", () => {
    expect(toGrid([0, 1, 1, 1], scene)).toEqual({ cells: [1, 2, 3, 2] });
    expect(toBare([1, 3, 1, 2], scene)).toEqual([0, 1, 0, 1]);
    expect(toBare([2, 2, 0, 4], scene)).toEqual({ cells: [] });
    const padded = sceneOf({ ...scene.setting, mode: "correlation", padding: [1, 3] });
    expect(toGrid([0, 1, 0, 2], padded)).toEqual([1, 2, 2, 4]);
    expect(toBare([0, 1, 1, 2], padded)).toEqual([0, 0, 0, 0]);
  });

  test("is right without the zeros, and wrong one row late", () => {
    expect(words([0, 0, 0, 1], 1)).toEqual({ right: true, text: "For Y[0, 1], up read row 0, columns 0–1 of X: the right window.", place: { cells: [1, 1, 1, 2] } });
    expect(words([1, 1, 0, 1], 1)).toMatchObject({ right: false, text: "For Y[0, 1], up read row 1, columns 0–1 of X; right are row 0, columns 0–1." });
  });
});
