// The explorer put together: the view-local state (pointer, camera, file) and what it writes to the model.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Announcer } from "../core/announcer";
import { Segments, Switch } from "../core/controls";
import type { Pair } from "../core/correlation";
import { useSync, useTheme, useTraits } from "../core/hooks";
import type { Model, State } from "../core/local_model";
import { guessed, guessesOf, tallyText } from "../core/predict";
import { Verdict } from "../core/predict_field";
import { Shell } from "../core/shell";
import { EffectPanel, Presets } from "./effect_panel";
import { tapsAt } from "./filter";
import { candidatesFor } from "./guess";
import { GuessPanel, guessText } from "./guess_panel";
import { pictureFrom } from "./load";
import { Magnifier, sumText } from "./magnifier";
import { pack, unpack, type Packed, type Plane } from "./picture";
import { Pictures } from "./pictures";
import { labelOf, Sources } from "./sources";
import { modesOf, placeAt, questionKey, sceneOf, TRAITS, type ImageTraits } from "./state";
import { MODE_NAMES, MODE_SIGNS, outputText } from "./summary";
import { useCamera } from "./use_camera";

const HINT = "Point at a picture to see the arithmetic of a pixel. Click, or use the arrow keys, to keep the frame there.";

export function Explorer({ model, host }: { model: Model; host: Element }) {
  const traits = useTraits<ImageTraits>(model, TRAITS);
  const { picture: chosen, kernel, mode, side_by_side, padding, colours, pixel, predict, _pictures, _predictions: predictions } = traits;
  const { write, flush } = useSync(model);
  const theme = useTheme(host);
  const frame = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<Pair | null>(null);
  const [trouble, setTrouble] = useState("");
  const [kept, setKept] = useState<Packed | null>(null); // the learner's own picture, while another is on view
  const voice = useRef<(text: string) => void>(() => {});
  const say = (text: string): void => voice.current(text);
  const camera = useCamera(frame, (why) => {
    setTrouble(why);
    say(why);
  });

  const packed = typeof chosen === "string" ? _pictures[chosen] : chosen;
  const still = useMemo(() => packed && unpack(packed), [packed]);
  const picture = camera.frame ?? still;
  const own = typeof chosen === "string" ? kept : chosen;

  const modes = useMemo(() => modesOf({ mode, side_by_side }), [mode, side_by_side]);
  const scene = useMemo(() => picture && sceneOf(picture, kernel, modes, padding), [picture, kernel, modes, padding]);
  const texts = useMemo(() => (camera.on ? [] : (scene?.results.map(({ output }) => (output ? outputText(output) : "")) ?? [])), [scene, camera.on]);
  const key = questionKey(traits);
  const asking = predict && !camera.on;
  const candidates = useMemo(
    () => (asking && scene?.results[0] ? candidatesFor(scene.picture, scene.results[0].sliding, scene.results[0].mode, padding) : []),
    [asking, scene, padding],
  );
  const guess = guessesOf(predictions, key)[0];
  const told = candidates.length === 0 || guess !== undefined;

  const change = (changes: State): void => {
    setTrouble("");
    write(changes);
  };
  const show = (next: string | Packed): void => {
    camera.stop();
    setKept(own);
    change({ picture: next });
  };
  const keep = (plane: Plane): void => {
    const next = pack(plane);
    setKept(next);
    show(next);
  };
  const onFile = (file: Blob): void => {
    pictureFrom(file).then(keep, () => {
      const sentence = "This file is no picture that the browser can read.";
      setTrouble(sentence);
      say(sentence);
    });
  };
  const onGuess = (index: number | null): void => {
    const right = index !== null && candidates[index]!.right;
    say(guessText(candidates, index));
    write({ _predictions: guessed(predictions, key, 0, { guess: index, right }) });
  };
  const onKeep = (at: Pair): void => {
    setPointed(null);
    write({ pixel: at });
  };

  const place = scene ? placeAt(scene, pointed ?? pixel) : null;
  const standing = scene ? placeAt(scene, pixel) : null;

  // What is said: the framed pixel when it moves, the output when the kernel or the picture changes; never the camera.
  const moved = standing && `Row ${standing.pixel[0] + 1}, column ${standing.pixel[1] + 1}. `;
  const sums = scene && standing && told ? scene.results.map((each) => sumText(each.mode, tapsAt(scene.padded, each.sliding, ...standing.output))).join(". ") : "";
  const became = scene && told && !camera.on ? scene.results.map(({ mode: each }, index) => (texts[index] ? `${MODE_NAMES[each]} ${texts[index]}` : "The kernel does not fit")).join(". ") : "";
  const before = useRef({ moved, became, key });
  useEffect(() => {
    const last = before.current;
    before.current = { moved, became, key };
    if (camera.on) return;
    if (last.became !== became && became) voice.current(`${became}.`);
    else if (last.moved !== moved) voice.current(`${moved}${sums}`);
  }, [moved, became, sums, key, camera.on]);

  const onRefuse = (text: string): void => say(`“${text}” is not a number; nothing is changed.`);
  const grids = 3 + (mode === "convolution" && !side_by_side ? 1 : 0);
  return (
    <Shell
      label="Image kernel explorer"
      name="cnnw-image"
      theme={theme}
      flush={flush}
      frame={frame}
      style={{ "--total": grids * kernel[0]!.length + 4, "--units": grids, "--widest": kernel[0]!.length }}
    >
      <header class="cnnw-header">
        <Segments
          label="What slides"
          options={[
            { value: "correlation", text: "Correlation", sign: MODE_SIGNS.correlation },
            { value: "convolution", text: "Convolution", sign: MODE_SIGNS.convolution },
            { value: "both", text: "Side by side" },
          ]}
          value={side_by_side ? "both" : mode}
          onChange={(value) => change(value === "both" ? { side_by_side: true } : { mode: value, side_by_side: false })}
        />
        <Switch checked={predict} onChange={(checked) => change({ predict: checked })}>
          Predict first
        </Switch>
      </header>
      <Sources
        names={Object.keys(_pictures)}
        current={camera.on ? "camera" : typeof chosen === "string" ? chosen : "own"}
        own={own}
        onPick={show}
        onFile={onFile}
        onCamera={() => {
          setTrouble("");
          camera.start();
        }}
        onFreeze={() => (camera.frame ? keep(camera.frame) : camera.stop())}
        onStop={camera.stop}
      />
      <Presets kernel={kernel} onWrite={change} />
      {trouble && <p class="cnnw-trouble">{trouble}</p>}
      {scene ? (
        <>
          <Pictures
            scene={scene}
            title={camera.on ? "Camera" : labelOf(typeof chosen === "string" ? chosen : "own")}
            colours={colours}
            theme={theme}
            place={place}
            live={camera.on}
            told={told}
            onPoint={setPointed}
            onKeep={onKeep}
            quiz={<GuessPanel candidates={candidates} theme={theme} onGuess={onGuess} />}
            effect={
              <>
                {asking && candidates.length > 0 && (
                  <div class="cnnw-predict">
                    {guess && <Verdict guess={guess} text={guessText(candidates, guess.guess)} />}
                    <p class="cnnw-tally">{tallyText(predictions)}</p>
                  </div>
                )}
                <EffectPanel scene={scene} texts={texts} colours={colours} told={told} onWrite={change} />
              </>
            }
          />
          <p class="cnnw-hint">{HINT}</p>
          {place && <Magnifier scene={scene} place={place} told={told} onWrite={change} onRefuse={onRefuse} />}
        </>
      ) : (
        <p class="cnnw-hint">{camera.on ? "Waiting for the camera." : "Waiting for Python to send the picture."}</p>
      )}
      <Announcer pause={250} voice={voice} />
    </Shell>
  );
}
