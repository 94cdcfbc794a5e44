// Playback as a state machine: what each transport action does to the step, with no timer in it.

export interface Playback {
  readonly playing: boolean;
  readonly step: number;
}

export type Action =
  | { readonly type: "next" | "back" | "start" | "end" | "toggle" | "tick" | "pause" }
  | { readonly type: "go"; readonly step: number };

export const SPEEDS = [0.5, 1, 2, 4] as const;

/** Milliseconds between two steps. */
export function interval(speed: number): number {
  return 1000 / speed;
}

/** The step that exists: within 0 and count − 1. */
export function clamped(step: number, count: number): number {
  return Math.max(0, Math.min(Math.trunc(step) || 0, count - 1));
}

/** What follows an action when there are `count` steps. Anything but a tick stops the play. */
export function after({ playing, step }: Playback, action: Action, count: number): Playback {
  const last = Math.max(0, count - 1);
  const at = clamped(step, count);
  switch (action.type) {
    case "next":
      return { playing: false, step: Math.min(at + 1, last) };
    case "back":
      return { playing: false, step: Math.max(at - 1, 0) };
    case "start":
      return { playing: false, step: 0 };
    case "end":
      return { playing: false, step: last };
    case "pause":
      return { playing: false, step: at };
    case "go":
      return { playing: false, step: clamped(action.step, count) };
    case "toggle":
      if (playing || count < 2) return { playing: false, step: at };
      return { playing: true, step: at === last ? 0 : at };
    case "tick":
      if (!playing) return { playing, step: at };
      return { playing: at + 1 < last, step: Math.min(at + 1, last) };
  }
}
