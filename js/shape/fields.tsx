// The settings of the layer on view, one field each; padding in total and per side, next to each other.
import type { ComponentChildren } from "preact";
import type { Pair } from "../core/correlation";
import { Segments, type Option } from "../core/controls";
import { NumberField } from "../core/number_field";
import type { Conv, Layer, Pool } from "./layers";
import type { Shape } from "./stack";

type Limits = Readonly<Record<string, Pair>>;

interface FieldsProps {
  layer: Layer;
  limits: Limits;
  /** Whether one number stands for rows and columns. */
  square: boolean;
  onSquare: (square: boolean) => void;
  onChange: (layer: Layer) => void;
}

export function Fields({ layer, limits, square, onSquare, onChange }: FieldsProps) {
  switch (layer.kind) {
    case "conv":
      return (
        <Windowed layer={layer} limits={limits} square={square} onSquare={onSquare} onChange={onChange}>
          <Single label="Channels out" name="channels" value={layer.channels} limits={limits} onChange={(channels) => onChange({ ...layer, channels })} />
          <Bias on={layer.bias} onChange={(bias) => onChange({ ...layer, bias })} />
        </Windowed>
      );
    case "pool":
      return (
        <Windowed layer={layer} limits={limits} square={square} onSquare={onSquare} onChange={onChange}>
          <Choice label="What it takes" options={POOLS} value={layer.mode} onChange={(mode) => onChange({ ...layer, mode })} />
        </Windowed>
      );
    case "activation":
      return (
        <div class="cnnw-fields">
          <Choice label="Function" options={FUNCTIONS} value={layer.name} onChange={(name) => onChange({ ...layer, name })} />
        </div>
      );
    case "linear":
      return (
        <div class="cnnw-fields">
          <Single label="Units" name="units" value={layer.units} limits={limits} onChange={(units) => onChange({ ...layer, units })} />
          <Bias on={layer.bias} onChange={(bias) => onChange({ ...layer, bias })} />
        </div>
      );
    default:
      return <p class="cnnw-note-line">Nothing to set: channel after channel, row after row, all in one line.</p>;
  }
}

const POOLS = [
  { value: "max", text: "Maximum" },
  { value: "avg", text: "Average" },
] as const;
const FUNCTIONS = [
  { value: "sigmoid", text: "Sigmoid" },
  { value: "relu", text: "ReLU" },
  { value: "tanh", text: "Tanh" },
] as const;

interface WindowedProps<L extends Conv | Pool> {
  layer: L;
  limits: Limits;
  square: boolean;
  onSquare: (square: boolean) => void;
  onChange: (layer: L) => void;
  children: ComponentChildren;
}

function Windowed<L extends Conv | Pool>({ layer, limits, square, onSquare, onChange, children }: WindowedProps<L>) {
  const pair = (name: "kernel" | "stride", label: string) => (
    <Pairs label={label} name={name} pair={layer[name]} limits={limits} square={square} onChange={(each) => onChange({ ...layer, [name]: each })} />
  );
  const pad = (padding: Pair): void => onChange({ ...layer, padding });
  return (
    <div class="cnnw-fields">
      {pair("kernel", layer.kind === "conv" ? "Kernel k" : "Window k")}
      {pair("stride", "Stride s")}
      <div class="cnnw-paddings">
        <Pairs label="Padding p, total" name="padding" pair={layer.padding} limits={limits} square={square} onChange={pad} />
        <span class="cnnw-equals" aria-hidden="true">
          = 2 ×
        </span>
        <PerSide padding={layer.padding} most={limits["padding"]?.[1] ?? 0} square={square} onChange={pad} />
      </div>
      {layer.kind === "conv" && (
        <Pairs
          label="Dilation d"
          name="dilation"
          pair={layer.dilation}
          limits={limits}
          square={square}
          onChange={(dilation) => onChange({ ...layer, dilation })}
        />
      )}
      {children}
      <label class="cnnw-check">
        <input type="checkbox" checked={square} onChange={(event) => onSquare(event.currentTarget.checked)} />
        Rows and columns alike
      </label>
    </div>
  );
}

