// Why there is no output: other channels than the input's, or a kernel that does not fit; and what NumPy would give.
import type { Matrix } from "../core/correlation";
import { Grid } from "../core/grid";
import type { Describe } from "../core/grid_row";
import { placeText } from "../core/labels";
import { marks } from "../core/marks";
import { misfitText } from "../core/size_text";
import { Unit } from "../core/unit";
import { timesText } from "../core/volume";
import type { Refusal } from "./refusal";
import type { Scene } from "./state";

interface NoOutputProps {
  scene: Scene;
  refusal: Refusal | null;
  /** Gives the kernel as many channels as the input has. */
  onMatch: () => void;
}

export function NoOutput({ scene, refusal, onMatch }: NoOutputProps) {
  const { rows, columns } = scene.geometry;
  if (!refusal) {
    return (
      <p class="cnnw-message">
        <b>The kernel does not fit.</b> {misfitText("row", rows)} {misfitText("column", columns)} Make the kernel smaller, or the input or
        its padding larger.
      </p>
    );
  }
  const channels = scene.setting.input.length;
  return (
    <div class="cnnw-message cnnw-refusal">
      <p>
        <b>Refused.</b> {refusal.sentence}
      </p>
      {refusal.otherwise && <p>{refusal.otherwise}</p>}
      <button type="button" class="cnnw-button" onClick={onMatch}>
        Give the kernel {channels} {channels === 1 ? "channel" : "channels"}
      </button>
    </div>
  );
}

const describeStretched: Describe = (row, column, text) => `${placeText(row, column)}: ${text}, which no layer gives`;

/** The numbers that broadcasting would have given, crossed out. */
export function Stretched({ values, out }: { values: Matrix; out: number }) {
  const [high, wide] = [values.length, values[0]?.length ?? 0];
  return (
    <div class="cnnw-addend" data-sign="≠">
      <Unit name="stretched" title="✗ What NumPy would give" detail={`Y[${out}]`}>
        <Grid
          label={`What NumPy's broadcasting would give, ${timesText(high, wide)}`}
          values={values}
          marks={marks(high, wide, () => 0)}
          scale={0}
          describe={describeStretched}
        />
      </Unit>
    </div>
  );
}
