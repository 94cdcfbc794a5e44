// A kernel over a whole picture against vectors that `cnnwidgets.ops` computed.
import { describe, expect, test } from "vitest";
import picturesText from "../vectors/pictures.json?raw";
import type { Matrix, Mode } from "../core/correlation";
import { correlated, differing, extent, filtered, padded, reachBefore, slidingOf, tapsAt, zeros, type Padding } from "../image/filter";
import { pack, unpack, type Packed, type Plane } from "../image/picture";
import { placeAt, sceneOf } from "../image/state";
import { difference } from "./vectors";

interface PictureCase {
  readonly packed: Packed;
  readonly kernel: Matrix;
  readonly mode: Mode;
  readonly padding: Padding;
  readonly padded: Matrix;
  readonly output: Matrix;
}

const CASES = JSON.parse(picturesText) as readonly PictureCase[];
const rowsOf = (plane: Plane | null): Matrix =>
  plane ? Array.from({ length: plane.height }, (_, r) => [...plane.values.slice(r * plane.width, (r + 1) * plane.width)]) : [];
const nameOf = ({ packed, kernel, mode, padding }: PictureCase): string =>
  `${mode} of ${packed.height}×${packed.width} with ${kernel.length}×${kernel[0]!.length}, ${padding}`;

test("there are vectors of every kind", () => {
  expect(CASES.length).toBeGreaterThanOrEqual(500);
  for (const mode of ["correlation", "convolution"])
    for (const padding of ["same", "valid"])
      expect(CASES.filter((each) => each.mode === mode && each.padding === padding && each.output.length > 0).length).toBeGreaterThan(60);
  expect(CASES.some(({ output }) => output.length === 0)).toBe(true);
  expect(CASES.some(({ kernel }) => kernel.length === 7)).toBe(true);
  expect(CASES.some(({ kernel, padding }) => kernel.length % 2 === 0 && padding === "same")).toBe(true);
});

describe("for every picture, as Python has it", () => {
  test("the zeros around it", () => {
    for (const each of CASES) expect(difference(rowsOf(padded(unpack(each.packed), each.kernel, each.padding)), each.padded), nameOf(each)).toBe(0);
  });

  test("the output; none where the kernel does not fit", () => {
    for (const each of CASES) {
      const got = rowsOf(filtered(unpack(each.packed), each.kernel, each.mode, each.padding));
      expect(difference(got, each.output), nameOf(each)).toBeLessThan(1e-12);
    }
  });

  test("the sum of a pixel's products is the output there", () => {
    for (const { packed, kernel, mode, padding, output } of CASES) {
      const P = padded(unpack(packed), kernel, padding);
      output.forEach((row, i) =>
        row.forEach((value, j) => {
          const sum = tapsAt(P, slidingOf(kernel, mode), i, j).reduce((total, tap) => total + tap.value * tap.weight, 0);
          expect(Math.abs(sum - value)).toBeLessThan(1e-9);
        }),
      );
    }
  });

  test("it travels and comes back", () => {
    for (const { packed } of CASES) expect(pack(unpack(packed))).toEqual(packed);
  });
});

test("with padding the output is as large as the picture, and the odd row of zeros is above", () => {
  for (let k = 1; k <= 7; k++) {
    const [before, after] = zeros(k, "same");
    expect(before + after).toBe(k - 1);
    expect(before - after).toBe((k - 1) % 2);
    expect(reachBefore(k)).toBe(before);
    expect(zeros(k, "valid")).toEqual([0, 0]);
  }
});

test("the frame stands on a pixel whose window fits, at the nearest place there is", () => {
  for (const { packed, kernel, mode, padding, output } of CASES) {
    const scene = sceneOf(unpack(packed), kernel, [mode], padding);
    for (const pixel of [[0, 0], [1, 2], [packed.height - 1, packed.width - 1], [319, 319]] as const) {
      const place = placeAt(scene, pixel);
      if (output.length === 0) {
        expect(place).toBeNull();
        continue;
      }
      const { output: [i, j], corner, pixel: at } = place!;
      expect(i >= 0 && i < output.length && j >= 0 && j < output[0]!.length).toBe(true);
      const [top, left] = [zeros(kernel.length, padding)[0], zeros(kernel[0]!.length, padding)[0]];
      expect(corner).toEqual([i - top, j - left]);
      if (padding === "same") expect(at).toEqual([Math.min(pixel[0], packed.height - 1), Math.min(pixel[1], packed.width - 1)]);
      expect(at[0] - corner[0]).toBe(reachBefore(kernel.length));
    }
  }
});

test("what differs is counted beyond rounding", () => {
  const plane = (values: number[]): Plane => ({ height: 1, width: values.length, values: Float64Array.from(values) });
  expect(differing(plane([1, 2, 3]), plane([1, 2, 3 + 1e-13]))).toBe(0);
  expect(differing(plane([1, -2, 3]), plane([-1, -2, 4]))).toBe(2);
  expect(extent(plane([1, -7, 3]))).toBe(7);
  expect(correlated(plane([1, 2]), [[1], [1]])).toBeNull();
});
