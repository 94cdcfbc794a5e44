// The explorer put together: the view-local state (pointer, play) and what it writes to the model.
import { useMemo } from "preact/hooks";
import { Announcer } from "../core/announcer";
import { answerFor, channelsThatDiffer } from "../core/answer";
import { Segments, Switch } from "../core/controls";
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
import { isLinked, linksOf, type GridName, type Pointed } from "./links";
import { windowOf } from "./pool";
import { Settings } from "./settings";
import { ShiftPanel } from "./shift_panel";
import { cellName, revealOf, sceneOf, TRAITS, type PoolingTraits } from "./state";
import { MOST_TERMS, StepPanel } from "./step_panel";
import { borderText, resultText, winnerText, workText } from "./words";

const HINT = "Point at a cell to see what it is linked to. Click an input cell to change it, an output cell to go there.";
const MODES = [
  { value: "max", text: "Maximum" },
  { value: "avg", text: "Average" },
] as const;

export function Explorer({ model, host }: { model: Model; host: Element }) {
  const traits = useTraits<PoolingTraits>(model, TRAITS);
  const { input, pool_size, padding, stride, mode, count_include_pad, predict, shift, _predictions: predictions, _fn_name: fnName } = traits;
  const scene = useMemo(
    () => sceneOf({ input, pool_size, padding, stride, mode, count_include_pad }, traits.channel),
    [input, pool_size, padding, stride, mode, count_include_pad, traits.channel],
  );
  const { geometry: g, channel, output, setting } = scene;
  const reveal = revealOf(traits, scene);
  const { write, flush } = useSync(model);
  const theme = useTheme(host);
  const [pointed, point] = usePointed<Pointed>();
  const links = linksOf(pointed, scene, reveal);
  const steps = useSteps(reveal.step, g.count, predict, (step) => write({ step }));

  const where = g.count > 0 ? stepText(reveal.step, g.count, reveal.row, reveal.column) : "There is no output.";
  const voice = useLine(g.count > 0 ? `${channelText(input.length, channel)}${where}. ${spoken()}` : where);
  const say = (text: string): void => voice.current(text);

  function spoken(): string {
    if (!reveal.shows(reveal.step)) return "What do you predict?";
    const cells = windowOf(scene.padded, g, reveal.row, reveal.column);
    const work = `${workText(cells, setting, MOST_TERMS)} ${resultText(cells, setting)}.`;
    return [work, winnerText(cells, setting, g), borderText(cells, setting)].filter(Boolean).join(" ");
  }
  const change = (changes: State): void => {
    steps.pause();
    write(changes);
  };
  const onPoint = (grid: GridName, at: Position | null): void => point(at && { grid, at });
  const onRefuse = (text: string): void => say(`“${text}” is not a number; nothing is changed.`);
  const onGuess = (guess: number | null, typed: string): void => {
    const value = output[reveal.row]![reveal.column]!;
    const judged = judge(guess, typed, value, scene.scale);
    say(spokenVerdict(judged, value));
    write({ _predictions: guessed(predictions, scene.key, cellName(channel, reveal.step), judged) });
  };

  const answer = answerFor(traits._answer, scene.key);
  const wrong = predict ? [] : channelsThatDiffer(answer);
  const channels = input.map((_, index) => ({ value: String(index), text: `Channel ${index + 1}${wrong.includes(index) ? " ✗" : ""}` }));
  const yours = fnName ? Math.max(3, answer?.values?.[0]?.[0]?.length ?? 0) : 0;
  const style = {
    "--total": g.columns.padded + Math.max(2, g.columns.places) + yours,
    "--widest": Math.max(g.columns.padded, g.columns.places),
    "--units": fnName ? 3 : 2,
  };
  return (
    <Shell label="Pooling explorer" name="cnnw-pooling" theme={theme} style={style} flush={flush}>
      <header class="cnnw-header">
        <div class="cnnw-choices">
          <Segments label="What is kept of a window" options={MODES} value={mode} onChange={(value) => change({ mode: value })} />
          {channels.length > 1 && (
            <Segments label="Channel on view" options={channels} value={String(channel)} onChange={(value) => change({ channel: Number(value) })} />
          )}
        </div>
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
        onGo={(step) => steps.act({ type: "go", step })}
      >
        {fnName && g.count > 0 && (
          <Yours
            name={fnName}
            answer={answer}
            channel={channel}
            expected={output}
            scale={scene.scale}
            predict={predict}
            shows={reveal.shows}
            at={[reveal.row, reveal.column]}
            lit={(i, j) => isLinked(links, i, j)}
            onPoint={(at) => onPoint("yours", at)}
          />
        )}
      </Board>
      <p class="cnnw-hint">{links.hint || `${input.length > 1 ? `Each channel is pooled by itself: ${input.length} come in, ${input.length} go out. ` : ""}${HINT}`}</p>
      <div class="cnnw-lower">
        <div class="cnnw-steps">
          {g.count > 0 && (
            <>
              <Transport
                step={reveal.step}
                count={g.count}
                playing={steps.playing}
                noPlay={predict ? "Playing is off while you predict" : ""}
                speed={steps.speed}
                valueText={where}
                onAction={steps.act}
                onSpeed={steps.setSpeed}
              />
              <StepPanel
                scene={scene}
                reveal={reveal}
                links={links}
                predictions={predictions}
                onGuess={onGuess}
                onRefuse={onRefuse}
                onPoint={(at) => onPoint("window", at)}
              />
            </>
          )}
        </div>
        <Settings scene={scene} onWrite={change} />
      </div>
      {g.count > 0 && (
        <ShiftPanel
          scene={scene}
          shift={shift}
          open={reveal.all}
          onShift={(to, said) => {
            say(said);
            write({ shift: to });
          }}
        />
      )}
      <Announcer pause={steps.playing ? 2000 : 0} voice={voice} />
    </Shell>
  );
}

function channelText(count: number, channel: number): string {
  return count > 1 ? `Channel ${channel + 1} of ${count}. ` : "";
}
