// Predict first: a field for the guess, the verdict by sign and words, and the running tally.
import { useState } from "preact/hooks";
import { parse } from "../core/format";
import { tallyText, verdict, type Guess, type Predictions } from "../core/predict";
import { placeText } from "./labels";

interface PredictProps {
  row: number;
  column: number;
  guess: Guess | undefined;
  value: number;
  predictions: Predictions;
  onGuess: (guess: number | null, typed: string) => void;
  onRefuse: (text: string) => void;
}

export function Predict({ row, column, guess, value, predictions, onGuess, onRefuse }: PredictProps) {
  const [typed, setTyped] = useState("");
  const [refused, setRefused] = useState(false);
  const submit = (event: Event): void => {
    event.preventDefault();
    const number = parse(typed);
    setRefused(number === null);
    if (number === null) onRefuse(typed);
    else onGuess(number, typed);
  };
  return (
    <div class="cnnw-predict">
      {guess ? (
        <p class="cnnw-guess" data-right={guess.guess === null ? "shown" : guess.right}>
          {verdict(guess, value)}
        </p>
      ) : (
        <form onSubmit={submit}>
          <label>
            <span>What is {placeText(row, column)}?</span>
            <input
              type="text"
              inputMode="text"
              autocomplete="off"
              value={typed}
              aria-invalid={refused}
              onInput={(event) => setTyped(event.currentTarget.value)}
            />
          </label>
          <button type="submit" class="cnnw-button cnnw-primary">
            Check
          </button>
          <button type="button" class="cnnw-link" onClick={() => onGuess(null, "")}>
            Show me
          </button>
          {refused && <p class="cnnw-refused">That is not a number.</p>}
        </form>
      )}
      <p class="cnnw-tally">{tallyText(predictions)}</p>
    </div>
  );
}
