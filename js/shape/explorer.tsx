// The explorer put together: the stack as list and picture, the layer on view, and what is written to the model.
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Announcer } from "../core/announcer";
import { Switch } from "../core/controls";
import { grouped, named } from "../core/counts";
import { useSync, useTheme, useTraits } from "../core/hooks";
import type { Model, State } from "../core/local_model";
import { guessed, guessesOf } from "../core/predict";
import { Shell } from "../core/shell";
import { InputFields } from "./fields";
import { added, changed, fresh, moved, nameOf, removed, settingsOf, type Kind, type Layers } from "./layers";
import { LayerList } from "./layer_list";
import { Panel } from "./panel";
import { Picture } from "./picture";
import { PredictShape, verdictOf } from "./predict_panel";
import { answerFor, keyOf, questionOf, revealOf, SHAPES, shapeText, TRAITS, type ShapeTraits } from "./state";
import { stagesOf, totalsOf, type Shape } from "./stack";
import { Yours } from "./yours";

const HINT = "In the list: arrows choose a layer, Alt with an arrow moves it, Delete takes it out, Enter goes to its settings and Escape back.";

export function Explorer({ model, host }: { model: Model; host: Element }) {
  const traits = useTraits<ShapeTraits>(model, TRAITS);
  const { input, layers, batch, predict, _limits: limits, _predictions: predictions } = traits;
  const selected = Math.max(0, Math.min(traits.selected, layers.length));
  const stages = useMemo(() => stagesOf(input, layers), [input, layers]);
  const cells = guessesOf(predictions, SHAPES);
  const reveal = useMemo(() => revealOf(predict, stages, cells), [predict, stages, cells]);
  const totals = useMemo(() => totalsOf(stages), [stages]);
  const key = useMemo(() => keyOf(input, layers), [input, layers]);
  const { write, flush } = useSync(model);
  const theme = useTheme(host);
  const panel = useRef<HTMLElement>(null);
  const root = useRef<HTMLDivElement>(null);

  const index = selected - 1;
  const stage = stages[index];
  const told = reveal.shows(index);
  const allTold = reveal.next < 0;

  // What is said: the layer on view after every choice and every change; nothing before the learner does something.
  const voice = useRef<(text: string) => void>(() => {});
  const line = stage
    ? `Layer ${selected} of ${stages.length}, ${[nameOf(stage.layer), settingsOf(stage.layer)].filter(Boolean).join(", ")}: ${
        !told ? "what do you predict?" : stage.shape ? `${shapeText(stage.given)} becomes ${shapeText(stage.shape)}.` : stage.problem || "not reached."
      }`
    : `Input, ${shapeText(input)}.`;
  const before = useRef(line);
  useEffect(() => {
    if (before.current !== line) voice.current(line);
    before.current = line;
  }, [line]);

  const select = (number: number): void => {
    const next = Math.max(0, Math.min(number, stages.length));
    if (next !== selected) write({ selected: next });
  };
  const edit = (next: Layers, at = selected): void => {
    const changes: State = { layers: next };
    if (at !== traits.selected) changes["selected"] = Math.min(at, next.length);
    write(changes);
  };
  const onAdd = (kind: Kind): void => edit(added(layers, selected, fresh(kind)), selected + 1);
  const onMove = (by: -1 | 1): void => {
    const next = index < 0 ? layers : moved(layers, index, by);
    if (next !== layers) edit(next, selected + by);
  };
  const onRemove = (): void => {
    if (index >= 0) edit(removed(layers, index), Math.min(selected, layers.length - 1));
  };
  const onEnter = (): void => panel.current?.querySelector<HTMLElement>("input, button:not([tabindex='-1'])")?.focus();
  const onLeave = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    root.current?.querySelector<HTMLElement>('[role="option"][aria-selected="true"]')?.focus();
  };
  const onGuess = (guess: Shape | null): void => {
    if (!stage?.shape) return;
    const right = guess !== null && guess.length === stage.shape.length && guess.every((each, i) => each === stage.shape![i]);
    const made = { guess, right };
    voice.current(`${verdictOf(made, stage.shape)}.`);
    before.current = ""; // the layer's own line has been said with it
    write({ _predictions: guessed(predictions, SHAPES, questionOf(stage), made) });
  };
  const onPredict = (on: boolean): void => {
    const { next } = revealOf(on, stages, cells);
    write(on && next >= 0 ? { predict: on, selected: next + 1 } : { predict: on });
  };
  const preset = traits._presets.findIndex(({ traits: each }) => keyOf(each["input"] as Shape, each["layers"] as Layers) === key);
  const last = stages.at(-1);
  const answer = answerFor(traits._answer, key, batch);
  return (
    <Shell label="Shape explorer" name="cnnw-shapes" theme={theme} flush={flush} frame={root}>
      <header class="cnnw-header">
        <label class="cnnw-pick">
          <span>Stack</span>
          <select
            value={String(preset)}
            onChange={(event) => {
              const chosen = traits._presets[Number(event.currentTarget.value)];
              if (chosen) write({ ...chosen.traits });
            }}
          >
            {preset < 0 && <option value="-1">Your own</option>}
            {traits._presets.map(({ name }, each) => (
              <option key={name} value={String(each)}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <Switch checked={predict} onChange={onPredict}>
          Predict first
        </Switch>
      </header>
      <p class="cnnw-totals">
        <b>{shapeText(input, batch)}</b> <span aria-label="becomes">→</span>{" "}
        <b>{!allTold ? "?" : !last ? shapeText(input, batch) : last.shape ? shapeText(last.shape, batch) : "does not fit"}</b>
        {allTold && (
          <span>
            {grouped(totals.parameters)} parameters, {named(totals.multiplyAdds)} multiply-adds an example
            {totals.fits ? "" : ", up to the layer that does not fit"}
          </span>
        )}
      </p>
      <Picture input={input} stages={stages} shows={reveal.shows} selected={index} onSelect={(each) => select(each + 1)} />
      <div class="cnnw-shape-lower">
        <LayerList
          input={input}
          batch={batch}
          stages={stages}
          reveal={reveal}
          selected={selected}
          most={limits["layers"]?.[1] ?? 40}
          answer={answer}
          fnName={traits._fn_name}
          onSelect={select}
          onAdd={onAdd}
          onMove={onMove}
          onRemove={onRemove}
          onEnter={onEnter}
        />
        <section class="cnnw-shape-panel" ref={panel} aria-label="Settings" onKeyDown={onLeave}>
          {stage ? (
            <Panel
              number={selected}
              stage={stage}
              before={stages[index - 1]}
              batch={batch}
              told={told}
              limits={limits}
              onChange={(layer) => edit(changed(layers, index, layer))}
            >
              {predict && (stage.shape || !told) && stage.layer.kind !== "activation" && (
                <PredictShape
                  key={questionOf(stage)}
                  number={selected}
                  stage={stage}
                  batch={batch}
                  guess={cells[questionOf(stage)]}
                  told={told}
                  next={reveal.next + 1}
                  predictions={predictions}
                  onGuess={onGuess}
                  onGo={select}
                />
              )}
            </Panel>
          ) : (
            <>
              <h3>Input</h3>
              <InputFields input={input} batch={batch} limits={limits} onInput={(value) => write({ input: value })} onBatch={(value) => write({ batch: value })} />
            </>
          )}
        </section>
      </div>
      <p class="cnnw-hint">{HINT}</p>
      {traits._fn_name && <Yours name={traits._fn_name} answer={answer} />}
      <Announcer pause={0} voice={voice} />
    </Shell>
  );
}
