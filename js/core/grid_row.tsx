// One row of a grid; it renders again only when something in it has changed, which keeps a step cheap.
import { Component } from "preact";
import { strength } from "./colour";
import { number, whole } from "./format";
import { ASKED, BLANK, classesOf, DIFFERS, flagsAt, RIGHT, WRONG } from "./marks";

/** What a screen reader says of a cell; `text` is what the cell shows. The function must be a stable one. */
export type Describe = (row: number, column: number, text: string, flags: number) => string;

export interface RowProps {
  index: number;
  values: readonly number[];
  marks: string;
  scale: number;
  describe: Describe;
  /** The column that Tab comes to, or −1. */
  tabColumn: number;
  /** The column under edit, or −1. */
  editColumn: number;
  editText: string;
  /** A second line in cells, such as "≠ 25". */
  notes: readonly string[] | undefined;
  editField: (field: HTMLInputElement | null) => void;
}

/** The steps of the tint in base.css. Rules of the style sheet cost a browser far less than a style of each cell's own. */
const TINTS = 20;

const WATCHED = ["values", "marks", "scale", "describe", "tabColumn", "editColumn", "notes"] as const;

export class GridRow extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    return WATCHED.some((name) => next[name] !== this.props[name]);
  }

  override render({ index, values, marks, scale, describe, tabColumn, editColumn, editText, notes, editField }: RowProps) {
    return (
      <div role="row" class="cnnw-row" aria-rowindex={index + 1}>
        {values.map((value, column) => {
          const flags = flagsAt(marks, column);
          const hidden = (flags & (BLANK | ASKED)) !== 0;
          const text = flags & ASKED ? "?" : hidden ? "" : number(value, 3);
          const tint = hidden ? 0 : strength(value, scale);
          const note = hidden ? undefined : notes?.[column];
          return (
            <div
              key={column}
              role="gridcell"
              class={classesOf(flags) + (note ? " cnnw-noted" : "")}
              data-at={`${index},${column}`}
              data-sign={tint > 0 ? "+" : tint < 0 ? "-" : undefined}
              data-length={Math.min(7, text.length)}
              aria-colindex={column + 1}
              aria-label={describe(index, column, hidden ? "" : whole(value), flags)}
              tabIndex={column === tabColumn ? 0 : -1}
              data-tint={Math.round(Math.abs(tint) * TINTS)}
            >
              {column === editColumn ? (
                <input
                  class="cnnw-edit"
                  ref={editField}
                  defaultValue={editText}
                  inputMode="text"
                  autocomplete="off"
                  aria-label={describe(index, column, whole(value), flags)}
                />
              ) : (
                text
              )}
              {note && <small class="cnnw-note" aria-hidden="true" data-text={note} />}
              {flags & (DIFFERS | WRONG) ? <Mark sign="✗" /> : flags & RIGHT ? <Mark sign="✓" /> : null}
            </div>
          );
        })}
      </div>
    );
  }
}

function Mark({ sign }: { sign: string }) {
  return (
    <i class="cnnw-mark" aria-hidden="true">
      {sign}
    </i>
  );
}
