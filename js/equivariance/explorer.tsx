// The explorer put together: the picture to drag, and the layers that follow it or do not.
import { useMemo } from "preact/hooks";
import { Announcer } from "../core/announcer";
import { answerFor } from "../core/answer";
import { largest } from "../core/colour";
import { Switch } from "../core/controls";
import { replaced, type Pair } from "../core/correlation";
import { Grid } from "../core/grid";
import { useSync, useTheme, useTraits } from "../core/hooks";
import { describeCell } from "../core/labels";
import type { Model } from "../core/local_model";
import { marks } from "../core/marks";
import { NumberField } from "../core/number_field";
import { guessed, guessesOf, tallyText } from "../core/predict";
import { Shell } from "../core/shell";
import { useLine } from "../core/use_line";
import { PRESETS, presetOf } from "../image/kernels";
import { unpack } from "../image/picture";
import { Rung } from "./rung";
import { denseTable, OPS } from "./rungs";
import { Stage } from "./stage";
import { farthest, held, outputsOf, questionKey, sceneOf, TRAITS, type EquivarianceTraits } from "./state";
import { guessText, isMoved, NAMES, pairText, reason, shiftText, verdictText } from "./words";
import { Yours } from "./yours";

const KERNELS = ["Sobel across", "Sobel down", "Outline", "Blur 3×3", "Emboss"];
const LABELS: Readonly<Record<string, string>> = { "ankle boot": "Ankle boot", dress: "Dress", bag: "Bag", disc: "Disc", edges: "Edge image" };

