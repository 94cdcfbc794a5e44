// The kernels to start from do what is said of them; sums, turns, resizing, guesses and words.
import { describe, expect, test } from "vitest";
import { halfTurn } from "../core/correlation";
import { reason } from "../image/camera";
import { filtered, slidingOf } from "../image/filter";
import { candidatesFor } from "../image/guess";
import { guessText } from "../image/guess_panel";
import { flatText, presetOf, PRESETS, same, turnOf, turnText, weightSum } from "../image/kernels";
import { fitted, greyOf, nameOf, type Plane } from "../image/picture";
import { walked } from "../image/picture_view";
import { table } from "../image/paint";
import { resizedAround } from "../image/resize";
import { differsText, outputText, summaryOf } from "../image/summary";

const plane = (rows: number[][]): Plane => ({ height: rows.length, width: rows[0]!.length, values: Float64Array.from(rows.flat()) });
/** Dark on the left, light on the right, an edge between columns 5 and 6, with a slope downwards. */
const STEP = plane(Array.from({ length: 9 }, (_, r) => Array.from({ length: 12 }, (_, c) => (c < 6 ? 20 + r : 200 + r))));
const at = ({ width, values }: Plane, r: number, c: number): number => values[r * width + c]!;
const give = (name: string, picture = STEP): Plane => filtered(picture, PRESETS.find((preset) => preset.name === name)!.kernel, "correlation", "same")!;

describe("what is said of a preset is so", () => {
  test("names differ, sizes are at most 7×7, and each is found by its weights", () => {
    expect(new Set(PRESETS.map(({ name }) => name)).size).toBe(PRESETS.length);
    for (const preset of PRESETS) {
      expect(Math.max(preset.kernel.length, preset.kernel[0]!.length)).toBeLessThanOrEqual(7);
      expect(presetOf(preset.kernel)).toBe(preset);
      // Greys suit kernels that keep the brightness, signed colours those that leave changes.
      expect(weightSum(preset.kernel)).toBe(preset.colours === "grey" ? 1 : 0);
    }
  });
  test("identity gives the picture back; blurs keep within its range and soften the edge", () => {
    expect(give("Identity").values).toEqual(STEP.values);
    for (const name of ["Blur 3×3", "Gaussian 5×5"]) {
      const slope = at(give(name), 4, 6) - at(give(name), 4, 5);
      expect(slope).toBeGreaterThan(0);
      expect(slope).toBeLessThan(180);
    }
  });
  test("sharpen goes beyond both sides of the edge", () => {
    expect(at(give("Sharpen"), 4, 5)).toBeLessThan(24);
    expect(at(give("Sharpen"), 4, 6)).toBeGreaterThan(204);
  });
  test("Sobel across is above 0 where it gets lighter to the right, Sobel down where it gets lighter downwards", () => {
    expect(at(give("Sobel across"), 4, 5)).toBe(720);
    expect(at(give("Sobel across"), 4, 3)).toBe(0);
    expect(at(give("Sobel down"), 4, 3)).toBe(8);
  });
  test("the Laplacian gives a pair of lines, one of each sign, and 0 on even slopes", () => {
    expect(at(give("Laplacian"), 4, 5)).toBe(180);
    expect(at(give("Laplacian"), 4, 6)).toBe(-180);
    expect(at(give("Laplacian"), 4, 3)).toBe(0);
  });
  test("emboss answers to light from the bottom right, outline to edges alone", () => {
    const ramp = plane(Array.from({ length: 5 }, (_, r) => Array.from({ length: 6 }, (_, c) => 10 * (r + c))));
    expect(at(give("Emboss", ramp), 2, 2)).toBeGreaterThan(at(ramp, 2, 2));
    expect(at(give("Outline"), 4, 2)).toBe(0);
    expect(at(give("Outline"), 4, 6)).toBe(540);
  });
});

test("the sum of the weights says what becomes of a flat area", () => {
  expect(flatText([[1 / 9, 1 / 9, 1 / 9], [1 / 9, 1 / 9, 1 / 9], [1 / 9, 1 / 9, 1 / 9]])).toContain("sum to 1");
  expect(flatText([[1, -1]])).toContain("sum to 0");
  expect(flatText([[1, 2]])).toBe("The weights sum to 3: a flat area of 100 becomes 300.");
});

test("a half turn: the same kernel, its opposite, or another one", () => {
  expect(turnOf([[0, 1, 0], [1, -4, 1], [0, 1, 0]])).toBe("same");
  expect(turnOf([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])).toBe("opposite");
  expect(turnOf([[1, 2], [3, 4]])).toBe("other");
  expect(turnText([[1, 1]])).toContain("are the same");
  expect(slidingOf([[1, 2], [3, 4]], "convolution")).toEqual(halfTurn([[1, 2], [3, 4]]));
});

