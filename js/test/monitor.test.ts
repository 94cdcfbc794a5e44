// What the monitor makes of a run: points that were measured, mix-ups, times, and the lines that are said.
import { expect, test } from "vitest";
import { measured, mixups, recall, type MonitorTraits } from "../monitor/state";
import { curveText, duration, factsOf, mixupsText, percent, pointText, standText, statusText } from "../monitor/words";

const CONFUSION = [
  [40, 2, 8],
  [0, 49, 1],
  [8, 0, 42],
];
const CLASSES = ["T-shirt", "trouser", "shirt"];
const TRAITS: MonitorTraits = {
  _status: "running",
  _ended: "",
  _now: { epoch: 2, epochs: 8, loss: 0.51234, accuracy: 0.873, examples: 61_706, total: 100_000, seconds: 75, rate: 31_415, left: 125, device: "CPU, 2 threads" },
  _curve: { examples: [], loss: [], accuracy: [] },
  _filters: [],
  _confusion: CONFUSION,
  _classes: CLASSES,
};

test("points with a value", () => {
  expect(measured([10, 20, 30], [null, 0.5, null])).toEqual({ x: [20], values: [0.5] });
});

test("mix-ups, the most frequent first; right answers are none", () => {
  expect(mixups(CONFUSION, 2)).toEqual([
    { truth: 0, answer: 2, count: 8 },
    { truth: 2, answer: 0, count: 8 },
  ]);
  expect(mixupsText(CONFUSION, CLASSES)).toBe("Most often: T-shirt taken for shirt, 8 times; shirt taken for T-shirt, 8 times; T-shirt taken for trouser, 2 times.");
  expect(mixupsText([[3, 0], [0, 2]], CLASSES)).toBe("Nothing was mixed up.");
  expect(recall(CONFUSION, 1)).toBe(0.98);
  expect(recall([[0]], 0)).toBeNull();
});

test("times", () => {
  expect([0.4, 8, 125, 3725].map(duration)).toEqual(["0 s", "8 s", "2 min 05 s", "1 h 02 min"]);
});

test("facts and lines", () => {
  expect(Object.fromEntries(factsOf(TRAITS))).toEqual({
    ...{ Epoch: "2 of 8", Loss: "0.512", Accuracy: "87.3%", Examples: "61\u202f706", "A second": "31\u202f400" },
    ...{ Time: "1 min 15 s", Left: "2 min 05 s", Device: "CPU, 2 threads" },
  });
  expect(Object.fromEntries(factsOf({ ...TRAITS, _status: "ended" }))["Left"]).toBeUndefined();
  expect(standText(TRAITS, false)).toBe("Running, epoch 2, loss 0.512, accuracy 87.3%.");
  expect(statusText(TRAITS, true)).toBe("Stopping after this step");
  expect(statusText({ ...TRAITS, _status: "ended", _ended: "all epochs done" }, false)).toBe("All epochs done");
  expect(curveText("Loss", [1, 2000], [2.3, 0.66], String)).toBe("Loss over 2\u202f000 examples: from 2.3 to 0.66, between 0.66 and 2.3.");
  expect(curveText("Accuracy", [], [], percent)).toBe("Accuracy: nothing measured yet.");
  expect(pointText(2000, 0.5, percent)).toBe("50% after 2\u202f000 examples");
});
