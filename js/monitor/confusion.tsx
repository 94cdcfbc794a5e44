// The confusion matrix: a row a true class, a column an answer; the right answers are framed, the mix-ups tinted.
import { useMemo } from "preact/hooks";
import type { Matrix } from "../core/correlation";
import { Grid } from "../core/grid";
import type { Describe } from "../core/grid_row";
import { marks } from "../core/marks";
import { mixups, recall } from "./state";
import { mixupText, percent } from "./words";

export function Confusion({ confusion, classes }: { confusion: Matrix; classes: readonly string[] }) {
  const size = confusion.length;
  const name = (index: number): string => classes[index] ?? String(index);
  const most = mixups(confusion);
  // The largest mix-up gets the full tint; the right answers, far more of them, are as strong.
  const scale = most[0]?.count ?? 1;
  const describe = useMemo<Describe>(
    () => (truth, answer, text) => (truth === answer ? `${name(truth)}, right: ${text}` : `${name(truth)} taken for ${name(answer)}: ${text}`),
    [classes],
  );
  return (
    <section class="cnnw-confusion" aria-label="What is taken for what">
      <h3>
        Confusions <span>row: what it is, column: the answer</span>
      </h3>
      <div class="cnnw-table">
        <div class="cnnw-answers" aria-hidden="true">
          {confusion.map((_, index) => (
            <span key={index}>{name(index)}</span>
          ))}
        </div>
        <div class="cnnw-names" aria-hidden="true">
          {confusion.map((_, index) => (
            <span key={index}>
              {name(index)} <small>{recall(confusion, index) === null ? "" : percent(recall(confusion, index)!)}</small>
            </span>
          ))}
        </div>
        <Grid label={`Confusions, ${size} × ${size}`} values={confusion} marks={marks(size, size, () => 0)} scale={scale} describe={describe}>
          {confusion.map((_, index) => (
            <i key={index} class="cnnw-diagonal" style={{ "--row": index, "--column": index }} aria-hidden="true" />
          ))}
        </Grid>
      </div>
      {most.length > 0 ? (
        <>
          <p class="cnnw-most">Most often:</p>
          <ol>
          {most.map((each) => (
            <li key={`${each.truth} ${each.answer}`}>{mixupText(each, classes)}</li>
          ))}
          </ol>
        </>
      ) : (
        <p>Nothing was mixed up.</p>
      )}
    </section>
  );
}
