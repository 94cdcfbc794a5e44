// The board: one channel of the input, its windows, its output, and beside it what the learner's function gives.
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { Grid } from "../core/grid";
import type { Position } from "../core/grid_nav";
import { describeOutput } from "../core/labels";
import type { State } from "../core/local_model";
import { ASKED, BLANK, LIT, marks, MISSED, PADDING, RIGHT, WON, WRONG } from "../core/marks";
import { misfitText } from "../core/size_text";
import { Unit } from "../core/unit";
import { replacedIn, timesText } from "../core/volume";
import { Ring, Window } from "../core/window";
import { isLinked, type GridName, type Links } from "./links";
import { fillOf, isInside, windowOf, winnersOf } from "./pool";
import type { Reveal, Scene } from "./state";
import { describeInput } from "./words";

interface BoardProps {
  scene: Scene;
  reveal: Reveal;
  links: Links;
  onPoint: (grid: GridName, at: Position | null) => void;
  onWrite: (changes: State) => void;
  onRefuse: (text: string) => void;
  onGo: (step: number) => void;
  children?: ComponentChildren;
}

export function Board({ scene, reveal, links, onPoint, onWrite, onRefuse, onGo, children }: BoardProps) {
  const { setting, geometry: g, channel, output, scale } = scene;
  const { rows, columns } = g;
  const { mode } = setting;
  const fits = g.count > 0;
  const describe = useMemo(() => describeInput(g, fillOf(mode)), [g, mode]);
  const won = winners(scene, reveal);

  const inputMarks = marks(rows.padded, columns.padded, (r, c) => {
    const missed = fits && (r >= rows.covered || c >= columns.covered);
    const lit = links.input?.[0] === r && links.input[1] === c;
    return (isInside(g, r, c) ? 0 : PADDING) | (missed ? MISSED : 0) | (won.has(`${r},${c}`) ? WON : 0) | (lit ? LIT : 0);
  });
  const outputMarks = marks(output.length, columns.places, (i, j) => {
    const index = i * columns.places + j;
    const guess = reveal.guess(index);
    const hidden = reveal.shows(index) ? 0 : reveal.predict ? ASKED : BLANK;
    const verdict = reveal.predict && guess && guess.guess !== null ? (guess.right ? RIGHT : WRONG) : 0;
    return hidden | verdict | (isLinked(links, i, j) ? LIT : 0);
  });

  const many = setting.input.length > 1;
  const of = many ? `channel ${channel + 1} of ${setting.input.length}, ` : "";
  const isPadded = rows.p > 0 || columns.p > 0;
  const inputDetail = `${of}${timesText(rows.n, columns.n)}${isPadded ? `, padded to ${timesText(rows.padded, columns.padded)}` : ""}`;
  const outputDetail = !fits ? "none" : `${of}${timesText(rows.places, columns.places)}`;
  return (
    <div class="cnnw-board">
      <Unit name="input" title="Input" detail={inputDetail}>
        <Grid
          label={`Input, ${inputDetail}`}
          values={scene.padded}
          marks={inputMarks}
          scale={scale}
          describe={describe}
          onEdit={(r, c, value) => onWrite({ input: replacedIn(setting.input, channel, r - rows.before, c - columns.before, value) })}
          onRefuse={onRefuse}
          onPoint={(at) => onPoint("input", at)}
        >
          {fits && <Window rows={rows} columns={columns} row={reveal.row} column={reveal.column} kind="current" />}
          {links.window && <Window rows={rows} columns={columns} row={links.window[0]} column={links.window[1]} kind="pointed" />}
        </Grid>
      </Unit>
      <Unit name="output" sign="→" title="Output" detail={outputDetail}>
        {fits ? (
          <Grid
            label={`Output, ${outputDetail}`}
            values={output}
            marks={outputMarks}
            scale={scale}
            describe={describeOutput}
            onPick={(i, j) => onGo(i * columns.places + j)}
            onPoint={(at) => onPoint("output", at)}
          >
            <Ring row={reveal.row} column={reveal.column} />
          </Grid>
        ) : (
          <Misfit scene={scene} />
        )}
      </Unit>
      {children}
    </div>
  );
}

/** The padded places, as "row,column", of the cells that won the step; none for a mean or before it is told. */
function winners({ setting, geometry: g, padded }: Scene, reveal: Reveal): ReadonlySet<string> {
  if (setting.mode !== "max" || g.count === 0 || !reveal.shows(reveal.step)) return new Set();
  const cells = windowOf(padded, g, reveal.row, reveal.column);
  return new Set(winnersOf(cells).map((index) => `${cells[index]!.row},${cells[index]!.column}`));
}

function Misfit({ scene: { geometry: g, setting } }: { scene: Scene }) {
  if (!g.suits) {
    return (
      <p class="cnnw-message" role="status">
        <b>Too much padding.</b> {setting.padding.join(" and ")} a side is more than half of the window, {timesText(...setting.pool_size)}: a window
        could lie on padding alone. Take less padding or a larger window.
      </p>
    );
  }
  const reason = `${misfitText("row", g.rows)} ${misfitText("column", g.columns)}`.replaceAll("kernel", "window");
  return (
    <p class="cnnw-message" role="status">
      <b>The window does not fit.</b> {reason} Make the window smaller, or the input or its padding larger.
    </p>
  );
}
