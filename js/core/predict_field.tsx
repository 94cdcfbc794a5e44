// The field to predict in, and the verdict that takes its place.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

interface PredictFieldProps<T> {
  question: string;
  /** What was typed, as what it means; null where it means nothing that was asked for. */
  read: (typed: string) => T | null;
  /** What stands below the field; another text where what was typed is refused. */
  note: (refused: boolean) => ComponentChildren;
  /** Null where the learner asks to be shown. */
  onGuess: (guess: T | null, typed: string) => void;
  onRefuse?: (typed: string) => void;
}

export function PredictField<T>({ question, read, note, onGuess, onRefuse }: PredictFieldProps<T>) {
  const [typed, setTyped] = useState("");
  const [refused, setRefused] = useState(false);
  const submit = (event: Event): void => {
    event.preventDefault();
    const guess = read(typed);
    setRefused(guess === null);
    if (guess === null) onRefuse?.(typed);
    else onGuess(guess, typed);
  };
  return (
    <form onSubmit={submit}>
      <label>
        <span>{question}</span>
        <input
          type="text"
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
      {note(refused)}
    </form>
  );
}

interface VerdictProps {
  guess: { readonly guess: unknown; readonly right: boolean };
  text: string;
  /** Why a wrong guess came about, where it is known. */
  slip?: string;
}

export function Verdict({ guess, text, slip }: VerdictProps) {
  return (
    <>
      <p class="cnnw-guess" data-right={guess.guess === null ? "shown" : guess.right}>
        {text}
      </p>
      {slip && <p class="cnnw-slip">{slip}</p>}
    </>
  );
}
