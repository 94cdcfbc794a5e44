// The explorer put together: the view-local state (pointer, play, speed) and what it writes to the model.
import { useMemo } from "preact/hooks";
import { Announcer } from "../core/announcer";
import { answerFor } from "../core/answer";
import { Segments, Switch, type Option } from "../core/controls";
import { arithmetic } from "../core/format";
import type { Position } from "../core/grid_nav";
import { useSync, useTheme, useTraits } from "../core/hooks";
import { stepText } from "../core/labels";
import type { Model, State } from "../core/local_model";
import { guessed, judge, spokenVerdict } from "../core/predict";
import { Shell } from "../core/shell";
import { Transport } from "../core/transport";
import { useLine } from "../core/use_line";
import { usePointed } from "../core/use_pointed";
import { useSteps } from "../core/use_steps";
import { Yours } from "../core/yours";
import { Board } from "./board";
import { CaseSelect } from "./case_select";
import { linksOf, type GridName, type Pointed } from "./links";
import { ReadLegend, ReadWindow } from "./read_window";
import { readsFor, readWords } from "./reads";
import { Settings } from "./settings";
import { asVolume, revealOf, sceneOf, TRAITS, type ExplorerMode, type ExplorerTraits } from "./state";
import { MOST_TERMS, StepPanel, stepTaps } from "./step_panel";

const HINT = "Point at a cell to see what it is linked to. Click an input or kernel cell to change it.";

const MODES: readonly Option<ExplorerMode>[] = [
  { value: "correlation", text: "Correlation", sign: "⋆" },
  { value: "convolution", text: "Convolution", sign: "∗" },
  { value: "transposed", text: "Transposed", sign: "⊤" },
];

export function Explorer({ model, host }: { model: Model; host: Element }) {
  const traits = useTraits<ExplorerTraits>(model, TRAITS);
  const { input, kernel, padding, stride, dilation, output_padding, mode, predict, _predictions: predictions, _fn_name: fnName } = traits;
  const scene = useMemo(
    () => sceneOf({ input, kernel, padding, stride, dilation, output_padding, mode }),
    [input, kernel, padding, stride, dilation, output_padding, mode],
  );
  const reveal = revealOf(traits, scene);
  const { columns, count } = scene.geometry;
  const { write, flush } = useSync(model);
  const theme = useTheme(host);
  const [pointed, point] = usePointed<Pointed>();
  const links = linksOf(pointed, scene, reveal);
  const { playing, speed, setSpeed, act, pause } = useSteps(reveal.step, count, predict, (step) => write({ step }));

  const words = readWords(fnName, traits.reads && fnName ? readsFor(traits._reads, scene) : null, scene, reveal);

  // What is said: each step as a line of text, seldom while playing; nothing before the learner does something.
  const where = count > 0 ? stepText(reveal.step, count, reveal.row, reveal.column) : scene.transposed ? scene.problem : "The kernel does not fit.";
  const told = count > 0 && reveal.shows(reveal.step);
  const read = traits.reads && fnName ? ` ${words.text}` : "";
  const voice = useLine(count === 0 ? where : `${where}. ${told ? arithmetic(stepTaps(scene, reveal), true, MOST_TERMS) : "What do you predict?"}${read}`);
  const say = (text: string): void => voice.current(text);

  const change = (changes: State): void => {
    pause();
    write(changes);
  };
  const onPoint = (grid: GridName, at: Position | null): void => point(at && { grid, at });
  const onRefuse = (text: string): void => say(`“${text}” is not a number; nothing is changed.`);
  const onGuess = (guess: number | null, typed: string): void => {
    const value = scene.output[reveal.row]![reveal.column]!;
    const judged = judge(guess, typed, value, scene.scales.output);
    say(spokenVerdict(judged, value));
    write({ _predictions: guessed(predictions, scene.key, reveal.step, judged) });
  };

  const answer = answerFor(useMemo(() => asVolume(traits._answer), [traits._answer]), scene.key);
  const grids = mode === "correlation" ? 1 : 2;
  const total = columns.padded + columns.k * grids + Math.max(2, columns.places) + (fnName ? Math.max(3, answer?.shape?.[1] ?? 0) : 0);
  const widest = Math.max(columns.padded, columns.k, columns.places);
  return (
    <Shell
      label="Correlation explorer"
      name="cnnw-correlation"
      theme={theme}
      flush={flush}
      style={{ "--total": total, "--widest": widest, "--units": 2 + grids + (fnName ? 1 : 0) }}
    >
      <header class="cnnw-header">
        <Segments label="What slides" options={MODES} value={mode} onChange={(value) => change({ mode: value })} />
        <CaseSelect setting={scene.setting} onWrite={change} />
        <Switch checked={predict} onChange={(on) => change({ predict: on })}>
          Predict first
        </Switch>
      </header>
      <Board
        scene={scene}
        reveal={reveal}
        links={links}
        onPoint={onPoint}
        onWrite={change}
        onRefuse={onRefuse}
        onGo={(step) => act({ type: "go", step })}
        overlay={words.place && traits.reads && fnName && <ReadWindow place={words.place} right={words.right === true} />}
      >
        {fnName && count > 0 && (
          <Yours
            name={fnName}
            answer={answer}
            channel={0}
            expected={scene.output}
            scale={scene.scales.output}
            predict={predict}
            shows={reveal.shows}
            at={[reveal.row, reveal.column]}
            lit={(row, column) => links.outputRows.includes(row) && links.outputColumns.includes(column)}
            onPoint={(at) => onPoint("yours", at)}
          >
            <ReadLegend name={fnName} on={traits.reads} words={words} valuesRight={answer?.kind === "right"} onSwitch={(on) => write({ reads: on })} />
          </Yours>
        )}
      </Board>
      <p class="cnnw-hint">{links.hint || HINT}</p>
      <div class="cnnw-lower">
        <div class="cnnw-steps">
          {count > 0 && (
            <>
              <Transport
                step={reveal.step}
                count={count}
                playing={playing}
                noPlay={predict ? "Playing is off while you predict" : ""}
                speed={speed}
                valueText={where}
                onAction={act}
                onSpeed={setSpeed}
              />
              <StepPanel
                scene={scene}
                reveal={reveal}
                links={links}
                predictions={predictions}
                onGuess={onGuess}
                onRefuse={onRefuse}
                onPoint={(at) => onPoint("products", at)}
              />
            </>
          )}
        </div>
        <Settings scene={scene} onWrite={change} />
      </div>
      <Announcer pause={playing ? 2000 : 0} voice={voice} />
    </Shell>
  );
}
