// Writes to the model at once and to Python a little later, so that scrubbing does not flood the kernel.
import type { Model, State } from "./local_model";

export interface Sync {
  /** Sets traits: every view of the model follows at once, Python within `most` milliseconds. */
  write(changes: State): void;
  /** Sends what is pending now and stops the timer. */
  flush(): void;
}

/** Waits for `quiet` milliseconds without a change, and never longer than `most`. */
export function syncTo(model: Model, quiet = 150, most = 600): Sync {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let since = 0;

  const flush = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    model.save_changes();
  };

  const write = (changes: State): void => {
    for (const [name, value] of Object.entries(changes)) model.set(name, value);
    if (timer === undefined) since = Date.now();
    else clearTimeout(timer);
    timer = setTimeout(flush, Math.max(0, Math.min(quiet, since + most - Date.now())));
  };

  return { write, flush };
}