test("a kernel of another size keeps its middle", () => {
  const K = [[1, 2, 3], [4, 5, 6], [7, 8, 9]];
  expect(resizedAround(K, 5, 3)).toEqual([[0, 0, 0], ...K, [0, 0, 0]]);
  expect(resizedAround(K, 1, 1)).toEqual([[5]]);
  expect(resizedAround(resizedAround(K, 7, 6), 3, 3)).toEqual(K);
});

describe("predict first", () => {
  test("one picture is right, those beside it differ by eye, and it does not move", () => {
    for (const { kernel } of PRESETS) {
      for (const mode of ["correlation", "convolution"] as const) {
        const sliding = slidingOf(kernel, mode);
        const candidates = candidatesFor(STEP, sliding, mode, "same");
        expect(candidates.length).toBeGreaterThanOrEqual(2);
        expect(candidates.length).toBeLessThanOrEqual(4);
        expect(candidates.filter(({ right }) => right)).toHaveLength(1);
        expect(candidates.find(({ right }) => right)!.output.values).toEqual(filtered(STEP, kernel, mode, "same")!.values);
        expect(candidatesFor(STEP, sliding, mode, "same").map(({ right }) => right)).toEqual(candidates.map(({ right }) => right));
      }
    }
  });
  test("the right one is not always in the same place", () => {
    const places = PRESETS.map(({ kernel }) => candidatesFor(STEP, kernel, "correlation", "same").findIndex(({ right }) => right));
    expect(new Set(places).size).toBeGreaterThan(1);
  });
  test("a wrong choice is told what gives that picture", () => {
    const candidates = candidatesFor(STEP, [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], "correlation", "same");
    const right = candidates.findIndex((each) => each.right);
    expect(guessText(candidates, right)).toBe("✓ Right.");
    expect(guessText(candidates, null)).toBe(`It is picture ${right + 1}.`);
    const wrong = right === 0 ? 1 : 0;
    expect(guessText(candidates, wrong)).toContain(candidates[wrong]!.what);
  });
  test("nothing is asked where the kernel does not fit, or nothing differs", () => {
    expect(candidatesFor(plane([[1]]), [[1, 1]], "correlation", "valid")).toEqual([]);
  });
});

test("a picture in words", () => {
  expect(summaryOf(plane([[-100, 0, 1, 100]]))).toEqual({ least: -100, most: 100, mean: 0.25, below: 25, about: 50, above: 25 });
  expect(outputText(plane([[3, 5]]))).toBe("from 3 to 5, mean 4: all above 0");
  expect(differsText(0, 100)).toContain("equal in every pixel");
  expect(differsText(33019, 34000).replace(/\s/g, " ")).toBe("Here they differ in 33 019 of 34 000 pixels (97 %).");
});

test("colours become grey as in Python, and large pictures are scaled down", () => {
  expect([...greyOf(Uint8ClampedArray.from([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255]), 1, 3).values]).toEqual([76, 150, 29]);
  expect(fitted(480, 640)).toEqual([180, 240]);
  expect(fitted(100, 200)).toEqual([100, 200]);
  expect(fitted(10, 100000)).toEqual([1, 240]);
  expect(nameOf({ height: 1, width: 1, grey: "AA==" })).not.toBe(nameOf({ height: 1, width: 1, grey: "AQ==" }));
});

test("keys walk through a picture and stop at its edges", () => {
  expect(walked([5, 5], "ArrowRight", false, false, 20, 30)).toEqual([5, 6]);
  expect(walked([5, 5], "ArrowRight", true, false, 20, 30)).toEqual([5, 15]);
  expect(walked([5, 5], "PageUp", false, false, 20, 30)).toEqual([0, 5]);
  expect(walked([5, 29], "ArrowRight", false, false, 20, 30)).toEqual([5, 29]);
  expect(walked([5, 5], "x", false, false, 20, 30)).toBeNull();
});

test("colours: 0 is the ground, and only clearly negative values are hatched", () => {
  for (const theme of ["light", "dark"] as const) {
    const [plain, hatched] = [table(theme, false), table(theme, true)];
    for (let index = 255; index <= 510; index++) expect(plain[index]).toBe(hatched[index]);
    expect(plain[0]).not.toBe(hatched[0]);
    expect(plain[250]).toBe(hatched[250]);
    expect(new Set([plain[0], plain[255], plain[510]]).size).toBe(3);
  }
});

test("why there is no camera", () => {
  for (const name of ["NotAllowedError", "NotFoundError", "NotReadableError", "SecurityError", "AnythingElse"]) expect(reason(name)).toMatch(/\.$/);
});

test("kernels are the same by their weights", () => {
  expect(same([[1, 2]], [[1, 2]])).toBe(true);
  expect(same([[1, 2]], [[1], [2]])).toBe(false);
});
