// Hooks that tie a view to its model, its host's theme and the clock; each releases what it took.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Theme } from "./colour";
import type { Model } from "./local_model";
import { syncTo, type Sync } from "./sync";
import { followTheme } from "./theme";

/** The traits of a model, read again (and the view rendered again) when one of them changes. */
export function useTraits<T extends object>(model: Model, names: readonly (keyof T & string)[]): T {
  const [, render] = useState({});
  useLayoutEffect(() => {
    const listener = (): void => render({});
    for (const name of names) model.on(`change:${name}`, listener);
    return () => {
      for (const name of names) model.off(`change:${name}`, listener);
    };
  }, [model, names]);
  return Object.fromEntries(names.map((name) => [name, model.get(name)])) as T;
}

/** Debounced writing; what is pending is sent when the view goes. */
export function useSync(model: Model): Sync {
  const sync = useRef<Sync | null>(null);
  sync.current ??= syncTo(model);
  const { current } = sync;
  useLayoutEffect(() => current.flush, [current]);
  return current;
}

/** The host's theme around an element outside of the widget's own. */
export function useTheme(host: Element): Theme {
  const [theme, setTheme] = useState<Theme>("light");
  useLayoutEffect(() => followTheme(host, setTheme), [host]);
  return theme;
}

/** Calls `tick` every `milliseconds` while `on`. */
export function useInterval(on: boolean, milliseconds: number, tick: () => void): void {
  const latest = useRef(tick);
  latest.current = tick;
  useEffect(() => {
    if (!on) return undefined;
    const timer = setInterval(() => latest.current(), milliseconds);
    return () => clearInterval(timer);
  }, [on, milliseconds]);
}

/** The value a frame late, so that what matters more is drawn first; at once where `now` is another one. */
export function useLater<T>(value: T, now: unknown): T {
  const [, render] = useState({});
  const shown = useRef({ value, now });
  if (shown.current.now !== now) shown.current = { value, now };
  useEffect(() => {
    if (shown.current.value === value) return undefined;
    const frame = requestAnimationFrame(() => {
      shown.current = { value, now };
      render({});
    });
    return () => cancelAnimationFrame(frame);
  }, [value, now]);
  return shown.current.value;
}

/** Text for a live region: said at once, or at most every `pause` milliseconds (the latest one wins). */
export function useAnnouncer(pause: number): readonly [string, (text: string) => void] {
  const [said, setSaid] = useState("");
  const state = useRef({ last: 0, waiting: "", timer: undefined as ReturnType<typeof setTimeout> | undefined });
  useLayoutEffect(() => () => clearTimeout(state.current.timer), []);
  const say = useCallback(
    (text: string): void => {
      const now = state.current;
      now.waiting = text;
      clearTimeout(now.timer);
      const speak = (): void => {
        now.last = Date.now();
        setSaid(now.waiting);
      };
      const wait = now.last + pause - Date.now();
      if (wait <= 0) speak();
      else now.timer = setTimeout(speak, wait);
    },
    [pause],
  );
  return [said, say];
}
