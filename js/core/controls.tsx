// Choices in a row of buttons, and a switch: the controls that explorers share.
import type { ComponentChildren } from "preact";

export interface Option<T extends string> {
  readonly value: T;
  readonly text: string;
  /** Drawn after the text, hidden from screen readers. */
  readonly sign?: string;
}

interface SegmentsProps<T extends string> {
  label: string;
  options: readonly Option<T>[];
  value: T;
  onChange: (value: T) => void;
}

/** One of a few, all of them in sight. */
export function Segments<T extends string>({ label, options, value, onChange }: SegmentsProps<T>) {
  return (
    <div class="cnnw-choice" role="group" aria-label={label}>
      {options.map((each) => (
        <button key={each.value} type="button" aria-pressed={each.value === value} onClick={() => each.value === value || onChange(each.value)}>
          {each.text} {each.sign && <span aria-hidden="true">{each.sign}</span>}
        </button>
      ))}
    </div>
  );
}

interface SwitchProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ComponentChildren;
}

export function Switch({ checked, onChange, children }: SwitchProps) {
  return (
    <label class="cnnw-switch">
      <input type="checkbox" role="switch" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <i aria-hidden="true" />
      {children}
    </label>
  );
}
