// Chooses a named case: its sizes, padding, stride, dilation and numbers.
import type { State } from "../core/local_model";
import { CASES, caseOf, isTransposed, settingOf } from "./cases";
import type { ExplorerSetting } from "./state";

interface CaseSelectProps {
  setting: ExplorerSetting;
  onWrite: (changes: State) => void;
}

export function CaseSelect({ setting, onWrite }: CaseSelectProps) {
  const chosen = caseOf(setting);
  const group = (label: string, transposed: boolean) => (
    <optgroup label={label}>
      {CASES.map((each, index) => isTransposed(each) === transposed && <option value={String(index)}>{each.name}</option>)}
    </optgroup>
  );
  return (
    <label class="cnnw-pick">
      <span>Case</span>
      <select
        value={String(chosen)}
        onChange={(event) => {
          const each = CASES[Number(event.currentTarget.value)];
          if (each) onWrite({ ...settingOf(each, setting.mode), step: 0 });
        }}
      >
        <option value="-1">Your own</option>
        {group("Convolution", false)}
        {group("Transposed", true)}
      </select>
    </label>
  );
}
