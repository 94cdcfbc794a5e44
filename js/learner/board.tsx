// The grids of one step: X ⋆ K = output, minus Y = error, and the gradient with the kernel that follows from it.
import { replaced, axis, type Matrix } from "../core/correlation";
import { Grid } from "../core/grid";
import type { Position } from "../core/grid_nav";
import { ASKED, LIT, marks } from "../core/marks";
import { Unit } from "../core/unit";
import { timesText } from "../core/volume";
import { Window } from "../core/window";
import { describeAsked, describeShown } from "./labels";
import type { Run, Scene } from "./state";

interface BoardProps {
  run: Run;
  scene: Scene;
  /** The entry of the kernel whose arithmetic is on view. */
  entry: Position;
  onPick: (entry: Position) => void;
  onEdit: (name: "input" | "target", value: Matrix) => void;
  onRefuse: (text: string) => void;
}

export const sizeOf = (X: Matrix): string => timesText(X.length, X[0]!.length);

export function Board({ run, scene, entry, onPick, onEdit, onRefuse }: BoardProps) {
  const { input, wanted } = run;
  const { kernel, output, error, gradient, scales } = scene;
  const [a, b] = entry;
  const none = marks(input.length, input[0]!.length, () => 0);
  const flat = marks(error.length, error[0]!.length, () => 0);
  const lit = (hidden: boolean) => marks(kernel.length, kernel[0]!.length, (r, c) => (r === a && c === b ? LIT : 0) | (hidden ? ASKED : 0));
  const pick = { onPick: (r: number, c: number) => onPick([r, c]), onPoint: (at: Position | null) => at && onPick(at) };
  return (
    <div class="cnnw-board">
      <Unit name="input" title="Input X" detail={sizeOf(input)}>
        <Grid
          label={`Input X, ${sizeOf(input)}`}
          values={input}
          marks={none}
          scale={scales.input}
          describe={describeShown}
          onEdit={(r, c, value) => onEdit("input", replaced(input, r, c, value))}
          onRefuse={onRefuse}
        >
          <Window rows={axis(input.length, error.length, 0, 1, 1)} columns={axis(input[0]!.length, error[0]!.length, 0, 1, 1)} row={a} column={b} kind="current" />
        </Grid>
      </Unit>
      <Unit name="kernel" sign="⋆" title="Kernel K" detail={`${sizeOf(kernel)}, learnt`}>
        <Grid label={`Kernel K now, ${sizeOf(kernel)}`} values={kernel} marks={lit(false)} scale={scales.kernel} describe={describeShown} {...pick} />
      </Unit>
      <Unit name="output" sign="=" title="Output" detail={sizeOf(output)}>
        <Grid label={`Output X ⋆ K, ${sizeOf(output)}`} values={output} marks={flat} scale={scales.output} describe={describeShown} />
      </Unit>
      <Unit name="target" sign="−" title="Target Y" detail={sizeOf(wanted)}>
        <Grid label={`Target Y, ${sizeOf(wanted)}`} values={wanted} marks={flat} scale={scales.output} describe={describeShown} />
      </Unit>
      <Unit name="error" sign="=" title="Error E" detail={sizeOf(error)}>
        <Grid label={`Error E, ${sizeOf(error)}`} values={error} marks={flat} scale={scales.output} describe={describeShown} />
      </Unit>
      <Unit name="gradient" title="Gradient" detail="∂L/∂K = 2 X ⋆ E">
        <Grid label={`Gradient of the loss, ${sizeOf(gradient)}`} values={gradient} marks={lit(!scene.stepTold)} scale={scales.gradient} describe={describeAsked} {...pick} />
      </Unit>
    </div>
  );
}
