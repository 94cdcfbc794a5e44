// The numbers: for each a slider over the sizes that people use, and a field for any other.
import { NumberField } from "../core/number_field";
import type { Numbers } from "./counts";
import type { WeightTraits } from "./state";
import { nearestStop, STOPS } from "./scale";

const FIELDS: readonly (readonly [name: keyof Numbers, label: string, sign: string])[] = [
  ["height", "Height", "h"],
  ["width", "Width", "w"],
  ["channels", "Channels", "c"],
  ["hidden", "Hidden", ""],
  ["delta", "Reach", "Δ"],
];

interface FieldsProps {
  traits: WeightTraits;
  onChange: (name: keyof Numbers, value: number) => void;
}

export function Fields({ traits, onChange }: FieldsProps) {
  return (
    <div class="cnnw-numbers" role="group" aria-label="Numbers">
      {FIELDS.map(([name, label, sign]) => {
        const stops: readonly number[] = STOPS[name === "width" ? "height" : name];
        const [least, most] = traits._limits[name];
        return (
          <div key={name} class="cnnw-scale">
            <span class="cnnw-scale-name">
              {label} {sign && <i>{sign}</i>}
            </span>
            <NumberField label={label} value={traits[name]} min={least} max={most} onChange={(value) => onChange(name, value)} />
            <input
              type="range"
              aria-label={`${label}, slider`}
              aria-valuetext={String(traits[name])}
              min={0}
              max={stops.length - 1}
              step={1}
              value={nearestStop(stops, traits[name])}
              onInput={(event) => onChange(name, stops[Number(event.currentTarget.value)]!)}
            />
          </div>
        );
      })}
    </div>
  );
}
