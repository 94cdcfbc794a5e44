// Layers on a picture and on the moved one, against vectors that the Python package computed.
import { describe, expect, test } from "vitest";
import shiftsText from "../vectors/shifts.json?raw";
import type { Matrix, Pair } from "../core/correlation";
import { compared, denseTable, differenceOf, OPS, run, shifted, stepsOf, type Op } from "../equivariance/rungs";
import { unpack, type Packed, type Plane } from "../image/picture";
import { difference } from "./vectors";

interface ShiftCase {
  readonly op: Op;
  readonly packed: Packed;
  readonly kernel: Matrix;
  readonly shift: Pair;
  readonly output: Matrix | null;
  readonly moved: Matrix;
  readonly given: Matrix;
  readonly inside: readonly (readonly boolean[])[];
  readonly differs: readonly (readonly boolean[])[];
}

const CASES = JSON.parse(shiftsText) as readonly ShiftCase[];
const FITTING = CASES.filter(({ output }) => output !== null);
const tables = new Map<number, Float32Array>();
const tableFor = ({ values }: Plane): Float32Array => tables.get(values.length) ?? tables.set(values.length, denseTable(values.length)).get(values.length)!;
const rowsOf = ({ height, width, values }: Plane): Matrix => Array.from({ length: height }, (_, r) => [...values.slice(r * width, (r + 1) * width)]);
const nameOf = ({ op, packed, kernel, shift }: ShiftCase): string =>
  `${op} of ${packed.height}×${packed.width} with ${kernel.length}×${kernel[0]!.length}, moved by ${shift}`;
const both = (each: ShiftCase) => {
  const X = unpack(each.packed);
  const Y = run(each.op, X, each.kernel, tableFor(X))!;
  return compared(each.op, X, each.kernel, each.shift, Y, run(each.op, shifted(X, each.shift), each.kernel, tableFor(X))!);
};

test("there are vectors of every kind", () => {
  expect(CASES.length).toBeGreaterThanOrEqual(500);
  for (const op of OPS) {
    const some = FITTING.filter((each) => each.op === op);
    expect(some.length).toBeGreaterThan(60);
    expect(some.some(({ inside }) => inside.flat().some(Boolean) && inside.flat().some((yes) => !yes))).toBe(true);
  }
  expect(CASES.some(({ output }) => output === null)).toBe(true);
});

describe("for every layer and shift, as Python has it", () => {
  test("the output; none where the layer does not fit", () => {
    for (const each of CASES) {
      const X = unpack(each.packed);
      const got = run(each.op, X, each.kernel, tableFor(X));
      if (each.output === null) expect(got, nameOf(each)).toBeNull();
      else expect(difference(rowsOf(got!), each.output), nameOf(each)).toBeLessThan(1e-12);
    }
  });
  test("the moved output, and the output of the moved picture", () => {
    for (const each of FITTING) {
      const { moved, given } = both(each);
      expect(difference(rowsOf(moved), each.moved), nameOf(each)).toBeLessThan(1e-12);
      expect(difference(rowsOf(given), each.given), nameOf(each)).toBeLessThan(1e-12);
    }
  });
  test("where there is something to compare, and where it differs", () => {
    for (const each of FITTING) {
      const { inside, differs, many, of } = both(each);
      expect([...inside], nameOf(each)).toEqual(each.inside.flat().map(Number));
      expect([...differs], nameOf(each)).toEqual(each.differs.flat().map(Number));
      expect([many, of]).toEqual([each.differs.flat().filter(Boolean).length, each.inside.flat().filter(Boolean).length]);
    }
  });
});

test("correlation without padding always follows; with stride 2 and pooling, even shifts do", () => {
  for (const each of FITTING) {
    const even = each.shift.every((along) => along % 2 === 0);
    if (each.op === "valid" || ((each.op === "stride" || each.op === "pool") && even)) expect(both(each).many, nameOf(each)).toBe(0);
  }
});

test("with zeros around, all that differs is near the edge", () => {
  let seen = 0;
  for (const each of FITTING.filter(({ op }) => op === "same")) {
    const { height, width } = each.packed;
    const [reachDown, reachAcross] = [each.kernel.length - 1, each.kernel[0]!.length - 1];
    each.differs.forEach((row, i) =>
      row.forEach((yes, j) => {
        if (!yes) return;
        seen++;
        expect(i < reachDown || i >= height - reachDown || j < reachAcross || j >= width - reachAcross, nameOf(each)).toBe(true);
      }),
    );
  }
  expect(seen).toBeGreaterThan(50);
});

test("the difference is 0 wherever it is not marked", () => {
  for (const each of FITTING) {
    const found = both(each);
    differenceOf(found).values.forEach((value, index) => expect(value !== 0).toBe(found.differs[index] === 1));
  }
});

test("a shift moves down and right, and zeros come in; halves are cut off towards 0", () => {
  const X: Plane = { height: 2, width: 3, values: Float64Array.from([1, 2, 3, 4, 5, 6]) };
  expect(rowsOf(shifted(X, [1, 0]))).toEqual([[0, 0, 0], [1, 2, 3]]);
  expect(rowsOf(shifted(X, [0, -1]))).toEqual([[2, 3, 0], [5, 6, 0]]);
  expect(rowsOf(shifted(X, [-2, 7]))).toEqual([[0, 0, 0], [0, 0, 0]]);
  expect(stepsOf("stride", [3, -3])).toEqual([1, -1]);
  expect(stepsOf("pool", [-1, 1])).toEqual([0, 0]);
  expect(stepsOf("same", [-1, 4])).toEqual([-1, 4]);
});

test("the dense weights spread over −1 to 1 without a trend", () => {
  const table = denseTable(60);
  const mean = table.reduce((sum, weight) => sum + weight, 0) / table.length;
  expect(Math.abs(mean)).toBeLessThan(0.03);
  expect(Math.min(...table)).toBeLessThan(-0.98);
  expect(Math.max(...table)).toBeGreaterThan(0.98);
});
