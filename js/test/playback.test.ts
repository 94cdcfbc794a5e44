// The transport's state machine: every action in the middle, at both ends, and where there is little to play.
import { describe, expect, test } from "vitest";
import { after, clamped, interval, SPEEDS, type Action } from "../core/playback";

type Row = [type: Exclude<Action["type"], "go">, playing: boolean, step: number, then: { playing: boolean; step: number }];

function check(count: number, rows: readonly Row[]): void {
  for (const [type, playing, step, then] of rows) {
    expect(after({ playing, step }, { type }, count), `${type} from ${step} of ${count}, playing ${playing}`).toEqual(then);
  }
}

describe("with four steps", () => {
  test("each button goes where it says, and stops the play", () => {
    for (const playing of [false, true]) {
      check(4, [
        ["next", playing, 1, { playing: false, step: 2 }],
        ["next", playing, 3, { playing: false, step: 3 }],
        ["back", playing, 2, { playing: false, step: 1 }],
        ["back", playing, 0, { playing: false, step: 0 }],
        ["start", playing, 2, { playing: false, step: 0 }],
        ["end", playing, 1, { playing: false, step: 3 }],
        ["pause", playing, 2, { playing: false, step: 2 }],
      ]);
    }
  });

  test("play starts, pauses, and starts over from the end", () => {
    check(4, [
      ["toggle", false, 1, { playing: true, step: 1 }],
      ["toggle", true, 1, { playing: false, step: 1 }],
      ["toggle", false, 3, { playing: true, step: 0 }],
      ["toggle", true, 3, { playing: false, step: 3 }],
    ]);
  });

  test("a tick goes on while playing, and stops with the last step", () => {
    check(4, [
      ["tick", true, 0, { playing: true, step: 1 }],
      ["tick", true, 2, { playing: false, step: 3 }],
      ["tick", true, 3, { playing: false, step: 3 }],
      ["tick", false, 1, { playing: false, step: 1 }],
    ]);
  });

  test("a whole play shows every step once", () => {
    let state = after({ playing: false, step: 3 }, { type: "toggle" }, 4);
    const seen = [state.step];
    while (state.playing) {
      state = after(state, { type: "tick" }, 4);
      seen.push(state.step);
    }
    expect(seen).toEqual([0, 1, 2, 3]);
  });

  test.each([
    [2, 2],
    [0, 0],
    [-5, 0],
    [3, 3],
    [99, 3],
    [1.9, 1],
    [NaN, 0],
  ])("the scrubber at %d comes to step %d", (step, then) => {
    expect(after({ playing: true, step: 1 }, { type: "go", step }, 4)).toEqual({ playing: false, step: then });
  });
});

test.each([0, 1])("with %d steps everything stays at 0 and nothing plays", (count) => {
  const still = { playing: false, step: 0 };
  for (const type of ["next", "back", "start", "end", "toggle", "pause"] as const) {
    expect(after({ playing: false, step: 0 }, { type }, count), type).toEqual(still);
    expect(after({ playing: true, step: 7 }, { type }, count), type).toEqual(still);
  }
  expect(after({ playing: true, step: 0 }, { type: "tick" }, count)).toEqual(still);
  expect(after({ playing: false, step: 0 }, { type: "go", step: 5 }, count)).toEqual(still);
});

test("a step left over from a longer run is brought back first", () => {
  expect(after({ playing: false, step: 9 }, { type: "back" }, 4)).toEqual({ playing: false, step: 2 });
  expect(clamped(9, 4)).toBe(3);
  expect(clamped(-1, 4)).toBe(0);
  expect(clamped(2, 0)).toBe(0);
});

test("twice the speed is half the wait", () => {
  expect(SPEEDS.map(interval)).toEqual([2000, 1000, 500, 250]);
});
