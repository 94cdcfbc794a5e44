// A number that was made of one: an activation with its curve and the point on it; softmax; or just passed on.
import type { Explained } from "./explain";
import { passText } from "./words";

const CURVES: Record<string, { readonly of: (x: number) => number; readonly low: number; readonly high: number }> = {
  sigmoid: { of: (x) => 1 / (1 + Math.exp(-x)), low: -0.1, high: 1.1 },
  tanh: { of: Math.tanh, low: -1.2, high: 1.2 },
  relu: { of: (x) => Math.max(0, x), low: -0.6, high: 6 },
};
const [WIDE, HIGH] = [240, 120];

export function PassSum({ explained: { layer, from, value } }: { explained: Extract<Explained, { kind: "pass" }> }) {
  const curve = CURVES[layer.kind];
  return (
    <>
      {curve && <Curve {...curve} at={from} value={value} />}
      <p class="cnnw-total">
        <span>{SAYS[layer.kind] ?? "It changes nothing when the network answers"}</span>
        <span class="cnnw-terms">
          <b>{passText(layer, from, value)}</b>
        </span>
      </p>
    </>
  );
}

const SAYS: Record<string, string> = {
  sigmoid: "Squeezes every number between 0 and 1",
  tanh: "Squeezes every number between −1 and 1",
  relu: "Numbers below 0 become 0",
  softmax: "Turns scores into shares that add up to 1",
  flatten: "Lays the maps in one line, row by row",
};

function Curve({ of, low, high, at, value }: { of: (x: number) => number; low: number; high: number; at: number; value: number }) {
  const reach = Math.max(6, Math.ceil(Math.abs(at)));
  const top = high > 2 ? Math.max(high, value * 1.15) : high; // relu's grows with its number
  const x = (v: number): number => ((v + reach) / (2 * reach)) * WIDE;
  const y = (v: number): number => ((top - v) / (top - low)) * HIGH;
  const path = Array.from({ length: 121 }, (_, index) => {
    const v = -reach + (index / 120) * 2 * reach;
    return `${x(v).toFixed(1)} ${y(Math.min(of(v), top)).toFixed(1)}`;
  }).join("L");
  return (
    <svg class="cnnw-curve" viewBox={`-6 -6 ${WIDE + 12} ${HIGH + 12}`} aria-hidden="true">
      <path d={`M0 ${y(0)}H${WIDE}M${x(0)} 0V${HIGH}`} />
      <path class="cnnw-line" d={`M${path}`} />
      <path class="cnnw-drop" d={`M${x(at)} ${y(0)}V${y(value)}H${x(0)}`} />
      <circle cx={x(at)} cy={y(value)} r="5" />
    </svg>
  );
}
