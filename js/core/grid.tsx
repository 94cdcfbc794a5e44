// A grid of numbers after the ARIA grid pattern: one tab stop, arrows inside, cells edited in place.
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { parse, whole } from "./format";
import { GridRow, type Describe } from "./grid_row";
import { moved, startsNumber, type Position } from "./grid_nav";
import { flagsAt, PADDING } from "./marks";

export interface GridProps {
  /** What the grid is, said on entering it. */
  label: string;
  values: readonly (readonly number[])[];
  marks: readonly string[];
  /** The magnitude that gets the full tint. */
  scale: number;
  describe: Describe;
  notes?: readonly (readonly string[])[] | undefined;
  /** Where cells may be edited: what to do with the new value. Padding cells never are. */
  onEdit?: ((row: number, column: number, value: number) => void) | undefined;
  /** Called with what was typed when it is no number. */
  onRefuse?: (text: string) => void;
  /** Click or Enter on a cell that is not edited. */
  onPick?: ((row: number, column: number) => void) | undefined;
  /** The cell under the pointer or with the focus, null when there is none. */
  onPoint?: (at: Position | null) => void;
  /** Drawn over the cells, such as the window; hidden from screen readers. */
  children?: ComponentChildren;
}

interface Edit {
  row: number;
  column: number;
  text: string;
  select: boolean;
}

export function Grid(props: GridProps) {
  const { label, values, marks, scale, describe, notes, onEdit, onRefuse, onPick, onPoint, children } = props;
  const rows = values.length;
  const columns = values[0]?.length ?? 0;
  const root = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement | null>(null);
  const editing = useRef<Edit | null>(null);
  const [tab, setTab] = useState<Position>([0, 0]);
  const [edit, setEdit] = useState<Edit | null>(null);
  const tabRow = Math.min(tab[0], rows - 1);
  const tabColumn = Math.min(tab[1], columns - 1);

  const cellAt = (row: number, column: number) => root.current?.querySelector<HTMLElement>(`[data-at="${row},${column}"]`);
  const positionOf = (target: EventTarget | null): Position | null => {
    const at = target instanceof Element ? target.closest<HTMLElement>("[data-at]")?.dataset["at"]?.split(",") : undefined;
    return at ? [Number(at[0]), Number(at[1])] : null;
  };
  const editable = ([row, column]: Position) => onEdit !== undefined && !(flagsAt(marks[row], column) & PADDING);

  const begin = ([row, column]: Position, typed?: string): void => {
    const next = { row, column, text: typed ?? whole(values[row]![column]!), select: typed === undefined };
    editing.current = next;
    setEdit(next);
  };
  /** Ends the edit; `keep` says whether what was typed counts, `stay` whether the cell gets the focus back. */
  const end = (keep: boolean, stay: boolean): void => {
    const current = editing.current;
    if (!current) return;
    const text = field.current?.value ?? "";
    editing.current = null;
    setEdit(null);
    if (stay) cellAt(current.row, current.column)?.focus();
    if (!keep) return;
    const value = parse(text);
    if (value === null) onRefuse?.(text);
    else if (value !== values[current.row]?.[current.column]) onEdit?.(current.row, current.column, value);
  };
  const editField = useRef((element: HTMLInputElement | null): void => {
    field.current = element;
    if (!element) return;
    element.focus();
    if (editing.current?.select) element.select();
    else element.setSelectionRange(element.value.length, element.value.length);
  }).current;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (editing.current) {
      event.stopPropagation();
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      end(event.key === "Enter", true);
      return;
    }
    const at = positionOf(event.target);
    if (!at || event.altKey || event.metaKey) return;
    const to = moved(at, event.key, event.ctrlKey, rows, columns);
    if (to) cellAt(to[0], to[1])?.focus();
    else if (event.ctrlKey) return;
    else if (editable(at) && (event.key === "Enter" || event.key === "F2")) begin(at);
    else if (editable(at) && startsNumber(event.key)) begin(at, event.key);
    else if (editable(at) && (event.key === "Delete" || event.key === "Backspace")) begin(at, "");
    else if (onPick && (event.key === "Enter" || event.key === " ")) onPick(...at);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onClick = (event: MouseEvent): void => {
    const at = positionOf(event.target);
    if (!at || event.target === field.current) return;
    if (editable(at)) begin(at);
    else onPick?.(...at);
  };
  const onFocusIn = (event: FocusEvent): void => {
    const at = positionOf(event.target);
    if (!at) return;
    if (at[0] !== tab[0] || at[1] !== tab[1]) setTab(at);
    onPoint?.(at);
  };
  const onFocusOut = (event: FocusEvent): void => {
    if (event.target === field.current) end(true, false);
    if (!(event.relatedTarget instanceof Node && root.current?.contains(event.relatedTarget))) onPoint?.(null);
  };

  return (
    <div class="cnnw-scroller">
      <div class="cnnw-cells" style={{ "--columns": columns }}>
        <div
          ref={root}
          role="grid"
          aria-label={label}
          aria-readonly={onEdit === undefined}
          aria-rowcount={rows}
          aria-colcount={columns}
          onKeyDown={onKeyDown}
          onClick={onClick}
          onPointerOver={(event) => onPoint?.(positionOf(event.target))}
          onPointerLeave={() => onPoint?.(null)}
          onFocusIn={onFocusIn}
          onFocusOut={onFocusOut}
        >
          {values.map((row, index) => (
            <GridRow
              key={index}
              index={index}
              values={row}
              marks={marks[index] ?? ""}
              scale={scale}
              describe={describe}
              tabColumn={index === tabRow ? tabColumn : -1}
              editColumn={edit?.row === index ? edit.column : -1}
              editText={edit?.text ?? ""}
              notes={notes?.[index]}
              editField={editField}
            />
          ))}
        </div>
        {children}
      </div>
    </div>
  );
}
