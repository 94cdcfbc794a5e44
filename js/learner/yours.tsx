// What the learner's own function learnt from the same input and output, and how far that is from the true kernel.
import { useMemo } from "preact/hooks";
import { largest } from "../core/colour";
import type { Matrix } from "../core/correlation";
import { number } from "../core/format";
import { Grid } from "../core/grid";
import { describeYours } from "../core/labels";
import { DIFFERS, marks } from "../core/marks";
import { roundedFirst } from "./labels";
import type { Answer } from "./state";

interface YoursProps {
  name: string;
  answer: Answer | null;
  target: Matrix;
}

const plain = (value: number | string): number => (value === "inf" ? Infinity : value === "-inf" ? -Infinity : Number(value));

export function Yours({ name, answer, target }: YoursProps) {
  const values = useMemo(() => answer?.values?.map((row) => row.map(plain)) ?? null, [answer]);
  const describe = useMemo(() => roundedFirst(describeYours(target)), [target]);
  const notes = useMemo(
    () => values?.map((row, r) => row.map((_, c) => (answer?.where?.[r]?.[c] ? `≠ ${number(target[r]?.[c] ?? NaN, 3)}` : ""))),
    [values, answer, target],
  );
  const verdict = answer ? (answer.kind === "right" ? "right" : "wrong") : undefined;
  const sign = verdict ? (verdict === "right" ? "✓" : "✗") : "…";
  return (
    <section class="cnnw-mine cnnw-yours" data-kind={answer?.kind ?? "waiting"} aria-label={`What ${name} learns`}>
      <h3>
        <span class="cnnw-sign" data-verdict={verdict} aria-hidden="true">
          {sign}
        </span>{" "}
        {name}
      </h3>
      {values && values.length > 0 && (
        <Grid
          label={`What ${name} learns, ${values.length} × ${values[0]!.length}`}
          values={values}
          marks={marks(values.length, values[0]!.length, (r, c) => (answer?.where?.[r]?.[c] ? DIFFERS : 0))}
          scale={largest(target)}
          describe={describe}
          notes={notes}
        />
      )}
      <p class="cnnw-verdict">{answer ? answer.sentence : `Waiting for Python to run ${name} on these values.`}</p>
    </section>
  );
}
