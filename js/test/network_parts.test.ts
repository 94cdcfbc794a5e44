// The network explorer's small parts: half floats, bytes of a page, brush strokes, plates, paint, words, what is known.
import { describe, expect, test } from "vitest";
import { revived } from "../core/revive";
import { stroke } from "../network/draw";
import { clampedCell, strongest } from "../network/explain";
import { floats, halves } from "../network/float16";
import { settingText, type Layer } from "../network/layers";
import { inksOf, paint } from "../network/paint";
import { cellAt, foldOf, placeOf, platesOf, shadesOf } from "../network/plates";
import { classNames, hashed, networkFrom, packed, questionKey, runOf, sayingOf, tellingLayer, unpacked, type NetworkTraits } from "../network/state";
import { percent, rangeText, sumText, termsText } from "../network/words";

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

describe("bytes", () => {
  test("half floats: whole numbers, fractions, tiny and infinite ones", () => {
    // 1, −2, 65504, 2⁻²⁴, 1/3 rounded, ∞, −0
    const bits = Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0001, 0x3555, 0x7c00, 0x8000);
    expect(Array.from(halves(base64(new Uint8Array(bits.buffer))))).toEqual([1, -2, 65504, 2 ** -24, 0.333251953125, Infinity, -0]);
  });

  test("floats from a view that starts anywhere", () => {
    const bytes = new Uint8Array(11);
    bytes.set(new Uint8Array(Float32Array.of(1.5, -3).buffer), 3);
    expect(Array.from(floats(new DataView(bytes.buffer, 3, 8)))).toEqual([1.5, -3]);
  });

  test("a page's bytes come back as a view; all else stays", () => {
    const { _weights, image, list, none } = revived({ _weights: { bytes: base64(Uint8Array.of(1, 2, 255)) }, image: { grey: "AA==" }, list: [1], none: null });
    expect(Array.from(new Uint8Array((_weights as DataView).buffer))).toEqual([1, 2, 255]);
    expect([image, list, none]).toEqual([{ grey: "AA==" }, [1], null]);
  });

  test("a grey image goes to text and back", () => {
    const grey = { high: 2, wide: 3, bytes: Uint8Array.of(0, 1, 127, 128, 254, 255) };
    expect(unpacked(packed(grey))).toEqual(grey);
  });
});

describe("a brush", () => {
  const empty = new Uint8Array(28 * 20);
  const inked = (grey: Uint8Array): number[][] => Array.from(grey.entries()).filter(([, value]) => value > 0).map(([at]) => [Math.floor(at / 20), at % 20]);

  test("a fine dot lies where it was made", () => {
    const drawn = stroke(empty, 28, 20, [5.5, 7.5], [5.5, 7.5], "fine");
    expect(drawn[5 * 20 + 7]).toBe(255);
    for (const [row, column] of inked(drawn)) expect(Math.hypot(row! - 5, column! - 7)).toBeLessThan(1.5);
    expect(empty.every((value) => value === 0)).toBe(true);
  });

  test("a line has no gaps, and the eraser takes it away", () => {
    const drawn = stroke(empty, 28, 20, [2.5, 3.5], [25.5, 16.5], "fine");
    for (let row = 3; row < 25; row++) expect(drawn.subarray(row * 20, row * 20 + 20).some((value) => value > 150), `row ${row}`).toBe(true);
    expect(inked(stroke(drawn, 28, 20, [2.5, 3.5], [25.5, 16.5], "eraser"))).toEqual([]);
  });

  test("off the edge nothing wraps around", () => {
    const drawn = stroke(empty, 28, 20, [10.5, 22], [10.5, 19.5], "broad");
    expect(inked(drawn).every(([, column]) => column! > 14)).toBe(true);
  });
});

