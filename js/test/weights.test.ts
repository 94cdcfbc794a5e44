// Counting weights: the same as Python's on every vector; what is typed; slips; scales; the picture's connections.
import { describe, expect, test } from "vitest";
import weightsText from "../vectors/weights.json?raw";
import { digits, inWords, memory, powerOfTen } from "../core/big_counts";
import { NONE } from "../core/predict";
import { countOf, entriesOfV, KINDS, parseCount, slipOf, workedOf, type Kind, type Numbers } from "../weights/counts";
import { endOfScale, nearestStop, STOPS } from "../weights/scale";
import { answerFor, COUNTS, guessOf, keyOf, questionOf, unitOf, type CountAnswer } from "../weights/state";
import { connections, setOf, wiringOf, wiringText } from "../weights/wiring";
import { noteOf, timesShared } from "../weights/words";

interface WeightCase extends Numbers {
  readonly counts: Readonly<Record<Kind, string>>;
  readonly entries: string;
}

const CASES = JSON.parse(weightsText) as readonly WeightCase[];
const MEGAPIXEL: Numbers = { height: 1000, width: 1000, channels: 3, hidden: 1000, delta: 10 };
const SMALL: Numbers = { height: 4, width: 3, channels: 2, hidden: 5, delta: 2 };

describe("every vector", () => {
  test("there are enough, some beyond what a double counts", () => {
    expect(CASES.length).toBeGreaterThanOrEqual(500);
    expect(CASES.filter(({ counts }) => BigInt(counts.dense2d) > BigInt(Number.MAX_SAFE_INTEGER)).length).toBeGreaterThan(3);
  });

  test.each(KINDS)("%s is Python's to the last digit", (kind) => {
    for (const each of CASES) expect(String(countOf(kind, each)), keyOf(each)).toBe(each.counts[kind]);
  });

  test("so are the entries of V", () => {
    for (const each of CASES) expect(String(entriesOfV(each))).toBe(each.entries);
  });

  test("the formula with the numbers put in gives the count", () => {
    for (const each of CASES.slice(0, 40)) {
      for (const kind of KINDS) {
        const worked = workedOf(kind, each)
          .split(" · ")
          .map((factor) => (factor.endsWith("²") ? BigInt(factor.slice(0, -1)) ** 2n : BigInt(factor)));
        expect(worked.reduce((a, b) => a * b)).toBe(countOf(kind, each));
      }
    }
  });
});

describe("counts as text", () => {
  test("3 billion, 12 GB", () => {
    const count = countOf("dense", MEGAPIXEL);
    expect([digits(count), inWords(count), memory(count)]).toEqual(["3\u202f000\u202f000\u202f000", "3 billion", "12 GB"]);
  });

  test("every digit beyond 2^53", () => {
    expect(digits(2n ** 53n + 1n)).toBe("9\u202f007\u202f199\u202f254\u202f740\u202f993");
    expect(inWords(10n ** 16n)).toBe("10 quadrillion");
    expect(inWords(25n * 10n ** 17n)).toBe("2.5 quintillion");
    expect(inWords(441n)).toBe("441");
  });

  test("powers of ten", () => {
    expect([0n, 1n, 10n, 10n ** 16n].map(powerOfTen)).toEqual([0, 0, 1, 16]);
    expect(powerOfTen(3_000_000_000n)).toBeCloseTo(9.477, 3);
    expect([endOfScale([1n]), endOfScale([10n ** 12n]), endOfScale([10n ** 12n + 10n ** 9n])]).toEqual([12, 12, 15]);
  });

  test("in the words of the layers", () => {
    expect(noteOf("shared", MEGAPIXEL)).toContain("it would be 400, which leaves out 4Δ + 1 = 41");
    expect(timesShared("local", MEGAPIXEL)).toBe("1 million times the kernel’s");
    expect(timesShared("dense", { ...SMALL, hidden: 1, channels: 1 })).toBe("fewer than the kernel has");
    expect(timesShared("dense", { ...SMALL, hidden: 3, channels: 1 })).toBe("about as many as the kernel has");
  });
});

describe("what is typed", () => {
  test.each([
    ["3000000000", 3_000_000_000n],
    ["3 000 000 000", 3_000_000_000n],
    ["3\u202f000\u202f000", 3_000_000n],
    ["3,000,000,000", 3_000_000_000n],
    ["3_000_000", 3_000_000n],
    ["3e9", 3_000_000_000n],
    ["3 billion", 3_000_000_000n],
    ["1.5 million", 1_500_000n],
    ["4.41e2", 441n],
    ["1000·1000·3·1000", 3_000_000_000n],
    ["28 × 28 x 10", 7840n],
    ["9007199254740993", 9007199254740993n],
    ["0", 0n],
  ])("%s", (text, count) => expect(parseCount(text)).toBe(count));

  test.each(["", "many", "1.5", "4.411e2", "3,00", "-3", "1e999", "3 × many", "1".repeat(50)])("no count: %s", (text) =>
    expect(parseCount(text)).toBeNull(),
  );
});

