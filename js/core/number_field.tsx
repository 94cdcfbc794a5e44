// A small whole number with − and + beside it: typed, stepped by arrow keys, or clicked.
import { useState } from "preact/hooks";

interface NumberFieldProps {
  label: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}

export function NumberField({ label, value, min, max, onChange }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const give = (next: number): void => {
    if (Number.isInteger(next) && next >= min && next <= max && next !== value) onChange(next);
  };
  const nudge = (by: number) => (
    <button
      type="button"
      class="cnnw-nudge"
      tabIndex={-1}
      aria-label={`${label}: ${by > 0 ? "one more" : "one less"}`}
      aria-disabled={value + by < min || value + by > max}
      onClick={() => give(value + by)}
    >
      {by > 0 ? "+" : "−"}
    </button>
  );
  return (
    <span class="cnnw-number">
      {nudge(-1)}
      <input
        type="number"
        inputMode="numeric"
        aria-label={label}
        value={typed ?? value}
        min={min}
        max={max}
        step={1}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          if (event.currentTarget.value !== "") give(Number(event.currentTarget.value));
        }}
        onBlur={() => setTyped(null)}
        onFocus={(event) => event.currentTarget.select()}
      />
      {nudge(1)}
    </span>
  );
}
