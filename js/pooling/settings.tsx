// The settings (sizes, window, padding per side, stride, channels) and the output size with the numbers put in.
import type { Axis, Pair } from "../core/correlation";
import { perSide, unreadText } from "../core/formulas";
import type { State } from "../core/local_model";
import { NumberField } from "../core/number_field";
import { resizedVolume } from "../core/volume";
import { strideOf } from "./pool";
import type { Scene } from "./state";

const MOST = { input: 16, pool_size: 7, stride: 8, channels: 4 } as const;

interface SettingsProps {
  scene: Scene;
  onWrite: (changes: State) => void;
}

interface Line {
  title: string;
  pair: Pair;
  least: number;
  most: Pair;
  give: (pair: Pair) => void;
}

export function Settings({ scene, onWrite }: SettingsProps) {
  const { setting, geometry: g } = scene;
  const { input, pool_size, padding, stride, mode, count_include_pad } = setting;
  const line = ({ title, pair, least, most, give }: Line) => (
    <tr>
      <th scope="row">{title}</th>
      {(["rows", "columns"] as const).map((way, index) => (
        <td key={way}>
          <NumberField
            label={`${title}, ${way}`}
            value={pair[index]!}
            min={least}
            max={most[index]!}
            onChange={(value) => give(index === 0 ? [value, pair[1]] : [pair[0], value])}
          />
        </td>
      ))}
    </tr>
  );
  const half = (window: Pair): Pair => [Math.floor(window[0] / 2), Math.floor(window[1] / 2)];
  const alike = (most: number): Pair => [most, most];
  const size: Pair = [g.rows.n, g.columns.n];
  /** Padding stays within half of the window. */
  const resizeWindow = (window: Pair): void => {
    const [rows, columns] = half(window);
    const fits: Pair = [Math.min(padding[0], rows), Math.min(padding[1], columns)];
    onWrite({ pool_size: window, ...(fits[0] === padding[0] && fits[1] === padding[1] ? {} : { padding: fits }) });
  };
  return (
    <section class="cnnw-settings" aria-label="Settings">
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">Rows</th>
            <th scope="col">Columns</th>
          </tr>
        </thead>
        <tbody>
          {line({ title: "Input n", pair: size, least: 1, most: alike(MOST.input), give: ([h, w]) => onWrite({ input: resizedVolume(input, input.length, h, w) }) })}
          {line({ title: "Window k", pair: pool_size, least: 1, most: alike(MOST.pool_size), give: resizeWindow })}
          {line({ title: "Padding P, per side", pair: padding, least: 0, most: half(pool_size), give: (pair) => onWrite({ padding: pair }) })}
          {line({ title: "Stride S", pair: strideOf(setting), least: 1, most: alike(MOST.stride), give: (pair) => onWrite({ stride: pair }) })}
          <tr>
            <th scope="row">Channels</th>
            <td>
              <NumberField
                label="Channels"
                value={input.length}
                min={1}
                max={MOST.channels}
                onChange={(count) => onWrite({ input: withChannels(input, count) })}
              />
            </td>
            <td />
          </tr>
        </tbody>
      </table>
      <p class="cnnw-checks">
        <label class="cnnw-check">
          <input type="checkbox" checked={stride === null} onChange={(event) => onWrite({ stride: event.currentTarget.checked ? null : [...pool_size] })} />
          Stride as large as the window
        </label>
        {mode === "avg" && (
          <label class="cnnw-check">
            <input type="checkbox" checked={count_include_pad} onChange={(event) => onWrite({ count_include_pad: event.currentTarget.checked })} />
            Padding counts in the divisor
          </label>
        )}
      </p>
      <div class="cnnw-formula">
        <p>
          <b>Output size</b> <span>⌊(n − k + 2P)/S⌋ + 1</span>
        </p>
        <Size title="Rows" name="row" axis={g.rows} />
        <Size title="Columns" name="column" axis={g.columns} />
      </div>
    </section>
  );
}

function Size({ title, name, axis }: { title: string; name: "row" | "column"; axis: Axis }) {
  const unread = unreadText(name, axis);
  return (
    <p>
      <b>{title}</b>{" "}
      <span>
        {perSide(axis).steps.join(" ")}
        {unread && <small>{unread}</small>}
      </span>
    </p>
  );
}

/** As many channels as asked for; a new one repeats the last, turned upside down, so that it is another one. */
function withChannels(input: Scene["setting"]["input"], count: number): Scene["setting"]["input"] {
  return Array.from({ length: count }, (_, c) => input[c] ?? (c % 2 ? [...input[0]!].reverse() : input[0]!.map((row) => [...row].reverse())));
}
