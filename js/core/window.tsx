// The window drawn over the cells of a grid: its outline and, when it is dilated, the cells that it reads.
import type { Axis } from "./correlation";

interface WindowProps {
  rows: Axis;
  columns: Axis;
  /** The output cell whose window it is. */
  row: number;
  column: number;
  kind: "current" | "pointed";
}

export function Window({ rows, columns, row, column, kind }: WindowProps) {
  const place = { "--row": row * rows.s, "--column": column * columns.s, "--high": rows.reach, "--wide": columns.reach };
  const dilated = rows.d > 1 || columns.d > 1;
  return (
    <div class={`cnnw-window cnnw-window-${kind}${dilated ? " cnnw-window-dilated" : ""}`} style={place} aria-hidden="true">
      {dilated &&
        Array.from({ length: rows.k * columns.k }, (_, index) => (
          <i
            key={index}
            style={{
              "--row": Math.floor(index / columns.k) * rows.d,
              "--column": (index % columns.k) * columns.d,
              "--high": 1,
              "--wide": 1,
            }}
          />
        ))}
    </div>
  );
}

/** An outline around one cell, such as the output cell of the step. */
export function Ring({ row, column }: { row: number; column: number }) {
  return (
    <div
      class="cnnw-window cnnw-window-current"
      style={{ "--row": row, "--column": column, "--high": 1, "--wide": 1 }}
      aria-hidden="true"
    />
  );
}
