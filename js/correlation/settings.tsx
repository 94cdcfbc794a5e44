// The settings per axis (sizes, padding, stride, dilation) and the output size with the numbers put in.
import { resized, type Pair } from "../core/correlation";
import type { State } from "../core/local_model";
import { NumberField } from "../core/number_field";
import { reachText, sidesText, sizeText } from "../core/size_text";
import type { Scene } from "./state";

const MOST = { input: 16, kernel: 7, padding: 12, stride: 8, dilation: 4 } as const;

interface SettingsProps {
  scene: Scene;
  onWrite: (changes: State) => void;
}

export function Settings({ scene, onWrite }: SettingsProps) {
  const { setting, geometry: g } = scene;
  const size = (name: "input" | "kernel"): Pair => [setting[name].length, setting[name][0]?.length ?? 0];
  const line = (title: string, name: keyof typeof MOST, pair: Pair, give: (pair: Pair) => void, notes?: Pair2<string>) => (
    <tr>
      <th scope="row">{title}</th>
      {(["rows", "columns"] as const).map((way, index) => (
        <td key={way}>
          <NumberField
            label={`${title}, ${way}`}
            value={pair[index]!}
            min={name === "padding" ? 0 : 1}
            max={MOST[name]}
            onChange={(value) => give(index === 0 ? [value, pair[1]] : [pair[0], value])}
          />
          {notes && <small>{notes[index]}</small>}
        </td>
      ))}
    </tr>
  );
  const resize = (name: "input" | "kernel") => (pair: Pair) => onWrite({ [name]: resized(setting[name], pair[0], pair[1]) });
  const write = (name: "padding" | "stride" | "dilation") => (pair: Pair) => onWrite({ [name]: pair });
  const sides: Pair2<string> = [sidesText("row", g.rows), sidesText("column", g.columns)];
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
          {line("Input n", "input", size("input"), resize("input"))}
          {line("Kernel k", "kernel", size("kernel"), resize("kernel"))}
          {line("Padding p, total", "padding", setting.padding, write("padding"), sides)}
          {line("Stride s", "stride", setting.stride, write("stride"))}
          {line("Dilation d", "dilation", setting.dilation, write("dilation"))}
        </tbody>
      </table>
      <div class="cnnw-formula">
        <p>
          <b>Output size</b> <span>⌊(n − k′ + p + s)/s⌋ with k′ = d(k − 1) + 1</span>
        </p>
        {sizeLine("Rows", sizeText("row", g.rows), reachText(g.rows))}
        {sizeLine("Columns", sizeText("column", g.columns), reachText(g.columns))}
      </div>
    </section>
  );
}

/** "Rows (3 − 2 + 0 + 1)/1 = 2" and, below, how far a dilated kernel reaches. */
function sizeLine(name: string, size: string, reach: string) {
  return (
    <p>
      <b>{name}</b>{" "}
      <span>
        {size}
        {reach && <small>{reach}</small>}
      </span>
    </p>
  );
}

type Pair2<T> = readonly [T, T];
