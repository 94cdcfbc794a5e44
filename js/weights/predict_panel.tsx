// Predict first: a field for a whole count of any size, the verdict, the known slip, and the running tally.
import { useState } from "preact/hooks";
import { digits } from "../core/big_counts";
import { tallyText, type Predictions } from "../core/predict";
import { countOf, parseCount, slipOf, type Kind, type Numbers } from "./counts";
import type { CountGuess } from "./state";

interface PredictProps {
  kind: Kind;
  numbers: Numbers;
  guess: CountGuess | undefined;
  predictions: Predictions<CountGuess>;
  onGuess: (guess: bigint | null) => void;
  onRefuse: (text: string) => void;
}

export function verdictOf({ guess, right }: CountGuess, count: bigint): string {
  if (guess === null) return `It is ${digits(count)}`;
  return right ? `✓ Right: ${digits(count)}` : `✗ You said ${digits(BigInt(guess))}; it is ${digits(count)}`;
}

export function PredictCount({ kind, numbers, guess, predictions, onGuess, onRefuse }: PredictProps) {
  const [typed, setTyped] = useState("");
  const [refused, setRefused] = useState(false);
  const submit = (event: Event): void => {
    event.preventDefault();
    const count = parseCount(typed);
    setRefused(count === null);
    if (count === null) onRefuse(typed);
    else onGuess(count);
  };
  const slip = guess && guess.guess !== null && !guess.right ? slipOf(BigInt(guess.guess), kind, numbers) : "";
  return (
    <div class="cnnw-predict">
      {guess ? (
        <>
          <p class="cnnw-guess" data-right={guess.guess === null ? "shown" : guess.right}>
            {verdictOf(guess, countOf(kind, numbers))}
          </p>
          {slip && <p class="cnnw-slip">{slip}</p>}
        </>
      ) : (
        <form onSubmit={submit}>
          <label>
            <span>How many weights?</span>
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
          <button type="button" class="cnnw-link" onClick={() => onGuess(null)}>
            Show me
          </button>
          <p class="cnnw-example">As digits, as 3e9, as 3 billion, or as a product such as 28·28·10.</p>
          {refused && <p class="cnnw-refused">That is no whole number.</p>}
        </form>
      )}
      <p class="cnnw-tally">{tallyText(predictions)}</p>
    </div>
  );
}