describe("plates", () => {
  test("a flat run is folded into near squares that hold all of it", () => {
    expect([10, 16, 84, 120, 400, 97, 26].map(foldOf)).toEqual([1, 1, 7, 10, 20, 10, 6]);
    const tensor = { shape: [97], data: new Float32Array(97) };
    const plates = platesOf(tensor, "signed", false);
    expect([plates.count, plates.rows, plates.columns]).toEqual([1, 10, 10]);
    expect(cellAt(2, tensor, plates, 0, 9, 6)).toEqual([2, 0, 0, 96]);
    expect(cellAt(2, tensor, plates, 0, 9, 7)).toBeNull();
    expect(placeOf(tensor, plates, [2, 0, 0, 23])).toEqual([2, 3]);
  });

  test("shades follow what a layer can give", () => {
    const kinds = ["conv", "sigmoid", "avg_pool", "conv", "relu", "max_pool", "flatten", "linear", "tanh", "linear", "softmax"];
    const shades = shadesOf(kinds.map((kind) => ({ kind }) as unknown as Layer)).map(({ shade, unit }) => `${shade}${unit ? " 1" : ""}`);
    const rising = ["signed", "rising 1", "rising 1", "signed", "rising", "rising", "rising", "signed", "signed 1", "signed", "rising 1"];
    expect(shades).toEqual(rising);
  });

  test("values below 0 are hatched and others are not, in both themes", () => {
    for (const theme of ["light", "dark"] as const) {
      const inks = inksOf(theme);
      const into = new Uint32Array(2 * 144);
      paint(Float32Array.of(-1, 1), 0, [1, 2], { shade: "signed", scale: 1 }, 12, inks, into);
      const side = (first: number): Set<number> => new Set(Array.from(into).filter((_, at) => at % 24 >= first && at % 24 < first + 12));
      expect([side(0).size, side(12).size]).toEqual([2, 1]);
      paint(Float32Array.of(0, 0.5), 0, [1, 3], { shade: "rising", scale: 1 }, 1, inks, into);
      expect(into[0]).toBe(inks.rising[0]);
      expect(into[1]).toBe(inks.rising[128]);
      expect(into[2]).toBe(0); // past the end: clear
    }
  });
});

describe("words", () => {
  test("sums, shares, ranges", () => {
    expect(termsText([0.5, -1.25, 2])).toBe("0.5 − 1.25 + 2");
    expect(termsText([1, 2, 3, 4, 5, 6, 7, 8, 9, -10])).toBe("1 + 2 + 3 + 4 + 5 + 6 + … (3 more) − 10");
    expect([0, 0.001, 0.5, 0.999, 1].map(percent)).toEqual(["0\u00a0%", "under 1\u00a0%", "50\u00a0%", "over 99\u00a0%", "100\u00a0%"]);
    expect(rangeText(Float32Array.of(9, -1, 0, 2.5), 1, 3)).toBe("from −1 to 2.5, mean 0.5");
  });

  test("a layer's settings", () => {
    const conv = { kind: "conv", name: "Conv2d", in: 1, out: 2, kernel: [3, 2], stride: [2, 1], dilation: [1, 1], bias: true } as const;
    expect(settingText({ ...conv, padding: [1, 1, 2, 2] })).toBe("3 × 2, padding (1, 2), stride (2, 1)");
    expect(settingText({ ...conv, padding: [1, 1, 0, 1], stride: [1, 1] })).toBe("3 × 2, padding 1, 1, 0, 1");
    expect(settingText({ kind: "relu", name: "ReLU" })).toBe("");
  });

  test("the strongest products, and a line for each kind of sum", () => {
    const terms = [3, -4, 1, 2].map((value, index) => ({ index, value, weight: 2 }));
    expect(strongest(terms, 2)).toEqual({ first: [terms[1], terms[0]], rest: 6 });
    const linear = { kind: "linear", name: "Linear", in: 4, out: 1, bias: true } as const;
    expect(sumText({ kind: "linear", layer: linear, terms, bias: 0.5, value: 4.5 })).toBe("4 products, bias 0.5: 4.5");
    expect(sumText({ kind: "pass", layer: { kind: "relu", name: "ReLU" }, from: -2, value: 0, all: Float32Array.of(-2) })).toBe("max(0, −2) = 0");
  });
});

