// What is to be learnt: ready-made kernels with an input that shows all of them, or the learner's own.
import { replaced, resized, type Matrix } from "../core/correlation";
import { Grid } from "../core/grid";
import { largest } from "../core/colour";
import type { State } from "../core/local_model";
import { marks } from "../core/marks";
import { NumberField } from "../core/number_field";
import { Unit } from "../core/unit";
import { sizeOf } from "./board";
import { describeShown } from "./labels";

const EDGES: Matrix = Array.from({ length: 6 }, () => [1, 1, 0, 0, 0, 0, 1, 1]);
/** A little picture whose windows of 3 × 3 differ in every direction. */
const PATCH: Matrix = [
  [0, 1, 1, 0, 0, 2, 0],
  [1, 2, 0, 0, 1, 1, 0],
  [0, 1, 0, 2, 0, 0, 1],
  [0, 0, 1, 1, 0, 1, 2],
  [2, 0, 0, 1, 0, 0, 1],
  [0, 1, 0, 0, 2, 1, 0],
];
const NINTH = 1 / 9;

const PRESETS: readonly { name: string; traits: State & { target: Matrix } }[] = [
  { name: "Edge [1, −1]", traits: { input: EDGES, target: [[1, -1]], lr: 0.03, steps: 40 } },
  { name: "Sobel 3×3", traits: { input: PATCH, target: [[1, 0, -1], [2, 0, -2], [1, 0, -1]], lr: 0.008, steps: 200 } },
  { name: "Blur 3×3", traits: { input: PATCH, target: [0, 1, 2].map(() => [NINTH, NINTH, NINTH]), lr: 0.008, steps: 200 } },
]; // prettier-ignore

interface TargetsProps {
  input: Matrix;
  target: Matrix;
  onWrite: (changes: State) => void;
  onRefuse: (text: string) => void;
}

export function Targets({ input, target, onWrite, onRefuse }: TargetsProps) {
  const chosen = (matrix: Matrix): boolean => JSON.stringify(matrix) === JSON.stringify(target);
  const [rows, columns] = [target.length, target[0]!.length];
  const size = (name: string, value: number, most: number, give: (value: number) => Matrix) => (
    <NumberField label={`Kernel, ${name}`} value={value} min={1} max={Math.min(5, most)} onChange={(next) => onWrite({ target: give(next), step: 0 })} />
  );
  return (
    <section class="cnnw-targets" aria-label="What is to be learnt">
      <h3>What is to be learnt</h3>
      <div class="cnnw-chips" role="group" aria-label="Ready-made kernels">
        {PRESETS.map(({ name, traits }) => (
          <button key={name} type="button" class="cnnw-chip" aria-pressed={chosen(traits.target)} onClick={() => onWrite({ ...traits, step: 0 })}>
            {name}
          </button>
        ))}
      </div>
      <div class="cnnw-true">
        <Unit name="true" title="True kernel" detail="makes Y, and is then forgotten; edit it">
          <Grid
            label={`True kernel, ${sizeOf(target)}`}
            values={target}
            marks={marks(rows, columns, () => 0)}
            scale={largest(target)}
            describe={describeShown}
            onEdit={(r, c, value) => onWrite({ target: replaced(target, r, c, value), step: 0 })}
            onRefuse={onRefuse}
          />
        </Unit>
        <p class="cnnw-rows-columns">
          <span>Rows {size("rows", rows, input.length, (next) => resized(target, next, columns))}</span>
          <span>Columns {size("columns", columns, input[0]!.length, (next) => resized(target, rows, next))}</span>
        </p>
      </div>
    </section>
  );
}
