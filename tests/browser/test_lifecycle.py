"""Several views of one model, and a clean-up that leaves nothing running."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from cnnwidgets import CorrelationExplorer
from tests.browser.views import left_behind, open_widget


def open_views(page: Page, count: int) -> None:
    open_widget(page, "correlation_explorer", CorrelationExplorer(), count)


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
    left = left_behind(page)
    expect(views).to_have_count(0)
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
