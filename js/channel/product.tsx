// A 1×1 kernel as one matrix product, K (co × ci) times X (ci × h·w): the pixel of the step is a column.
import { useMemo } from "preact/hooks";
import { largest } from "../core/colour";
import { Grid } from "../core/grid";
import type { Describe } from "../core/grid_row";
import { ASKED, BLANK, LIT, marks } from "../core/marks";
import { Unit } from "../core/unit";
import { timesText } from "../core/volume";
import { mixing, pixels, product } from "./arithmetic";
import type { Links } from "./links";
import type { Reveal, Scene } from "./state";

/** Columns that are drawn at a time; the step's are among them. */
export const MOST_COLUMNS = 16;

interface ProductProps {
  scene: Scene;
  reveal: Reveal;
  links: Links;
  onGo: (out: number, step: number) => void;
  /** The pixel pointed at, by its place in the output; null for none. */
  onPoint: (out: number, place: number | null) => void;
}

const describeWeight: Describe = (o, c, text) => `output ${o + 1}, channel ${c + 1}: ${text}`;

export function Product({ scene, reveal, links, onGo, onPoint }: ProductProps) {
  const { setting, geometry: g, count, scales } = scene;
  const first = Math.floor(reveal.step / MOST_COLUMNS) * MOST_COLUMNS;
  const end = Math.min(count, first + MOST_COLUMNS);
  const K = useMemo(() => mixing(setting.kernel), [setting.kernel]);
  const X = useMemo(() => pixels(scene.padded, g, first, end), [scene.padded, g, first, end]);
  const Y = useMemo(() => product(K, X, setting.bias), [K, X, setting.bias]);
  const wide = g.columns.places;
  const pixel = (column: number): string => `pixel row ${Math.floor((first + column) / wide) + 1}, column ${((first + column) % wide) + 1}`;
  const describeX = useMemo((): Describe => (c, column, text) => `channel ${c + 1}, ${pixel(column)}: ${text}`, [first, wide]);
  const describeY = useMemo(
    (): Describe => (o, column, text, flags) =>
      `output ${o + 1}, ${pixel(column)}: ${flags & ASKED ? "not told, predict it" : flags & BLANK ? "not reached yet" : text}`,
    [first, wide],
  );
  const linked = links.window ? links.window[0] * wide + links.window[1] - first : -1;
  const lit = (column: number): number => (column === linked ? LIT : 0);
  const at = reveal.step - first;
  const bias = setting.bias.some((b) => b !== 0);
  const some = count > MOST_COLUMNS ? `, columns ${first + 1} to ${end} of ${count}` : "";
  const point = (row: number | null, column?: number): void => onPoint(row ?? 0, row === null ? null : first + column!);
  return (
    <section class="cnnw-product" aria-label="The same as a matrix product">
      <h3>The same as a matrix product</h3>
      <p class="cnnw-product-line">
        Every pixel is a column of its {X.length === 1 ? "one channel" : `${X.length} channels`}; K mixes them, a row an output channel
        {bias ? ", and the bias is added to each row" : ""}. The column outlined is the pixel of the step.
      </p>
      <div class="cnnw-board">
        <Unit name="mixing" title="K" detail={timesText(K.length, X.length)}>
          <Grid label={`K as a matrix, ${timesText(K.length, X.length)}`} values={K} marks={marks(K.length, X.length, () => 0)} scale={scales.kernel} describe={describeWeight}>
            <Outline row={reveal.out} column={0} high={1} wide={X.length} />
          </Grid>
        </Unit>
        <Unit name="pixels" sign="·" title="X" detail={`${timesText(X.length, count)}${some}`}>
          <Grid
            label={`X as a matrix, ${timesText(X.length, count)}${some}`}
            values={X}
            marks={marks(X.length, end - first, (_, column) => lit(column))}
            scale={scales.input}
            describe={describeX}
            onPick={(_, column) => onGo(reveal.out, first + column)}
            onPoint={(place) => point(place && reveal.out, place?.[1])}
          >
            <Outline row={0} column={at} high={X.length} wide={1} />
          </Grid>
        </Unit>
        <Unit name="mixed" sign="=" title="Y" detail={`${timesText(K.length, count)}${bias ? ", with the bias" : ""}`}>
          <Grid
            label={`Y as a matrix, ${timesText(K.length, count)}${some}`}
            values={Y}
            marks={marks(K.length, end - first, (o, column) => (reveal.shows(o, first + column) ? 0 : reveal.predict ? ASKED : BLANK) | lit(column))}
            scale={largest(Y)}
            describe={describeY}
            onPick={(o, column) => onGo(o, first + column)}
            onPoint={(place) => point(place && place[0], place?.[1])}
          >
            <Outline row={0} column={at} high={K.length} wide={1} />
          </Grid>
        </Unit>
      </div>
    </section>
  );
}

function Outline({ row, column, high, wide }: { row: number; column: number; high: number; wide: number }) {
  return <div class="cnnw-window cnnw-window-current" style={{ "--row": row, "--column": column, "--high": high, "--wide": wide }} aria-hidden="true" />;
}
