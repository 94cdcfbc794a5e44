// Random weights by a seed, the very numbers that Python draws: uniform within ±1/√(inputs of a unit).
import { fanIn, weightCount, type Layer } from "./layers";

/** A hash of 32-bit numbers. Source: Chris Wellons, "Prospecting for hash functions", 2018 (lowbias32). */
export function mixed(number: number): number {
  let x = number >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

export function randomWeights(layers: readonly Layer[], seed: number): Float32Array {
  const weights = new Float32Array(layers.reduce((total, layer) => total + weightCount(layer), 0));
  const start = mixed(seed);
  let at = 0;
  for (const layer of layers) {
    if (layer.kind !== "conv" && layer.kind !== "linear") continue;
    const limit = 1 / Math.sqrt(fanIn(layer));
    for (const end = at + weightCount(layer); at < end; at++) weights[at] = (mixed(at + start) / 2 ** 31 - 1) * limit;
  }
  return weights;
}
