// A small whole number with − and + beside it: typed, stepped by arrow keys, or clicked. What is typed counts at once,
// unless another digit may follow: a 12 on its way is no 1, which would cut an input down. It counts then after Enter,
// after a pause, or when the field is left.
import { useEffect, useState } from "preact/hooks";

const PAUSE = 800; // milliseconds

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
  useEffect(() => {
    if (!typed) return;
    const timer = setTimeout(() => give(Number(typed)), PAUSE);
    return () => clearTimeout(timer);
  }, [typed, value]);
  const nudge = (by: number) => (
    <button
      type="button"
      class="cnnw-nudge"
      tabIndex={-1}
      aria-label={`${label}: ${by > 0 ? "one more" : "one less"}`}
      aria-disabled={value + by < min || value + by > max}
      onClick={() => {
        setTyped(null);
        give(value + by);
      }}
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
          const text = event.currentTarget.value;
          setTyped(text);
          const typing = /^(insertText|delete)/.test((event as InputEvent).inputType ?? "");
          if (text !== "" && !(typing && mayGrow(Number(text), max))) give(Number(text));
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || typed === null) return;
          if (typed) give(Number(typed));
          // What can not be stays to be seen, and the browser says why.
          if (event.currentTarget.reportValidity()) setTyped(null);
        }}
        onBlur={() => {
          if (typed) give(Number(typed));
          setTyped(null);
        }}
        onFocus={(event) => event.currentTarget.select()}
      />
      {nudge(1)}
    </span>
  );
}

/** Whether a number with one more digit could be given, too. */
function mayGrow(typed: number, max: number): boolean {
  return typed !== 0 && 10 * Math.abs(typed) <= max;
}
