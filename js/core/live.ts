// Widgets on a page without Python: bundles loaded once from blobs, places filled before they come into sight.
import type { Model } from "./local_model";

interface View {
  initialize?(context: { model: Model }): unknown;
  render?(context: { model: Model; el: HTMLElement }): unknown;
}

/** The bundles of a page by name; each becomes a module once, when it is first asked for. */
export class Shelf {
  readonly #sources: Readonly<Record<string, string>>;
  readonly #loaded = new Map<string, Promise<View>>();

  constructor(sources: Readonly<Record<string, string>>) {
    this.#sources = sources;
  }

  load(name: string): Promise<View> {
    const known = this.#loaded.get(name) ?? moduleOf(this.#sources[name]!);
    this.#loaded.set(name, known);
    return known;
  }

  /** Shows a view of the model in a place, which says so where that can not be. */
  async show(name: string, model: Model, el: HTMLElement): Promise<void> {
    try {
      const view = await this.load(name);
      await view.initialize?.({ model });
      await view.render?.({ model, el });
    } catch (problem) {
      el.textContent = `This widget could not start here: ${String(problem)}`;
    }
  }
}

async function moduleOf(source: string): Promise<View> {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    const { default: view } = (await import(url)) as { default: View | (() => View | Promise<View>) };
    return typeof view === "function" ? await view() : view;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** A part of the page, and what brings it to life: called once, however often it is asked for. */
export interface Place {
  readonly element: HTMLElement;
  readonly fill: () => Promise<unknown>;
}

/**
 * Fills every place before it is seen: when it is less than a screen away, when the focus or a link goes there (with
 * all those before it, so that nothing moves afterwards), for printing, and one after another while nothing else is
 * to be done.
 */
export function fillAhead(places: readonly Place[]): void {
  const near = new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        void places.find(({ element }) => element === target)?.fill();
      }
    },
    { rootMargin: "100% 0px" },
  );
  for (const { element, fill } of places) {
    near.observe(element);
    element.addEventListener("focusin", () => void fill(), { once: true });
  }
  const all = (upTo = places.length): Promise<unknown> => Promise.all(places.slice(0, upTo).map(({ fill }) => fill()));
  const jump = async (): Promise<void> => {
    const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    const last = places.findIndex(({ element }) => target !== null && (element === target || element.contains(target)));
    if (last < 0) return;
    await all(last + 1);
    target!.scrollIntoView();
  };
  addEventListener("hashchange", () => void jump());
  addEventListener("beforeprint", () => void all());
  void jump();
  void whenIdle(places);
}

async function whenIdle(places: readonly Place[]): Promise<void> {
  for (const { fill } of places) {
    await new Promise<void>((done) => {
      if ("requestIdleCallback" in window) requestIdleCallback(() => done(), { timeout: 400 });
      else setTimeout(done, 200);
    });
    await fill();
  }
}

/** A function that does its work once and gives every caller the same result. */
export function once<T>(work: () => T): () => T {
  let kept: { value: T } | undefined;
  return () => (kept ??= { value: work() }).value;
}
