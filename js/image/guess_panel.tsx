// Predict first: which of these pictures does the kernel give? Chosen by eye, or by the description of each.
import { RAMPS } from "./paint";
import type { Theme } from "../core/colour";
import { extent } from "./filter";
import type { Candidate } from "./guess";
import { outputText } from "./summary";
import { usePaint } from "./use_paint";

interface GuessPanelProps {
  candidates: readonly Candidate[];
  theme: Theme;
  onGuess: (index: number | null) => void;
}

export function GuessPanel({ candidates, theme, onGuess }: GuessPanelProps) {
  return (
    <div class="cnnw-quiz">
      <p>
        <b>Which of these does the kernel give?</b>
      </p>
      <div class="cnnw-thumbs">
        {candidates.map((candidate, index) => (
          <button key={index} type="button" class="cnnw-thumb" aria-label={`Picture ${index + 1}: ${outputText(candidate.output)}`} onClick={() => onGuess(index)}>
            <Thumb candidate={candidate} theme={theme} />
            <span aria-hidden="true">{index + 1}</span>
          </button>
        ))}
      </div>
      <button type="button" class="cnnw-link" onClick={() => onGuess(null)}>
        Show me
      </button>
    </div>
  );
}

function Thumb({ candidate, theme }: { candidate: Candidate; theme: Theme }) {
  const canvas = usePaint(candidate.output, { scale: extent(candidate.output) }, theme, 280);
  return <canvas ref={canvas} aria-hidden="true" style={{ background: `rgb(${RAMPS[theme].zero.join(" ")})` }} />;
}

/** What is said of a guess: "✗ That is what a blur gives." */
export function guessText(candidates: readonly Candidate[], guess: number | null): string {
  const right = candidates.findIndex((candidate) => candidate.right);
  if (guess === null) return `It is picture ${right + 1}.`;
  if (guess === right) return "✓ Right.";
  return `✗ It is picture ${right + 1}. Picture ${guess + 1} is what you get from ${candidates[guess]?.what}.`;
}