interface PairsProps {
  label: string;
  name: string;
  pair: Pair;
  limits: Limits;
  square: boolean;
  onChange: (pair: Pair) => void;
}

function Pairs({ label, name, pair, limits, square, onChange }: PairsProps) {
  const [min, max] = limits[name] ?? [1, 1];
  return (
    <div class="cnnw-field">
      <span>{label}</span>
      {square ? (
        <NumberField label={label} value={pair[0]} min={min} max={max} onChange={(value) => onChange([value, value])} />
      ) : (
        <span class="cnnw-pair">
          <NumberField label={`${label}, rows`} value={pair[0]} min={min} max={max} onChange={(value) => onChange([value, pair[1]])} />
          <Times />
          <NumberField label={`${label}, columns`} value={pair[1]} min={min} max={max} onChange={(value) => onChange([pair[0], value])} />
        </span>
      )}
    </div>
  );
}

/** P, where the total is even: an odd total has none, and says how it is split. */
function PerSide({ padding, most, square, onChange }: { padding: Pair; most: number; square: boolean; onChange: (padding: Pair) => void }) {
  const one = (index: 0 | 1, label: string) => {
    const p = padding[index];
    const give = (P: number): void => onChange(square ? [2 * P, 2 * P] : index === 0 ? [2 * P, padding[1]] : [padding[0], 2 * P]);
    if (p % 2 === 0) return <NumberField label={label} value={p / 2} min={0} max={Math.floor(most / 2)} onChange={give} />;
    return <span class="cnnw-odd">{`${(p + 1) / 2} and ${(p - 1) / 2}`}</span>;
  };
  return (
    <div class="cnnw-field">
      <span>Padding P, per side</span>
      {square ? (
        one(0, "Padding P, per side")
      ) : (
        <span class="cnnw-pair">
          {one(0, "Padding P, per side, rows")}
          <Times />
          {one(1, "Padding P, per side, columns")}
        </span>
      )}
    </div>
  );
}

function Times() {
  return (
    <span class="cnnw-times" aria-hidden="true">
      ×
    </span>
  );
}

interface SingleProps {
  label: string;
  name: string;
  value: number;
  limits: Limits;
  onChange: (value: number) => void;
}

function Single({ label, name, value, limits, onChange }: SingleProps) {
  const [min, max] = limits[name] ?? [1, 1];
  return (
    <div class="cnnw-field">
      <span>{label}</span>
      <NumberField label={label} value={value} min={min} max={max} onChange={onChange} />
    </div>
  );
}

function Bias({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label class="cnnw-check">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.currentTarget.checked)} />
      Bias
    </label>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  options: readonly Option<T>[];
  value: T;
  onChange: (value: T) => void;
}

function Choice<T extends string>(props: ChoiceProps<T>) {
  return (
    <div class="cnnw-field">
      <span>{props.label}</span>
      <Segments {...props} />
    </div>
  );
}

interface InputFieldsProps {
  input: Shape;
  batch: number | string;
  limits: Limits;
  onInput: (input: Shape) => void;
  onBatch: (batch: number | string) => void;
}

export function InputFields({ input, batch, limits, onInput, onBatch }: InputFieldsProps) {
  const [channels = 1, height = 1, width = 1] = input;
  const batches = [...new Set(["N", "1", String(batch)])].map((each) => ({ value: each, text: each }));
  return (
    <div class="cnnw-fields">
      <Single label="Channels" name="channels" value={channels} limits={limits} onChange={(value) => onInput([value, height, width])} />
      <Single label="Height" name="height" value={height} limits={limits} onChange={(value) => onInput([channels, value, width])} />
      <Single label="Width" name="width" value={width} limits={limits} onChange={(value) => onInput([channels, height, value])} />
      <Choice label="Examples" options={batches} value={String(batch)} onChange={(each) => onBatch(each === "N" ? each : Number(each))} />
    </div>
  );
}
