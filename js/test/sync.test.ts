// Writing to the model at once and to Python a little later, by a clock that the test holds.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LocalModel } from "../core/local_model";
import { syncTo } from "../core/sync";

let saved: number[] = [];
let model: LocalModel;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  saved = [];
  model = new LocalModel({ step: 0 });
  model.save_changes = () => void saved.push(Date.now() - 1_000_000);
});
afterEach(() => void vi.useRealTimers());

test("the model has every change at once, Python after the quiet, once", () => {
  const { write } = syncTo(model, 150, 600);
  write({ step: 1, predict: true });
  expect([model.get("step"), model.get("predict")]).toEqual([1, true]);
  vi.advanceTimersByTime(149);
  expect(saved).toEqual([]);
  vi.advanceTimersByTime(1000);
  expect(saved).toEqual([150]);
});

test("each change starts the quiet anew", () => {
  const { write } = syncTo(model, 150, 600);
  write({ step: 1 });
  vi.advanceTimersByTime(100);
  write({ step: 2 });
  vi.advanceTimersByTime(149);
  expect(saved).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(saved).toEqual([250]);
});

test("a long scrub is sent all the same, never later than the most", () => {
  const { write } = syncTo(model, 150, 600);
  for (let step = 0; step < 20; step++) {
    write({ step });
    vi.advanceTimersByTime(100);
  }
  expect(saved).toEqual([600, 1200, 1800]);
  vi.advanceTimersByTime(1000);
  expect(saved).toEqual([600, 1200, 1800, 2050]); // the last change, of 1900, after its quiet
});

test("a flush sends what is pending now, and only that", () => {
  const { write, flush } = syncTo(model, 150, 600);
  flush();
  expect(saved).toEqual([]);
  write({ step: 1 });
  vi.advanceTimersByTime(40);
  flush();
  flush();
  expect(saved).toEqual([40]);
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(5000);
  expect(saved).toEqual([40]);
  write({ step: 2 });
  vi.advanceTimersByTime(150);
  expect(saved).toEqual([40, 5190]);
});

test("two syncs of one model do not disturb each other", () => {
  const [one, other] = [syncTo(model, 150, 600), syncTo(model, 150, 600)];
  one.write({ step: 1 });
  vi.advanceTimersByTime(100);
  other.write({ step: 2 });
  one.flush();
  vi.advanceTimersByTime(150);
  expect(saved).toEqual([100, 250]);
});

test("a late echo does not undo what was written since; another value from Python counts", () => {
  const [one, other] = [syncTo(model), syncTo(model)];
  one.write({ step: 1 });
  one.flush();
  one.write({ step: 2 });
  model.set("step", 1); // the echo of the first
  expect(model.get("step")).toBe(2);
  model.set("step", 7); // set in Python
  expect(model.get("step")).toBe(7);
  other.write({ step: 1 }); // what a second view writes is no echo
  expect(model.get("step")).toBe(1);
  one.flush();
  other.flush();
  model.set("step", 0);
  expect(model.get("step")).toBe(0);
});
