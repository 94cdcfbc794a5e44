"""TrainingMonitor in a browser: the recorded run, Stop, curves by keyboard, two views, clean-up."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cnnwidgets import TrainingMonitor
from cnnwidgets.widgets.gallery.training_monitor import replayed
from tests.browser.conftest import serious_violations
from tests.browser.views import left_behind, open_widget, set_trait


def monitor(**changes: object) -> TrainingMonitor:
    """One that was told the recorded run."""
    made = TrainingMonitor()
    for name, value in {**replayed(), **changes}.items():
        setattr(made, name, value)
    return made


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    page = new_page()
    open_widget(page, "training_monitor", monitor(_status="running", _ended=""))
    return page


def test_what_it_shows(page: Page) -> None:
    state = replayed()
    view = page.get_by_role("group", name="Training monitor")
    expect(view).to_contain_text("Running")
    expect(view.locator(".cnnw-figures")).to_contain_text("8 of 8")
    expect(view.locator(".cnnw-figures")).to_contain_text(state["_now"]["device"])
    expect(view.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "100")
    expect(view.get_by_role("img", name=re.compile("^Filter "))).to_have_count(6)
    grid = view.get_by_role("grid", name="Confusions, 10 × 10")
    largest = max(state["_confusion"][i][j] for i in range(10) for j in range(10) if i != j)
    expect(view.locator(".cnnw-confusion li").first).to_contain_text(f", {largest} times")
    grid.get_by_role("gridcell").first.focus()
    page.keyboard.press("ArrowRight")
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused == f"T-shirt taken for trouser: {state['_confusion'][0][1]}"
    assert serious_violations(page, "main") == []


def test_stop_asks_once_and_says_so(page: Page) -> None:
    button = page.get_by_role("button", name="Stop")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_text(re.compile("Stopping…"))
    button.click(force=True)
    assert page.evaluate("shared.sent") == [{"type": "shown"}, {"type": "stop"}]
    expect(page.get_by_role("status")).to_contain_text("Stopping after this step")
    set_trait(page, "_ended", "stopped")
    set_trait(page, "_status", "ended")
    expect(page.locator(".cnnw-status")).to_contain_text("Stopped")
    expect(button).to_have_count(0)
    expect(page.get_by_role("status")).to_contain_text("Most often: ")


def test_the_curves_by_keyboard(page: Page) -> None:
    curve = replayed()["_curve"]
    loss = page.get_by_role("slider", name="Loss")
    loss.focus()
    page.keyboard.press("Home")
    expect(loss).to_have_attribute("aria-valuenow", "0")
    expect(loss).to_have_attribute("aria-valuetext", re.compile(f"after {curve['examples'][0]} examples$"))
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("status")).to_contain_text(f"after {curve['examples'][1]} examples.")
    accuracy = page.get_by_role("slider", name="Accuracy")
    expect(accuracy).to_have_attribute("aria-valuemax", "7")
    accuracy.focus()
    page.keyboard.press("ArrowLeft")
    expect(accuracy).to_have_attribute("aria-valuenow", "6")
    expect(accuracy).to_have_attribute(
        "aria-description", re.compile(r"^Accuracy over 16.000 examples: from 28\.6% to")
    )


def test_it_follows_the_run_until_a_point_is_kept(page: Page) -> None:
    loss = page.get_by_role("slider", name="Loss")

    def told(count: int) -> None:
        curve = {"examples": [100 * k for k in range(1, count + 1)], "loss": [3 / k for k in range(1, count + 1)]}
        set_trait(page, "_curve", {**curve, "accuracy": [None] * count})

    told(5)
    expect(loss).to_have_attribute("aria-valuenow", "4")
    told(6)
    expect(loss).to_have_attribute("aria-valuenow", "5")
    loss.focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    told(9)
    expect(loss).to_have_attribute("aria-valuenow", "2")
    page.keyboard.press("End")
    told(10)
    expect(loss).to_have_attribute("aria-valuenow", "9")
    expect(page.get_by_role("slider", name="Accuracy")).to_have_attribute("aria-valuetext", "nothing measured yet")


def test_before_the_first_step(new_page: Callable[..., Page]) -> None:
    page = new_page()
    open_widget(page, "training_monitor", TrainingMonitor())
    expect(page.locator(".cnnw-status")).to_contain_text("Waiting for the first step")
    expect(page.get_by_role("button", name="Stop")).to_have_attribute("aria-disabled", "true")
    page.get_by_role("button", name="Stop").click(force=True)
    assert page.evaluate("shared.sent") == [{"type": "shown"}]
    assert serious_violations(page, "main") == []


def test_two_views_and_clean_up(new_page: Callable[..., Page]) -> None:
    page = new_page()
    open_widget(page, "training_monitor", monitor(), count=2)
    views = page.get_by_role("group", name="Training monitor")
    views.first.get_by_role("slider", name="Loss").focus()
    page.keyboard.press("Home")
    expect(views.first.get_by_role("slider", name="Loss")).to_have_attribute("aria-valuenow", "0")
    expect(views.last.get_by_role("slider", name="Loss")).not_to_have_attribute("aria-valuenow", "0")
    set_trait(page, "_ended", "no longer getting better")
    for view in (views.first, views.last):
        expect(view.locator(".cnnw-status")).to_contain_text("No longer getting better")
    assert set(left_behind(page).values()) == {0}


@pytest.mark.parametrize("width", [320, 380, 700, 1200])
def test_nothing_overflows(new_page: Callable[..., Page], width: int) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    open_widget(page, "training_monitor", monitor())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
