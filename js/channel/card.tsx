// One input channel: its window, its kernel for the output on view, and what it adds to the sum.
import { useMemo } from "preact/hooks";
import { replacedIn, timesText } from "../core/volume";
import { arithmetic, products, result } from "../core/format";
import { Grid } from "../core/grid";
import type { Position } from "../core/grid_nav";
import type { Describe } from "../core/grid_row";
import { describeCell, placeText } from "../core/labels";
import type { State } from "../core/local_model";
import { LIT, marks, MISSED, PADDING } from "../core/marks";
import { Unit } from "../core/unit";
import { Window } from "../core/window";
import type { GridName, Links } from "./links";
import { channelTaps, partsOf, type Reveal, type Scene } from "./state";

/** Longer sums leave out their middle. */
const MOST_TERMS = 9;

interface CardProps {
  scene: Scene;
  reveal: Reveal;
  links: Links;
  /** The channel, from 0; one of the input, of the kernel, or of both. */
  channel: number;
  onPoint: (grid: GridName, channel: number, at: Position | null) => void;
  onWrite: (changes: State) => void;
  onRefuse: (text: string) => void;
}

export function Card(props: CardProps) {
  const { scene, reveal, channel } = props;
  const told = scene.count > 0 && reveal.shows(reveal.out, reveal.step);
  const taps = scene.count > 0 ? channelTaps(scene, reveal, channel) : [];
  const part = partsOf(scene, reveal)[channel] ?? 0;
  return (
    <section class="cnnw-channel" aria-label={`Channel ${channel + 1}`}>
      <div class="cnnw-pair-of-grids">
        {channel < scene.padded.length ? <InputGrid {...props} /> : <Missing title={`Input channel ${channel + 1}`} text="There is none." />}
        {channel < scene.setting.kernel[0]!.length ? (
          <KernelGrid {...props} />
        ) : (
          <Missing title="Kernel" sign="⋆" text={`None for channel ${channel + 1}.`} />
        )}
      </div>
      {scene.count > 0 && (
        <p class="cnnw-partial" title={taps.length > MOST_TERMS && told ? arithmetic(taps, true) : undefined}>
          {products(taps, MOST_TERMS)} <b class="cnnw-result">{told ? result(part, taps) : "= ?"}</b>
        </p>
      )}
    </section>
  );
}

function Missing({ title, sign, text }: { title: string; sign?: string; text: string }) {
  return (
    <Unit name="missing" sign={sign} title={title}>
      <p class="cnnw-none">{text}</p>
    </Unit>
  );
}

function InputGrid({ scene, reveal, links, channel, onPoint, onWrite, onRefuse }: CardProps) {
  const { setting, geometry: g, padded, count, scales } = scene;
  const { rows, columns } = g;
  const describe = useMemo(
    (): Describe => (row, column, text, flags) => {
      const missed = flags & MISSED ? ", never reached" : "";
      return flags & PADDING ? `padding: 0${missed}` : `${placeText(row - rows.before, column - columns.before)}: ${text}${missed}`;
    },
    [rows.before, columns.before],
  );
  const cellMarks = marks(rows.padded, columns.padded, (r, c) => {
    const inside = r >= rows.before && r < rows.before + rows.n && c >= columns.before && c < columns.before + columns.n;
    const missed = count > 0 && (r >= rows.covered || c >= columns.covered);
    const linked = links.channel === channel && links.input?.[0] === r && links.input[1] === c;
    return (inside ? 0 : PADDING) | (missed ? MISSED : 0) | (linked ? LIT : 0);
  });
  return (
    <Unit name="input" title={`Input channel ${channel + 1}`} detail={`X[${channel}]`}>
      <Grid
        label={`Input channel ${channel + 1}, ${timesText(rows.n, columns.n)}${rows.p || columns.p ? ", with padding" : ""}`}
        values={padded[channel]!}
        marks={cellMarks}
        scale={scales.input}
        describe={describe}
        onEdit={(r, c, value) => onWrite({ input: replacedIn(setting.input, channel, r - rows.before, c - columns.before, value) })}
        onRefuse={onRefuse}
        onPoint={(at) => onPoint("input", channel, at)}
      >
        {count > 0 && <Window rows={rows} columns={columns} row={reveal.row} column={reveal.column} kind="current" />}
        {links.window && <Window rows={rows} columns={columns} row={links.window[0]} column={links.window[1]} kind="pointed" />}
      </Grid>
    </Unit>
  );
}

function KernelGrid({ scene, reveal, links, channel, onPoint, onWrite, onRefuse }: CardProps) {
  const { setting, geometry: g, scales } = scene;
  const { out } = reveal;
  const linked = (a: number, b: number) => links.channel === channel && links.kernel?.[0] === a && links.kernel[1] === b;
  const write = (a: number, b: number, value: number): void =>
    onWrite({ kernel: setting.kernel.map((of, o) => (o === out ? replacedIn(of, channel, a, b, value) : of)) });
  return (
    <Unit name="kernel" sign="⋆" title="Kernel" detail={`K[${out}, ${channel}]`}>
      <Grid
        label={`Kernel of output channel ${out + 1} for input channel ${channel + 1}, ${timesText(g.rows.k, g.columns.k)}`}
        values={setting.kernel[out]![channel]!}
        marks={marks(g.rows.k, g.columns.k, (a, b) => (linked(a, b) ? LIT : 0))}
        scale={scales.kernel}
        describe={describeCell}
        onEdit={write}
        onRefuse={onRefuse}
        onPoint={(at) => onPoint("kernel", channel, at)}
      />
    </Unit>
  );
}
