// Many channels in and out against vectors that `cnnwidgets.ops` computed; what is refused; slips; links.
import { describe, expect, test } from "vitest";
import channelsText from "../vectors/channels.json?raw";
import onesText from "../vectors/ones.json?raw";
import type { Matrix } from "../core/correlation";
import { NONE } from "../core/predict";
import { slipAmong } from "../core/slips";
import { mixing, pixels, product, resizedInput, resizedKernel, stretched, type ChannelSetting, type Kernels } from "../channel/arithmetic";
import { linksOf } from "../channel/links";
import { refusalOf } from "../channel/refusal";
import { slipsAt } from "../channel/slips";
import { cellKey, partsOf, revealOf, sceneOf, type ChannelTraits } from "../channel/state";
import type { Volume } from "../core/volume";
import { difference } from "./vectors";

interface LayerCase extends ChannelSetting {
  readonly partials: readonly Volume[];
  readonly firsts: Matrix;
  readonly sums: Volume;
  readonly output: Volume;
}

const LAYERS = JSON.parse(channelsText) as readonly LayerCase[];
const ONES = JSON.parse(onesText) as readonly { input: Volume; kernel: Kernels; output: Volume }[];

const furthest = (got: Volume, expected: Volume): number =>
  got.length !== expected.length ? Infinity : Math.max(...got.map((each, c) => difference(each, expected[c]!)));

const plain = (input: Volume, kernel: Kernels, bias = kernel.map(() => 0)): ChannelSetting => ({ input, kernel, bias, padding: [0, 0], stride: [1, 1] });

function at(setting: ChannelSetting, changes: Partial<ChannelTraits> = {}) {
  const scene = sceneOf(setting);
  const traits: ChannelTraits = { ...setting, out: 0, step: 0, predict: false, _predictions: NONE, _answer: null, _fn_name: "", ...changes };
  return { scene, reveal: revealOf(traits, scene) };
}

describe("every vector", () => {
  test("there are enough of them, and no axis is like another", () => {
    expect(LAYERS.length).toBeGreaterThanOrEqual(500);
    expect(ONES.length).toBeGreaterThanOrEqual(500);
    for (const { input, kernel } of LAYERS.slice(1)) expect(kernel.length).not.toBe(input.length);
  });

  test("partial sums, their sums, and the layer with its bias are Python's", () => {
    for (const each of LAYERS) {
      const { partials, output } = sceneOf(each);
      const name = JSON.stringify([each.padding, each.stride, each.kernel]);
      each.partials.forEach((of, o) => expect(furthest(partials[o]!, of), name).toBeLessThan(1e-12));
      expect(furthest(output, each.output), name).toBeLessThan(1e-12);
      const { output: unbiased } = sceneOf({ ...each, bias: each.bias.map(() => 0) });
      expect(furthest(unbiased, each.sums), name).toBeLessThan(1e-12);
      expect(difference(unbiased[0]!, each.firsts), name).toBeLessThan(1e-12);
    }
  });

  test("the parts of a cell and its bias add up to it", () => {
    for (const each of LAYERS.slice(0, 60)) {
      const { scene, reveal } = at(each, { out: each.kernel.length - 1, step: 1 });
      const total = partsOf(scene, reveal).reduce((sum, part) => sum + part, each.bias[reveal.out]!);
      expect(Math.abs(total - scene.output[reveal.out]![reveal.row]![reveal.column]!)).toBeLessThan(1e-9);
    }
  });

  test("a 1×1 kernel is a matrix product: Python's, and the windows' own", () => {
    for (const { input, kernel, output } of ONES) {
      const { scene } = at(plain(input, kernel));
      expect(furthest(scene.output, output)).toBeLessThan(1e-12);
      const Y = product(mixing(kernel), pixels(scene.padded, scene.geometry), kernel.map(() => 0));
      expect(difference(Y, output.map((channel) => channel.flat()))).toBeLessThan(1e-12);
    }
  });
});

const X: Volume = [
  [[0, 1, 2], [3, 4, 5], [6, 7, 8]],
  [[1, 2, 3], [4, 5, 6], [7, 8, 9]],
]; // prettier-ignore
const K: Volume = [
  [[0, 1], [2, 3]],
  [[1, 2], [3, 4]],
]; // prettier-ignore

test("the course's examples", () => {
  expect(sceneOf(plain(X, [K])).output).toEqual([[[56, 72], [104, 120]]]);
  const three = resizedKernel([K], 3, 2, 2, 2);
  expect(sceneOf(plain(X, three)).output).toEqual([
    [[56, 72], [104, 120]],
    [[76, 100], [148, 172]],
    [[96, 128], [192, 224]],
  ]); // prettier-ignore
});

test("columns of pixels are a page of them, at the places that the stride keeps", () => {
  const { scene } = at({ ...plain(X, [[[[1]], [[1]]]]), stride: [2, 2] });
  expect(pixels(scene.padded, scene.geometry)).toEqual([[0, 2, 6, 8], [1, 3, 7, 9]]);
  expect(pixels(scene.padded, scene.geometry, 2, 9)).toEqual([[6, 8], [7, 9]]);
});

test("growing goes on as the course does, and shrinking keeps what is left", () => {
  expect(resizedInput([X[0]!], 2, 3, 3)).toEqual(X);
  expect(resizedInput(X, 1, 2, 4)).toEqual([[[0, 1, 2, 0], [3, 4, 5, 0]]]);
  expect(resizedKernel([K], 1, 1, 1, 2)).toEqual([[[[0, 1]]]]);
});

