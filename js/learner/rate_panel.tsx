// The learning rate: a slider over the zones where this run converges, oscillates and diverges, and why they lie there.
import { useState } from "preact/hooks";
import { number, parse } from "../core/format";
import type { State } from "../core/local_model";
import { NumberField } from "../core/number_field";
import type { Run } from "./state";
import { boundText, OUTCOMES, outcomeText, seenText } from "./words";

interface RatePanelProps {
  run: Run;
  steps: number;
  told: boolean;
  onWrite: (changes: State) => void;
  onRefuse: (text: string) => void;
}

/** Where the slider ends: beyond the rate from which this run diverges. */
export function slidesTo({ bound, ownBound, lr }: Run): number {
  const end = Number.isFinite(ownBound) ? ownBound : Number.isFinite(bound) ? bound : 0.1;
  return Math.min(100, Math.max(1.3 * end, lr));
}

/** Three significant digits, as a rate is said. */
const rounded = (rate: number): number => Number(rate.toPrecision(3));

export function RatePanel({ run, steps, told, onWrite, onRefuse }: RatePanelProps) {
  const { lr, bound, ownBound, outcome } = run;
  const most = slidesTo(run);
  const [typed, setTyped] = useState<string | null>(null);
  const give = (text: string): void => {
    const value = parse(text);
    setTyped(null);
    if (value === null || !(value > 0 && value <= 100)) onRefuse(`“${text}” is no rate: it must be above 0 and at most 100.`);
    else if (value !== lr) onWrite({ lr: value });
  };
  const at = (rate: number): string => `${Math.max(0, Math.min(100, (100 * rate) / most))}%`;
  const zones = [
    { kind: "converges", from: 0, to: ownBound / 2 },
    { kind: "oscillates", from: ownBound / 2, to: ownBound },
    { kind: "diverges", from: ownBound, to: most },
  ] as const;
  return (
    <section class="cnnw-rate" aria-label="Learning rate">
      <div class="cnnw-rate-line">
        <label>
          <b>Learning rate</b>
          <input
            type="text"
            inputMode="decimal"
            autocomplete="off"
            value={typed ?? number(lr, 6)}
            onInput={(event) => setTyped(event.currentTarget.value)}
            onChange={(event) => give(event.currentTarget.value)}
          />
        </label>
        <span class="cnnw-labelled">
          <b>Steps</b>
          <NumberField label="Steps" value={steps} min={1} max={500} onChange={(value) => onWrite({ steps: value })} />
        </span>
      </div>
      <div class="cnnw-zoned">
        <input
          type="range"
          class="cnnw-scrubber"
          aria-label="Learning rate"
          aria-valuetext={told ? `${number(lr)}, ${outcome}` : number(lr)}
          min={most / 260}
          max={most}
          step={most / 260}
          value={lr}
          onInput={(event) => {
            const value = rounded(Number(event.currentTarget.value));
            if (value > 0) onWrite({ lr: value });
          }}
        />
        {told && Number.isFinite(ownBound) && (
          <div class="cnnw-zones" aria-hidden="true">
            {zones.map(({ kind, from, to }) => (
              <span key={kind} data-kind={kind} style={{ left: at(from), width: `calc(${at(Math.min(to, most))} - ${at(from)})` }}>
                {kind}
              </span>
            ))}
            {bound < ownBound * (1 - 1e-6) && <i style={{ left: at(bound) }} />}
          </div>
        )}
      </div>
      {told && (
        <div class="cnnw-outcome">
          <p data-outcome={outcome}>
            <b>
              <span aria-hidden="true">{OUTCOMES[outcome].sign}</span> {OUTCOMES[outcome].name}.
            </b>{" "}
            {outcomeText(run)}
          </p>
          <p class="cnnw-quiet">{boundText(run)}</p>
          {seenText(run) && <p class="cnnw-quiet">{seenText(run)}</p>}
        </div>
      )}
    </section>
  );
}
