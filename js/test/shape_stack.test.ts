// The arithmetic of a stack: the same as Python's on every vector, and the course's own numbers.
import { describe, expect, test } from "vitest";
import stacksText from "../vectors/stacks.json?raw";
import type { Layers } from "../shape/layers";
import { stagesOf, totalsOf, type Shape } from "../shape/stack";
import { conv, LENET, MEAN } from "./stacks";

interface StackCase {
  readonly input: Shape;
  readonly layers: Layers;
  /** The number of the first layer that does not fit; 0 where all do. */
  readonly misfit: number;
  readonly shapes: readonly Shape[];
  readonly parameters: readonly number[];
  readonly multiplyAdds: readonly number[];
  readonly sees: readonly Shape[];
}

const STACKS = JSON.parse(stacksText) as readonly StackCase[];

describe("every vector", () => {
  test("there are enough of them, of both kinds", () => {
    expect(STACKS.filter(({ misfit }) => misfit === 0).length).toBeGreaterThanOrEqual(500);
    expect(STACKS.filter(({ misfit }) => misfit > 0).length).toBeGreaterThanOrEqual(50);
  });

  test.each(["shapes", "parameters", "multiplyAdds", "sees"] as const)("%s are Python's", (name) => {
    const field = { shapes: "shape", parameters: "parameters", multiplyAdds: "multiplyAdds", sees: "sees" } as const;
    for (const each of STACKS) {
      const stages = stagesOf(each.input, each.layers).slice(0, each.shapes.length);
      expect(stages.map((stage) => stage[field[name]]), JSON.stringify(each.layers)).toEqual(each[name]);
    }
  });

  test("the first layer that does not fit is Python's, with a sentence, and nothing after it is reached", () => {
    for (const { input, layers, misfit } of STACKS) {
      const stages = stagesOf(input, layers);
      expect(stages.findIndex(({ problem }) => problem !== "") + 1).toBe(misfit);
      if (misfit === 0) continue;
      expect(stages[misfit - 1]!.problem).toMatch(/\.$/);
      for (const later of stages.slice(misfit - 1)) expect(later.shape).toBeNull();
      for (const later of stages.slice(misfit)) expect(later.problem).toBe("");
    }
  });
});

describe("the course's numbers", () => {
  test("LeNet: 61 706 parameters, from (6, 28, 28) to (10,)", () => {
    const stages = stagesOf([1, 28, 28], LENET);
    expect(totalsOf(stages)).toEqual({ parameters: 61706, multiplyAdds: 416520, fits: true });
    expect(stages[0]!.shape).toEqual([6, 28, 28]);
    expect(stages.at(-1)!.shape).toEqual([10]);
  });

  test("the common settings on 32", () => {
    const sizes = stagesOf([3, 32, 32], [conv(8, 3, 1), conv(8, 5, 2), conv(8, 1), conv(16, 3, 1, 2)]).map(({ shape }) => shape![1]);
    expect(sizes).toEqual([32, 32, 32, 16]);
  });

  test("32 under 5×5 reaches 4 after 7 layers", () => {
    const stages = stagesOf([1, 32, 32], Array.from({ length: 7 }, () => conv(1, 5)));
    expect(stages.map(({ shape }) => shape![1])).toEqual([28, 24, 20, 16, 12, 8, 4]);
    expect(stages.at(-1)!.sees).toEqual([29, 29]);
  });

  test("the batch: 3×32×32 → 6×28×28 → 10×26×26", () => {
    const stages = stagesOf([3, 32, 32], [conv(6, 5), conv(10, 3)]);
    expect(stages.map(({ shape }) => shape)).toEqual([[6, 28, 28], [10, 26, 26]]);
    expect(stages[0]!.parameters).toBe(456);
  });
});

describe("what does not fit", () => {
  const problem = (input: Shape, ...layers: Layers): string => stagesOf(input, layers).find((stage) => stage.problem)!.problem;

  test("a kernel longer than its rows, or than its columns", () => {
    expect(problem([1, 4, 9], conv(1, 5))).toContain("spans 5 rows, and there are only 4.");
    expect(problem([1, 9, 4], conv(1, 5, 0, 1, { padding: [0, 0] }))).toContain("spans 5 columns, and there are only 4.");
    expect(problem([1, 9, 9], conv(1, 5, 1, 1, { dilation: [3, 1] }))).toContain("spread by dilation, spans 13 rows, and there are only 11 with padding.");
  });

  test("a linear layer on an image, a convolution on a flat row", () => {
    expect(problem([2, 4, 5], { kind: "linear", units: 3, bias: true })).toContain("2 × 4 × 5 comes in. Put a Flatten before it.");
    expect(problem([2, 4, 5], { kind: "flatten" }, conv(1, 3))).toContain("a flat row of 40 comes in");
  });

  test("more padding than half of a pooling window", () => {
    expect(problem([1, 8, 8], { ...MEAN, padding: [4, 0] })).toContain("A pooling window of 2 rows takes at most 1 of padding a side: with 2");
    expect(stagesOf([1, 8, 8], [{ ...MEAN, padding: [2, 0] }])[0]!.shape).toEqual([1, 5, 4]);
  });
});
