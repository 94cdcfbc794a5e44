// The rung of the learner's own function, as Python found it.
import { useMemo } from "preact/hooks";
import type { Theme } from "../core/colour";
import type { Pair } from "../core/correlation";
import { Rung } from "./rung";
import { comparisonOf, type Guess, type ShiftAnswer } from "./state";
import { isMoved, verdictText } from "./words";

interface YoursProps {
  name: string;
  /** For the shift on view; null while Python has not answered. */
  answer: ShiftAnswer | null;
  shift: Pair;
  theme: Theme;
  predict: boolean;
  guess: Guess | undefined;
  onGuess: (guess: boolean | null, follows: boolean) => void;
}

export function Yours({ name, answer, shift, theme, predict, guess, onGuess }: YoursProps) {
  const comparison = useMemo(() => comparisonOf(answer), [answer]);
  const nameless = name === "your function";
  const decided = answer !== null && isMoved(shift) && (answer.kind === "right" || answer.kind === "value");
  const follows = decided ? answer.kind === "right" : null;
  const trouble = answer !== null && answer.kind !== "right" && answer.kind !== "value" && answer.kind !== "unasked";
  return (
    <Rung
      name={nameless ? "Your function" : `Your ${name}`}
      sign={nameless ? "f" : name}
      shift={shift}
      verdict={trouble ? "✗ can not be compared" : answer && comparison ? verdictText(shift, comparison) : ""}
      follows={trouble ? false : follows}
      why={answer ? answer.sentence : `Waiting for Python to run ${name} on these pictures.`}
      comparison={comparison}
      theme={theme}
      close={true}
      asking={predict && follows !== null}
      guess={guess}
      onGuess={(choice) => onGuess(choice, follows === true)}
    />
  );
}
