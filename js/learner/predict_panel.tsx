// Predict first: what becomes of this rate, and then, at each step, which way a weight goes next.
import { tallyText, type Predictions } from "../core/predict";
import { Verdict } from "../core/predict_field";
import type { Outcome } from "./curvature";
import type { Guess, Run, Scene } from "./state";
import { askedEntry, moveOf, MOVES, OUTCOMES, type Move } from "./words";

interface PredictPanelProps {
  run: Run;
  scene: Scene;
  predictions: Predictions<Guess>;
  onGuess: (question: string, guess: string | null, right: string) => void;
}

const named = (guess: string): string => (guess in OUTCOMES ? OUTCOMES[guess as Outcome].name : MOVES[guess as Move].name).toLowerCase();

export function PredictPanel({ run, scene, predictions, onGuess }: PredictPanelProps) {
  const [a, b] = askedEntry(scene);
  const move = moveOf(run, scene, a, b);
  const rate = scene.guesses["rate"];
  return (
    <section class="cnnw-predict" aria-label="Predict first">
      {scene.told ? (
        <>
          {rate && <Verdict guess={rate} text={verdictText(rate.guess, run.outcome)} />}
          <Question
            title={`The next step: what does K[${a}, ${b}] do?`}
            options={Object.entries(MOVES).map(([value, { name, sign }]) => ({ value, name, sign }))}
            guess={scene.guesses[String(scene.step)]}
            right={move}
            onGuess={(guess) => onGuess(String(scene.step), guess, move)}
          />
        </>
      ) : (
        <Question
          title="What will this rate do?"
          options={Object.entries(OUTCOMES).map(([value, { name, sign }]) => ({ value, name, sign }))}
          guess={undefined}
          right={run.outcome}
          onGuess={(guess) => onGuess("rate", guess, run.outcome)}
        />
      )}
      <p class="cnnw-tally">{tallyText(predictions)}</p>
    </section>
  );
}

interface QuestionProps {
  title: string;
  options: readonly { value: string; name: string; sign: string }[];
  guess: Guess | undefined;
  right: string;
  onGuess: (guess: string | null) => void;
}

function Question({ title, options, guess, right, onGuess }: QuestionProps) {
  return (
    <div class="cnnw-question" role="group" aria-label={title}>
      <p>
        <b>{title}</b>
      </p>
      {guess ? (
        <Verdict guess={guess} text={verdictText(guess.guess, right)} />
      ) : (
        <div class="cnnw-options">
          {options.map(({ value, name, sign }) => (
            <button key={value} type="button" class="cnnw-button" onClick={() => onGuess(value)}>
              <span aria-hidden="true">{sign}</span> {name}
            </button>
          ))}
          <button type="button" class="cnnw-link" onClick={() => onGuess(null)}>
            Show me
          </button>
        </div>
      )}
    </div>
  );
}

/** "✓ Right: it falls", "✗ You said converges; diverges". */
export function verdictText(guess: string | null, right: string): string {
  if (guess === null) return `Answer: ${named(right)}`;
  return guess === right ? `✓ Right: ${named(right)}` : `✗ You said “${named(guess)}”; right is “${named(right)}”`;
}
