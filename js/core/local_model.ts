// A model without Python, for a static page: get, set and change events, as a widget's view asks for them.

export type State = Record<string, unknown>;
type Listener = (...values: unknown[]) => void;

/** What a view needs of its model; anywidget's models have it, and so has `LocalModel`. */
export interface Model {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  save_changes(): void;
  on(event: string, listener: Listener): void;
  off(event: string, listener: Listener): void;
  send(content: unknown): void;
}

export class LocalModel implements Model {
  readonly #state: State;
  readonly #listeners = new Map<string, Set<Listener>>();

  constructor(state: State) {
    this.#state = { ...state };
  }

  get(name: string): unknown {
    return this.#state[name];
  }

  set(name: string, value: unknown): void {
    if (this.#state[name] === value) return;
    this.#state[name] = value;
    for (const listener of [...(this.#listeners.get(`change:${name}`) ?? [])]) listener(this, value);
  }

  on(event: string, listener: Listener): void {
    const found = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, found.add(listener));
  }

  off(event: string, listener: Listener): void {
    this.#listeners.get(event)?.delete(listener);
  }

  /** How many listeners are left: none once every view has been cleaned up. */
  get listening(): number {
    return [...this.#listeners.values()].reduce((total, set) => total + set.size, 0);
  }

  save_changes(): void {}

  send(): void {}
}
