// What the learner's own function gives for the channel on view, with the cells, shape or type that differ marked.
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { channelOf, type Answer } from "./answer";
import type { Matrix } from "./correlation";
import { number } from "./format";
import { Grid } from "./grid";
import type { Position } from "./grid_nav";
import { describeYours, placeText } from "./labels";
import { ASKED, DIFFERS, LIT, marks } from "./marks";
import { timesText } from "./volume";

interface YoursProps {
  name: string;
  answer: Answer | null;
  channel: number;
  /** The right values of this channel. */
  expected: Matrix;
  scale: number;
  predict: boolean;
  shows: (index: number) => boolean;
  /** The output cell of the step. */
  at: Position;
  lit: (row: number, column: number) => boolean;
  onPoint: (at: Position | null) => void;
  /** What else there is to say of it, below. */
  children?: ComponentChildren;
}

export function Yours({ name, answer, channel, expected, scale, predict, shows, at, lit, onPoint, children }: YoursProps) {
  const values = useMemo(() => channelOf(answer, channel), [answer, channel]);
  const describe = useMemo(() => describeYours(expected), [expected]);
  const where = answer?.where?.[channel];
  const high = values?.length ?? 0;
  const wide = values?.[0]?.length ?? 0;
  const sameShape = answer?.kind !== "shape" && high === expected.length && wide === expected[0]?.length;
  const differs = (i: number, j: number): boolean => where?.[i]?.[j] === true;
  const hidden = (i: number, j: number): boolean => predict && (!sameShape || !shows(i * wide + j));
  const notes = useMemo(
    () => values?.map((row, i) => row.map((_, j) => (where?.[i]?.[j] ? `≠ ${number(expected[i]?.[j] ?? NaN, 3)}` : ""))),
    [values, where, expected],
  );
  const verdict = !answer || answer.kind === "unasked" ? undefined : answer.kind === "right" ? "right" : "wrong";
  const sign = verdict === undefined ? "…" : verdict === "right" ? "✓" : "✗";
  const shape = answer?.shape;
  const step = at[0] * wide + at[1];
  return (
    <figure class="cnnw-unit cnnw-unit-yours cnnw-joined">
      <figcaption data-sign={sign}>
        <b>{name}</b> <span>{shape ? `gives ${timesText(...shape)}${answer?.kind === "shape" ? " ✗" : ""}` : ""}</span>
      </figcaption>
      <div class="cnnw-signed">
        <span class="cnnw-sign" data-sign={sign} data-verdict={verdict} aria-hidden="true">
          {sign}
        </span>
        <div class="cnnw-yours" data-kind={answer?.kind ?? "waiting"}>
          {values && high > 0 && wide > 0 && (
            <Grid
              label={`What ${name} gives, ${timesText(high, wide)}`}
              values={values}
              marks={marks(high, wide, (i, j) => (hidden(i, j) ? ASKED : differs(i, j) ? DIFFERS : 0) | (lit(i, j) ? LIT : 0))}
              scale={scale}
              describe={describe}
              notes={notes}
              onPoint={onPoint}
            />
          )}
          <p class="cnnw-verdict">
            {!answer ? `Waiting for Python to run ${name} on these values.` : predict && answer.kind === "value" ? "Some cells differ; predict on to see which." : answer.sentence}
          </p>
          {values && sameShape && shows(step) && differs(...at) && (
            <p class="cnnw-verdict">
              At {placeText(...at)}: yours <b>{number(values[at[0]]![at[1]]!, 6)}</b> ✗, right <b>{number(expected[at[0]]![at[1]]!, 6)}</b>
            </p>
          )}
          {children}
        </div>
      </div>
    </figure>
  );
}
