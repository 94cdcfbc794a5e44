// The step in full: the window's values with the winner marked, the arithmetic, and the value or the prediction.
import { useState } from "preact/hooks";
import { Grid } from "../core/grid";
import type { Position } from "../core/grid_nav";
import { placeText, stepText } from "../core/labels";
import { LIT, marks, PADDING, WON } from "../core/marks";
import type { Predictions } from "../core/predict";
import { PredictNumber } from "../core/predict_number";
import { timesText } from "../core/volume";
import type { Links } from "./links";
import { windowOf, winnersOf } from "./pool";
import { slipOf } from "./slips";
import type { Reveal, Scene } from "./state";
import { borderText, describeWindow, resultText, winnerText, workText } from "./words";

/** Longer lists leave out their middle until asked for. */
export const MOST_TERMS = 16;

interface StepPanelProps {
  scene: Scene;
  reveal: Reveal;
  links: Links;
  predictions: Predictions;
  onGuess: (guess: number | null, typed: string) => void;
  onRefuse: (text: string) => void;
  onPoint: (at: Position | null) => void;
}

export function StepPanel({ scene, reveal, links, predictions, onGuess, onRefuse, onPoint }: StepPanelProps) {
  const [full, setFull] = useState(false);
  const { setting, geometry: g, channel } = scene;
  const { step, row, column } = reveal;
  const cells = windowOf(scene.padded, g, row, column);
  const told = reveal.shows(step);
  const wide = g.columns.k;
  const values = Array.from({ length: g.rows.k }, (_, a) => cells.slice(a * wide, (a + 1) * wide).map(({ value }) => value));
  const won = new Set(told && setting.mode === "max" ? winnersOf(cells) : []);
  const guess = reveal.guess(step);
  const value = scene.output[row]?.[column] ?? 0;
  const long = workText(cells, setting) !== workText(cells, setting, MOST_TERMS);
  const many = setting.input.length > 1;
  return (
    <section class="cnnw-step" aria-label="This step">
      <h3>
        {stepText(step, g.count, row, column)} <code>Y[{many ? `${channel}, ` : ""}{row}, {column}]</code>
      </h3>
      <div class="cnnw-work">
        <figure class={`cnnw-unit cnnw-unit-window${wide > 5 ? " cnnw-small" : ""}`}>
          <figcaption>
            <b>Window</b> <span>{timesText(g.rows.k, wide)}</span>
          </figcaption>
          <Grid
            label={`Window, ${timesText(g.rows.k, wide)}`}
            values={values}
            marks={marks(g.rows.k, wide, (a, b) => {
              const index = a * wide + b;
              const lit = links.inWindow?.[0] === a && links.inWindow[1] === b;
              return (cells[index]!.inside ? 0 : PADDING) | (won.has(index) ? WON : 0) | (lit ? LIT : 0);
            })}
            scale={scene.scale}
            describe={describeWindow}
            onPoint={onPoint}
          />
        </figure>
        <div class="cnnw-sum">
          {reveal.predict && (
            <PredictNumber
              key={`${scene.key} ${channel} ${step}`}
              question={`What is ${placeText(row, column)}?`}
              guess={guess}
              value={value}
              slip={guess && guess.guess !== null && !guess.right ? slipOf(scene, row, column, guess.guess) : ""}
              predictions={predictions}
              onGuess={onGuess}
              onRefuse={onRefuse}
            />
          )}
          {told && (
            <>
              <p class="cnnw-arithmetic">
                {workText(cells, setting, full ? Infinity : MOST_TERMS)} <b class="cnnw-result">{resultText(cells, setting)}</b>
              </p>
              {long && (
                <button type="button" class="cnnw-link" aria-expanded={full} onClick={() => setFull(!full)}>
                  {full ? "Show fewer" : `Show all ${cells.length} values`}
                </button>
              )}
              <p class="cnnw-because">{[winnerText(cells, setting, g), borderText(cells, setting)].filter(Boolean).join(" ")}</p>
            </>
          )}
        </div>
      </div>
    </section>
  );
}
