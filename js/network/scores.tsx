// What the network says: a bar a class, in the order of the classes; or first the question which class it will be.
import { tallyText, type Guess, type Predictions } from "../core/predict";
import { Verdict } from "../core/predict_field";
import type { Saying } from "./state";
import { fine, percent } from "./words";

interface ScoresProps {
  names: readonly string[];
  saying: Saying;
  /** Whether the learner predicts first. */
  asking: boolean;
  /** The prediction made for what is on view. */
  guess: Guess | undefined;
  predictions: Predictions;
  onGuess: (guess: number | null) => void;
}

/** The names of at most so many classes fit side by side; of more, only the likeliest are shown. */
const MOST = 12;

export function Scores({ names, saying, asking, guess, predictions, onGuess }: ScoresProps) {
  const told = !asking || guess !== undefined;
  return (
    <section class="cnnw-scores" aria-label="What the network says">
      <h3>{told ? <>It says: {names[saying.best]}</> : "Which class will it say?"}</h3>
      {told ? <Bars names={names} saying={saying} guess={guess} /> : <Question names={names} onGuess={onGuess} />}
      {asking && (
        <div class="cnnw-predict">
          {guess && <Verdict guess={guess} text={guessText(names, guess, saying.best)} />}
          <p class="cnnw-tally">{tallyText(predictions)}</p>
        </div>
      )}
    </section>
  );
}

function Bars({ names, saying: { scores, shares, best, soft }, guess }: Pick<ScoresProps, "names" | "saying" | "guess">) {
  const order = Array.from(shares.keys());
  const shown = order.length <= MOST ? order : order.sort((a, b) => shares[b]! - shares[a]! || a - b).slice(0, MOST);
  return (
    <>
      <table class="cnnw-bars">
        <thead>
          <tr>
            <th scope="col">class</th>
            <th scope="col">{soft ? "output" : "softmax of the scores"}</th>
            {!soft && <th scope="col">score</th>}
          </tr>
        </thead>
        <tbody>
          {shown.map((index) => (
            <tr key={index} data-best={index === best}>
              <th scope="row">
                <i aria-hidden="true">{index === best ? "▸" : guess?.guess === index ? "?" : ""}</i>
                {names[index]}
              </th>
              <td>
                <span class="cnnw-bar" aria-hidden="true">
                  <i style={{ transform: `scaleX(${shares[index]})` }} />
                </span>
                <span>{percent(shares[index]!)}</span>
              </td>
              {!soft && <td>{fine(Number(scores[index]!.toFixed(2)))}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < order.length && <p class="cnnw-quiet">The likeliest {MOST} of {order.length} classes.</p>}
    </>
  );
}

function Question({ names, onGuess }: Pick<ScoresProps, "names" | "onGuess">) {
  return (
    <div class="cnnw-question">
      <div role="group" aria-label="Your prediction">
        {names.map((name, index) => (
          <button key={index} type="button" onClick={() => onGuess(index)}>
            {name}
          </button>
        ))}
      </div>
      <button type="button" class="cnnw-link" onClick={() => onGuess(null)}>
        Show me
      </button>
    </div>
  );
}

/** "✓ Right: coat" or "✗ You said coat; it says shirt". */
export function guessText(names: readonly string[], { guess, right }: Guess, best: number): string {
  if (guess === null) return `It says ${names[best]}`;
  return right ? `✓ Right: ${names[best]}` : `✗ You said ${names[guess]}; it says ${names[best]}`;
}
