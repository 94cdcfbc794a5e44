// The board: input ⋆ kernel = output, and beside it what the learner's function gives.
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { replaced } from "../core/correlation";
import { Grid } from "../core/grid";
import type { Position } from "../core/grid_nav";
import { ASKED, BLANK, LIT, marks, MISSED, PADDING, RIGHT, WRONG } from "../core/marks";
import { describeCell, describeOutput } from "../core/labels";
import { Unit } from "../core/unit";
import type { State } from "../core/local_model";
import { Ring, Window } from "../core/window";
import { describeInput } from "./labels";
import type { GridName, Links } from "./links";
import { sourceOf, type Reveal, type Scene } from "./state";

interface BoardProps {
  scene: Scene;
  reveal: Reveal;
  links: Links;
  onPoint: (grid: GridName, at: Position | null) => void;
  onWrite: (changes: State) => void;
  onRefuse: (text: string) => void;
  onGo: (step: number) => void;
  /** Drawn over the input, such as what the learner's function read. */
  overlay?: ComponentChildren;
  children?: ComponentChildren;
}

export function Board({ scene, reveal, links, onPoint, onWrite, onRefuse, onGo, overlay, children }: BoardProps) {
  const { setting, geometry: g, padded, sliding, output, scales } = scene;
  const { rows, columns } = g;
  const turns = setting.mode !== "correlation";
  const fits = g.count > 0;
  const inputLabels = useMemo(() => describeInput(scene), [scene]);

  const lit = (at: Position | null, row: number, column: number) => (at?.[0] === row && at[1] === column ? LIT : 0);
  const inputMarks = marks(rows.padded, columns.padded, (r, c) => {
    const missed = fits && (r >= rows.covered || c >= columns.covered);
    return (sourceOf(scene, r, c) ? 0 : PADDING) | (missed ? MISSED : 0) | lit(links.input, r, c);
  });
  const turnedBack: Position | null = links.kernel && [rows.k - 1 - links.kernel[0], columns.k - 1 - links.kernel[1]];
  const kernelMarks = marks(rows.k, columns.k, (a, b) => lit(turns ? turnedBack : links.kernel, a, b));
  const turnedMarks = turns ? marks(rows.k, columns.k, (a, b) => lit(links.kernel, a, b)) : [];
  const outputMarks = marks(output.length, columns.places, (i, j) => {
    const index = i * columns.places + j;
    const guess = reveal.guesses[index];
    const hidden = reveal.shows(index) ? 0 : reveal.predict ? ASKED : BLANK;
    const verdict = reveal.predict && guess && guess.guess !== null ? (guess.right ? RIGHT : WRONG) : 0;
    const linked = links.outputRows.includes(i) && links.outputColumns.includes(j) ? LIT : 0;
    return hidden | verdict | linked;
  });

  const sizes = (high: number, wide: number) => `${high} × ${wide}`;
  const inputDetail = sizes(setting.input.length, setting.input[0]?.length ?? 0) + aroundText(scene);
  return (
    <div class="cnnw-board">
      <Unit name="input" title="Input" detail={inputDetail}>
        <Grid
          label={`Input, ${inputDetail}`}
          values={padded}
          marks={inputMarks}
          scale={scales.input}
          describe={inputLabels}
          onEdit={(r, c, value) => {
            const source = sourceOf(scene, r, c);
            if (source) onWrite({ input: replaced(setting.input, ...source, value) });
          }}
          onRefuse={onRefuse}
          onPoint={(at) => onPoint("input", at)}
        >
          {fits && <Window rows={rows} columns={columns} row={reveal.row} column={reveal.column} kind="current" />}
          {fits && overlay}
          {links.window && <Window rows={rows} columns={columns} row={links.window[0]} column={links.window[1]} kind="pointed" />}
        </Grid>
      </Unit>
      <Unit name="kernel" sign={turns ? "∗" : "⋆"} title="Kernel" detail={sizes(rows.k, columns.k)}>
        <Grid
          label={`Kernel, ${sizes(rows.k, columns.k)}`}
          values={setting.kernel}
          marks={kernelMarks}
          scale={scales.kernel}
          describe={describeCell}
          onEdit={(a, b, value) => onWrite({ kernel: replaced(setting.kernel, a, b, value) })}
          onRefuse={onRefuse}
          onPoint={(at) => onPoint("kernel", at)}
        />
      </Unit>
      {turns && (
        <Unit name="turned" sign="↻" title="Turned by 180°" detail="what slides">
          <Grid
            label={`Kernel turned by a half turn, ${sizes(rows.k, columns.k)}`}
            values={sliding}
            marks={turnedMarks}
            scale={scales.kernel}
            describe={describeCell}
            onPoint={(at) => onPoint("turned", at)}
          />
        </Unit>
      )}
      <Unit name="output" sign="=" title="Output" detail={fits ? sizes(rows.places, columns.places) : "none"}>
        {fits ? (
          <Grid
            label={`Output, ${sizes(rows.places, columns.places)}`}
            values={output}
            marks={outputMarks}
            scale={scales.output}
            describe={describeOutput}
            onPick={(i, j) => onGo(i * columns.places + j)}
            onPoint={(at) => onPoint("output", at)}
          >
            <Ring row={reveal.row} column={reveal.column} />
          </Grid>
        ) : (
          <p class="cnnw-message" role="status">
            <b>{scene.transposed ? "Nothing to show." : "The kernel does not fit."}</b> {scene.problem}
          </p>
        )}
      </Unit>
      {children}
    </div>
  );
}

/** ", padded to 5 × 6", or what is put between and around in a transposed convolution. */
function aroundText({ geometry: { rows, columns }, transposed, problem }: Scene): string {
  if (transposed && !problem) return `, with zeros ${rows.padded} × ${columns.padded}`;
  return rows.p > 0 || columns.p > 0 ? `, padded to ${rows.padded} × ${columns.padded}` : "";
}
