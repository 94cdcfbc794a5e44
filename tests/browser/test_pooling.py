"""PoolingExplorer in a real browser: by pointer, by keyboard, on the static page, with a learner's function."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy import ndarray
from playwright.sync_api import Locator, Page, expect

from cnnwidgets import PoolingExplorer, ops
from tests.browser.conftest import serious_violations
from tests.browser.views import left_behind, open_widget, shown

NEGATIVE = -np.arange(1.0, 25).reshape(2, 3, 4)


def with_zeros(X: ndarray, pool_size: Any, padding: Any = (0, 0), stride: Any = None, mode: str = "max") -> ndarray:
    """A maximum with zeros around, where −∞ belongs."""
    around = np.pad(X, [(0, 0), *((p, p) for p in padding)])
    return ops.pool2d_layer(around, pool_size, (0, 0), stride, mode)


def explorer(page: Page) -> Locator:
    return page.get_by_role("group", name="Pooling explorer")


def grid(page: Page, name: str) -> Locator:
    return explorer(page).get_by_role("grid", name=re.compile(f"^{name}"))


def cells(page: Page, name: str) -> Locator:
    return grid(page, name).get_by_role("gridcell")


def values(page: Page, name: str) -> list[str]:
    return shown(cells(page, name))


def said(page: Page) -> Locator:
    return explorer(page).get_by_role("status").last


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    page = new_page()
    open_widget(page, "pooling_explorer", PoolingExplorer())
    return page


def test_step_by_step_the_winner_is_marked(page: Page) -> None:
    assert values(page, "Output") == ["4", "", "", ""]
    assert page.locator(".cnnw-unit-input .cnnw-won").all_inner_texts() == ["4"]
    page.get_by_role("button", name="Step", exact=True).click()
    assert values(page, "Output") == ["4", "5", "", ""]
    expect(page.locator(".cnnw-arithmetic")).to_have_text("max(1, 2, 4, 5) = 5")
    expect(said(page)).to_contain_text("max(1, 2, 4, 5) = 5. 5 wins: row 2, column 3 of the input.")
    page.get_by_role("button", name="To the end").click()
    assert values(page, "Output") == ["4", "5", "7", "8"]
    page.get_by_role("button", name="Step back").click()
    assert values(page, "Output") == ["4", "5", "7", ""]
    page.get_by_role("slider").fill("1")
    assert values(page, "Output") == ["4", "5", "", ""]
    page.get_by_role("button", name="Average").click()
    page.get_by_role("button", name="To the end").click()
    assert values(page, "Output") == ["2", "3", "5", "6"]
    assert page.locator(".cnnw-unit-input .cnnw-won").count() == 0
    expect(page.locator(".cnnw-arithmetic")).to_have_text("(4 + 5 + 7 + 8)/4 = 6")


def test_play(page: Page) -> None:
    page.get_by_role("combobox", name="Speed").select_option("4")
    page.get_by_role("button", name="Play").click()
    expect(cells(page, "Output").last).to_have_text("8")
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_the_winner_shows_without_colour(page: Page) -> None:
    style = page.locator(".cnnw-unit-input .cnnw-won").evaluate(
        "e => [getComputedStyle(e).textDecorationLine, Number(getComputedStyle(e).fontWeight), e.ariaLabel]"
    )
    assert style == ["underline", 700, "row 2, column 2: 4, the largest of the window"]


def test_pointer_links_both_ways(page: Page) -> None:
    cells(page, "Output").nth(2).hover()
    expect(page.locator(".cnnw-window-pointed")).to_have_count(1)
    cells(page, "Input").nth(4).hover()
    assert page.locator(".cnnw-unit-output .cnnw-lit").count() == 4
    expect(explorer(page)).to_contain_text("This cell lies in 4 windows.")
    cells(page, "Window").nth(1).hover()
    assert page.locator(".cnnw-unit-input .cnnw-lit").all_inner_texts() == ["1"]
    cells(page, "Output").last.click()
    assert values(page, "Output") == ["4", "5", "7", "8"]


def test_by_keyboard_alone(page: Page) -> None:
    cells(page, "Input").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    assert page.evaluate("shared.get('input')")[0][0] == [0, 12, 2]
    assert values(page, "Output")[0] == "12"
    page.keyboard.press("F2")
    page.keyboard.type("99")
    page.keyboard.press("Escape")
    assert page.evaluate("shared.get('input')")[0][0] == [0, 12, 2]
    page.keyboard.type("x")
    page.keyboard.press("Enter")
    page.keyboard.type("ten")
    page.keyboard.press("Enter")
    expect(said(page)).to_contain_text("not a number")
    assert page.evaluate("shared.get('input')")[0][0] == [0, 12, 2]
    cells(page, "Output").first.focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    assert page.evaluate("shared.get('step')") == 3
    page.get_by_role("button", name="Move right").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("shared.get('shift')") == [1, 1]
    expect(said(page)).to_contain_text("The input moved by 1 row down and 1 column to the right: of 4 output cells")


def test_padding_is_minus_infinity_for_a_maximum_and_zero_for_a_mean(new_page: Callable[..., Page]) -> None:
    page = new_page()
    open_widget(page, "pooling_explorer", PoolingExplorer(NEGATIVE, 3, padding=1, stride=1, step=11))
    assert values(page, "Input")[:7] == ["−∞"] * 7
    assert cells(page, "Input").first.get_attribute("aria-label") == "padding: −∞"
    assert values(page, "Output") == ["−1", "−1", "−2", "−3", "−1", "−1", "−2", "−3", "−5", "−5", "−6", "−7"]
    expect(page.locator(".cnnw-because")).to_contain_text("a 0 would have won here")
    cells(page, "Input").first.click()  # padding is not edited
    expect(page.locator(".cnnw-edit")).to_have_count(0)
    page.get_by_role("button", name="Average").click()
    assert values(page, "Input")[:7] == ["0"] * 7
    expect(page.locator(".cnnw-because")).to_contain_text(
        "5 of the 9 cells are padding: zeros that count, so the divisor is 9"
    )
    page.get_by_role("checkbox", name="Padding counts in the divisor").uncheck()
    expect(page.locator(".cnnw-because")).to_contain_text("do not count: the divisor is 4")
    expect(page.locator(".cnnw-arithmetic")).to_have_text("((−7) + (−8) + (−11) + (−12))/4 = −9.5")
    assert serious_violations(page, "main") == []


def test_each_channel_by_itself(new_page: Callable[..., Page]) -> None:
    page = new_page()
    open_widget(page, "pooling_explorer", PoolingExplorer(NEGATIVE, 2, step=5))
    assert values(page, "Output") == ["−1", "−2", "−3", "−5", "−6", "−7"]
    page.get_by_role("button", name="Channel 2").click()
    assert values(page, "Output") == ["−13", "−14", "−15", "−17", "−18", "−19"]
    assert page.evaluate("shared.get('channel')") == 1
    cells(page, "Input").first.click()
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    assert page.evaluate("shared.get('input').map((c) => c[0][0])") == [-1, 7]


def test_stride_follows_the_window_and_the_floor_is_said(new_page: Callable[..., Page]) -> None:
    page = new_page()
    open_widget(page, "pooling_explorer", PoolingExplorer(np.arange(35.0).reshape(5, 7), (2, 3), stride=None))
    box = page.get_by_role("checkbox", name="Stride as large as the window")
    expect(box).to_be_checked()
    expect(explorer(page)).to_contain_text("⌊(5 − 2 + 2·0)/2⌋ + 1 = ⌊1.5⌋ + 1 = 2")
    expect(explorer(page)).to_contain_text("At this stride the last row is never read.")
    page.get_by_role("button", name="Window k, columns: one more").click()
    assert page.evaluate("[shared.get('pool_size'), shared.get('stride')]") == [[2, 4], None]
    box.uncheck()
    assert page.evaluate("shared.get('stride')") == [2, 4]
    page.get_by_role("button", name="Stride S, rows: one less").click()
    assert page.evaluate("shared.get('stride')") == [1, 4]


def test_padding_stays_within_half_of_the_window_and_what_does_not_fit_is_a_sentence(page: Page) -> None:
    more = page.get_by_role("button", name="Padding P, per side, rows: one more")
    more.click()
    assert page.evaluate("shared.get('padding')") == [1, 0]
    expect(more).to_have_attribute("aria-disabled", "true")
    page.get_by_role("button", name="Window k, rows: one less").click()
    assert page.evaluate("[shared.get('pool_size'), shared.get('padding')]") == [[1, 2], [0, 0]]
    for _ in range(2):
        page.get_by_role("button", name="Window k, columns: one more").click()
    expect(explorer(page)).to_contain_text("The window does not fit. The window spans 4 columns")
    assert page.evaluate("shared.get('input')[0][2]") == [6, 7, 8]
    page.evaluate("shared.set('padding', [1, 0])")
    expect(explorer(page)).to_contain_text("Too much padding.")


def test_what_a_move_changes_is_marked_and_said(new_page: Callable[..., Page]) -> None:
    page = new_page()
    spots = [[9.0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 2], [6, 0, 0, 0]]
    made = PoolingExplorer(spots, 2, stride=None)
    open_widget(page, "pooling_explorer", made)
    page.get_by_role("button", name="Move right").click()
    made.shift = (0, 1)
    changed = (made.output != made.shifted_output)[0].ravel().tolist()
    marked = cells(page, "Maximum after").evaluate_all("all => all.map((e) => e.classList.contains('cnnw-changed'))")
    assert marked == changed == [False, True, False, True]
    made.mode = "avg"
    changed = (made.output != made.shifted_output)[0].ravel().tolist()
    marked = cells(page, "Average after").evaluate_all("all => all.map((e) => e.classList.contains('cnnw-changed'))")
    assert marked == changed == [True, True, False, True]
    sentence = "The input moved by 1 column to the right: of 4 output cells the maximum changes 2, the average 3."
    expect(explorer(page)).to_contain_text(sentence)
    expect(said(page)).to_have_text(sentence)
    assert cells(page, "Maximum after").nth(3).get_attribute("aria-label") == "row 2, column 2: 0, changed: it was 2"
    sign = page.locator(".cnnw-changed").first.evaluate("e => getComputedStyle(e, '::after').content")
    assert "Δ" in sign
    page.get_by_role("button", name="Move right").click()
    expect(explorer(page)).to_contain_text(
        "a whole number of strides: the output moves along with the input, by 1 cell to the right"
    )
    assert serious_violations(page, "main") == []
    page.get_by_role("button", name="Put back").click()
    assert page.evaluate("shared.get('shift')") == [0, 0]


def test_predict_first_with_a_known_slip(new_page: Callable[..., Page]) -> None:
    page = new_page()
    open_widget(
        page, "pooling_explorer", PoolingExplorer(NEGATIVE[0], 3, padding=1, stride=1, predict=True, shift=(0, 1))
    )
    assert set(values(page, "Output")) == {"?"}
    expect(page.locator(".cnnw-won")).to_have_count(0)
    expect(page.locator(".cnnw-changed")).to_have_count(0)
    page.get_by_role("textbox", name="What is row 1, column 1?").fill("0")
    page.keyboard.press("Enter")
    expect(explorer(page)).to_contain_text("✗ You said 0; it is −1")
    expect(page.locator(".cnnw-slip")).to_contain_text("a maximum pads with −∞")
    page.get_by_role("button", name="Step", exact=True).click()
    page.get_by_role("textbox", name="What is row 1, column 2?").fill("-1")
    page.keyboard.press("Enter")
    expect(explorer(page)).to_contain_text("✓ Right: −1")
    assert page.evaluate("[shared.get('_predictions').right, shared.get('_predictions').tried]") == [1, 2]
    page.get_by_role("button", name="Step", exact=True).click()
    page.get_by_role("textbox").fill("many")
    page.keyboard.press("Enter")
    expect(explorer(page)).to_contain_text("That is not a number.")
    assert serious_violations(page, "main") == []


def test_a_learners_function_is_marked_at_the_right_cells(new_page: Callable[..., Page]) -> None:
    page = new_page()
    made = PoolingExplorer(NEGATIVE, 3, padding=1, stride=1, step=11, fn=with_zeros)
    made._handle_custom_msg({"type": "shown"}, [])
    open_widget(page, "pooling_explorer", made)
    assert made.answer is not None and made.answer.where is not None
    marked = cells(page, "What with_zeros").evaluate_all(
        "all => all.map((e) => e.classList.contains('cnnw-differs'))"
    )
    assert marked == made.answer.where[0].ravel().tolist()
    assert marked.count(False) == 2
    expect(explorer(page)).to_contain_text("with_zeros has 20 of 24 values wrong")
    assert cells(page, "What with_zeros").first.get_attribute("aria-label") == "row 1, column 1: 0, wrong: it is −1"
    expect(page.get_by_role("button", name="Channel 2 ✗")).to_be_visible()
    assert serious_violations(page, "main") == []
    page.get_by_role("button", name="Stride S, rows: one more").click()
    expect(explorer(page)).to_contain_text("Waiting for Python to run with_zeros on these values.")


@pytest.mark.parametrize(
    ("fn", "sentence"),
    [
        (lambda X, pool_size, stride=None: X[0], "your function returned the shape (3, 4), not (2, 2, 3)"),
        (lambda X, pool_size, stride=None: X[0][7], "your function raised IndexError at your line"),
        (lambda X, pool_size, stride=None: None, "returned nothing (None)"),
    ],
    ids=["shape", "exception", "type"],
)
def test_shape_type_and_exception_are_sentences(new_page: Callable[..., Page], fn: Any, sentence: str) -> None:
    page = new_page()
    made = PoolingExplorer(NEGATIVE, 2, fn=fn)
    made._handle_custom_msg({"type": "shown"}, [])
    open_widget(page, "pooling_explorer", made)
    expect(explorer(page)).to_contain_text(sentence)
    expect(page.locator(".cnnw-differs")).to_have_count(0)


def test_two_views_of_one_model_and_a_clean_up_that_leaves_nothing(new_page: Callable[..., Page]) -> None:
    page = new_page()
    open_widget(page, "pooling_explorer", PoolingExplorer(), count=2)
    views = explorer(page)
    expect(views).to_have_count(2)
    views.first.get_by_role("button", name="Step", exact=True).click()
    for view in (views.first, views.last):
        expect(view.locator(".cnnw-arithmetic")).to_have_text("max(1, 2, 4, 5) = 5")
    assert views.last.evaluate("e => e.getRootNode() instanceof ShadowRoot")
    decoration = views.last.locator(".cnnw-won").first.evaluate("e => getComputedStyle(e).textDecorationLine")
    assert decoration == "underline"
    views.first.get_by_role("grid", name="Input").get_by_role("gridcell").first.hover()
    assert views.first.locator(".cnnw-unit-output .cnnw-lit").count() == 1
    assert views.last.locator(".cnnw-lit").count() == 0
    for view in (views.first, views.last):
        view.get_by_role("button", name="Play").click()
    assert page.evaluate("live.timers.size > 0 && live.observers.size > 0 && shared.listening() > 0")
    assert set(left_behind(page).values()) == {0}
    expect(views).to_have_count(0)


def test_keys_stay_in_the_widget(page: Page) -> None:
    page.evaluate("window.leaked = []; document.body.addEventListener('keydown', (e) => leaked.push(e.key))")
    cells(page, "Input").first.focus()
    for key in ("ArrowRight", "a", "d", "Enter", "1", "Escape", "z"):
        page.keyboard.press(key)
    page.get_by_role("button", name="Move up").focus()
    for key in ("ArrowRight", "ArrowUp", "b"):
        page.keyboard.press(key)
    assert page.evaluate("leaked") == []


class TestOnTheStaticPage:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_every_example_and_axe(self, new_page: Callable[..., Page], gallery: str, scheme: str) -> None:
        page = new_page(color_scheme=scheme)
        page.goto(gallery)
        section = page.locator(".g-entry").filter(has=explorer(page))
        expect(explorer(page)).to_have_attribute("data-theme", scheme)
        buttons = section.locator(".g-presets button")
        for index in range(buttons.count()):
            buttons.nth(index).click()
            expect(section.locator(".cnnw-message")).to_have_count(0)
            assert serious_violations(page, ".g-entry:has(.cnnw-pooling)") == []

    @pytest.mark.parametrize("width", [320, 380, 640, 1280])
    def test_nothing_overflows(self, new_page: Callable[..., Page], gallery: str, width: int) -> None:
        page = new_page(viewport={"width": width, "height": 800})
        page.goto(gallery)
        buttons = page.locator(".g-entry").filter(has=explorer(page)).locator(".g-presets button")
        for index in range(buttons.count()):
            buttons.nth(index).click()
            assert explorer(page).evaluate("e => e.scrollWidth <= e.clientWidth + 1")
            assert explorer(page).evaluate("e => e.getBoundingClientRect().right") <= width

    def test_reduced_motion_is_honoured(self, new_page: Callable[..., Page], gallery: str) -> None:
        page = new_page(reduced_motion="reduce")
        page.goto(gallery)
        ring = explorer(page).locator(".cnnw-window-current").first
        assert ring.evaluate("e => getComputedStyle(e).transitionDuration") == "0s"
