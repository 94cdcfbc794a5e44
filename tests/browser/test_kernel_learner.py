"""KernelLearner in a browser: steps and scrubbing, rates, predictions, a learner's function, two views, clean-up."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest
from numpy import ndarray
from playwright.sync_api import Page, expect

from cnnwidgets import KernelLearner, ops
from tests.browser.conftest import serious_violations
from tests.browser.views import left_behind, open_widget, set_trait


def flipped(X: ndarray, Y: ndarray, kernel_size: tuple[int, int], steps: int, lr: float) -> ndarray:
    """Subtracts prediction and target in the wrong order, in one entry."""
    K = ops.learn_kernel(X, Y, kernel_size, steps, lr)
    K[0, 1] *= -1
    return K


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    page = new_page()
    open_widget(page, "kernel_learner", KernelLearner())
    return page


def numbers(page: Page, grid: str) -> list[str]:
    cells = page.get_by_role("grid", name=re.compile(f"^{grid}")).get_by_role("gridcell")
    return [text.strip() for text in cells.all_inner_texts()]


def test_steps_by_click(page: Page) -> None:
    assert numbers(page, "Kernel K") == ["0", "0"] and numbers(page, "Gradient") == ["−12", "12"]
    page.get_by_role("button", name="Step", exact=True).click()
    assert numbers(page, "Kernel K") == ["0.36", "−0.36"]
    expect(page.get_by_role("status")).to_contain_text("Step 1 of 40: loss 4.92, 12 before")
    page.get_by_role("button", name="To the end").click()
    assert numbers(page, "Kernel K") == ["1", "−1"]
    assert page.evaluate("shared.get('step')") == 40
    assert serious_violations(page, "main") == []


def test_the_curve_is_a_slider(page: Page) -> None:
    curve = page.get_by_role("slider", name="Loss at each step")
    curve.focus()
    for key, step in (("ArrowRight", 1), ("PageUp", 5), ("ArrowLeft", 4), ("End", 40), ("Home", 0)):
        page.keyboard.press(key)
        expect(curve).to_have_attribute("aria-valuenow", str(step))
        assert page.evaluate("shared.get('step')") == step
    expect(curve).to_have_attribute("aria-valuetext", "Start: loss 12")
    expect(curve).to_have_attribute(
        "aria-description", re.compile("^Loss on a logarithmic scale over 40 steps: from 12 to")
    )
    box = curve.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] - 20, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 80)
    page.mouse.up()
    assert 15 < page.evaluate("shared.get('step')") < 25


def test_the_arithmetic_of_an_entry(page: Page) -> None:
    page.get_by_role("grid", name=re.compile("^Gradient")).get_by_role("gridcell").nth(1).click()
    arithmetic = page.locator(".cnnw-arithmetic")
    expect(arithmetic).to_have_text("∂L/∂K[0, 1] = Σ 2·error × input = 2·(1×1 + 1×1 + 1×1 + 1×1 + 1×1 + 1×1) = 12")
    expect(page.locator(".cnnw-entry")).to_contain_text("K[0, 1] becomes 0 − 0.03 × 12 = −0.36")
    style = page.locator(".cnnw-unit-input .cnnw-window-current").get_attribute("style") or ""
    assert "--column: 1" in style and "--high: 6" in style and "--wide: 7" in style


def test_a_rate_that_diverges_is_reached_and_said(page: Page) -> None:
    page.get_by_role("button", name="Random start").click()
    rate = page.get_by_role("textbox", name="Learning rate")
    rate.fill("0,2")
    rate.press("Enter")
    panel = page.get_by_role("region", name="Learning rate")
    expect(panel).to_contain_text("Diverges.")
    expect(panel).to_contain_text("2/λmax = 2/60 ≈ 0.0333")
    expect(panel).to_contain_text(re.compile(r"The run ends after step \d+"))
    expect(page.get_by_role("status")).to_contain_text("This run diverges.")
    page.get_by_role("button", name="To the end").click()
    assert not any(re.search("NaN|∞", text) for text in numbers(page, "Kernel K"))
    slider = page.get_by_role("slider", name="Learning rate")
    slider.focus()
    page.keyboard.press("Home")
    expect(panel).to_contain_text("Converges.")
    rate.fill("fast")
    rate.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("“fast” is no rate")
    assert page.evaluate("shared.get('lr')") < 0.1


def test_predict_first(page: Page) -> None:
    page.get_by_role("switch", name="Predict first").focus()
    page.keyboard.press("Space")
    step = page.get_by_role("button", name="Step", exact=True)
    expect(step).to_have_attribute("aria-disabled", "true")
    assert numbers(page, "Gradient") == ["?", "?"]
    assert page.locator(".cnnw-outcome, .cnnw-zones").count() == 0
    page.get_by_role("button", name="Diverges").click()
    expect(page.get_by_role("status")).to_contain_text("✗ You said “diverges”; right is “converges”")
    question = page.get_by_role("group", name=re.compile("^The next step"))
    expect(question).to_contain_text("what does K[0, 0] do?")
    question.get_by_role("button", name="It grows").click()
    expect(page.locator(".cnnw-question .cnnw-guess")).to_have_text("✓ Right: it grows")
    assert numbers(page, "Gradient") == ["−12", "12"]
    expect(page.locator(".cnnw-tally")).to_have_text("1 of 2 right")
    step.click()
    expect(question).to_contain_text("what does K[0, 1] do?")
    assert numbers(page, "Gradient") == ["?", "?"]
    predictions = page.evaluate("shared.get('_predictions')")
    assert predictions["right"] == 1 and set(predictions["cells"]) == {"rate", "0"}
    assert serious_violations(page, "main") == []


def test_another_kernel_to_learn(page: Page) -> None:
    page.get_by_role("button", name="Sobel 3×3").click()
    expect(page.get_by_role("grid", name="Kernel K now, 3 × 3")).to_be_visible()
    page.get_by_role("grid", name="True kernel, 3 × 3").get_by_role("gridcell").first.click()
    page.keyboard.type("-5")
    page.keyboard.press("Enter")
    assert page.evaluate("shared.get('target')[0][0]") == -5
    page.get_by_role("button", name="Kernel, columns: one less").click()
    assert page.evaluate("shared.get('target')") == [[-5, 0], [2, 0], [1, 0]]
    page.get_by_role("grid", name=re.compile("^Input X")).get_by_role("gridcell").first.click()
    page.keyboard.type("9999")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("nothing is changed")
    assert page.evaluate("shared.get('input')[0][0]") == 0


def test_a_learner_s_function_is_marked_where_it_is_wrong(new_page: Callable[..., Page]) -> None:
    learner = KernelLearner(fn=flipped, steps=200)
    learner._handle_custom_msg({"type": "shown"}, [])
    page = new_page()
    open_widget(page, "kernel_learner", learner)
    mine = page.get_by_role("region", name="What flipped learns")
    expect(mine).to_contain_text("flipped ends at most 2 from the true kernel")
    assert [cell.get_attribute("data-at") for cell in mine.locator(".cnnw-differs").all()] == ["0,1"]
    set_trait(page, "lr", 0.02)
    expect(mine).to_contain_text("Waiting for Python to run flipped")


def test_playing_two_views_and_clean_up(new_page: Callable[..., Page]) -> None:
    page = new_page()
    open_widget(page, "kernel_learner", KernelLearner(), count=2)
    views = page.get_by_role("group", name="Kernel learner")
    views.last.get_by_role("button", name="Step", exact=True).click()
    expect(views.first.get_by_role("slider", name="Loss at each step")).to_have_attribute("aria-valuenow", "1")
    views.first.get_by_role("combobox", name="Speed").select_option("4")
    views.first.get_by_role("button", name="Play").click()
    page.wait_for_function("shared.get('step') > 3")
    assert set(left_behind(page).values()) == {0}


@pytest.mark.parametrize("width", [320, 380, 700, 1200])
def test_nothing_overflows(new_page: Callable[..., Page], width: int) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    open_widget(page, "kernel_learner", KernelLearner(np.ones((16, 16)), np.ones((5, 5)), fn=flipped, lr=1e-4))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
