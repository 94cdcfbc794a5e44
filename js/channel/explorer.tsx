// The explorer put together: the view-local state (pointer, play, speed) and what it writes to the model.
import { useMemo } from "preact/hooks";
import { Announcer } from "../core/announcer";
import { answerFor, channelsThatDiffer } from "../core/answer";
import { Segments, Switch } from "../core/controls";
import type { Position } from "../core/grid_nav";
import { useSync, useTheme, useTraits } from "../core/hooks";
import { stepText } from "../core/labels";
import type { Model, State } from "../core/local_model";
import { guessed, judge, verdict } from "../core/predict";
import { Shell } from "../core/shell";
import { Transport } from "../core/transport";
import { useLine } from "../core/use_line";
import { usePointed } from "../core/use_pointed";
import { useSteps } from "../core/use_steps";
import { shapeOf, timesText } from "../core/volume";
import { Yours } from "../core/yours";
import { resizedKernel } from "./arithmetic";
import { Card } from "./card";
import { linksOf, type GridName, type Pointed } from "./links";
import { NoOutput, Stretched } from "./no_output";
import { Bias, Outputs } from "./outputs";
import { Product } from "./product";
import { refusalOf } from "./refusal";
import { Settings } from "./settings";
import { cellKey, isMixing, revealOf, sceneOf, TRAITS, type ChannelTraits } from "./state";
import { StepPanel, sumText, valueAt } from "./step_panel";

const HINT = "Point at a cell to see what it is linked to. Click an input, kernel or bias cell to change it, an output cell to go there.";

