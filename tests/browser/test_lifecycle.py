"""Several views of one model, and a clean-up that leaves nothing running."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import Page, expect

from cnnwidgets import CorrelationExplorer
from cnnwidgets.widgets.base import bundle

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


def open_views(page: Page, count: int) -> None:
    """Loads the bundle and shows `count` views of one model, the last one inside a shadow root."""
    state = CorrelationExplorer().get_state(list(CorrelationExplorer.class_own_traits(sync=True)))
    page.add_init_script(COUNTING + MODEL)
    page.goto("about:blank")
    page.set_content("<style>body{background:#fff}</style><main></main>")
    page.add_style_tag(content=bundle("correlation_explorer.css"))
    page.evaluate(
        """async ([source, css, state, count]) => {
          const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
          const widget = (await import(url)).default;
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
        }""",
        [bundle("correlation_explorer.js"), bundle("correlation_explorer.css"), json.loads(json.dumps(state)), count],
    )


def test_views_share_the_model_and_keep_their_own_pointer(new_page: Callable[..., Page]) -> None:
    page = new_page()
    open_views(page, 2)
    views = page.get_by_role("group", name="Correlation explorer")
    expect(views).to_have_count(2)
    views.first.get_by_role("button", name="Step", exact=True).click()
    for view in (views.first, views.last):
        expect(view.locator(".cnnw-arithmetic")).to_have_text("1×0 + 2×1 + 4×2 + 5×3 = 25")
    views.last.get_by_role("button", name="To the end").click()
    expect(views.first.locator(".cnnw-arithmetic")).to_have_text("4×0 + 5×1 + 7×2 + 8×3 = 43")
    views.first.get_by_role("grid", name="Input").get_by_role("gridcell").first.hover()
    assert views.first.locator(".cnnw-unit-output .cnnw-lit").count() == 1
    assert views.last.locator(".cnnw-unit-output .cnnw-lit").count() == 0


def test_a_shadow_root_is_styled(new_page: Callable[..., Page]) -> None:
    page = new_page()
    open_views(page, 2)
    shaded = page.get_by_role("group", name="Correlation explorer").last
    assert shaded.evaluate("e => e.getRootNode() instanceof ShadowRoot")
    assert shaded.evaluate("e => getComputedStyle(e).borderRadius") == "14px"


def test_clean_up_leaves_nothing(new_page: Callable[..., Page]) -> None:
    page = new_page()
    open_views(page, 2)
    views = page.get_by_role("group", name="Correlation explorer")
    for view in (views.first, views.last):
        view.get_by_role("button", name="Play").click()
    views.first.get_by_role("button", name="Pause").or_(views.first.get_by_role("button", name="Play")).hover()
    taken = page.evaluate("[live.timers.size, live.observers.size, live.listeners.size, shared.listening()]")
    assert all(taken), "the count sees what the widget takes while it is on show"
    page.evaluate("for (const cleanup of cleanups) cleanup()")
    expect(views).to_have_count(0)
    left = page.evaluate(
        """async () => {
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
          return { timers: live.timers.size, frames: live.frames.size, observers: live.observers.size,
                   listeners: live.listeners.size, model: shared.listening() };
        }"""
    )
    assert left == {"timers": 0, "frames": 0, "observers": 0, "listeners": 0, "model": 0}


def test_keys_stay_in_the_widget(new_page: Callable[..., Page]) -> None:
    page = new_page()
    open_views(page, 1)
    page.evaluate("window.leaked = []; document.body.addEventListener('keydown', (e) => leaked.push(e.key))")
    assert page.locator("[data-lm-suppress-shortcuts='true']").count() == 1
    page.get_by_role("grid", name="Input").get_by_role("gridcell").first.focus()
    for key in ("ArrowRight", "a", "b", "d", "Enter", "1", "Escape", "z"):
        page.keyboard.press(key)
    assert page.evaluate("leaked") == []


def test_changes_reach_python_once_things_are_quiet(new_page: Callable[..., Page]) -> None:
    page = new_page()
    open_views(page, 1)
    assert page.evaluate("shared.sent") == [{"type": "shown"}]
    for _ in range(3):
        page.get_by_role("button", name="Step", exact=True).click()
    page.wait_for_function("shared.saves > 0")
    assert page.evaluate("shared.get('step')") == 3
