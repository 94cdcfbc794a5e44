"""What is asked of every widget of the gallery: themes, sizes, views, keys, words, and a clean-up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.actions import ACTIONS, NAMES, entry_of
from tests.browser.conftest import serious_violations
from tests.browser.views import left_behind, open_state

BACKGROUNDS = {"light": "#ffffff", "dark": "#111518"}
TEXT = "root => [...root.children].filter((e) => !e.matches('.cnnw-said')).map((e) => e.innerText).join('\\n')"
every_widget = pytest.mark.parametrize("name", NAMES)


def show(page: Page, name: str, count: int = 1, theme: str = "light") -> list[Locator]:
    """Shows views of the widget as the gallery starts it, the last of several in a shadow root; gives their roots."""
    entry = entry_of(name)
    open_state(page, entry.bundle, entry.state, count, BACKGROUNDS[theme])
    roots = page.locator(".cnnw-root")
    expect(roots).to_have_count(count)
    return roots.all()


def step(root: Locator, name: str) -> None:
    action = ACTIONS[entry_of(name).bundle]
    place = root.locator(action.at).first
    place.focus()
    place.press(action.key)


@every_widget
@pytest.mark.parametrize("theme", BACKGROUNDS)
def test_it_follows_the_theme_and_axe_finds_nothing_serious(
    new_page: Callable[..., Page], name: str, theme: str
) -> None:
    page = new_page()
    root = show(page, name, theme=theme)[0]
    assert root.get_attribute("data-theme") == theme
    assert serious_violations(page, "main") == []
    step(root, name)
    assert serious_violations(page, "main") == []


@every_widget
@pytest.mark.parametrize(("width", "scale"), [(380, 3), (640, 2), (1920, 1)], ids=["phone", "zoomed", "projector"])
def test_nothing_overflows(new_page: Callable[..., Page], name: str, width: int, scale: int) -> None:
    """A laptop's 1280 pixels at 200 % are 640."""
    page = new_page(viewport={"width": width, "height": 500}, device_scale_factor=scale)
    root = show(page, name)[0]
    for _ in range(2):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert root.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
        step(root, name)


@every_widget
def test_two_views_stay_in_step_one_in_a_shadow_root(new_page: Callable[..., Page], name: str) -> None:
    page = new_page()
    first, second = show(page, name, count=2)
    assert second.evaluate("e => e.getRootNode() instanceof ShadowRoot")
    looks = "e => { const s = getComputedStyle(e); return [s.borderRadius, s.padding, s.color, s.backgroundColor]; }"
    assert second.evaluate(looks) == first.evaluate(looks)
    if not ACTIONS[entry_of(name).bundle].shared:
        assert second.evaluate(TEXT) == first.evaluate(TEXT)
        return
    before = second.evaluate(TEXT)
    step(first, name)
    page.wait_for_function(
        f"([a, b, was]) => {{ const text = {TEXT}; return text(a) === text(b) && text(b) !== was; }}",
        arg=[first.element_handle(), second.element_handle(), before],
    )
    once = second.evaluate(TEXT)
    step(second, name)
    page.wait_for_function(
        f"([a, b, was]) => {{ const text = {TEXT}; return text(a) === text(b) && text(b) !== was; }}",
        arg=[first.element_handle(), second.element_handle(), once],
    )


@every_widget
def test_clean_up_leaves_nothing(new_page: Callable[..., Page], name: str) -> None:
    page = new_page()
    roots = show(page, name, count=2)
    for root in roots:
        root.locator(ACTIONS[entry_of(name).bundle].hover or ":scope").first.hover()
        step(root, name)
        for play in root.get_by_role("button", name="Play", exact=True).all():
            play.click()
    assert page.evaluate("live.observers.size") > 0, "the count sees what the widget takes while it is on show"
    assert page.evaluate("shared.listening()") > 0
    gone = left_behind(page)
    assert gone == {"timers": 0, "frames": 0, "observers": 0, "listeners": 0, "model": 0}
    expect(page.locator(".cnnw-root")).to_have_count(0)


@every_widget
def test_a_step_by_keyboard_is_said_and_no_key_leaks(new_page: Callable[..., Page], name: str) -> None:
    page = new_page()
    root = show(page, name)[0]
    page.evaluate("window.leaked = []; document.body.addEventListener('keydown', (e) => leaked.push(e.key))")
    said = root.locator(".cnnw-said[role=status][aria-live=polite]")
    expect(said).to_have_count(1)
    expect(said).to_have_text("")  # nothing is said before anything is done
    step(root, name)
    expect(said).not_to_have_text("")
    for key in ("a", "b", "d", "z", "1", "Escape", "ArrowDown"):
        page.keyboard.press(key)
    assert page.evaluate("leaked") == []
    # Jupyter looks for this on the focused element itself, as well as above it.
    assert root.get_attribute("data-lm-suppress-shortcuts") == "true"
    assert root.locator(":focus").get_attribute("data-lm-suppress-shortcuts") == "true"


@every_widget
def test_reduced_motion_and_rest(new_page: Callable[..., Page], name: str) -> None:
    page = new_page(reduced_motion="reduce")
    root = show(page, name)[0]
    before = root.evaluate(TEXT)
    step(root, name)
    assert (
        root.evaluate("e => e.getAnimations({ subtree: true }).filter((a) => a.playState === 'running').length") == 0
    )
    after = root.evaluate(TEXT)
    page.wait_for_timeout(300)
    assert root.evaluate(TEXT) == after != before  # a step is one step: nothing plays by itself
    assert root.evaluate("e => e.getAnimations({ subtree: true }).length") == 0
