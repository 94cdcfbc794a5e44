// What the tests of the pooling explorer share: Python's vectors, and scenes whose axes all differ.
import poolingText from "../vectors/pooling.json?raw";
import type { Pair } from "../core/correlation";
import { NONE } from "../core/predict";
import type { Volume } from "../core/volume";
import type { Setting } from "../pooling/pool";
import { revealOf, sceneOf, type PoolingTraits, type Reveal, type Scene } from "../pooling/state";

/** A setting and what the Python package makes of it, also of the moved input; no output where the window does not fit. */
export interface PoolCase extends Setting {
  readonly output: Volume;
  readonly shift: Pair;
  readonly moved: Volume;
  readonly movedOutput: Volume;
}

export const POOLING = JSON.parse(poolingText) as readonly PoolCase[];

export function caseName({ input, pool_size, padding, stride, mode, count_include_pad }: Setting): string {
  const shape = [input.length, input[0]!.length, input[0]![0]!.length].join("×");
  return `${mode} of ${shape} with ${pool_size}, padding ${padding}, stride ${stride}, counts ${count_include_pad}`;
}

/** 2×4×5 under 3×2 with one row of padding a side, stride (2, 1): 2 × 4 output cells. */
export const SETTING: Setting = {
  input: [
    [[-1, -2, -3, -4, -5], [-6, -7, -8, -9, -1], [-2, -3, -4, -5, -6], [-7, -8, -9, -1, -2]],
    [[1, 2, 3, 4, 5], [6, 7, 8, 9, 1], [2, 3, 4, 5, 6], [7, 8, 9, 1, 2]],
  ],
  pool_size: [3, 2],
  padding: [1, 0],
  stride: [2, 1],
  mode: "max",
  count_include_pad: true,
};

export function poolScene(changes: Partial<Setting> = {}, channel = 0): Scene {
  return sceneOf({ ...SETTING, ...changes }, channel);
}

export function revealAt(changes: Partial<PoolingTraits>, of: Scene = poolScene()): Reveal {
  return revealOf({ step: 0, predict: false, _predictions: NONE, ...changes }, of);
}
