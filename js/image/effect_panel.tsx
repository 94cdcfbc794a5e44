// Beside the pictures: what the kernel does and why, its sums, and how the output is drawn.
import { resizedAround } from "./resize";
import { Segments } from "../core/controls";
import { number } from "../core/format";
import type { State } from "../core/local_model";
import { NumberField } from "../core/number_field";
import { flatText, presetOf, PRESETS, turnText } from "./kernels";
import type { Colours, Scene } from "./state";
import { differsText, MODE_NAMES } from "./summary";

interface EffectPanelProps {
  scene: Scene;
  /** Every output in words; empty where it does not fit, or while the picture is live. */
  texts: readonly string[];
  colours: Colours;
  /** Whether what the kernel does may be told. */
  told: boolean;
  onWrite: (changes: State) => void;
}

export function Presets({ kernel, onWrite }: { kernel: Scene["kernel"]; onWrite: (changes: State) => void }) {
  const current = presetOf(kernel);
  return (
    <div class="cnnw-chips" role="group" aria-label="Ready-made kernels">
      <b aria-hidden="true">Kernel</b>
      {PRESETS.map((preset) => (
        <button
          key={preset.name}
          type="button"
          class="cnnw-chip"
          aria-pressed={preset === current}
          onClick={() => onWrite({ kernel: preset.kernel, colours: preset.colours })}
        >
          {preset.name}
        </button>
      ))}
    </div>
  );
}

export function EffectPanel({ scene, texts, colours, told, onWrite }: EffectPanelProps) {
  const { kernel, padding, results, scale, differs } = scene;
  const preset = presetOf(kernel);
  const [rows, columns] = [kernel.length, kernel[0]!.length];
  const resize = (high: number, wide: number): void => onWrite({ kernel: resizedAround(kernel, high, wide) });
  const both = results.length === 2;
  const count = results[0]?.output?.values.length ?? 0;
  return (
    <section class="cnnw-effect" aria-label="What the kernel does">
      {told && (
        <div class="cnnw-prose">
          <h3>{preset?.name ?? "Your kernel"}</h3>
          {preset && (
            <p>
              {preset.does} <span class="cnnw-muted">{preset.why}</span>
            </p>
          )}
          <p>{flatText(kernel)}</p>
          {both && (
            <p>
              {turnText(kernel)} {differs !== null && texts[0] && differsText(differs, count)}
            </p>
          )}
          {results.map(
            ({ mode }, index) =>
              texts[index] && (
                <p key={mode} class="cnnw-quiet">
                  {both ? `${MODE_NAMES[mode]} goes` : "The output goes"} {texts[index]}.
                </p>
              ),
          )}
        </div>
      )}
      <div class="cnnw-knobs">
        <div class="cnnw-knob">
          <span>Kernel rows, columns</span>
          <span class="cnnw-pair">
            <NumberField label="Kernel rows" value={rows} min={1} max={7} onChange={(value) => resize(value, columns)} />
            <NumberField label="Kernel columns" value={columns} min={1} max={7} onChange={(value) => resize(rows, value)} />
          </span>
        </div>
        <div class="cnnw-knob">
          <span>Padding</span>
          <Segments
            label="Padding"
            options={[
              { value: "same", text: "Zeros (same)" },
              { value: "valid", text: "None (valid)" },
            ]}
            value={padding}
            onChange={(value) => onWrite({ padding: value })}
          />
        </div>
        <div class="cnnw-knob">
          <span>Output drawn</span>
          <Segments
            label="How the output is drawn"
            options={[
              { value: "signed", text: "Signed" },
              { value: "grey", text: "Grey" },
            ]}
            value={colours}
            onChange={(value) => onWrite({ colours: value })}
          />
        </div>
        <Legend colours={colours} scale={told ? scale : 0} />
      </div>
    </section>
  );
}

/** The colours with their numbers: below 0 is hatched in the picture, too. */
function Legend({ colours, scale }: { colours: Colours; scale: number }) {
  const signed = colours === "signed";
  const most = scale > 0 ? number(Math.round(scale) || scale, 3) : "";
  return (
    <p class="cnnw-legend" data-colours={colours}>
      <i aria-hidden="true" />
      {signed ? (
        <>
          <span>{most && `−${most}`} hatched</span>
          <span>0</span>
          <span>{most && `+${most}`}</span>
        </>
      ) : (
        <>
          <span>0 and below</span>
          <span>255 and above</span>
        </>
      )}
    </p>
  );
}