export function Explorer({ model, host }: { model: Model; host: Element }) {
  const traits = useTraits<EquivarianceTraits>(model, TRAITS);
  const { picture: chosen, kernel, shift, op, predict, _pictures, _fn_name: name, _answer, _predictions: predictions } = traits;
  const { write, flush } = useSync(model);
  const theme = useTheme(host);

  const packed = typeof chosen === "string" ? _pictures[chosen] : chosen;
  const picture = useMemo(() => packed && unpack(packed), [packed]);
  const count = picture?.values.length ?? 0;
  const table = useMemo(() => denseTable(count), [count]);
  const before = useMemo(() => picture && outputsOf(picture, kernel, table), [picture, kernel, table]);
  const scene = useMemo(() => picture && before && sceneOf(picture, kernel, table, shift, before), [picture, kernel, table, shift, before]);

  const key = questionKey(traits);
  const guesses = guessesOf(predictions, key);
  const asking = predict && isMoved(shift);
  const guess = (of: string, choice: boolean | null, follows: boolean): void => {
    write({ _predictions: guessed(predictions, key, of, { guess: choice, right: choice === follows }) });
    voice.current(`${guessText(choice, follows)}`);
  };
  const told = OPS.filter((each) => !asking || guesses[each]);
  const heard = scene ? told.map((each) => (scene[each] ? `${NAMES[each]}: ${verdictText(shift, scene[each]).replace(/^[✓✗] /, "")}` : "")).filter(Boolean) : [];
  const moves = `The picture is ${isMoved(shift) ? `moved ${shiftText(shift)}` : "not moved"}.`;
  const voice = useLine(asking ? moves : isMoved(shift) ? `${moves} ${heard.join(". ")}.` : moves);

  const move = (to: Pair): void => {
    if (!picture) return;
    const next = held(to, picture);
    if (next[0] !== shift[0] || next[1] !== shift[1]) write({ shift: next });
  };
  const title = typeof chosen === "string" ? (LABELS[chosen] ?? chosen) : "Your picture";
  const chip = (text: string, pressed: boolean, act: () => void) => (
    <button key={text} type="button" class="cnnw-chip" aria-pressed={pressed} onClick={act}>
      {text}
    </button>
  );
  const [rows, columns] = [kernel.length, kernel[0]!.length];
  return (
    <Shell label="Equivariance explorer" name="cnnw-equi" theme={theme} flush={flush} style={{ "--total": 10, "--units": 1 }}>
      <header class="cnnw-header">
        <p class="cnnw-claim">
          The picture moves; does the output follow? <code>op(shift(X)) = shift(op(X))</code>
        </p>
        <Switch checked={predict} onChange={(checked) => write({ predict: checked })}>
          Predict first
        </Switch>
      </header>
      {picture && scene ? (
        <>
          <div class="cnnw-top">
            <div class="cnnw-handle">
              <Stage picture={picture} title={title} shift={shift} onShift={move} />
              <p class="cnnw-quiet">Drag it, or use the arrow keys.</p>
            </div>
            <div class="cnnw-choices">
              <div class="cnnw-knobs">
                <div class="cnnw-knob">
                  <span>Rows down</span>
                  <NumberField label="Rows down" value={shift[0]} min={-farthest(picture.height)} max={farthest(picture.height)} onChange={(value) => move([value, shift[1]])} />
                </div>
                <div class="cnnw-knob">
                  <span>Columns right</span>
                  <NumberField label="Columns right" value={shift[1]} min={-farthest(picture.width)} max={farthest(picture.width)} onChange={(value) => move([shift[0], value])} />
                </div>
                <button type="button" class="cnnw-button" aria-disabled={!isMoved(shift)} onClick={() => move([0, 0])}>
                  Put it back
                </button>
              </div>
              <div class="cnnw-chips" role="group" aria-label="Picture">
                <b aria-hidden="true">Picture</b>
                {Object.keys(_pictures).map((each) => chip(LABELS[each] ?? each, chosen === each, () => write({ picture: each, shift: [0, 0] })))}
                {typeof chosen !== "string" && chip(title, true, () => {})}
              </div>
              <div class="cnnw-chips" role="group" aria-label="Ready-made kernels">
                <b aria-hidden="true">Kernel</b>
                {PRESETS.filter((preset) => KERNELS.includes(preset.name)).map((preset) =>
                  chip(preset.name, presetOf(kernel) === preset, () => write({ kernel: preset.kernel })),
                )}
              </div>
              <Grid
                label={`Kernel, ${rows} × ${columns}`}
                values={kernel}
                marks={marks(rows, columns, () => 0)}
                scale={largest(kernel)}
                describe={describeCell}
                onEdit={(a, b, value) => write({ kernel: replaced(kernel, a, b, value) })}
                onRefuse={(text) => voice.current(`“${text}” is not a number; nothing is changed.`)}
              />
            </div>
          </div>
          {predict && (
            <p class="cnnw-tally">{isMoved(shift) ? tallyText(predictions) : `Move the picture, then say which layers follow. ${tallyText(predictions)}.`}</p>
          )}
          <ol class="cnnw-ladder" aria-label={`Layers, the picture moved by ${pairText(shift)}`}>
            {name && (
              <Yours
                name={name}
                answer={answerFor(_answer, JSON.stringify([chosen, shift])) as EquivarianceTraits["_answer"]}
                shift={shift}
                theme={theme}
                predict={predict}
                guess={guesses["yours"]}
                onGuess={(choice, follows) => guess("yours", choice, follows)}
              />
            )}
            {OPS.map((each) => {
              const comparison = scene[each];
              const follows = comparison && isMoved(shift) && comparison.of > 0 ? comparison.many === 0 : null;
              return (
                <Rung
                  key={each}
                  name={NAMES[each]}
                  sign="op"
                  shift={shift}
                  verdict={comparison ? verdictText(shift, comparison) : "does not fit"}
                  follows={follows}
                  why={comparison ? reason(each, shift, comparison) : "It does not fit in this picture: take a larger picture, or a smaller kernel."}
                  comparison={comparison}
                  theme={theme}
                  close={op === each}
                  asking={asking && follows !== null}
                  guess={guesses[each]}
                  onOpen={() => write({ op: each })}
                  onGuess={(choice) => guess(each, choice, follows === true)}
                />
              );
            })}
          </ol>
          <p class="cnnw-hint">Orange and hatched: below 0. Blue: above. A line across: nothing to compare. A dot: the two differ.</p>
        </>
      ) : (
        <p class="cnnw-hint">Waiting for Python to send the picture.</p>
      )}
      <Announcer pause={250} voice={voice} />
    </Shell>
  );
}
