// Stepping and playing: what the transport's actions do to the step, and the clock while it plays.
import { useState } from "preact/hooks";
import { useInterval } from "./hooks";
import { after, interval, type Action } from "./playback";

export interface Steps {
  readonly playing: boolean;
  readonly speed: number;
  readonly setSpeed: (speed: number) => void;
  readonly act: (action: Action) => void;
  /** Stops the play; the step stays. */
  readonly pause: () => void;
}

/** `go` writes a new step. Nothing plays while the learner predicts. */
export function useSteps(step: number, count: number, predict: boolean, go: (step: number) => void): Steps {
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);
  const act = (action: Action): void => {
    const next = after({ playing, step }, action, count);
    setPlaying(next.playing);
    if (next.step !== step) go(next.step);
  };
  const plays = playing && !predict;
  useInterval(plays, interval(speed), () => act({ type: "tick" }));
  return { playing: plays, speed, setSpeed, act, pause: () => setPlaying(false) };
}
