"""Opens views of one widget on an empty page, with a model that a test can look into and set traits of."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Locator, Page

from cnnwidgets.widgets.base import Explorer, bundle
from cnnwidgets.widgets.live import as_json, live_state

TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
LEFT = f"""async () => {{
  await ({TWO_FRAMES})();
  return {{ timers: live.timers.size, frames: live.frames.size, observers: live.observers.size,
           listeners: live.listeners.size, model: shared.listening() }};
}}"""

# Counts what the bundle (a module from a blob) takes and does not give back. What the test's own driver
# adds to the page is not counted.
COUNTING = """
window.live = { timers: new Set(), frames: new Set(), observers: new Set(), listeners: new Map() };
const ours = () => new Error().stack.includes("blob:");
for (const [set, clear] of [["setTimeout", "clearTimeout"], ["setInterval", "clearInterval"]]) {
  const [was, off] = [window[set], window[clear]];
  window[set] = (fn, ...rest) => {
    const id = was(() => { if (set === "setTimeout") live.timers.delete(id); fn(); }, ...rest);
    if (ours()) live.timers.add(id);
    return id;
  };
  window[clear] = (id) => { live.timers.delete(id); off(id); };
}
const frame = window.requestAnimationFrame, drop = window.cancelAnimationFrame;
window.requestAnimationFrame = (fn) => {
  const id = frame((t) => { live.frames.delete(id); fn(t); });
  if (ours()) live.frames.add(id);
  return id;
};
window.cancelAnimationFrame = (id) => { live.frames.delete(id); drop(id); };
for (const name of ["MutationObserver", "ResizeObserver", "IntersectionObserver"]) {
  const Was = window[name];
  window[name] = class extends Was {
    observe(...all) { if (ours()) live.observers.add(this); super.observe(...all); }
    disconnect() { live.observers.delete(this); super.disconnect(); }
  };
}
for (const target of [window, document, MediaQueryList.prototype]) {
  const [add, remove] = [target.addEventListener, target.removeEventListener];
  target.addEventListener = function (type, fn, ...rest) {
    if (ours()) live.listeners.set(fn, type);
    return add.call(this, type, fn, ...rest);
  };
  target.removeEventListener = function (type, fn, ...rest) {
    live.listeners.delete(fn);
    return remove.call(this, type, fn, ...rest);
  };
}
"""

MODEL = """
window.model = (state) => {
  const listeners = new Map();
  const on = (event) => listeners.get(event) ?? listeners.set(event, new Set()).get(event);
  return {
    sent: [], saves: 0,
    get: (name) => state[name],
    set(name, value) { state[name] = value; for (const fn of [...on(`change:${name}`)]) fn(); },
    save_changes() { this.saves++; },
    on: (event, fn) => on(event).add(fn),
    off: (event, fn) => on(event).delete(fn),
    send(content) { this.sent.push(content); },
    listening: () => [...listeners.values()].reduce((n, s) => n + s.size, 0),
  };
};
"""

OPEN = """async ([source, css, state, count]) => {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const widget = (await import(url)).default;
  for (const [name, value] of Object.entries(state)) state[name] = revived(value);
  window.shared = model(state);
  window.cleanups = [];
  for (let i = 0; i < count; i++) {
    const place = document.createElement("div");
    document.querySelector("main").append(place);
    let root = place;
    if (i > 0 && i === count - 1) {
      const shadow = place.attachShadow({ mode: "open" });
      const style = document.createElement("style");
      style.textContent = css;
      root = document.createElement("div");
      shadow.append(style, root);
    }
    cleanups.push(await widget.render({ model: shared, el: root }));
  }
}"""

REVIVED = """
window.revived = (value) => {
  if (!value || value.bytes === undefined) return value;
  return new DataView(Uint8Array.from(atob(value.bytes), (c) => c.charCodeAt(0)).buffer);
};
"""


def open_widget(
    page: Page, name: str, widget: Explorer, count: int = 1, background: str = "#fff", address: str = "about:blank"
) -> None:
    """Shows `count` views of one model with the widget's state; see `open_state`."""
    open_state(page, name, live_state(widget), count, background, address)


def open_state(
    page: Page,
    name: str,
    state: dict[str, Any],
    count: int = 1,
    background: str = "#fff",
    address: str = "about:blank",
) -> None:
    """Shows `count` views of one model of the bundle `name`, the last of several inside a shadow root.

    The model is `shared` on the page: ``shared.set(name, value)`` is what Python would do.
    """
    page.add_init_script(COUNTING + MODEL + REVIVED)
    page.goto(address)
    page.set_content(f"<!doctype html><style>body{{background:{background}}}</style><main></main>")
    page.add_style_tag(content=bundle(f"{name}.css"))
    page.evaluate(OPEN, [bundle(f"{name}.js"), bundle(f"{name}.css"), json.loads(as_json(state)), count])


def set_trait(page: Page, name: str, value: Any) -> None:
    """Sets a trait of the shared model, as Python does."""
    page.evaluate("([name, value]) => shared.set(name, revived(value))", [name, json.loads(as_json(value))])


def left_behind(page: Page) -> dict[str, int]:
    """Cleans up every view and counts what is still there."""
    page.evaluate("for (const cleanup of cleanups) cleanup()")
    found: dict[str, int] = page.evaluate(LEFT)
    return found


def shown(cells: Locator) -> list[str]:
    """The texts of cells, without the space around them, once the frames have been drawn that are due."""
    cells.page.evaluate(TWO_FRAMES)
    return [text.strip() for text in cells.all_inner_texts()]
