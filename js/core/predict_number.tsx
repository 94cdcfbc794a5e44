// Predict a number first: a field for the guess, the verdict by sign and words, the known slip, the running tally.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { parse } from "./format";
import { tallyText, verdict, type Guess, type Predictions } from "./predict";

interface PredictNumberProps {
  question: string;
  guess: Guess | undefined;
  value: number;
  /** Why a wrong guess came about, where it is known. */
  slip: string;
  predictions: Predictions;
  onGuess: (guess: number | null, typed: string) => void;
  onRefuse: (text: string) => void;
  /** What follows the verdict, such as the way to the next question. */
  children?: ComponentChildren;
}

export function PredictNumber({ question, guess, value, slip, predictions, onGuess, onRefuse, children }: PredictNumberProps) {
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
        <>
          <p class="cnnw-guess" data-right={guess.guess === null ? "shown" : guess.right}>
            {verdict(guess, value)}
          </p>
          {slip && <p class="cnnw-slip">{slip}</p>}
          {children}
        </>
      ) : (
        <form onSubmit={submit}>
          <label>
            <span>{question}</span>
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
