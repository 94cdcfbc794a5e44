// Predict first: a field for the shape that comes out, the verdict, a known slip by name, and on to the next layer.
import { tallyText, type Predictions } from "../core/predict";
import { PredictField, Verdict } from "../core/predict_field";
import { parseShape, slipOf, withoutBatch } from "./slips";
import type { ShapeGuess } from "./state";
import { shapeText } from "./state";
import type { Shape, Stage } from "./stack";

interface PredictProps {
  number: number;
  stage: Stage;
  batch: number | string;
  guess: ShapeGuess | undefined;
  told: boolean;
  /** Number of the layer asked for; 0 where none is left. */
  next: number;
  predictions: Predictions<ShapeGuess>;
  onGuess: (guess: Shape | null) => void;
  onGo: (number: number) => void;
}

export function PredictShape({ number, stage, batch, guess, told, next, predictions, onGuess, onGo }: PredictProps) {
  const answer = (parsed: Shape | null): void => {
    if (parsed === null) onGuess(null);
    else if (stage.shape) onGuess(withoutBatch(parsed, batch, stage.shape));
  };
  const go = next > 0 && next !== number && (
    <button type="button" class="cnnw-button cnnw-primary cnnw-plain" onClick={() => onGo(next)}>
      {told ? "On to" : "Go to"} layer {next}
    </button>
  );
  const asked = next === number;
  const flat = stage.shape?.length === 1;
  const slip = guess?.guess && !guess.right ? slipOf(guess.guess, stage) : "";
  return (
    <div class="cnnw-predict">
      {asked && (
        <PredictField
          question={`What comes out of layer ${number}?`}
          read={parseShape}
          note={(refused) => (
            <p class={refused ? "cnnw-refused" : "cnnw-note-line"}>
              {refused ? "That is no shape: " : `In comes ${shapeText(stage.given)}. Write `}
              {flat ? "one number, such as 400." : "channels, height, width, such as 6 28 28."}
            </p>
          )}
          onGuess={answer}
        />
      )}
      {!asked && told && guess && <Verdict guess={guess} text={verdictOf(guess, stage.shape)} slip={slip} />}
      {!asked && !told && <p class="cnnw-note-line">Layer {next} comes first: what comes out of it goes in here.</p>}
      {!asked && go}
      {!asked && next === 0 && <p class="cnnw-note-line">All of the stack is told. Change a layer, or take another stack, to go on.</p>}
      <p class="cnnw-tally">{tallyText(predictions)}</p>
    </div>
  );
}

export function verdictOf({ guess, right }: ShapeGuess, shape: Shape | null): string {
  const truth = shape ? shapeText(shape) : "";
  if (guess === null) return `It is ${truth}`;
  return right ? `✓ Right: ${truth}` : `✗ You said ${shapeText(guess)}; it is ${truth}`;
}
