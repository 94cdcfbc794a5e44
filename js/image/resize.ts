// A kernel of another size, around the same middle: what does not fit is dropped, what is new is 0.
import type { Matrix } from "../core/correlation";
import { reachBefore } from "./filter";

export function resizedAround(kernel: Matrix, rows: number, columns: number): Matrix {
  const down = reachBefore(rows) - reachBefore(kernel.length);
  const across = reachBefore(columns) - reachBefore(kernel[0]!.length);
  return Array.from({ length: rows }, (_, a) => Array.from({ length: columns }, (_, b) => kernel[a - down]?.[b - across] ?? 0));
}
