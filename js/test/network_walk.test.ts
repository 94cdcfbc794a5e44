// Steps from layer to layer: forth comes to a number that reads this one, back to one that was read.
import { expect, test } from "vitest";
import { asMaps, type Cell } from "../network/explain";
import { regionsOf, type Region } from "../network/receptive";
import { back, forth } from "../network/walk";
import { NETWORKS, tensor } from "./networks";

function holds({ map, row, column, high, wide }: Region, [, m, r, c]: Cell): boolean {
  return (map === null || map === m) && r >= row && r < row + high && c >= column && c < column + wide;
}

test("in every network, from every layer, from corners and the middle", () => {
  let steps = 0;
  for (const { layers, image, size, outputs } of NETWORKS) {
    const tensors = [{ shape: [1, ...size], data: Float32Array.from(image) }, ...outputs.map(tensor)];
    layers.forEach((_, layer) => {
      const [maps, high, wide] = asMaps(tensors[layer + 1]!);
      for (const cell of [
        [layer, 0, 0, 0],
        [layer, maps - 1, high - 1, wide - 1],
        [layer, maps >> 1, high >> 1, wide >> 1],
      ] as Cell[]) {
        const read = regionsOf(layers, tensors, cell)[layer]!;
        if (layer > 0 && read.high * read.wide > 0) expect(holds(read, back(cell, read, tensors[layer]!)), `back from ${cell}`).toBe(true);
        const next = layers[layer + 1];
        if (!next) continue;
        const to = forth(cell, next, tensors[layer + 1]!, tensors[layer + 2]!);
        const region = regionsOf(layers, tensors, to)[layer + 1]!;
        // Rows and columns that no window reaches (a stride that does not divide) may be missed: only there.
        if (next.kind !== "conv" && next.kind !== "avg_pool" && next.kind !== "max_pool") expect(holds(region, cell), `from ${cell}`).toBe(true);
        else if (cell[2] === high >> 1) expect(holds({ ...region, map: null }, cell), `from ${cell}`).toBe(true);
        steps++;
      }
    });
  }
  expect(steps).toBeGreaterThan(500);
});

test("from a pooled map into the flat run, to the same number", () => {
  const { layers, image, size, outputs } = NETWORKS.find(({ seed }) => seed !== undefined)!;
  const tensors = [{ shape: [1, ...size], data: Float32Array.from(image) }, ...outputs.map(tensor)];
  const to = forth([5, 3, 2, 4], layers[6]!, tensors[6]!, tensors[7]!);
  expect(to).toEqual([6, 0, 0, 3 * 25 + 2 * 5 + 4]);
  expect(tensors[7]!.data[to[3]]).toBe(tensors[6]!.data[to[3]]);
  expect(back(to, regionsOf(layers, tensors, to)[6]!, tensors[6]!)).toEqual([5, 3, 2, 4]);
});
