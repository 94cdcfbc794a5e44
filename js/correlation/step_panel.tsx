// The step in full: the products of the window, the line of arithmetic, and the sum or the prediction.
import { useState } from "preact/hooks";
import { tapsOf, type Tap } from "../core/correlation";
import { arithmetic, factor, number, products, result } from "../core/format";
import { largest } from "../core/colour";
import { Grid } from "../core/grid";
import type { Describe } from "../core/grid_row";
import type { Position } from "../core/grid_nav";
import { ASKED, LIT, marks } from "../core/marks";
import type { Predictions } from "../core/predict";
import { PredictNumber } from "../core/predict_number";
import { Unit } from "../core/unit";
import type { Links } from "./links";
import { placeText, stepText } from "../core/labels";
import { slipOf } from "./slips";
import type { Reveal, Scene } from "./state";

/** Longer sums leave out their middle until asked for. */
export const MOST_TERMS = 12;

interface StepPanelProps {
  scene: Scene;
  reveal: Reveal;
  links: Links;
  predictions: Predictions;
  onGuess: (guess: number | null, typed: string) => void;
  onRefuse: (text: string) => void;
  onPoint: (at: Position | null) => void;
}

export function stepTaps({ padded, sliding, geometry }: Scene, reveal: Reveal): Tap[] {
  return tapsOf(padded, sliding, geometry, reveal.row, reveal.column);
}

export function StepPanel({ scene, reveal, links, predictions, onGuess, onRefuse, onPoint }: StepPanelProps) {
  const [full, setFull] = useState(false);
  const { geometry: g } = scene;
  const taps = stepTaps(scene, reveal);
  const told = reveal.shows(reveal.step);
  const wide = g.columns.k;
  const rows = Array.from({ length: g.rows.k }, (_, a) => taps.slice(a * wide, (a + 1) * wide));
  const values = rows.map((row) => row.map(({ value, weight }) => value * weight));
  const long = taps.length > MOST_TERMS;
  const guess = reveal.guesses[reveal.step];
  const value = scene.output[reveal.row]?.[reveal.column] ?? 0;
  const factors = (tap: Tap | undefined) => (tap ? `${factor(tap.value)}×${factor(tap.weight)}` : "");
  const describe: Describe = (a, b, text) => (text === "" ? "not told, predict first" : `${factors(rows[a]?.[b])} = ${text}`);
  const short = wide <= 5 && taps.every((tap) => factors(tap).length <= 9);
  const notes = short ? rows.map((row) => row.map(factors)) : undefined;
  return (
    <section class="cnnw-step" aria-label="This step">
      <h3>
        {stepText(reveal.step, g.count, reveal.row, reveal.column)} <code>Y[{reveal.row}, {reveal.column}]</code>
      </h3>
      <div class="cnnw-work">
        <Unit name={`products${wide > 5 ? " cnnw-small" : ""}`} title="Products" detail="window × kernel">
          <Grid
            label={`Products, ${g.rows.k} × ${wide}`}
            values={values}
            marks={marks(g.rows.k, wide, (a, b) => (told ? 0 : ASKED) | (links.kernel?.[0] === a && links.kernel[1] === b ? LIT : 0))}
            scale={largest(values)}
            describe={describe}
            notes={notes}
            onPoint={onPoint}
          />
        </Unit>
        <div class="cnnw-sum">
          {reveal.predict && (
            <PredictNumber
              key={`${scene.key} ${reveal.step}`}
              question={`What is ${placeText(reveal.row, reveal.column)}?`}
              guess={guess}
              value={value}
              slip={guess && !guess.right && guess.guess !== null ? slipOf(scene, reveal, guess.guess) : ""}
              predictions={predictions}
              onGuess={onGuess}
              onRefuse={onRefuse}
            />
          )}
          {told && (
            <>
              <p class="cnnw-arithmetic" title={long && !full ? arithmetic(taps, true) : undefined}>
                {products(taps, full ? Infinity : MOST_TERMS)} <b class="cnnw-result">{result(value, taps)}</b>
              </p>
              {long && (
                <button type="button" class="cnnw-link" aria-expanded={full} onClick={() => setFull(!full)}>
                  {full ? "Show fewer" : `Show all ${number(taps.length)} products`}
                </button>
              )}
            </>
          )}
        </div>
      </div>
    </section>
  );
}
