// The frame around an explorer: theme, colours, keys that stay inside, and Python told when the learner leaves.
import type { ComponentChildren, Ref } from "preact";
import { PALETTES, type Theme } from "./colour";

interface ShellProps {
  /** What the widget is, for screen readers. */
  label: string;
  /** The widget's own class, which scopes its styles. */
  name: string;
  theme: Theme;
  /** More custom properties. */
  style?: Readonly<Record<string, string | number>>;
  /** Sends what is pending to Python. */
  flush: () => void;
  frame?: Ref<HTMLDivElement>;
  children: ComponentChildren;
}

export function Shell({ label, name, theme, style, flush, frame, children }: ShellProps) {
  const { zero, positive, negative, ink } = PALETTES[theme];
  return (
    <div
      ref={frame ?? null}
      class={`cnnw-root ${name}`}
      data-theme={theme}
      data-lm-suppress-shortcuts="true"
      role="group"
      aria-label={label}
      style={{ "--zero": zero, "--positive": positive, "--negative": negative, "--ink": ink, ...style }}
      onKeyDown={keepKeys}
      onFocusIn={markFocused}
      // Whoever leaves the widget is about to run a cell: Python should know by then.
      onFocusOut={flush}
      onPointerLeave={flush}
    >
      {children}
    </div>
  );
}

/**
 * Jupyter looks for the mark from the focused element upwards, and its own shortcuts ("d" twice deletes a cell) name
 * that very element (`:focus`): the mark on the widget's root alone comes too late.
 */
export function markFocused({ target }: FocusEvent): void {
  (target as Element).setAttribute("data-lm-suppress-shortcuts", "true");
}

/** Keys without a modifier belong to the widget: they do not reach the notebook around it. */
function keepKeys(event: KeyboardEvent): void {
  if (!event.ctrlKey && !event.metaKey && !event.altKey && event.key !== "Tab") event.stopPropagation();
}