describe("the state", () => {
  const layers: Layer[] = [
    { kind: "conv", name: "Conv2d", in: 1, out: 1, kernel: [2, 2], stride: [1, 1], padding: [0, 0, 0, 0], dilation: [1, 1], bias: true },
    { kind: "flatten", name: "Flatten" },
    { kind: "linear", name: "Linear", in: 2, out: 3, bias: false },
  ];
  const weights = Float32Array.of(1, 0, 0, 1, -1, 1, 0, 0, 1, 1, 1);
  const traits = {
    ...{ network: "small", weights: "given", seed: 3, image: { height: 2, width: 3, grey: base64(Uint8Array.of(0, 255, 0, 255, 255, 255)) }, classes: [], normalise: [0, 1] },
    ...{ cell: [0, 0, 0, 0], predict: false, _layers: null, _weights: new DataView(weights.buffer), _source: "", _garments: [], _networks: { small: layers } },
    ...{ _trained: {}, _class_names: [], _predictions: { right: 0, tried: 0, shown: 0, of: "", cells: {} } },
  } as unknown as NetworkTraits;

  test("weights given make a network; too few or too many make none", () => {
    const network = networkFrom(traits)!;
    const tensors = runOf(network, unpacked(traits.image as never), [0, 1])!;
    expect(tensors.map(({ data }) => Array.from(data))).toEqual([[0, 1, 0, 1, 1, 1], [0, 1], [0, 1], [0, 1, 1]]);
    const saying = sayingOf(layers, tensors);
    expect([saying.best, saying.soft]).toEqual([1, false]);
    expect(saying.shares.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
    expect(tellingLayer(layers, tensors)).toBe(2);
    expect(networkFrom({ ...traits, _weights: new DataView(weights.buffer, 0, 40) })).toBeNull();
    expect(networkFrom({ ...traits, weights: "trained" })).toBeNull(); // not sent yet
    expect(networkFrom({ ...traits, weights: "random" })?.parameters[0]?.weight.length).toBe(4);
  });

  test("an image of another size is not run", () => {
    const network = networkFrom(traits)!;
    expect(runOf(network, { high: 3, wide: 3, bytes: new Uint8Array(9) }, [0, 1])).toBeNull();
    expect(runOf(network, { high: 1, wide: 3, bytes: new Uint8Array(3) }, [0, 1])).toBeNull();
  });

  test("a question is another one with another image, weights or scale", () => {
    const keyOf = (each: NetworkTraits): string => questionKey(each, hashed(each._weights));
    const keys = [
      traits,
      { ...traits, image: { height: 2, width: 3, grey: "AAAAAAAA" } },
      { ...traits, weights: "random" as const },
      { ...traits, weights: "random" as const, seed: 4 },
      { ...traits, _weights: new DataView(Float32Array.of(9).buffer) },
      { ...traits, normalise: [0.5, 1] as const },
    ].map(keyOf);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keyOf({ ...traits, cell: [1, 0, 0, 1] })).toBe(keys[0]);
  });

  test("classes have the names given, else Fashion-MNIST's where the count fits, else numbers", () => {
    const known = { classes: ["a", "b"], _class_names: ["x", "y", "z"] };
    expect([2, 3, 4].map((count) => classNames(known, count))).toEqual([["a", "b"], ["x", "y", "z"], ["0", "1", "2", "3"]]);
  });

  test("a cell outside becomes the nearest one", () => {
    const tensors = runOf(networkFrom(traits)!, unpacked(traits.image as never), [0, 1])!.slice(1);
    expect(clampedCell([0, 5, 7, -2], tensors)).toEqual([0, 0, 0, 0]);
    expect(clampedCell([9, 1, 1, 9], tensors)).toEqual([2, 0, 0, 2]);
  });
});