export function Explorer({ model, host }: { model: Model; host: Element }) {
  const traits = useTraits<ChannelTraits>(model, TRAITS);
  const { input, kernel, bias, padding, stride, predict, _predictions: predictions, _fn_name: fnName } = traits;
  const scene = useMemo(() => sceneOf({ input, kernel, bias, padding, stride }), [input, kernel, bias, padding, stride]);
  const refusal = useMemo(() => refusalOf(scene), [scene]);
  const reveal = revealOf(traits, scene);
  const { count, geometry: g } = scene;
  const { out, step, row, column } = reveal;
  const { write, flush } = useSync(model);
  const theme = useTheme(host);
  const steps = useSteps(step, count, predict, (next) => write({ step: next }));
  const [pointed, point] = usePointed<Pointed>();
  const links = linksOf(pointed, scene, reveal);

  const told = count > 0 && reveal.shows(out, step);
  const where = count > 0 ? `${stepText(step, count, row, column)}, output channel ${out + 1} of ${kernel.length}` : "";
  const guess = predict ? reveal.guesses[cellKey(out, step)] : undefined;
  const judged = guess && count > 0 ? `${verdict(guess, valueAt(scene, reveal))}. ` : "";
  const line = refusal
    ? `Refused. ${refusal.sentence}`
    : count === 0
      ? "The kernel does not fit."
      : `${where}. ${judged}${told ? sumText(scene, reveal) : "What do you predict?"}`;
  const voice = useLine(line);
  const say = (text: string): void => voice.current(text);

  const change = (changes: State): void => {
    steps.pause();
    write(changes);
  };
  const onGo = (nextOut: number, nextStep: number): void => change({ out: nextOut, step: nextStep });
  const onPoint = (grid: GridName, channel: number, at: Position | null): void => point(at && { grid, channel, at });
  const onRefuse = (text: string): void => say(`“${text}” is not a number; nothing is changed.`);
  const onGuess = (guess: number | null, typed: string): void => {
    const judged = judge(guess, typed, valueAt(scene, reveal), scene.scales.output);
    write({ _predictions: guessed(predictions, scene.key, cellKey(out, step), judged) });
  };
  const onMatch = (): void => {
    const [, kh, kw] = shapeOf(kernel[0]!);
    change({ kernel: resizedKernel(kernel, kernel.length, input.length, kh, kw) });
  };

  const answer = answerFor(traits._answer, scene.key);
  const wrong = channelsThatDiffer(answer);
  const cards = Math.max(input.length, kernel[0]!.length);
  const wide = g.columns.padded + g.columns.k;
  // Windows that glide in many large grids at once would cost a step its 16 ms.
  const still = input.length * g.rows.padded * g.columns.padded > 256;
  return (
    <Shell
      label="Channel explorer"
      name={still ? "cnnw-channel-explorer cnnw-still" : "cnnw-channel-explorer"}
      theme={theme}
      flush={flush}
      style={{ "--cell": `${wide <= 6 ? 42 : wide <= 9 ? 36 : 30}px`, "--widest": Math.max(g.columns.padded, g.columns.places) }}
    >
      <header class="cnnw-header">
        {kernel.length > 1 ? (
          <div class="cnnw-choose">
            <span aria-hidden="true">Output channel</span>
            <Segments
              label="Output channel"
              options={kernel.map((_, o) => ({ value: String(o), text: String(o + 1) }))}
              value={String(out)}
              onChange={(value) => write({ out: Number(value) })}
            />
          </div>
        ) : (
          <p class="cnnw-shapes-line">
            {timesText(...shapeOf(input))} in, {count > 0 ? timesText(1, g.rows.places, g.columns.places) : "nothing"} out
          </p>
        )}
        <Switch checked={predict} onChange={(on) => change({ predict: on })}>
          Predict first
        </Switch>
      </header>
      <div class="cnnw-flow">
        {Array.from({ length: cards }, (_, channel) => (
          <div key={channel} class="cnnw-addend" data-sign={channel > 0 && count > 0 ? "+" : undefined}>
            <Card scene={scene} reveal={reveal} links={links} channel={channel} onPoint={onPoint} onWrite={change} onRefuse={onRefuse} />
          </div>
        ))}
        {count > 0 && (
          <>
            <div class="cnnw-addend" data-sign="+">
              <Bias
                value={bias[out] ?? 0}
                out={out}
                scale={scene.scales.output}
                onEdit={(value) => change({ bias: kernel.map((_, o) => (o === out ? value : (bias[o] ?? 0))) })}
                onRefuse={onRefuse}
              />
            </div>
            <div class="cnnw-addend" data-sign="=">
              <Outputs scene={scene} reveal={reveal} links={links} onGo={onGo} onPoint={(o, at) => onPoint("output", o, at)} />
            </div>
          </>
        )}
        {refusal?.values && <Stretched values={refusal.values[out]!} out={out} />}
        {fnName && (count > 0 || refusal) && (
          <div class="cnnw-own-outputs">
            <Yours
              name={fnName}
              answer={answer}
              channel={out}
              expected={scene.output[out] ?? []}
              scale={scene.scales.output}
              predict={predict}
              shows={(index) => reveal.shows(out, index)}
              at={[row, column]}
              lit={(i, j) => links.outputRows.includes(i) && links.outputColumns.includes(j)}
              onPoint={(at) => onPoint("output", out, at)}
            />
            {!predict && wrong.some((each) => each !== out) && (
              <p class="cnnw-verdict">
                It differs in output {wrong.length === 1 ? "channel" : "channels"} {wrong.map((each) => each + 1).join(", ")}.
              </p>
            )}
          </div>
        )}
      </div>
      <p class="cnnw-hint">{links.hint || HINT}</p>
      {count > 0 && isMixing(scene.setting) && (
        <Product
          scene={scene}
          reveal={reveal}
          links={links}
          onGo={onGo}
          onPoint={(o, place) => onPoint("output", o, place === null ? null : [Math.floor(place / g.columns.places), place % g.columns.places])}
        />
      )}
      <div class="cnnw-lower">
        <div class="cnnw-steps">
          {count === 0 && <NoOutput scene={scene} refusal={refusal} onMatch={onMatch} />}
          {count > 0 && (
            <>
              <Transport
                step={step}
                count={count}
                playing={steps.playing}
                noPlay={predict ? "Playing is off while you predict" : ""}
                speed={steps.speed}
                valueText={where}
                onAction={steps.act}
                onSpeed={steps.setSpeed}
              />
              <StepPanel scene={scene} reveal={reveal} predictions={predictions} onGuess={onGuess} onRefuse={onRefuse} />
            </>
          )}
        </div>
        <Settings scene={scene} onWrite={change} />
      </div>
      <Announcer pause={steps.playing ? 2000 : 0} voice={voice} />
    </Shell>
  );
}
