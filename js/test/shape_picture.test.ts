// The picture's layout: to scale, inside the width, in one row where it fits; window and field where they belong.
import { describe, expect, test } from "vitest";
import { fieldOf, layoutOf, readingOf, volumesOf, type Layout } from "../shape/picture_layout";
import { stagesOf, type Shape } from "../shape/stack";
import type { Layers } from "../shape/layers";
import { conv, LENET } from "./stacks";

const all = (): boolean => true;

function laid(input: Shape, layers: Layers, width: number): Layout {
  return layoutOf(volumesOf(input, stagesOf(input, layers), all), width);
}

describe("the volumes", () => {
  test("are those of layers that slide or reshape; an activation is named on the arrow", () => {
    const volumes = volumesOf([1, 28, 28], stagesOf([1, 28, 28], LENET), all);
    expect(volumes.map(({ index }) => index)).toEqual([-1, 0, 2, 3, 5, 6, 7, 9, 11]);
    expect(volumes[1]!.labels).toEqual([{ index: 0, lines: ["conv 5×5"] }, { index: 1, lines: ["sigmoid"] }]);
    expect(volumes[2]!.labels).toEqual([{ index: 2, lines: ["avg pool", "2×2"] }]);
  });

  test("an activation on the input is named on the next arrow", () => {
    const layers: Layers = [{ kind: "activation", name: "relu" }, conv(2, 3)];
    const volumes = volumesOf([1, 9, 9], stagesOf([1, 9, 9], layers), all);
    expect(volumes[1]!.labels.map(({ index }) => index)).toEqual([0, 1]);
  });

  test("end at the first layer that does not fit, and hide what is not told", () => {
    const stages = stagesOf([1, 8, 8], [conv(1, 3), conv(1, 9), conv(1, 1)]);
    const volumes = volumesOf([1, 8, 8], stages, all);
    expect(volumes.map(({ shape, problem }) => [shape, problem])).toEqual([[[1, 8, 8], false], [[1, 6, 6], false], [null, true]]);
    const hidden = volumesOf([1, 8, 8], stages, () => false);
    expect(hidden.slice(1).map(({ shape, problem }) => [shape, problem])).toEqual([[null, false], [null, false]]);
  });
});

describe("the layout", () => {
  test.each([1050, 700, 420, 262])("stays inside %i pixels, and no two volumes of a row touch", (width) => {
    for (const [input, layers] of [[[1, 28, 28], LENET], [[3, 32, 32], [conv(8, 5, 2), conv(300, 3, 1, 2)]]] as [Shape, Layers][]) {
      const { volumes, height } = laid(input, layers, width);
      for (const [index, each] of volumes.entries()) {
        expect(each.x).toBeGreaterThanOrEqual(0);
        expect(each.x + each.wide + each.depth).toBeLessThanOrEqual(width + 0.001);
        expect(each.y - each.depth).toBeGreaterThanOrEqual(-0.001);
        expect(each.textY).toBeLessThanOrEqual(height);
        const next = volumes[index + 1];
        if (next?.row === each.row) expect(next.x).toBeGreaterThan(each.x + each.wide + each.depth);
      }
    }
  });

  test("LeNet stands in one row where there is room, in more where there is not", () => {
    expect(laid([1, 28, 28], LENET, 1080).volumes.at(-1)!.row).toBe(0);
    expect(laid([1, 28, 28], LENET, 320).volumes.at(-1)!.row).toBeGreaterThan(1);
  });

  test("sides are to one scale", () => {
    const { volumes, unit } = laid([1, 30, 20], [conv(2, 3), conv(4, 5, 0, 2)], 900);
    for (const { shape, wide, high } of volumes) expect([high / unit, wide / unit]).toEqual([expect.closeTo(shape![1]!), expect.closeTo(shape![2]!)]);
  });
});

describe("what the layer on view reads", () => {
  const input: Shape = [1, 12, 9];
  const stages = stagesOf(input, [conv(2, 3, 0, 1, { kernel: [3, 2], padding: [2, 1] }), conv(2, 3)]);
  const layout = layoutOf(volumesOf(input, stages, all), 900);

  test("the window lies where the middle output cell has it", () => {
    const { window, padded, from, cell, to } = readingOf(layout, stages[0], 0)!;
    const { unit } = layout;
    const [i, j] = [5, 4]; // 12 × 9 places
    expect(window.y).toBeCloseTo(from.y + (i - 1) * unit);
    expect(window.x).toBeCloseTo(from.x + (j - 1) * unit);
    expect([window.high, window.wide]).toEqual([expect.closeTo(3 * unit), expect.closeTo(2 * unit)]);
    expect([padded!.high, padded!.wide]).toEqual([expect.closeTo(14 * unit), expect.closeTo(10 * unit)]);
    expect([cell.y, cell.x]).toEqual([expect.closeTo(to.y + i * unit), expect.closeTo(to.x + j * unit)]);
  });

  test("its receptive field lies on the input", () => {
    const field = fieldOf(layout, stages[1])!;
    expect([field.high / layout.unit, field.wide / layout.unit]).toEqual([expect.closeTo(5), expect.closeTo(4)]);
    expect(field.x).toBeGreaterThanOrEqual(layout.volumes[0]!.x - 0.001);
  });

  test("none for the input, for what does not fit, for flat layers", () => {
    expect(readingOf(layout, undefined, -1)).toBeNull();
    expect(fieldOf(layout, undefined)).toBeNull();
    const flat = stagesOf(input, [{ kind: "flatten" }]);
    const other = layoutOf(volumesOf(input, flat, all), 900);
    expect(readingOf(other, flat[0], 0)).toBeNull();
    expect(fieldOf(other, flat[0])).toBeNull();
  });
});
