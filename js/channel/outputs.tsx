// The bias, and every output channel: the one on view is framed, the others are a click away.
import { useMemo } from "preact/hooks";
import { Grid } from "../core/grid";
import type { Position } from "../core/grid_nav";
import type { Describe } from "../core/grid_row";
import { describeOutput } from "../core/labels";
import { ASKED, BLANK, LIT, marks, RIGHT, WRONG } from "../core/marks";
import { Unit } from "../core/unit";
import { timesText } from "../core/volume";
import { Ring } from "../core/window";
import type { Links } from "./links";
import { cellKey, type Reveal, type Scene } from "./state";

interface BiasProps {
  value: number;
  out: number;
  scale: number;
  onEdit: (value: number) => void;
  onRefuse: (text: string) => void;
}

const NO_MARKS = marks(1, 1, () => 0);

export function Bias({ value, out, scale, onEdit, onRefuse }: BiasProps) {
  const describe = useMemo((): Describe => (_row, _column, text) => `bias of output channel ${out + 1}: ${text}`, [out]);
  return (
    <Unit name="bias" title="Bias" detail={`b[${out}]`}>
      <Grid
        label={`Bias of output channel ${out + 1}`}
        values={[[value]]}
        marks={NO_MARKS}
        scale={scale}
        describe={describe}
        onEdit={(_row, _column, next) => onEdit(next)}
        onRefuse={onRefuse}
      />
    </Unit>
  );
}

interface OutputsProps {
  scene: Scene;
  reveal: Reveal;
  links: Links;
  onGo: (out: number, step: number) => void;
  onPoint: (out: number, at: Position | null) => void;
}

export function Outputs({ scene, reveal, links, onGo, onPoint }: OutputsProps) {
  const { rows, columns } = scene.geometry;
  const size = timesText(rows.places, columns.places);
  return (
    <div class="cnnw-outputs">
      {scene.output.map((values, out) => {
        const current = out === reveal.out;
        const cellMarks = marks(rows.places, columns.places, (i, j) => {
          const index = i * columns.places + j;
          const guess = reveal.guesses[cellKey(out, index)];
          const hidden = reveal.shows(out, index) ? 0 : reveal.predict ? ASKED : BLANK;
          const verdict = reveal.predict && guess && guess.guess !== null ? (guess.right ? RIGHT : WRONG) : 0;
          const linked = links.outputRows.includes(i) && links.outputColumns.includes(j) ? LIT : 0;
          return hidden | verdict | linked;
        });
        return (
          <div key={out} class="cnnw-out" data-current={current}>
            <Unit name="output" title={`Output channel ${out + 1}`} detail={`Y[${out}]`}>
              <Grid
                label={`Output channel ${out + 1}${current ? ", on view" : ""}, ${size}`}
                values={values}
                marks={cellMarks}
                scale={scene.scales.output}
                describe={describeOutput}
                onPick={(i, j) => onGo(out, i * columns.places + j)}
                onPoint={(at) => onPoint(out, at)}
              >
                {current && <Ring row={reveal.row} column={reveal.column} />}
              </Grid>
            </Unit>
          </div>
        );
      })}
    </div>
  );
}
