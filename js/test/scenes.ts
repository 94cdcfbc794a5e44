// Scenes that the tests of the explorer's own modules share: no axis is like another.
import { NONE } from "../core/predict";
import { revealOf, sceneOf, type ExplorerSetting, type ExplorerTraits, type Reveal, type Scene } from "../correlation/state";

/** 4×6 under 2×3 with one row and two columns of padding, stride (2, 1): 2 × 6 output cells. */
export const SETTING: ExplorerSetting = {
  input: [[1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12], [-1, -2, -3, -4, -5, -6], [13, 14, 15, 16, 17, 18]],
  kernel: [[1, 2, -3], [4, 5, 6]],
  padding: [1, 2],
  stride: [2, 1],
  dilation: [1, 1],
  mode: "correlation",
};

export function scene(changes: Partial<ExplorerSetting> = {}): Scene {
  return sceneOf({ ...SETTING, ...changes });
}

export function traits(changes: Partial<ExplorerTraits> = {}): ExplorerTraits {
  return { ...SETTING, output_padding: [0, 0], step: 0, predict: false, _predictions: NONE, _answer: null, _fn_name: "", reads: false, _reads: null, ...changes };
}

export function revealAt(step: number, of: Scene = scene()): Reveal {
  return revealOf(traits({ step }), of);
}
