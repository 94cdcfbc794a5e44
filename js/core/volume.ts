// Volumes: several channels of the same height and width, one matrix each.
import { largest } from "./colour";
import { replaced, resized, type Matrix } from "./correlation";

export type Volume = readonly Matrix[];

/** Channels, rows, columns. */
export function shapeOf(volume: Volume): readonly [number, number, number] {
  return [volume.length, volume[0]?.length ?? 0, volume[0]?.[0]?.length ?? 0];
}

/** "2 × 3 × 4". */
export function timesText(...sizes: readonly number[]): string {
  return sizes.join(" × ");
}

/** A volume of another size: what still fits is kept, the rest is 0. */
export function resizedVolume(volume: Volume, channels: number, rows: number, columns: number): Volume {
  return Array.from({ length: channels }, (_, c) => resized(volume[c] ?? [], rows, columns));
}

/** The volume with one cell changed; channels and rows that stay are the same objects. */
export function replacedIn(volume: Volume, channel: number, row: number, column: number, value: number): Volume {
  return volume.map((each, c) => (c === channel ? replaced(each, row, column, value) : each));
}

/** The largest magnitude in a volume. */
export function largestIn(volume: Volume): number {
  return Math.max(0, ...volume.map(largest));
}
