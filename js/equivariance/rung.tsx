// One layer: its two outputs, their difference, and why it follows the picture or does not; or the question first.
import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Theme } from "../core/colour";
import type { Pair } from "../core/correlation";
import { number } from "../core/format";
import { placeText } from "../core/labels";
import { Verdict } from "../core/predict_field";
import { extent } from "../image/filter";
import { OutputMap } from "./map";
import { differenceOf, type Comparison } from "./rungs";
import type { Guess } from "./state";
import { guessText, pairText } from "./words";

interface RungProps {
  name: string;
  /** "op", or the name of the learner's function, for the captions. */
  sign: string;
  shift: Pair;
  /** "✓ follows": empty while it is to be predicted. */
  verdict: string;
  follows: boolean | null;
  why: ComponentChildren;
  comparison: Comparison | null;
  theme: Theme;
  /** Whether it is looked at closely. */
  close: boolean;
  asking: boolean;
  guess: Guess | undefined;
  onOpen?: () => void;
  onGuess: (guess: boolean | null) => void;
}

export function Rung({ name, sign, shift, verdict, follows, why, comparison, theme, close, asking, guess, onOpen, onGuess }: RungProps) {
  const told = !asking || guess !== undefined;
  const title = (
    <>
      {name}
      {told && verdict && (
        <span class="cnnw-badge" data-follows={follows ?? "open"}>
          {verdict}
        </span>
      )}
    </>
  );
  return (
    <li class="cnnw-rung" data-close={close}>
      <div class="cnnw-saying">
        <h3>
          {onOpen ? (
            <button type="button" class="cnnw-open" aria-pressed={close} onClick={onOpen}>
              {title}
            </button>
          ) : (
            title
          )}
        </h3>
        {told ? (
          <>
            {asking && guess && follows !== null && <Verdict guess={guess} text={guessText(guess.guess, follows)} />}
            <p class="cnnw-why">{why}</p>
          </>
        ) : (
          <div class="cnnw-ask" role="group" aria-label={`${name}: predict`}>
            <p>The picture moves by {pairText(shift)}. Will the output just move along?</p>
            <button type="button" class="cnnw-button" onClick={() => onGuess(true)}>
              Yes
            </button>
            <button type="button" class="cnnw-button" onClick={() => onGuess(false)}>
              No
            </button>
            <button type="button" class="cnnw-link" onClick={() => onGuess(null)}>
              Show me
            </button>
          </div>
        )}
      </div>
      {told && comparison && <Maps name={name} sign={sign} comparison={comparison} theme={theme} close={close} />}
    </li>
  );
}

function Maps({ name, sign, comparison, theme, close }: Pick<RungProps, "name" | "sign" | "theme" | "close"> & { comparison: Comparison }) {
  const [at, setAt] = useState<Pair | null>(null);
  const { moved, given, inside, differs, many, of } = comparison;
  const difference = useMemo(() => differenceOf(comparison), [comparison]);
  const scale = useMemo(() => Math.max(finite(moved.values), finite(given.values)), [moved, given]);
  const here = close && at && at[0] < moved.height && at[1] < moved.width ? at : null;
  const onPoint = close ? setAt : undefined;
  const shared = { inside, theme, at: here, onPoint };
  const read = here ? readout(comparison, here, sign) : "Point at a place, or walk through the difference, to read its numbers.";
  return (
    <div class="cnnw-maps" role="group" aria-label={`${name}: outputs`}>
      <OutputMap title={`shift(${sign}(X))`} plane={moved} scale={scale} {...shared} />
      <OutputMap title={`${sign}(shift(X))`} plane={given} scale={scale} {...shared} />
      <OutputMap
        title={many === 0 && of > 0 ? "Difference: 0" : "Difference"}
        plane={difference}
        scale={extent(difference)}
        differs={differs}
        summary={many === 0 ? `0 at all of ${of} places` : `not 0 at ${many} of ${of} places`}
        {...shared}
      />
      {close && (
        <p class="cnnw-readout" aria-live="polite">
          {read}
        </p>
      )}
    </div>
  );
}

function finite(values: Float64Array): number {
  return values.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0);
}

/** "Row 3, column 5: shift(op(X)) 120, op(shift(X)) 98, difference −22 ✗". */
function readout({ moved, given, inside, differs }: Comparison, [row, column]: Pair, sign: string): string {
  const index = row * moved.width + column;
  const place = placeText(row, column);
  const capital = place[0]!.toUpperCase() + place.slice(1);
  if (!inside[index]) return `${capital}: nothing of the unmoved picture's output has come here, so there is nothing to compare.`;
  const [a, b] = [moved.values[index]!, given.values[index]!];
  const apart = differs[index] ? `difference ${number(b - a, 5)} ✗` : "equal ✓";
  return `${capital}: shift(${sign}(X)) ${number(a, 5)}, ${sign}(shift(X)) ${number(b, 5)}: ${apart}`;
}
