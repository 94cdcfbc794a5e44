// The step in full: every channel's partial sum, the bias, and their sum or the prediction of it.
import { result, number } from "../core/format";
import { placeText, stepText } from "../core/labels";
import type { Predictions } from "../core/predict";
import { PredictNumber } from "../core/predict_number";
import { slipAmong } from "../core/slips";
import { slipsAt } from "./slips";
import { cellKey, partsOf, type Reveal, type Scene } from "./state";

interface StepPanelProps {
  scene: Scene;
  reveal: Reveal;
  predictions: Predictions;
  onGuess: (guess: number | null, typed: string) => void;
  onRefuse: (text: string) => void;
}

/** "19 + 37 + 0 = 56", negative ones in parentheses. */
export function sumText(scene: Scene, reveal: Reveal): string {
  const terms = [...partsOf(scene, reveal), scene.setting.bias[reveal.out] ?? 0].map((value) => signed(value));
  return `${terms.join(" + ")} ${result(valueAt(scene, reveal))}`;
}

export function valueAt(scene: Scene, { out, row, column }: Reveal): number {
  return scene.output[out]?.[row]?.[column] ?? 0;
}

const signed = (value: number): string => (value < 0 ? `(${number(value, 6)})` : number(value, 6));

export function StepPanel({ scene, reveal, predictions, onGuess, onRefuse }: StepPanelProps) {
  const { out, row, column, step } = reveal;
  const value = valueAt(scene, reveal);
  const told = reveal.shows(out, step);
  const parts = partsOf(scene, reveal);
  const guess = reveal.guesses[cellKey(out, step)];
  const slip = guess && guess.guess !== null && !guess.right ? slipAmong(slipsAt(scene, reveal), guess.guess, value, scene.scales.output) : "";
  return (
    <section class="cnnw-step" aria-label="This step">
      <h3>
        {stepText(step, scene.count, row, column)} of output channel {out + 1}{" "}
        <code>
          Y[{out}, {row}, {column}]
        </code>
      </h3>
      {reveal.predict && (
        <PredictNumber
          key={`${scene.key} ${out} ${step}`}
          question={`What is ${placeText(row, column)} of output channel ${out + 1}?`}
          guess={guess}
          value={value}
          slip={slip}
          predictions={predictions}
          onGuess={onGuess}
          onRefuse={onRefuse}
        />
      )}
      <div class="cnnw-partial-terms">
        {parts.map((part, channel) => (
          <Term key={channel} sign={channel > 0 ? "+" : ""} text={told ? signed(part) : "?"} label={`channel ${channel + 1}`} />
        ))}
        <Term sign="+" text={signed(scene.setting.bias[out] ?? 0)} label="bias" />
        <Term sign="=" text={told ? number(value, 6) : "?"} label="output" total />
      </div>
    </section>
  );
}

function Term({ sign, text, label, total = false }: { sign: string; text: string; label: string; total?: boolean }) {
  return (
    <span class={total ? "cnnw-term cnnw-term-total" : "cnnw-term"}>
      {sign && <i>{sign} </i>}
      <span>
        <b>{text}</b> <small>{label}</small>
      </span>{" "}
    </span>
  );
}
