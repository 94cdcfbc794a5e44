"""Opens views of one widget on an empty page, with a model that a test can look into and set traits of."""

from __future__ import annotations

import base64
import json
from typing import Any

from playwright.sync_api import Locator, Page

from cnnwidgets.widgets.base import Explorer, bundle
from tests.browser.test_lifecycle import COUNTING, MODEL

TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
LEFT = f"""async () => {{
  await ({TWO_FRAMES})();
  return {{ timers: live.timers.size, frames: live.frames.size, observers: live.observers.size,
           listeners: live.listeners.size, model: shared.listening() }};
}}"""

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


def plain(value: Any) -> Any:
    """A trait's value as JSON; bytes, which Jupyter sends as they are, in base64."""
    if isinstance(value, bytes | memoryview):
        return {"bytes": base64.b64encode(value).decode()}
    return json.loads(json.dumps(value))


def open_widget(
    page: Page, name: str, widget: Explorer, count: int = 1, background: str = "#fff", address: str = "about:blank"
) -> None:
    """Shows `count` views of one model with the widget's state, the last of several inside a shadow root.

    The model is `shared` on the page: ``shared.set(name, value)`` is what Python would do.
    """
    # anywidget gives every instance a class of its own; the widget's is the one that names its bundle.
    kind = next(each for each in type(widget).__mro__ if isinstance(each.__dict__.get("_esm"), str))
    state = widget.get_state(list(kind.class_own_traits(sync=True)))
    page.add_init_script(COUNTING + MODEL + REVIVED)
    page.goto(address)
    page.set_content(f"<!doctype html><style>body{{background:{background}}}</style><main></main>")
    page.add_style_tag(content=bundle(f"{name}.css"))
    values = {trait: plain(value) for trait, value in state.items()}
    page.evaluate(OPEN, [bundle(f"{name}.js"), bundle(f"{name}.css"), values, count])


def set_trait(page: Page, name: str, value: Any) -> None:
    """Sets a trait of the shared model, as Python does."""
    page.evaluate("([name, value]) => shared.set(name, revived(value))", [name, plain(value)])


def left_behind(page: Page) -> dict[str, int]:
    """Cleans up every view and counts what is still there."""
    page.evaluate("for (const cleanup of cleanups) cleanup()")
    found: dict[str, int] = page.evaluate(LEFT)
    return found


def shown(cells: Locator) -> list[str]:
    """The texts of cells, without the space around them, once the frames have been drawn that are due."""
    cells.page.evaluate(TWO_FRAMES)
    return [text.strip() for text in cells.all_inner_texts()]
