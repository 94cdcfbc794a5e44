// The run in words: how it stands, how long it takes, what the curves and the confusions show.
import { grouped } from "../core/counts";
import type { Matrix } from "../core/correlation";
import { number } from "../core/format";
import { mixups, type Mixup, type MonitorTraits } from "./state";

/** "8 s", "2 min 05 s", "1 h 02 min". */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number): string => String(value).padStart(2, "0");
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
}

export function percent(share: number): string {
  return `${number(share * 100, 3)}%`;
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** "Running", "All epochs done". */
export function statusText({ _status, _ended }: MonitorTraits, stopping: boolean): string {
  if (_status === "waiting") return "Waiting for the first step";
  if (_status === "ended") return capital(_ended || "done");
  return stopping ? "Stopping after this step" : "Running";
}

/** The figures beside the status: name and value. */
export function factsOf({ _now: now, _status }: MonitorTraits): [name: string, value: string][] {
  const facts: [string, string][] = [];
  if (now.epoch !== null) facts.push(["Epoch", now.epochs ? `${now.epoch} of ${now.epochs}` : String(now.epoch)]);
  if (now.loss !== null) facts.push(["Loss", number(now.loss, 3)]);
  if (now.accuracy !== null) facts.push(["Accuracy", percent(now.accuracy)]);
  facts.push(["Examples", grouped(now.examples)]);
  if (now.rate !== null) facts.push(["A second", now.rate < 10 ? number(now.rate, 2) : grouped(Math.round(Number(now.rate.toPrecision(3))))]);
  if (now.seconds > 0) facts.push(["Time", now.seconds < 10 ? `${number(now.seconds, 2)} s` : duration(now.seconds)]);
  if (_status === "running" && now.left !== null) facts.push(["Left", duration(now.left)]);
  if (now.device) facts.push(["Device", now.device]);
  return facts;
}

/** One line of how it stands, for screen readers. */
export function standText(traits: MonitorTraits, stopping: boolean): string {
  const { epoch, loss, accuracy } = traits._now;
  const parts = [statusText(traits, stopping)];
  if (epoch !== null) parts.push(`epoch ${epoch}`);
  if (loss !== null) parts.push(`loss ${number(loss, 3)}`);
  if (accuracy !== null) parts.push(`accuracy ${percent(accuracy)}`);
  return `${parts.join(", ")}.`;
}

/** "Loss over 16 000 examples: from 2.3 to 0.66, lowest 0.66". */
export function curveText(name: string, x: readonly number[], values: readonly number[], say: (value: number) => string): string {
  if (values.length === 0) return `${name}: nothing measured yet.`;
  return `${name} over ${grouped(x.at(-1)!)} examples: from ${say(values[0]!)} to ${say(values.at(-1)!)}, between ${say(Math.min(...values))} and ${say(Math.max(...values))}.`;
}

/** "after 2 000 examples: 1.2". */
export function pointText(x: number | undefined, value: number | undefined, say: (value: number) => string): string {
  return x === undefined || value === undefined ? "nothing measured yet" : `${say(value)} after ${grouped(x)} examples`;
}

export function mixupText({ truth, answer, count }: Mixup, classes: readonly string[]): string {
  return `${classes[truth] ?? truth} taken for ${classes[answer] ?? answer}, ${grouped(count)} ${count === 1 ? "time" : "times"}`;
}

/** "Most often: shirt taken for T-shirt, 18 times; …". */
export function mixupsText(confusion: Matrix, classes: readonly string[]): string {
  const found = mixups(confusion);
  return found.length ? `Most often: ${found.map((each) => mixupText(each, classes)).join("; ")}.` : "Nothing was mixed up.";
}
