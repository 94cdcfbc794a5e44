// What a move of the input does: the moved input beside its maximum and its average, every changed cell marked.
import { useMemo } from "preact/hooks";
import type { Matrix, Pair } from "../core/correlation";
import { counted, number } from "../core/format";
import { Grid } from "../core/grid";
import { describeCell } from "../core/labels";
import { CHANGED, marks } from "../core/marks";
import { Unit } from "../core/unit";
import { timesText } from "../core/volume";
import { effectText, FURTHEST, moveText, reasonText, shiftedBy, type Effect } from "./shift";
import type { Scene } from "./state";
import { describeChanged } from "./words";

const ARROWS = [
  ["ArrowUp", "↑", "up", [-1, 0]],
  ["ArrowLeft", "←", "left", [0, -1]],
  ["ArrowRight", "→", "right", [0, 1]],
  ["ArrowDown", "↓", "down", [1, 0]],
] as const;

const MOST_NOTED = 6;

interface ShiftPanelProps {
  scene: Scene;
  shift: Pair;
  /** Whether outputs may be shown: not while the learner still predicts. */
  open: boolean;
  onShift: (shift: Pair, said: string) => void;
}

export function ShiftPanel({ scene, shift, open, onShift }: ShiftPanelProps) {
  const { given, geometry: g, setting, scale } = scene;
  const [down, right] = shift;
  const away = down !== 0 || right !== 0;
  const counts = setting.count_include_pad;
  const result = useMemo(() => shiftedBy(given, shift, g, counts), [given, down, right, g, counts]);
  const go = (to: Pair): void => {
    if (Math.max(Math.abs(to[0]), Math.abs(to[1])) > FURTHEST || (to[0] === down && to[1] === right)) return;
    const home = to[0] === 0 && to[1] === 0;
    onShift(to, home ? "The input is where it was." : open ? effectText(to, shiftedBy(given, to, g, counts), g.count) : `Moved by ${moveText(to)}.`);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const arrow = ARROWS.find(([key]) => key === event.key);
    if (!arrow || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    go([down + arrow[3][0], right + arrow[3][1]]);
  };
  return (
    <section class="cnnw-shift" aria-label="Move the input" style={styleOf(g.columns.n, g.columns.places)}>
      <div class="cnnw-shift-head">
        <h3>Move the input</h3>
        <div class="cnnw-arrows" role="group" aria-label="Move by one; the arrow keys do it too" onKeyDown={onKeyDown}>
          {ARROWS.map(([key, sign, way, [byRow, byColumn]]) => (
            <button key={key} type="button" class="cnnw-button" aria-label={`Move ${way}`} onClick={() => go([down + byRow, right + byColumn])}>
              {sign}
            </button>
          ))}
          <button type="button" class="cnnw-button" aria-disabled={!away} onClick={() => away && go([0, 0])}>
            Put back
          </button>
        </div>
      </div>
      {!away && <p class="cnnw-shift-text">One row or column further: which output cells change, with the maximum and with the average?</p>}
      {away && !open && <p class="cnnw-shift-text">Moved by {moveText(shift)}. What it does to the output is told once every cell is predicted.</p>}
      {away && open && (
        <>
          <p class="cnnw-shift-text">
            <b>{effectText(shift, result, g.count)}</b> {reasonText(shift, result, g)}
          </p>
          <div class="cnnw-board">
            <Unit name="moved" title="Moved input" detail={timesText(g.rows.n, g.columns.n)}>
              <Grid label={`Input moved by ${moveText(shift)}`} values={result.input} marks={blank(result.input)} scale={scale} describe={describeCell} />
            </Unit>
            <Changed name="Maximum" sign="→" effect={result.max} scale={scale} count={g.count} />
            <Changed name="Average" effect={result.avg} scale={scale} count={g.count} />
          </div>
        </>
      )}
    </section>
  );
}

interface ChangedProps {
  name: string;
  sign?: string;
  effect: Effect;
  scale: number;
  count: number;
}

function Changed({ name, sign, effect, scale, count }: ChangedProps) {
  const { before, after, changed } = effect;
  const wide = after[0]?.length ?? 0;
  // In cells too small for a second line the label still says it.
  const notes = useMemo(
    () => (wide > MOST_NOTED ? undefined : after.map((row, i) => row.map((_, j) => (effect.differs(i, j) ? `was ${number(before[i]![j]!, 3)}` : "")))),
    [effect, before, after, wide],
  );
  const describe = useMemo(() => describeChanged(before), [before]);
  const detail = `${changed === 0 ? "no" : changed} of ${counted(count, "cell")} changed`;
  return (
    <Unit name={name.toLowerCase()} sign={sign} title={name} detail={detail}>
      <Grid
        label={`${name} after the move, ${detail}`}
        values={after}
        marks={marks(after.length, wide, (i, j) => (effect.differs(i, j) ? CHANGED : 0))}
        scale={scale}
        describe={describe}
        notes={notes}
      />
    </Unit>
  );
}

const blank = (values: Matrix): string[] => marks(values.length, values[0]?.length ?? 0, () => 0);

/** Three grids side by side, as wide as they are. */
function styleOf(input: number, output: number) {
  return { "--total": input + 2 * Math.max(3, output), "--units": 3, "--widest": Math.max(input, output) };
}
