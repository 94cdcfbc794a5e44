// Sensible scales: the stops of each slider, and how long a bar is on the scale of powers of ten.
import { powerOfTen } from "../core/big_counts";

/** Sizes that people use, closer together where they are small. */
export const STOPS = {
  height: [1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32, 48, 64, 96, 128, 178, 224, 256, 384, 512, 768, 1000, 1024, 1500, 2048, 3000, 4096, 6000, 8000, 10_000],
  channels: [1, 2, 3, 4, 6, 8, 16, 32, 64, 128, 256, 512],
  hidden: [1, 2, 3, 5, 10, 20, 50, 84, 100, 120, 200, 500, 1000, 2000, 4096, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000],
  delta: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50, 75, 100],
} as const; // prettier-ignore

/** The stop that is nearest to a value, as an index; of two the lower one. */
export function nearestStop(stops: readonly number[], value: number): number {
  let best = 0;
  stops.forEach((stop, index) => {
    if (Math.abs(stop - value) < Math.abs(stops[best]! - value)) best = index;
  });
  return best;
}

/** The power of ten where the scale ends: at least 12, and a multiple of 3. */
export function endOfScale(counts: readonly bigint[]): number {
  return Math.max(12, ...counts.map((count) => 3 * Math.ceil(powerOfTen(count) / 3)));
}
