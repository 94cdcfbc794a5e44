// Writes to the model at once and to Python a little later, so that scrubbing does not flood the kernel.
import type { Model, State } from "./local_model";

export interface Sync {
  /** Sets traits: every view of the model follows at once, Python within `most` milliseconds. */
  write(changes: State): void;
  /** Sends what is pending now and stops the timer. */
  flush(): void;
}

/** What the views of a model wrote last, and what of it was sent. */
const written = new WeakMap<Model, { latest: State; sent: State }>();

/** Waits for `quiet` milliseconds without a change, and never longer than `most`. */
export function syncTo(model: Model, quiet = 150, most = 600): Sync {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let since = 0;
  const shared = written.get(model) ?? { latest: {}, sent: {} };
  written.set(model, shared);
  const keepers = new Map<string, () => void>();

  /** Python's echo of what was sent comes late and must not undo what was written since. */
  const keep = (name: string): void => {
    if (keepers.has(name)) return;
    const keeper = (): void => {
      const [now, latest] = [model.get(name), shared.latest[name]];
      if (now !== latest && name in shared.sent && JSON.stringify(now) === JSON.stringify(shared.sent[name])) model.set(name, latest);
    };
    keepers.set(name, keeper);
    model.on(`change:${name}`, keeper);
  };

  const flush = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    for (const [name, keeper] of keepers) {
      model.off(`change:${name}`, keeper);
      shared.sent[name] = shared.latest[name];
    }
    keepers.clear();
    model.save_changes();
  };

  const write = (changes: State): void => {
    for (const [name, value] of Object.entries(changes)) {
      shared.latest[name] = value;
      keep(name);
      model.set(name, value);
    }
    if (timer === undefined) since = Date.now();
    else clearTimeout(timer);
    timer = setTimeout(flush, Math.max(0, Math.min(quiet, since + most - Date.now())));
  };

  return { write, flush };
}