describe("slips", () => {
  test.each<[Kind, bigint, string]>([
    ["dense", 1_000_000_000n, "The channels are missing"],
    ["dense", 3_000_000n, "The hidden units are missing"],
    ["dense", 1_000_000n, "Channels and hidden units are missing"],
    ["dense", 3_000_001_000n, "counts the biases"],
    ["dense", 12_000_000_000n, "Those are bytes"],
    ["dense", 6_000_000n, "Height and width are multiplied"],
    ["dense2d", 1_000_000n, "one weight a pixel"],
    ["dense2d", 1_000_000_000n, "h · w units"],
    ["dense2d", 3_996_001_000_000n, "entries of V"],
    ["local", 400_000_000n, "4Δ²"],
    ["local", 441n, "one unit's window"],
    ["local", 21_000_000n, "the square is missing"],
    ["local", 121_000_000n, "so 2Δ + 1 rows"],
    ["shared", 400n, "4Δ²"],
    ["shared", 441_000_000n, "without sharing"],
    ["shared", 21n, "the square is missing"],
    ["shared", 100n, "not Δ"],
    ["shared", 440n, ""],
  ])("%s: %d", (kind, guess, reason) => {
    if (reason) expect(slipOf(guess, kind, MEGAPIXEL)).toContain(reason);
    else expect(slipOf(guess, kind, MEGAPIXEL)).toBe("");
  });

  test("what is right is no slip, even where a slip gives the same", () => {
    for (const kind of KINDS) expect(slipOf(countOf(kind, MEGAPIXEL), kind, MEGAPIXEL)).toBe("");
    expect(slipOf(12n, "dense", { ...SMALL, channels: 1, hidden: 1 })).toBe("");
  });
});

describe("scales", () => {
  test("stops rise, within the limits, from the least to the most", () => {
    for (const stops of Object.values(STOPS)) {
      expect([...stops].sort((a, b) => a - b)).toEqual([...stops]);
      expect(new Set(stops).size).toBe(stops.length);
    }
    expect([STOPS.height[0], STOPS.height.at(-1), STOPS.delta[0], STOPS.hidden.at(-1)]).toEqual([1, 10_000, 0, 1_000_000]);
  });

  test("the nearest stop", () => {
    expect(nearestStop([1, 5, 10], 7)).toBe(1);
    expect(nearestStop([1, 5, 10], 8)).toBe(2);
    expect(nearestStop([1, 3], 2)).toBe(0);
    expect(STOPS.height[nearestStop(STOPS.height, 1000)]).toBe(1000);
  });
});

describe("the picture", () => {
  test("dense: every unit has its own weight for every input, all of them numbered once", () => {
    const wiring = wiringOf("dense2d", SMALL);
    const numbers = new Set<number>();
    for (let row = 0; row < 4; row++) {
      for (let column = 0; column < 3; column++) {
        const made = connections(wiring, row, column);
        expect(made).toHaveLength(12);
        for (const { weight } of made) numbers.add(weight);
      }
    }
    expect([numbers.size, Math.max(...numbers), wiring.total]).toEqual([144, 144, 144]);
  });

  test("local: a window around the unit, its own weights, beyond the edge too", () => {
    const wiring = wiringOf("local", SMALL);
    expect([wiring.reach, wiring.total]).toEqual([1, 108]);
    const corner = connections(wiring, 0, 0);
    expect(corner[0]).toEqual({ row: -1, column: -1, weight: 1 });
    expect(corner[4]).toEqual({ row: 0, column: 0, weight: 5 });
    expect(connections(wiring, 0, 1)[4]).toEqual({ row: 0, column: 1, weight: 14 });
    expect(setOf(wiring, 3, 2)).toBe(11);
    expect(connections(wiring, 3, 2)[8]!.weight).toBe(108);
  });

  test("shared: the same numbers wherever the unit is", () => {
    const wiring = wiringOf("shared", SMALL);
    expect(wiring.total).toBe(9);
    for (const [row, column] of [[0, 0], [3, 1]] as const) {
      expect(connections(wiring, row, column).map(({ weight }) => weight)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(setOf(wiring, row, column)).toBe(0);
    }
  });

  test("dense to hidden units: a column of them; small images as they are", () => {
    expect(wiringOf("dense", SMALL)).toMatchObject({ rows: 4, columns: 3, unitRows: 5, unitColumns: 1, total: 60 });
    expect(wiringOf("dense", MEGAPIXEL)).toMatchObject({ rows: 5, columns: 5, unitRows: 5, unitColumns: 1 });
    expect(wiringOf("local", { ...SMALL, delta: 0 })).toMatchObject({ reach: 0, total: 12 });
  });

  test("in words", () => {
    expect(wiringText(wiringOf("local", SMALL), 1, 0)).toBe("Unit in row 2, column 1: 9 weights of its own, numbers 28 to 36 of 108.");
    expect(wiringText(wiringOf("shared", SMALL), 1, 0)).toBe("Unit in row 2, column 1: the same 9 weights as every other unit, numbers 1 to 9.");
    expect(wiringText(wiringOf("shared", { ...SMALL, delta: 0 }), 0, 0)).toContain("the same 1 weight as every other unit, number 1.");
    expect(wiringText(wiringOf("dense", SMALL), 4, 0)).toBe("Unit 5: 12 weights of its own, numbers 49 to 60 of 60.");
  });

  test("a unit beyond it is the last one", () => {
    expect(unitOf([4, 4], wiringOf("dense", MEGAPIXEL))).toEqual([4, 0]);
    expect(unitOf([9, 1], wiringOf("local", SMALL))).toEqual([3, 1]);
  });
});

describe("predictions and answers", () => {
  test("belong to the numbers that a layer depends on", () => {
    const _predictions = { ...NONE, of: COUNTS, cells: { [questionOf("shared", SMALL)]: { guess: "25", right: true } } };
    expect(guessOf(_predictions, "shared", { ...SMALL, height: 9 })).toEqual({ guess: "25", right: true });
    expect(guessOf(_predictions, "shared", { ...SMALL, delta: 3 })).toBeUndefined();
    expect(guessOf(_predictions, "local", SMALL)).toBeUndefined();
  });

  test("an answer is that of the very numbers", () => {
    const answer = { of: [4, 3, 2, 5, 2] } as unknown as CountAnswer;
    expect(answerFor(answer, keyOf(SMALL))).toBe(answer);
    expect(answerFor(answer, keyOf(MEGAPIXEL))).toBeNull();
  });
});