describe("a kernel with other channels", () => {
  test("of one channel: refused, with what NumPy would have given", () => {
    const { scene } = at(plain(X, [[K[0]!]]));
    expect([scene.refused, scene.count, scene.output]).toEqual([true, 0, []]);
    const refusal = refusalOf(scene)!;
    expect(refusal.values).toEqual([[[44, 56], [80, 92]]]);
    expect(refusal.sentence).toContain("The input has 2 channels and the kernel 1.");
    expect(refusal.otherwise).toContain("give 44 at Y[0, 0, 0] without a word");
  });

  test("an input of one channel is stretched as well", () => {
    const { scene } = at(plain([X[0]!], [K]));
    expect(stretched(scene.padded, scene.setting, scene.geometry)).toEqual([[[46, 62], [94, 110]]]);
    expect(refusalOf(scene)!.otherwise).toContain("reads the same channel 2 times");
  });

  test("two for three: NumPy stops, a loop does not", () => {
    const { scene } = at(plain([...X, X[0]!], [K]));
    expect(refusalOf(scene)!.values).toBeNull();
    expect(refusalOf(scene)!.otherwise).toContain("zip stops after 2 channels");
  });

  test("one that suits is not refused, and one that does not fit is not stretched", () => {
    expect(refusalOf(sceneOf(plain(X, [K])))).toBeNull();
    expect(refusalOf(sceneOf(plain([[[1]], [[2]]], [[K[0]!]])))!.values).toBeNull();
  });
});

describe("slips", () => {
  const slip = (guess: number, setting = plain(X, [K], [5]), out = 0): string => {
    const { scene, reveal } = at(setting, { out });
    return slipAmong(slipsAt(scene, reveal), guess, scene.output[out]![0]![0]!, scene.scales.output);
  };
  test.each([
    [56, "The bias is left out"],
    [66, "once for each input channel"],
    [24, "channel 1 alone"],
    [42, "channel 2 alone"],
    [19, "channel 1 alone: what all 2 channels give is added. And the bias"],
    [33, "the mean of the channels"],
    [30.5, "the mean of the channels"],
    [33, " Or: That turns the kernels by a half turn"],
    [44 + 5, "every channel"],
    [57, ""],
    [61, ""],
  ])("%d", (guess, reason) => {
    if (reason) expect(slip(guess)).toContain(reason);
    else expect(slip(guess)).toBe("");
  });

  test("one channel of three left out, and another output's kernels", () => {
    const setting = plain([...X, X[0]!], [[...K, [[5, 0], [0, 7]]], [...K, K[1]!]], [2, 0]); // prettier-ignore
    const parts = [19, 37, 28];
    expect(slip(parts[0]! + parts[2]! + 2, setting)).toBe("Channel 2 is left out.");
    expect(slip(parts[0]! + parts[1]!, setting)).toContain("Channel 3 is left out. And so is the bias.");
    expect(slip(19 + 37 + 27, setting)).toContain("output channel 2");
  });
});

describe("what is seen", () => {
  test("cells up to the step, in every output channel", () => {
    const { reveal } = at(plain(X, [K, K]), { step: 2, out: 9 });
    expect([reveal.out, reveal.row, reveal.column]).toEqual([1, 1, 0]);
    expect([0, 1, 2, 3].map((index) => reveal.shows(0, index))).toEqual([true, true, true, false]);
  });

  test("while predicting, those answered of that very channel", () => {
    const setting = plain(X, [K, K]);
    const { key } = sceneOf(setting);
    const _predictions = { ...NONE, of: key, cells: { [cellKey(1, 2)]: { guess: 3, right: false } } };
    const { reveal } = at(setting, { predict: true, _predictions });
    expect([reveal.shows(1, 2), reveal.shows(0, 2), reveal.shows(1, 0)]).toEqual([true, false, false]);
  });
});

describe("links", () => {
  const { scene, reveal } = at(plain(X, [K, K]), { step: 3 });
  test("an output cell has its window in every channel", () => {
    expect(linksOf({ grid: "output", channel: 1, at: [0, 1] }, scene, reveal)).toMatchObject({ window: [0, 1], hint: expect.stringContaining("Output channel 2, row 1, column 2") });
    expect(linksOf({ grid: "output", channel: 0, at: [2, 2] }, scene, reveal).hint).toBe("");
  });
  test("an input cell, the kernel cell over it and the cells that read it", () => {
    const links = linksOf({ grid: "input", channel: 1, at: [1, 1] }, scene, reveal);
    expect(links).toMatchObject({ channel: 1, kernel: [0, 0], outputRows: [0, 1], outputColumns: [0, 1] });
    expect(links.hint).toBe("4 cells in every output channel read this one.");
    expect(linksOf({ grid: "input", channel: 0, at: [0, 0] }, scene, reveal).kernel).toBeNull();
  });
  test("a kernel cell and the input cell under it", () => {
    const links = linksOf({ grid: "kernel", channel: 1, at: [1, 0] }, scene, reveal);
    expect(links).toMatchObject({ channel: 1, input: [2, 1], kernel: [1, 0] });
    expect(links.hint).toContain("3 multiplies the 8 lit in input channel 2");
  });
});
