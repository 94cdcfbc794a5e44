// The forward pass gives what torch gives: every kind of layer by itself, and whole networks layer by layer.
import { describe, expect, test } from "vitest";
import { explain, asMaps, type Cell } from "../network/explain";
import { forward, inputOf, networkOf, softmax } from "../network/forward";
import { randomWeights } from "../network/random";
import { apart, LAYERS, NETWORKS, ran, tensor } from "./networks";

const KINDS = ["conv", "avg_pool", "max_pool", "linear", "sigmoid", "relu", "tanh", "flatten", "softmax", "identity"] as const;
const CLOSE = 2e-6;

describe.each(KINDS)("%s", (kind) => {
  const cases = LAYERS.filter(({ layer }) => layer.kind === kind);

  test("there are enough vectors", () => expect(cases.length).toBeGreaterThanOrEqual(500));

  test("gives torch's numbers", () => {
    for (const each of cases) expect(apart(ran(each), each.output), JSON.stringify(each.layer)).toBeLessThan(CLOSE);
  });

  test("every number taken apart is that number again", () => {
    for (const each of cases.slice(0, 120)) {
      const [before, after] = [tensor(each.input), ran(each)];
      const network = networkOf([each.layer], Float32Array.from(each.weights));
      const [maps, high, wide] = asMaps(after);
      const cell: Cell = [0, maps - 1, high >> 1, wide - 1];
      const expected = after.data[((maps - 1) * high + (high >> 1)) * wide + wide - 1]!;
      const made = explain(network, before, after, cell);
      expect(made.value).toBeCloseTo(expected, 5);
      if (made.kind === "conv") expect(made.parts.reduce((total, { sum }) => total + sum, made.bias ?? 0)).toBeCloseTo(expected, 4);
      if (made.kind === "linear") expect(made.terms.reduce((total, { value, weight }) => total + value * weight, made.bias ?? 0)).toBeCloseTo(expected, 4);
      if (made.kind === "pass" && kind !== "softmax") {
        const again = { sigmoid: 1 / (1 + Math.exp(-made.from)), tanh: Math.tanh(made.from), relu: Math.max(0, made.from) }[kind as string] ?? made.from;
        expect(again).toBeCloseTo(expected, 5);
      }
    }
  });
});

test("whole networks, the course's two with random weights by a seed among them", () => {
  expect(NETWORKS.length).toBeGreaterThanOrEqual(24);
  expect(NETWORKS.filter(({ seed }) => seed !== undefined).length).toBe(2);
  for (const { layers, seed, weights, image, size, outputs } of NETWORKS) {
    const numbers = seed === undefined ? Float32Array.from(weights!) : randomWeights(layers, seed);
    const { parameters } = networkOf(layers, numbers);
    const got = forward(layers, parameters, inputOf(Uint8Array.from(image), ...size, [0, 1]));
    expect(got.length).toBe(outputs.length);
    got.forEach((each, index) => expect(apart(each, outputs[index]!), `${layers[index]!.name}, layer ${index + 1}`).toBeLessThan(1e-5));
  }
});

test("softmax of large scores does not overflow", () => {
  expect(Array.from(softmax(Float32Array.of(1000, 1000)))).toEqual([0.5, 0.5]);
  expect(Array.from(softmax(Float32Array.of(-1000, 0)))).toEqual([0, 1]);
});

test("an image is scaled as training did", () => {
  const { shape, data } = inputOf(Uint8Array.of(0, 255, 51), 1, 3, [0.5, 0.25]);
  expect([shape, Array.from(data)]).toEqual([[1, 1, 3], [-2, 2, Math.fround((0.2 - 0.5) / 0.25)]]);
});
