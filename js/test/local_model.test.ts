// The model of a static page behaves as a widget's model does: get, set, change events, off.
import { expect, test, vi } from "vitest";
import { LocalModel } from "../core/local_model";

test("a change is told once, to those who asked for it", () => {
  const model = new LocalModel({ step: 0, mode: "correlation" });
  const [step, mode] = [vi.fn(), vi.fn()];
  model.on("change:step", step);
  model.on("change:mode", mode);
  model.set("step", 3);
  expect(model.get("step")).toBe(3);
  expect(step).toHaveBeenCalledExactlyOnceWith(model, 3);
  expect(mode).not.toHaveBeenCalled();
});

test("the value is there before it is told", () => {
  const model = new LocalModel({ step: 0 });
  const seen: unknown[] = [];
  model.on("change:step", () => seen.push(model.get("step")));
  model.set("step", 1);
  expect(seen).toEqual([1]);
});

test("the same value again is no change", () => {
  const input = [[1, 2]];
  const model = new LocalModel({ input });
  const listener = vi.fn();
  model.on("change:input", listener);
  model.set("input", input);
  expect(listener).not.toHaveBeenCalled();
  model.set("input", [[1, 2]]);
  expect(listener).toHaveBeenCalledOnce();
});

test("off takes one listener away, also while a change is told", () => {
  const model = new LocalModel({ step: 0 });
  const [kept, dropped] = [vi.fn(), vi.fn()];
  model.on("change:step", dropped);
  model.on("change:step", () => model.off("change:step", dropped));
  model.on("change:step", kept);
  model.set("step", 1);
  model.set("step", 2);
  expect(dropped).toHaveBeenCalledOnce();
  expect(kept).toHaveBeenCalledTimes(2);
  model.off("change:never", kept);
});

test("who comes while a change is told waits for the next one", () => {
  const model = new LocalModel({ step: 0 });
  const late = vi.fn();
  model.on("change:step", () => model.on("change:step", late));
  model.set("step", 1);
  expect(late).not.toHaveBeenCalled();
  model.set("step", 2);
  expect(late).toHaveBeenCalledOnce();
});

test("it counts who listens", () => {
  const model = new LocalModel({});
  const listener = (): void => {};
  model.on("change:a", listener);
  model.on("change:b", listener);
  expect(model.listening).toBe(2);
  model.off("change:a", listener);
  model.off("change:b", listener);
  expect(model.listening).toBe(0);
});

test("two models of one state share nothing", () => {
  const state = { step: 0 };
  const [one, other] = [new LocalModel(state), new LocalModel(state)];
  one.set("step", 5);
  expect([other.get("step"), state.step]).toEqual([0, 0]);
});
