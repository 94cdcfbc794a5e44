// Predict a number first: a field for the guess, the verdict by sign and words, the known slip, the running tally.
import { parse } from "./format";
import { tallyText, verdict, type Guess, type Predictions } from "./predict";
import { PredictField, Verdict } from "./predict_field";

interface PredictNumberProps {
  question: string;
  guess: Guess | undefined;
  value: number;
  /** Why a wrong guess came about, where it is known. */
  slip: string;
  predictions: Predictions;
  onGuess: (guess: number | null, typed: string) => void;
  onRefuse: (text: string) => void;
}

const refusal = (refused: boolean) => refused && <p class="cnnw-refused">That is not a number.</p>;

export function PredictNumber({ question, guess, value, slip, predictions, onGuess, onRefuse }: PredictNumberProps) {
  return (
    <div class="cnnw-predict">
      {guess ? (
        <Verdict guess={guess} text={verdict(guess, value)} slip={slip} />
      ) : (
        <PredictField question={question} read={parse} note={refusal} onGuess={onGuess} onRefuse={onRefuse} />
      )}
      <p class="cnnw-tally">{tallyText(predictions)}</p>
    </div>
  );
}
