// What the learner's own function gives, with the cells, the shape or the type that differ marked.
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { Grid } from "../core/grid";
import type { Position } from "../core/grid_nav";
import { number } from "../core/format";
import { ASKED, DIFFERS, LIT, marks } from "../core/marks";
import { Unit } from "./board";
import { describeYours, placeText } from "./labels";
import type { Links } from "./links";
import { answerFor, numbersOf, type Answer, type Reveal, type Scene } from "./state";

interface YoursProps {
  name: string;
  answer: Answer | null;
  scene: Scene;
  reveal: Reveal;
  links: Links;
  onPoint: (at: Position | null) => void;
  /** The part about what the function reads. */
  children?: ComponentChildren;
}

export function Yours({ name, answer, scene, reveal, links, onPoint, children }: YoursProps) {
  const { output, geometry: g } = scene;
  const current = answerFor(answer, scene);
  const values = useMemo(() => (current?.values ? numbersOf(current.values) : null), [current]);
  const describe = useMemo(() => describeYours(output), [output]);
  const high = values?.length ?? 0;
  const wide = values?.[0]?.length ?? 0;
  const sameShape = high === g.rows.places && wide === g.columns.places;
  const differs = (i: number, j: number) => current?.where?.[i]?.[j] === true;
  const hidden = (i: number, j: number) => reveal.predict && (!sameShape || !reveal.shows(i * wide + j));
  const notes = useMemo(
    () => values?.map((row, i) => row.map((_, j) => (current?.where?.[i]?.[j] ? `≠ ${number(output[i]?.[j] ?? NaN, 3)}` : ""))),
    [values, current, output],
  );
  const verdict = current ? (current.kind === "right" ? "right" : "wrong") : undefined;
  const told = sameShape && current?.values && reveal.shows(reveal.step);
  return (
    <Unit
      name="yours"
      sign={verdict ? (verdict === "right" ? "✓" : "✗") : "…"}
      verdict={verdict}
      title={name}
      detail={values ? `gives ${high} × ${wide}${current?.kind === "shape" ? " ✗" : ""}` : ""}
    >
      <div class="cnnw-yours" data-kind={current?.kind ?? "waiting"}>
        {values && high > 0 && wide > 0 && (
          <Grid
            label={`What ${name} gives, ${high} × ${wide}`}
            values={values}
            marks={marks(high, wide, (i, j) => {
              const linked = links.outputRows.includes(i) && links.outputColumns.includes(j) ? LIT : 0;
              return (hidden(i, j) ? ASKED : differs(i, j) ? DIFFERS : 0) | linked;
            })}
            scale={scene.scales.output}
            describe={describe}
            notes={notes}
            onPoint={onPoint}
          />
        )}
        <p class="cnnw-verdict">
          {current ? (reveal.predict && current.kind === "value" ? "Some cells differ; predict on to see which." : current.sentence) : waiting(name)}
        </p>
        {told && differs(reveal.row, reveal.column) && values && (
          <p class="cnnw-verdict">
            At {placeText(reveal.row, reveal.column)}: yours <b>{number(values[reveal.row]![reveal.column]!, 6)}</b> ✗, right{" "}
            <b>{number(output[reveal.row]![reveal.column]!, 6)}</b>
          </p>
        )}
        {children}
      </div>
    </Unit>
  );
}

function waiting(name: string): string {
  return `Waiting for Python to run ${name} on these values.`;
}
