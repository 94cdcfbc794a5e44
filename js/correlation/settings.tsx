// The settings per axis (sizes, padding, stride, dilation) and the output size with the numbers put in.
import { resized, type Pair } from "../core/correlation";
import type { State } from "../core/local_model";
import { NumberField } from "../core/number_field";
import { reachText, sidesText, sizeText } from "../core/size_text";
import { forwardText, transposedSizeText, zerosText } from "../core/transposed_text";
import type { Scene } from "./state";

const MOST = { input: 16, kernel: 7, padding: 12, stride: 8, dilation: 4, extra: 7 } as const;

interface SettingsProps {
  scene: Scene;
  onWrite: (changes: State) => void;
}

export function Settings({ scene, onWrite }: SettingsProps) {
  const { setting, geometry: g, transposed: t } = scene;
  const size = (name: "input" | "kernel"): Pair => [setting[name].length, setting[name][0]?.length ?? 0];
  const line = (title: string, name: keyof typeof MOST, pair: Pair, give: (pair: Pair) => void, notes?: Pair2<string>) => (
    <tr>
      <th scope="row">{title}</th>
      {(["rows", "columns"] as const).map((way, index) => (
        <td key={way}>
          <NumberField
            label={`${title}, ${way}`}
            value={pair[index]!}
            min={name === "padding" || name === "extra" ? 0 : 1}
            max={name === "extra" ? setting.stride[index]! - 1 : MOST[name]}
            onChange={(value) => give(index === 0 ? [value, pair[1]] : [pair[0], value])}
          />
          {notes && <small>{notes[index]}</small>}
        </td>
      ))}
    </tr>
  );
  const resize = (name: "input" | "kernel") => (pair: Pair) => onWrite({ [name]: resized(setting[name], pair[0], pair[1]) });
  const write = (name: "padding" | "dilation" | "output_padding") => (pair: Pair) => onWrite({ [name]: pair });
  const extra = setting.output_padding ?? [0, 0];
  // As Python has it: output padding stays below the stride.
  const stride = (pair: Pair): void => onWrite({ stride: pair, output_padding: pair.map((s, axis) => Math.min(extra[axis]!, s - 1)) });
  const sides: Pair2<string> | undefined = t ? undefined : [sidesText("row", g.rows), sidesText("column", g.columns)];
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
          {line("Stride s", "stride", setting.stride, stride)}
          {line("Dilation d", "dilation", setting.dilation, write("dilation"))}
          {t && line("Output padding a", "extra", extra, write("output_padding"))}
        </tbody>
      </table>
      <div class="cnnw-formula">
        <p>
          <b>Output size</b>{" "}
          <span>
            {t ? "s(n − 1) + k′ − p + a" : "⌊(n − k′ + p + s)/s⌋"} with <span class="cnnw-whole">k′ = d(k − 1) + 1</span>
          </span>
        </p>
        {sizeLine("Rows", t ? transposedSizeText(t.rows) : sizeText("row", g.rows), reachText(t?.rows ?? g.rows))}
        {sizeLine("Columns", t ? transposedSizeText(t.columns) : sizeText("column", g.columns), reachText(t?.columns ?? g.columns))}
        {t && sizeLine("Zeros", zerosText(t.rows, t.columns), "around: k′ − 1 less the padding")}
        {t && !scene.problem && <p class="cnnw-forward">{forwardText(t.rows, t.columns)}</p>}
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
