// Predict first: a field for a whole count of any size, the verdict, the known slip, and the running tally.
import { digits } from "../core/big_counts";
import { tallyText, type Predictions } from "../core/predict";
import { PredictField, Verdict } from "../core/predict_field";
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

const note = (refused: boolean) => (
  <>
    <p class="cnnw-example">As digits, as 3e9, as 3 billion, or as a product such as 28·28·10.</p>
    {refused && <p class="cnnw-refused">That is no whole number.</p>}
  </>
);

export function PredictCount({ kind, numbers, guess, predictions, onGuess, onRefuse }: PredictProps) {
  const slip = guess && guess.guess !== null && !guess.right ? slipOf(BigInt(guess.guess), kind, numbers) : "";
  return (
    <div class="cnnw-predict">
      {guess ? (
        <Verdict guess={guess} text={verdictOf(guess, countOf(kind, numbers))} slip={slip} />
      ) : (
        <PredictField question="How many weights?" read={parseCount} note={note} onGuess={onGuess} onRefuse={onRefuse} />
      )}
      <p class="cnnw-tally">{tallyText(predictions)}</p>
    </div>
  );
}
