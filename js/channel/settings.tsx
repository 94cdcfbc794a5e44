// The shapes and settings: channels, rows and columns of input and kernel, padding, stride, and what comes out.
import type { Pair } from "../core/correlation";
import { grouped } from "../core/counts";
import type { State } from "../core/local_model";
import { NumberField } from "../core/number_field";
import { sidesText, sizeText } from "../core/size_text";
import { shapeOf } from "../core/volume";
import { resizedInput, resizedKernel } from "./arithmetic";
import type { Scene } from "./state";

const MOST = { channels: 6, input: 8, kernel: 5, padding: 6, stride: 4 } as const;

interface SettingsProps {
  scene: Scene;
  onWrite: (changes: State) => void;
}

export function Settings({ scene, onWrite }: SettingsProps) {
  const { setting, geometry: g, refused } = scene;
  const [ci, h, w] = shapeOf(setting.input);
  const [ck, kh, kw] = shapeOf(setting.kernel[0]!);
  const co = setting.kernel.length;
  const kernel = (outs: number, channels: number, rows: number, columns: number): State => {
    const bias = Array.from({ length: outs }, (_, o) => setting.bias[o] ?? 0);
    return { kernel: resizedKernel(setting.kernel, outs, channels, rows, columns), bias };
  };
  const input = (channels: number, rows: number, columns: number): void =>
    onWrite({
      input: resizedInput(setting.input, channels, rows, columns),
      // A kernel that suits the input goes on to suit it.
      ...(channels !== ci && !refused ? kernel(co, channels, kh, kw) : {}),
    });
  const field = (label: string, value: number, least: number, most: number, give: (value: number) => void) => (
    <NumberField label={label} value={value} min={least} max={most} onChange={give} />
  );
  const pair = (title: string, name: "padding" | "stride", least: number, notes?: readonly string[]) => (
    <tr>
      <th scope="row">{title}</th>
      <td />
      {(["rows", "columns"] as const).map((way, axis) => (
        <td key={way}>
          {field(`${title}, ${way}`, setting[name][axis]!, least, MOST[name], (value) => {
            const next: Pair = axis === 0 ? [value, setting[name][1]] : [setting[name][0], value];
            onWrite({ [name]: next });
          })}
          {notes && <small>{notes[axis]}</small>}
        </td>
      ))}
    </tr>
  );
  return (
    <section class="cnnw-settings" aria-label="Settings">
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">Channels</th>
            <th scope="col">Rows</th>
            <th scope="col">Columns</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Input</th>
            <td>{field("Input, channels", ci, 1, MOST.channels, (value) => input(value, h, w))}</td>
            <td>{field("Input, rows", h, 1, MOST.input, (value) => input(ci, value, w))}</td>
            <td>{field("Input, columns", w, 1, MOST.input, (value) => input(ci, h, value))}</td>
          </tr>
          <tr>
            <th scope="row">Kernel</th>
            <td>{field("Kernel, channels", ck, 1, MOST.channels, (value) => onWrite(kernel(co, value, kh, kw)))}</td>
            <td>{field("Kernel, rows", kh, 1, MOST.kernel, (value) => onWrite(kernel(co, ck, value, kw)))}</td>
            <td>{field("Kernel, columns", kw, 1, MOST.kernel, (value) => onWrite(kernel(co, ck, kh, value)))}</td>
          </tr>
          <tr>
            <th scope="row">Output</th>
            <td>{field("Output, channels", co, 1, MOST.channels, (value) => onWrite(kernel(value, ck, kh, kw)))}</td>
            <td class="cnnw-size-out">{refused ? "none" : g.rows.places}</td>
            <td class="cnnw-size-out">{refused ? "none" : g.columns.places}</td>
          </tr>
          {pair("Padding p, total", "padding", 0, setting.padding.some((p) => p > 0) ? [sidesText("row", g.rows), sidesText("column", g.columns)] : undefined)}
          {pair("Stride s", "stride", 1)}
        </tbody>
      </table>
      <div class="cnnw-formula">
        <p>
          <b>Output size</b> <span>⌊(n − k + p + s)/s⌋</span>
        </p>
        <p>
          <b>Rows</b> <span>{sizeText("row", g.rows)}</span>
        </p>
        <p>
          <b>Columns</b> <span>{sizeText("column", g.columns)}</span>
        </p>
        <p>
          <b>Parameters</b>{" "}
          <span>
            {co} × ({ck} × {kh} × {kw} + 1) = {grouped(co * (ck * kh * kw + 1))}
            <small>A kernel for every pair of channels, a bias for every output.</small>
          </span>
        </p>
      </div>
    </section>
  );
}
