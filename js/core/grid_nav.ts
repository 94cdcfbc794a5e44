// Where a key moves the focus in a grid: the ARIA grid pattern, as a pure function.

export type Position = readonly [row: number, column: number];

/** The position a key leads to, or null where the key does not move; movement stops at the edges. */
export function moved(
  [row, column]: Position,
  key: string,
  control: boolean,
  rows: number,
  columns: number,
): Position | null {
  const bottom = rows - 1;
  const right = columns - 1;
  switch (key) {
    case "ArrowUp":
      return [control ? 0 : Math.max(0, row - 1), column];
    case "ArrowDown":
      return [control ? bottom : Math.min(bottom, row + 1), column];
    case "ArrowLeft":
      return [row, control ? 0 : Math.max(0, column - 1)];
    case "ArrowRight":
      return [row, control ? right : Math.min(right, column + 1)];
    case "Home":
      return control ? [0, 0] : [row, 0];
    case "End":
      return control ? [bottom, right] : [row, right];
    default:
      return null;
  }
}

/** Whether typing this key starts an edit with it as the first character. */
export function startsNumber(key: string): boolean {
  return /^[-−.,\d]$/.test(key);
}
