// What a number depends on: changed outside of its region nothing happens to it, changed at the region's corners it does.
import { expect, test } from "vitest";
import { asMaps, valueAt, type Cell } from "../network/explain";
import { forward, inputOf, networkOf, type Tensor } from "../network/forward";
import type { Layer } from "../network/layers";
import { regionsOf, regionText } from "../network/receptive";
import { mixed, randomWeights } from "../network/random";
import { NETWORKS } from "./networks";

const SMOOTH = new Set(["conv", "avg_pool", "sigmoid", "tanh", "flatten", "linear", "softmax", "identity"]);

function outputs(layers: readonly Layer[], input: Tensor, parameters = networkOf(layers, randomWeights(layers, 5)).parameters): Tensor[] {
  return [input, ...forward(layers, parameters, input)];
}

test("in every small network that lets all of its input through", () => {
  const smooth = NETWORKS.filter(({ layers, seed }) => seed === undefined && layers.every(({ kind }) => SMOOTH.has(kind)));
  expect(smooth.length).toBeGreaterThanOrEqual(5);
  for (const { layers: all, image, size } of smooth) {
    const layers = all.slice(0, all.findIndex(({ kind }) => kind === "linear")); // from there on it is all of it
    const { parameters } = networkOf(layers, randomWeights(layers, 5));
    const first = inputOf(Uint8Array.from(image), ...size, [0, 1]);
    const tensors = outputs(layers, first, parameters);
    const cells = layers.map((_, layer): Cell => {
      const [maps, high, wide] = asMaps(tensors[layer + 1]!);
      return [layer, mixed(layer) % maps, mixed(layer + 9) % high, mixed(layer + 17) % wide];
    });
    const valuesOf = (run: readonly Tensor[]): number[] => cells.map((cell, layer) => valueAt(run[layer + 1]!, cell));
    const before = valuesOf(tensors);
    const touched = cells.map(() => [Infinity, -1, Infinity, -1] as [top: number, bottom: number, left: number, right: number]);
    for (let pixel = 0; pixel < size[0] * size[1]; pixel++) {
      const data = first.data.slice();
      data[pixel] = data[pixel]! + 0.5;
      const [row, column] = [Math.floor(pixel / size[1]), pixel % size[1]];
      valuesOf(outputs(layers, { shape: first.shape, data }, parameters)).forEach((value, layer) => {
        if (value === before[layer]) return;
        const [top, bottom, left, right] = touched[layer]!;
        touched[layer] = [Math.min(top, row), Math.max(bottom, row), Math.min(left, column), Math.max(right, column)];
      });
    }
    cells.forEach((cell, layer) => {
      const { row, column, high, wide } = regionsOf(layers, tensors, cell)[0]!;
      const [top, bottom, left, right] = touched[layer]!;
      if (bottom < 0) expect(high * wide).toBe(0);
      else expect([row, column, high, wide], `layer ${layer + 1}`).toEqual([top, left, bottom - top + 1, right - left + 1]);
    });
  }
});

test("LeNet's fourth layer sees 14 × 14 pixels, its last all", () => {
  const lenet = NETWORKS.find(({ seed, layers }) => seed !== undefined && layers[1]!.kind === "sigmoid")!;
  const tensors = outputs(lenet.layers, inputOf(Uint8Array.from(lenet.image), 28, 28, [0, 1]));
  const regions = regionsOf(lenet.layers, tensors, [3, 5, 4, 5]);
  expect(regions.map(({ high, wide }) => [high, wide])).toEqual([[14, 14], [10, 10], [10, 10], [5, 5], [1, 1]]);
  expect(regions.map(({ map }) => map)).toEqual([null, null, null, null, 5]);
  expect(regionText(regions[0]!, 28, 28)).toBe("rows 7–20, columns 9–22 of the image (14 × 14)");
  const [pooled, flat] = [regionsOf(lenet.layers, tensors, [5, 2, 0, 0]), regionsOf(lenet.layers, tensors, [6, 0, 0, 57])];
  expect(pooled[5]).toEqual({ map: 2, row: 0, column: 0, high: 2, wide: 2 });
  expect(flat[6]).toEqual({ map: 2, row: 1, column: 2, high: 1, wide: 1 });
  expect(regionText(regionsOf(lenet.layers, tensors, [11, 0, 0, 3])[0]!, 28, 28)).toBe("the whole image");
});

test("padding alone is said to be that", () => {
  const conv: Layer = { kind: "conv", name: "Conv2d", in: 1, out: 1, kernel: [1, 1], stride: [1, 1], padding: [1, 1, 1, 1], dilation: [1, 1], bias: false };
  const tensors = outputs([conv], { shape: [1, 2, 3], data: new Float32Array(6) });
  expect(regionText(regionsOf([conv], tensors, [0, 0, 0, 0])[0]!, 2, 3)).toBe("nothing but padding");
  expect(regionText(regionsOf([conv], tensors, [0, 0, 1, 3])[0]!, 2, 3)).toBe("row 1, column 3 of the image (1 × 1)");
});
