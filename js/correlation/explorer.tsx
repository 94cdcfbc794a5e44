// The explorer put together: the view-local state (pointer, play, speed) and what it writes to the model.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Announcer } from "../core/announcer";
import { PALETTES } from "../core/colour";
import { arithmetic, number } from "../core/format";
import type { Position } from "../core/grid_nav";
import { useInterval, useSync, useTheme, useTraits } from "../core/hooks";
import type { Model, State } from "../core/local_model";
import { after, interval, type Action } from "../core/playback";
import { guessed, isRight } from "../core/predict";
import { markFocused } from "../core/shell";
import { Transport } from "../core/transport";
import { Board } from "./board";
import { stepText } from "./labels";
import { linksOf, type GridName, type Pointed } from "./links";
import { Settings } from "./settings";
import { isRightPlace, placeOf, readsFor, readWords } from "./reads";
import { ReadLegend, ReadWindow } from "./read_window";
import { answerFor, revealOf, sceneOf, TRAITS, type ExplorerTraits } from "./state";
import { MOST_TERMS, StepPanel, stepTaps } from "./step_panel";
import { Yours } from "./yours";

const HINT = "Point at a cell to see what it is linked to. Click an input or kernel cell to change it.";

export function Explorer({ model, host }: { model: Model; host: Element }) {
  const traits = useTraits<ExplorerTraits>(model, TRAITS);
  const { input, kernel, padding, stride, dilation, mode, predict, _predictions: predictions, _fn_name: fnName } = traits;
  const scene = useMemo(
    () => sceneOf({ input, kernel, padding, stride, dilation, mode }),
    [input, kernel, padding, stride, dilation, mode],
  );
  const reveal = revealOf(traits, scene);
  const { count } = scene.geometry;
  const { write, flush } = useSync(model);
  const theme = useTheme(host);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);
  const links = linksOf(pointed, scene, reveal);

  const act = (action: Action): void => {
    const next = after({ playing, step: reveal.step }, action, count);
    setPlaying(next.playing);
    if (next.step !== traits.step) write({ step: next.step });
  };
  useInterval(playing && !predict, interval(speed), () => act({ type: "tick" }));

  const reads = traits.reads && fnName ? readsFor(traits._reads, scene) : null;
  const place = placeOf(reads, reveal.row, reveal.column);
  const words = readWords(fnName, reads, scene, reveal);

  // What is said: each step as a line of text, seldom while playing; nothing before the learner does something.
  const voice = useRef<(text: string) => void>(() => {});
  const say = (text: string): void => voice.current(text);
  const where = count > 0 ? stepText(reveal.step, count, reveal.row, reveal.column) : "The kernel does not fit.";
  const told = count > 0 && reveal.shows(reveal.step);
  const line = count === 0 ? where : `${where}. ${told ? arithmetic(stepTaps(scene, reveal), true, MOST_TERMS) : "What do you predict?"}${traits.reads && fnName ? ` ${words.text}` : ""}`;
  const before = useRef(line);
  useEffect(() => {
    if (before.current !== line) voice.current(line);
    before.current = line;
  }, [line]);

  const change = (changes: State): void => {
    setPlaying(false);
    write(changes);
  };
  const onPoint = (grid: GridName, at: Position | null): void => {
    if (at?.[0] !== pointed?.at[0] || at?.[1] !== pointed?.at[1] || (at && grid !== pointed?.grid)) setPointed(at && { grid, at });
  };
  const onRefuse = (text: string): void => say(`“${text}” is not a number; nothing is changed.`);
  const onGuess = (guess: number | null, typed: string): void => {
    const value = scene.output[reveal.row]![reveal.column]!;
    const right = guess !== null && isRight(guess, typed, value, scene.scales.output);
    say(guess === null ? `It is ${number(value, 6)}.` : right ? "Right." : `Not ${number(guess, 6)}.`);
    write({ _predictions: guessed(predictions, scene.key, reveal.step, { guess, right }) });
  };

  const answer = answerFor(traits._answer, scene);
  const total =
    scene.geometry.columns.padded +
    scene.geometry.columns.k * (mode === "convolution" ? 2 : 1) +
    Math.max(2, scene.geometry.columns.places) +
    (fnName ? Math.max(3, answer?.values?.[0]?.length ?? 0) : 0);
  const widest = Math.max(scene.geometry.columns.padded, scene.geometry.columns.k, scene.geometry.columns.places);
  const { zero, positive, negative, ink } = PALETTES[theme];
  return (
    <div
      class="cnnw-root"
      data-theme={theme}
      data-lm-suppress-shortcuts="true"
      onFocusIn={markFocused}
      role="group"
      aria-label="Correlation explorer"
      style={{ "--zero": zero, "--positive": positive, "--negative": negative, "--ink": ink, "--total": total, "--widest": widest, "--units": unitCount(mode, fnName) }}
      onKeyDown={keepKeys}
      // Whoever leaves the widget is about to run a cell: Python should know by then.
      onFocusOut={flush}
      onPointerLeave={flush}
    >
      <header class="cnnw-header">
        <div class="cnnw-choice" role="group" aria-label="What slides">
          {(["correlation", "convolution"] as const).map((each) => (
            <button key={each} type="button" aria-pressed={mode === each} onClick={() => mode === each || change({ mode: each })}>
              {each === "correlation" ? "Correlation" : "Convolution"} <span aria-hidden="true">{each === "correlation" ? "⋆" : "∗"}</span>
            </button>
          ))}
        </div>
        <label class="cnnw-switch">
          <input type="checkbox" role="switch" checked={predict} onChange={(event) => change({ predict: event.currentTarget.checked })} />
          <i aria-hidden="true" />
          Predict first
        </label>
      </header>
      <Board
        scene={scene}
        reveal={reveal}
        links={links}
        onPoint={onPoint}
        onWrite={change}
        onRefuse={onRefuse}
        onGo={(step) => act({ type: "go", step })}
        overlay={place && <ReadWindow place={place} right={isRightPlace(place, scene.geometry, reveal.row, reveal.column)} />}
      >
        {fnName && count > 0 && (
          <Yours name={fnName} answer={traits._answer} scene={scene} reveal={reveal} links={links} onPoint={(at) => onPoint("yours", at)}>
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
                playing={playing && !predict}
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
    </div>
  );
}

function unitCount(mode: string, fnName: string): number {
  return 3 + (mode === "convolution" ? 1 : 0) + (fnName ? 1 : 0);
}

/** Keys without a modifier belong to the widget: they do not reach the notebook around it. */
function keepKeys(event: KeyboardEvent): void {
  if (!event.ctrlKey && !event.metaKey && !event.altKey && event.key !== "Tab") event.stopPropagation();
}
