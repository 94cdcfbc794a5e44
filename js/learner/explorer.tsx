// The explorer put together: the run, the step on view, and what the learner writes to the model.
import { useMemo, useState } from "preact/hooks";
import { Announcer } from "../core/announcer";
import { Chart } from "../core/chart";
import { Segments, Switch } from "../core/controls";
import type { Position } from "../core/grid_nav";
import { useSync, useTheme, useTraits } from "../core/hooks";
import type { Model, State } from "../core/local_model";
import { NumberField } from "../core/number_field";
import { guessed } from "../core/predict";
import { Shell } from "../core/shell";
import { Transport } from "../core/transport";
import { useLine } from "../core/use_line";
import { useSteps } from "../core/use_steps";
import { Board } from "./board";
import { PredictPanel, verdictText } from "./predict_panel";
import { RatePanel } from "./rate_panel";
import { answerFor, runOf, sceneOf, TRAITS, type LearnerTraits } from "./state";
import { Targets } from "./targets";
import { askedEntry, changeText, curveText, entryText, outcomeText, stepText } from "./words";
import { Yours } from "./yours";

const HINT = "Point at an entry of the kernel or the gradient for its arithmetic; the frame shows the inputs that it meets.";
const LARGEST = 1000;

export function Explorer({ model, host }: { model: Model; host: Element }) {
  const traits = useTraits<LearnerTraits>(model, TRAITS);
  const { input, target, lr, steps, start, seed, predict, _fn_name: fnName, _predictions: predictions } = traits;
  const { write, flush } = useSync(model);
  const theme = useTheme(host);
  const [picked, setPicked] = useState<Position>([0, 0]);
  const run = useMemo(() => runOf(traits), [input, target, lr, steps, start, seed]);
  const scene = sceneOf(run, traits);
  const { step, count, kernel, told, stepTold } = scene;
  const transport = useSteps(step, count, predict, (next) => write({ step: next }));
  const asked = predict && told && !stepTold;
  const entry: Position = asked ? askedEntry(scene) : [Math.min(picked[0], kernel.length - 1), Math.min(picked[1], kernel[0]!.length - 1)];

  const where = stepText(run, scene);
  const voice = useLine(!predict ? `${where}. ${run.outcome === "diverges" || step === 0 ? `This run ${run.outcome}. ${outcomeText(run)}` : ""}` : where);
  const say = (text: string): void => voice.current(text);
  const change = (changes: State): void => {
    transport.pause();
    write(changes);
  };
  const onRefuse = (text: string): void => say(text.startsWith("“") ? text : `“${text}” is not a number; nothing is changed.`);
  const onEdit = (changes: State): void => {
    const numbers = Object.values(changes).flat(2).filter((value) => typeof value === "number");
    if (numbers.some((value) => Math.abs(value) > LARGEST)) say(`Numbers here go from −${LARGEST} to ${LARGEST}; nothing is changed.`);
    else change(changes);
  };
  const onGuess = (question: string, guess: string | null, right: string): void => {
    say(verdictText(guess, right));
    write({ _predictions: guessed(predictions, run.key, question, { guess, right: guess === right }) });
  };

  const shown = told ? run.descent.losses : run.descent.losses.slice(0, 1);
  const series = useMemo(() => [{ name: "loss", values: shown, dots: shown.length <= 60 }], [run, told]);
  const x = useMemo(() => shown.map((_, index) => index), [run, told]);
  const part = entryText(run, scene, ...entry);
  const widest = Math.max(input[0]!.length, kernel[0]!.length, run.wanted[0]!.length);
  const total = input[0]!.length + kernel[0]!.length + run.wanted[0]!.length;
  return (
    <Shell label="Kernel learner" name="cnnw-learner" theme={theme} flush={flush} style={{ "--total": total, "--units": 3, "--widest": widest }}>
      <header class="cnnw-header">
        <div class="cnnw-start">
          <Segments
            label="Where the kernel starts"
            options={[
              { value: "zeros", text: "Start from zeros" },
              { value: "random", text: "Random start" },
            ]}
            value={start}
            onChange={(value) => change({ start: value, step: 0 })}
          />
          {start === "random" && (
            <span class="cnnw-labelled">
              Seed <NumberField label="Seed" value={seed} min={0} max={9999} onChange={(value) => change({ seed: value, step: 0 })} />
            </span>
          )}
        </div>
        <Switch checked={predict} onChange={(checked) => change({ predict: checked })}>
          Predict first
        </Switch>
      </header>
      <div class="cnnw-upper">
        <div class="cnnw-course">
          <Chart
            label="Loss at each step"
            summary={told ? curveText(run) : "The loss at the start; predict what the rate does to see the rest."}
            xName="steps"
            yName="Loss"
            x={x}
            series={series}
            log
            until={told ? run.descent.losses.length - 1 : steps}
            at={step}
            valueText={where}
            onGo={(to) => transport.act({ type: "go", step: to })}
          />
          <Transport
            step={step}
            count={count}
            playing={transport.playing}
            noPlay={predict ? "Playing is off while you predict" : ""}
            speed={transport.speed}
            valueText={where}
            scrubber=""
            onAction={transport.act}
            onSpeed={transport.setSpeed}
          />
        </div>
        <div class="cnnw-side">
          <RatePanel run={run} steps={steps} told={told} onWrite={change} onRefuse={onRefuse} />
          {predict && <PredictPanel run={run} scene={scene} predictions={predictions} onGuess={onGuess} />}
        </div>
      </div>
      <Board run={run} scene={scene} entry={entry} onPick={setPicked} onEdit={(name, value) => onEdit({ [name]: value, step: 0 })} onRefuse={onRefuse} />
      <div class="cnnw-entry">
        {stepTold && told ? (
          <>
            <p class="cnnw-arithmetic">
              {part.name} = Σ 2·error × input = {part.terms} <b class="cnnw-result">{part.value}</b>
            </p>
            <p class="cnnw-quiet">
              {part.left} {scene.next ? `The next step: ${changeText(run, scene, ...entry)}.` : "This is the last step of the run."}
            </p>
          </>
        ) : (
          <p class="cnnw-arithmetic">{part.name} = Σ 2·error × input = ?</p>
        )}
        <p class="cnnw-hint">{HINT}</p>
      </div>
      <div class="cnnw-lower">
        <Targets input={input} target={target} onWrite={onEdit} onRefuse={onRefuse} />
        {fnName && <Yours name={fnName} answer={answerFor(traits._answer, traits)} target={target} />}
      </div>
      <Announcer pause={transport.playing ? 2000 : 150} voice={voice} />
    </Shell>
  );
}
