// The board: input ⋆ kernel = output, and beside it what the learner's function gives.
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { replaced } from "../core/correlation";
import { Grid } from "../core/grid";
import type { Position } from "../core/grid_nav";
import { ASKED, BLANK, LIT, marks, MISSED, PADDING, RIGHT, WRONG } from "../core/marks";
import { misfitText } from "../core/size_text";
import type { State } from "../core/local_model";
import { Ring, Window } from "../core/window";
import { describeCell, describeInput, describeOutput } from "./labels";
import type { GridName, Links } from "./links";
import type { Reveal, Scene } from "./state";

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

interface UnitProps {
  name: string;
  sign?: string;
  /** Whether what is shown is right or wrong, where that is known. */
  verdict?: "right" | "wrong" | undefined;
  title: string;
  detail: string;
  children: ComponentChildren;
}

/** A captioned grid with the sign that joins it to the one before. */
export function Unit({ name, sign, verdict, title, detail, children }: UnitProps) {
  return (
    <figure class={`cnnw-unit cnnw-unit-${name}${sign ? " cnnw-joined" : ""}`}>
      <figcaption data-sign={sign}>
        <b>{title}</b> <span>{detail}</span>
      </figcaption>
      <div class="cnnw-signed">
        {sign && (
          <span class="cnnw-sign" data-sign={sign} data-verdict={verdict} aria-hidden="true">
            {sign}
          </span>
        )}
        {children}
      </div>
    </figure>
  );
}

export function Board({ scene, reveal, links, onPoint, onWrite, onRefuse, onGo, overlay, children }: BoardProps) {
  const { setting, geometry: g, padded, sliding, output, scales } = scene;
  const { rows, columns } = g;
  const convolution = setting.mode === "convolution";
  const fits = g.count > 0;
  const inputLabels = useMemo(() => describeInput(g), [g]);

  const lit = (at: Position | null, row: number, column: number) => (at?.[0] === row && at[1] === column ? LIT : 0);
  const inputMarks = marks(rows.padded, columns.padded, (r, c) => {
    const inside = r >= rows.before && r < rows.before + rows.n && c >= columns.before && c < columns.before + columns.n;
    const missed = fits && (r >= rows.covered || c >= columns.covered);
    return (inside ? 0 : PADDING) | (missed ? MISSED : 0) | lit(links.input, r, c);
  });
  const turnedBack: Position | null = links.kernel && [rows.k - 1 - links.kernel[0], columns.k - 1 - links.kernel[1]];
  const kernelMarks = marks(rows.k, columns.k, (a, b) => lit(convolution ? turnedBack : links.kernel, a, b));
  const turnedMarks = convolution ? marks(rows.k, columns.k, (a, b) => lit(links.kernel, a, b)) : [];
  const outputMarks = marks(output.length, columns.places, (i, j) => {
    const index = i * columns.places + j;
    const guess = reveal.guesses[index];
    const hidden = reveal.shows(index) ? 0 : reveal.predict ? ASKED : BLANK;
    const verdict = reveal.predict && guess && guess.guess !== null ? (guess.right ? RIGHT : WRONG) : 0;
    const linked = links.outputRows.includes(i) && links.outputColumns.includes(j) ? LIT : 0;
    return hidden | verdict | linked;
  });

  const sizes = (high: number, wide: number) => `${high} × ${wide}`;
  const isPadded = rows.p > 0 || columns.p > 0;
  const inputDetail = sizes(rows.n, columns.n) + (isPadded ? `, padded to ${sizes(rows.padded, columns.padded)}` : "");
  return (
    <div class="cnnw-board">
      <Unit name="input" title="Input" detail={inputDetail}>
        <Grid
          label={`Input, ${inputDetail}`}
          values={padded}
          marks={inputMarks}
          scale={scales.input}
          describe={inputLabels}
          onEdit={(r, c, value) => onWrite({ input: replaced(setting.input, r - rows.before, c - columns.before, value) })}
          onRefuse={onRefuse}
          onPoint={(at) => onPoint("input", at)}
        >
          {fits && <Window rows={rows} columns={columns} row={reveal.row} column={reveal.column} kind="current" />}
          {fits && overlay}
          {links.window && <Window rows={rows} columns={columns} row={links.window[0]} column={links.window[1]} kind="pointed" />}
        </Grid>
      </Unit>
      <Unit name="kernel" sign={convolution ? "∗" : "⋆"} title="Kernel" detail={sizes(rows.k, columns.k)}>
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
      {convolution && (
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
            <b>The kernel does not fit.</b> {misfitText("row", rows)} {misfitText("column", columns)} Make the kernel or its dilation
            smaller, or the input or its padding larger.
          </p>
        )}
      </Unit>
      {children}
    </div>
  );
}
