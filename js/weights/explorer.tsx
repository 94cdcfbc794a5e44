// The counter put together: the numbers, the four counts, the picture of the layer on view, and predictions.
import { Announcer } from "../core/announcer";
import { digits, inWords, memory } from "../core/big_counts";
import { Switch } from "../core/controls";
import { useSync, useTheme, useTraits } from "../core/hooks";
import type { Model } from "../core/local_model";
import { guessed } from "../core/predict";
import { Shell } from "../core/shell";
import { Bars } from "./bars";
import { countOf, KINDS, type Kind } from "./counts";
import { Fields } from "./fields";
import { Picture } from "./picture";
import { PredictCount, verdictOf } from "./predict_panel";
import { answerFor, COUNTS, guessOf, keyOf, questionOf, TRAITS, unitOf, type WeightTraits } from "./state";
import { useLines } from "./use_lines";
import { wiringOf, wiringText } from "./wiring";
import { noteOf, TITLES } from "./words";
import { Yours } from "./yours";

export function Explorer({ model, host }: { model: Model; host: Element }) {
  const traits = useTraits<WeightTraits>(model, TRAITS);
  const { kind, predict, _predictions: predictions, _fn_name: fnName } = traits;
  const { write, flush } = useSync(model);
  const theme = useTheme(host);
  const wiring = wiringOf(kind, traits);
  const unit = unitOf(traits.unit, wiring);
  const count = countOf(kind, traits);
  const told = (each: Kind): boolean => !predict || guessOf(predictions, each, traits) !== undefined;

  const guess = guessOf(predictions, kind, traits);
  const counted = predict && guess ? verdictOf(guess, count) : `${digits(count)} weights, ${memory(count)} as float32`;
  const line = wiringText(wiring, ...unit);
  const voice = useLines([`${TITLES[kind]}: ${told(kind) ? `${counted}.` : "how many weights?"}`, line]);

  const onGuess = (guess: bigint | null): void => {
    const made = { guess: guess === null ? null : String(guess), right: guess === count };
    write({ _predictions: guessed(predictions, COUNTS, questionOf(kind, traits), made) });
  };
  const onPredict = (on: boolean): void => {
    const first = KINDS.find((each) => guessOf(predictions, each, traits) === undefined);
    write(on && first ? { predict: on, kind: first } : { predict: on });
  };
  const next = KINDS.find((each) => each !== kind && !told(each));
  const smaller = wiring.rows < traits.height || wiring.columns < traits.width;
  return (
    <Shell label="Weight counter" name="cnnw-weights" theme={theme} flush={flush}>
      <header class="cnnw-header">
        <p class="cnnw-image-line">
          <b>
            {traits.height} × {traits.width}
          </b>{" "}
          {traits.channels === 1 ? "grey" : `× ${traits.channels}`}, {inWords(BigInt(traits.height) * BigInt(traits.width))} pixels
        </p>
        <Switch checked={predict} onChange={onPredict}>
          Predict first
        </Switch>
      </header>
      <Fields traits={traits} onChange={(name, value) => write({ [name]: value })} />
      <div class="cnnw-weight-layers">
        <Bars numbers={traits} kind={kind} told={told} onKind={(each) => write({ kind: each })}>
          {predict && (
            <>
              <PredictCount
                key={questionOf(kind, traits)}
                kind={kind}
                numbers={traits}
                guess={guess}
                predictions={predictions}
                onGuess={onGuess}
                onRefuse={(text) => voice.current(`“${text}” is no whole number.`)}
              />
              {told(kind) && next && (
                <button type="button" class="cnnw-button cnnw-next" onClick={() => write({ kind: next })}>
                  Next: {TITLES[next]}
                </button>
              )}
            </>
          )}
          {told(kind) && <p class="cnnw-weight-note-line">{noteOf(kind, traits)}</p>}
        </Bars>
        <section class="cnnw-weight-drawn" aria-label="Connections">
          <Picture wiring={wiring} unit={unit} onUnit={(next) => write({ unit: next })} />
          <p class="cnnw-wiring-line">{line}</p>
          <p class="cnnw-weight-note-line">
            Move over the hidden units, or use the arrow keys. The numbers are those of the weights; a hatch is a set of them.
            {smaller ? ` Drawn small, with ${wiring.rows} × ${wiring.columns} pixels` : ` Drawn with ${wiring.rows} × ${wiring.columns} pixels`}
            {kind === "dense" && traits.channels > 1 ? ", of one channel" : ""}
            {(kind === "local" || kind === "shared") && ` and Δ = ${wiring.reach}; around them lie zeros`}.
          </p>
        </section>
      </div>
      {fnName && <Yours name={fnName} answer={answerFor(traits._answer, keyOf(traits))} />}
      <Announcer pause={0} voice={voice} />
    </Shell>
  );
}
