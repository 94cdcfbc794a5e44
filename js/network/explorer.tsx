// The explorer put together: image, scores, the strip of layers, and one number taken apart.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Announcer } from "../core/announcer";
import { Segments, Switch } from "../core/controls";
import { useLater, useSync, useTheme, useTraits } from "../core/hooks";
import type { Model } from "../core/local_model";
import { guessed, guessesOf } from "../core/predict";
import { Shell } from "../core/shell";
import { CellPanel } from "./cell_panel";
import type { BrushName } from "./draw";
import { clampedCell, explain, type Cell } from "./explain";
import { Garments } from "./garments";
import { weightCount } from "./layers";
import { Legend } from "./legend";
import { Pad } from "./pad";
import { inksOf } from "./paint";
import { platesOf, shadesOf } from "./plates";
import { regionsOf } from "./receptive";
import { guessText, Scores } from "./scores";
import { classNames, hashed, imageFrom, networkFrom, packed, questionKey, runOf, sayingOf, tellingLayer, TRAITS, type NetworkTraits, type WeightsName } from "./state";
import { Strip } from "./strip";
import { layerText, percent, placeText, rangeText, sumText } from "./words";

export function Explorer({ model, host }: { model: Model; host: Element }) {
  const traits = useTraits<NetworkTraits>(model, TRAITS);
  const { image: chosen, network: name, weights, seed, normalise, predict, cell: wanted, _layers, _weights, _source, _garments, _networks, _trained, _predictions } = traits;
  const { write, flush } = useSync(model);
  const theme = useTheme(host);
  const inks = useMemo(() => inksOf(theme), [theme]);
  const [brush, setBrush] = useState<BrushName>("broad");
  const voice = useRef<(text: string) => void>(() => {});
  const say = (text: string): void => voice.current(text);

  const network = useMemo(() => networkFrom(traits), [name, weights, seed, _layers, _weights, _networks, _trained]);
  const image = useMemo(() => imageFrom(traits), [chosen, _garments]);
  const tensors = useMemo(() => network && image && runOf(network, image, normalise), [network, image, normalise]);
  const shades = useMemo(() => network && shadesOf(network.layers), [network]);
  const plates = useMemo(
    () => tensors && shades && [platesOf(tensors[0]!, "grey", true), ...shades.map(({ shade, unit }, index) => platesOf(tensors[index + 1]!, shade, unit))],
    [tensors, shades],
  );
  const shapes = tensors?.map(({ shape }) => shape.join()).join(" ");
  const cell = useMemo(() => tensors && clampedCell(wanted, tensors.slice(1)), [wanted, shapes]);
  const regions = useMemo(() => network && tensors && cell && regionsOf(network.layers, tensors, cell), [network, cell, shapes]);
  const saying = useMemo(() => network && tensors && sayingOf(network.layers, tensors), [network, tensors]);
  const print = useMemo(() => hashed(_weights), [_weights]);
  const key = useMemo(() => questionKey(traits, print), [chosen, name, weights, seed, _layers, print, normalise]);
  const guess = guessesOf(_predictions, key)[0];
  const told = !predict || guess !== undefined;

  // What is said: what the network says of another image or with other weights, a cell when it is another one.
  const names = saying ? classNames(traits, saying.scores.length) : [];
  const line = saying && told ? `The network says ${names[saying.best]}, ${percent(saying.shares[saying.best]!)}.` : saying ? "Which class will the network say?" : "";
  const place = network && tensors && cell && regions ? `${layerText(network.layers, cell[0])}, ${placeText(tensors[cell[0] + 1]!, cell)}` : "";
  const before = useRef({ key: "", place: "" });
  useEffect(() => {
    const last = before.current;
    before.current = { key, place };
    if (!last.place || !network || !tensors || !cell) return;
    if (last.key !== key) say(line);
    else if (last.place !== place) {
      const hidden = !told && cell[0] >= tellingLayer(network.layers, tensors);
      say(`${place}: ${hidden ? "hidden until you predict" : sumText(explain(network, tensors[cell[0]]!, tensors[cell[0] + 1]!, cell))}.`);
    }
  }, [key, place, line]);

  const onGuess = (index: number | null): void => {
    if (!saying) return;
    const made = { guess: index, right: index === saying.best };
    say(guessText(names, made, saying.best));
    write({ _predictions: guessed(_predictions, key, 0, made) });
  };
  const clear = (): void => {
    if (image) write({ image: packed({ ...image, bytes: new Uint8Array(image.bytes.length) }) });
  };
  const hiddenFrom = network && tensors && !told ? tellingLayer(network.layers, tensors) : Infinity;
  // One number taken apart: another image is drawn first, and then what it makes of that number.
  const now = useMemo(() => ({}), [network, cell, inks, told, names.join()]);
  const shown = useLater(tensors, now);
  const apart = useMemo(
    () =>
      network && shown && plates && cell && regions && (
        <CellPanel network={network} tensors={shown} plates={plates} inks={inks} cell={cell} regions={regions} names={names} hiddenFrom={hiddenFrom} onPick={(to: Cell) => write({ cell: to })} />
      ),
    [shown, now],
  );
  const choices: { value: WeightsName; text: string }[] = [
    { value: "trained", text: "Trained" },
    { value: "random", text: "Random" },
    ...(weights === "given" || (!_layers && _source) ? [{ value: "given" as const, text: "Given" }] : []),
  ];
  return (
    <Shell label="Network explorer" name="cnnw-network" theme={theme} flush={flush} style={{ "--total": 20, "--units": 3 }}>
      <header class="cnnw-header">
        {_layers ? (
          <p class="cnnw-title">
            <b>Your {_source}</b>
          </p>
        ) : (
          <div class="cnnw-nets">
            <Segments
              label="Network"
              options={[
                { value: "lenet", text: "LeNet" },
                { value: "modern", text: "Modern LeNet" },
              ]}
              value={name}
              onChange={(value) => write({ network: value })}
            />
            <Segments label="Weights" options={choices} value={weights} onChange={(value) => write({ weights: value })} />
            {weights === "random" && (
              <button type="button" class="cnnw-button" onClick={() => write({ seed: seed + 1 })}>
                New weights
              </button>
            )}
          </div>
        )}
        <Switch checked={predict} onChange={(checked) => write({ predict: checked })}>
          Predict first
        </Switch>
      </header>
      {network && <p class="cnnw-about">{aboutText(traits, network.layers.reduce((total, layer) => total + weightCount(layer), 0))}</p>}
      {network && tensors && plates && cell && regions && saying && image ? (
        <>
          <div class="cnnw-top">
            <div class="cnnw-input">
              <Pad image={image} summary={rangeText(tensors[0]!.data, 0, tensors[0]!.data.length)} inks={inks} brush={brush} region={regions[0]!} onDraw={(drawn) => write({ image: packed(drawn) })} onSay={say} />
              <div class="cnnw-brushes">
                <Segments
                  label="Brush"
                  options={[
                    { value: "fine", text: "Fine" },
                    { value: "broad", text: "Broad" },
                    { value: "eraser", text: "Eraser" },
                  ]}
                  value={brush}
                  onChange={setBrush}
                />
                <button type="button" class="cnnw-button" onClick={clear}>
                  Clear
                </button>
              </div>
            </div>
            {fitsGarments(_garments, image) && <Garments garments={_garments} current={typeof chosen === "string" ? chosen : null} inks={inks} onPick={(garment) => write({ image: garment })} />}
            <Scores names={names} saying={saying} asking={predict} guess={guess} predictions={_predictions} onGuess={onGuess} />
          </div>
          <Strip layers={network.layers} tensors={tensors} plates={plates} inks={inks} cell={cell} regions={regions} hiddenFrom={hiddenFrom} onPick={(to) => write({ cell: to })} />
          <Legend />
          {apart}
        </>
      ) : (
        <p class="cnnw-hint">Waiting for Python to send the network and the image.</p>
      )}
      <Announcer pause={400} voice={voice} />
    </Shell>
  );
}

/** Whether the garments have the size of what is on view: only then can one take its place. */
function fitsGarments(garments: NetworkTraits["_garments"], { high, wide }: { high: number; wide: number }): boolean {
  return garments.length > 0 && garments[0]!.height === high && garments[0]!.width === wide;
}

/** Where the weights come from, and what that means for what the network says. */
function aboutText({ _layers, _source, _trained, network, weights }: NetworkTraits, count: number): string {
  const numbers = `${String(count).replace(/\B(?=(\d{3})+$)/g, "\u202f")} weights`;
  if (_layers) return `${numbers}, as they are in Python: update() brings new ones.`;
  const made = network === "lenet" ? "Sigmoid and average pooling, as on the slides" : "ReLU and maximum pooling";
  if (weights === "given") return `${made}; ${numbers} from ${_source}.`;
  if (weights === "random") return `${made}; ${numbers}, drawn at random: nothing is learned yet, and what it says means nothing.`;
  const share = _trained[network]?.accuracy ?? 0;
  return `${made}; ${numbers}, trained on Fashion-MNIST: ${(100 * share).toFixed(1)}\u00a0% of the test images right.`;
}
