"""EquivarianceExplorer in a real Chromium: dragged, walked, predicted; and a learner's function beside the layers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from cnnwidgets import EquivarianceExplorer, ops
from cnnwidgets.widgets.equivariance.pictures import all_packed
from cnnwidgets.widgets.equivariance.rungs import OPS
from tests.browser.conftest import serious_violations
from tests.browser.views import left_behind, open_widget, set_trait

NAMES = {
    "valid": "Correlation, no padding",
    "same": "Correlation, zeros around",
    "stride": "Correlation, stride 2",
    "pool": "Max pooling, 2×2",
    "dense": "Dense layer",
}


def show(page: Page, count: int = 1, background: str = "#fff", **traits: Any) -> EquivarianceExplorer:
    widget = EquivarianceExplorer(**traits)
    widget._pictures = all_packed()
    open_widget(page, "equivariance_explorer", widget, count, background)
    expect(explorer(page)).to_have_count(count)
    return widget


def explorer(page: Page) -> Locator:
    return page.get_by_role("group", name="Equivariance explorer")


def stage(page: Page) -> Locator:
    return page.get_by_role("application", name=re.compile("^Picture: "))


def rung(page: Page, op: str) -> Locator:
    return page.locator(".cnnw-rung").filter(has=page.get_by_text(NAMES[op]))


def verdicts(page: Page) -> list[str]:
    return page.locator(".cnnw-badge").all_inner_texts()


def expected(**traits: Any) -> list[str]:
    """What Python finds, in the words of the explorer."""
    found = [EquivarianceExplorer(**traits).comparison(op) for op in OPS]
    return [
        "✓ follows" if each.follows else f"✗ {each.differs.sum()} of {each.inside.sum()} places differ"
        for each in found
    ]


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()


@pytest.mark.parametrize("picture", ["ankle boot", "disc", "edges"])
@pytest.mark.parametrize("shift", [(0, 1), (2, -2), (-1, 3)])
def test_every_layer_is_judged_as_python_does(page: Page, picture: str, shift: tuple[int, int]) -> None:
    show(page, picture=picture, shift=shift)
    assert verdicts(page) == expected(picture=picture, shift=shift)


def test_before_the_picture_moves_nothing_is_judged(page: Page) -> None:
    show(page)
    assert set(verdicts(page)) == {"not moved yet"}
    expect(page.get_by_role("button", name="Put it back")).to_have_attribute("aria-disabled", "true")


def test_dragging_moves_the_picture_and_the_outputs_follow(page: Page) -> None:
    show(page)
    box = stage(page).bounding_box()
    assert box
    cell = box["width"] / 28
    page.mouse.move(box["x"] + 10 * cell, box["y"] + 10 * cell)
    page.mouse.down()
    page.mouse.move(box["x"] + 13 * cell, box["y"] + 9 * cell, steps=5)
    expect(rung(page, "stride")).to_contain_text("only shifts by multiples of 2 come through")
    assert page.evaluate("shared.get('shift')") == [-1, 3]
    assert verdicts(page) == expected(shift=(-1, 3))
    page.mouse.move(box["x"] + 14 * cell, box["y"] + 8 * cell)
    page.mouse.up()
    page.mouse.move(box["x"], box["y"])  # the button is up: it stays
    assert page.evaluate("shared.get('shift')") == [-2, 4]
    assert verdicts(page) == expected(shift=(-2, 4))
    expect(rung(page, "stride")).to_contain_text(
        "A shift by multiples of 2 comes through: the output moves by (−1, 2)."
    )
    page.get_by_role("button", name="Put it back").click()
    assert page.evaluate("shared.get('shift')") == [0, 0]


def test_the_picture_moves_no_further_than_half(page: Page) -> None:
    show(page, picture="edges")
    box = stage(page).bounding_box()
    assert box
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 900, box["y"] - 400)
    page.mouse.up()
    assert page.evaluate("shared.get('shift')") == [-3, 4]


def test_by_keyboard_every_move_is_said(page: Page) -> None:
    show(page, shift=(0, 0))
    said = explorer(page).get_by_role("status").last
    page.keyboard.press("Tab")  # the switch
    page.keyboard.press("Tab")
    expect(stage(page)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(said).to_contain_text("The picture is moved 1 right. Correlation, no padding: follows.")
    expect(said).to_contain_text(re.compile(r"Dense layer: \d+ of 756 places differ"))
    page.keyboard.press("Shift+ArrowUp")
    expect(said).to_contain_text("The picture is moved 2 up, 1 right.")
    assert page.evaluate("shared.get('shift')") == [-2, 1]
    page.keyboard.press("Home")
    expect(said).to_have_text("The picture is not moved.")
    page.get_by_label("Columns right", exact=True).fill("-4")
    expect(said).to_contain_text("The picture is moved 4 left.")


def test_keys_stay_in_the_widget(page: Page) -> None:
    show(page)
    page.evaluate("window.leaked = []; document.body.addEventListener('keydown', (e) => leaked.push(e.key))")
    stage(page).focus()
    for key in ("ArrowRight", "a", "b", "Home", "x", "Enter"):
        page.keyboard.press(key)
    assert page.evaluate("leaked") == []


def test_one_layer_is_looked_at_closely_number_by_number(page: Page) -> None:
    show(page, shift=(0, 1))
    page.get_by_role("button", name=re.compile("^Correlation, stride 2")).click()
    assert page.evaluate("shared.get('op')") == "stride"
    assert page.locator(".cnnw-rung[data-close='true']").count() == 1
    difference = page.get_by_role("application", name=re.compile("^Difference"))
    found = EquivarianceExplorer(shift=(0, 1)).comparison("stride")
    label = difference.get_attribute("aria-label") or ""
    assert f"not 0 at {found.differs.sum()} of {found.inside.sum()} places" in label
    difference.focus()
    page.keyboard.press("ArrowRight")  # comes to the first place
    readout = page.locator(".cnnw-readout")
    expect(readout).to_contain_text("Row 1, column 1: nothing of the unmoved picture's output has come here")
    row, column = (int(n) for n in np.argwhere(found.differs)[0])
    for _ in range(row):
        page.keyboard.press("ArrowDown")
    for _ in range(column):
        page.keyboard.press("ArrowRight")
    a, b = found.moved[row, column], found.given[row, column]
    said = f"Row {row + 1}, column {column + 1}: shift(op(X)) {a:g}, op(shift(X)) {b:g}: difference {b - a:g} ✗"
    expect(readout).to_have_text(said.replace("-", "−"))
    # Pointing at one map marks the place in all three.
    page.locator("[data-close='true'] .cnnw-plot").first.hover()
    assert page.locator("[data-close='true'] .cnnw-here").count() == 3


def test_differences_are_marked_by_more_than_colour(page: Page) -> None:
    show(page, picture="edges", kernel=[[1, -1]], shift=(0, 1), op="stride")
    dark = """(canvas, [row, column, rows, columns]) => {
      const [w, h] = [canvas.width / columns, canvas.height / rows];
      const [r, g, b] = canvas.getContext("2d").getImageData((column + 0.5) * w, (row + 0.5) * h, 1, 1).data;
      return r < 40 && g < 50 && b < 60;
    }"""
    canvas = page.locator("[data-close='true'] canvas").last
    found = EquivarianceExplorer("edges", [[1, -1]], shift=(0, 1)).comparison("stride")
    assert found.differs.any() and not found.differs.all()
    for (i, j), yes in np.ndenumerate(found.differs):
        if found.inside[i, j]:
            assert canvas.evaluate(dark, [i, j, *found.differs.shape]) == bool(yes), (i, j)


def test_predict_each_layer_before_it_is_shown(page: Page) -> None:
    show(page)
    page.get_by_role("switch", name="Predict first").check(force=True)
    expect(explorer(page)).to_contain_text("Move the picture, then say which layers follow. No guess yet.")
    stage(page).focus()
    page.keyboard.press("ArrowRight")
    questions = page.get_by_role("group", name=re.compile(": predict$"))
    expect(questions).to_have_count(5)
    assert verdicts(page) == [] and page.locator(".cnnw-maps").count() == 0
    assert "follows" not in (explorer(page).get_by_role("status").last.text_content() or "")
    expect(questions.first).to_contain_text("The picture moves by (0, 1). Will the output just move along?")
    rung(page, "valid").get_by_role("button", name="Yes").click()
    expect(rung(page, "valid")).to_contain_text("✓ Right: it follows.")
    expect(rung(page, "valid")).to_contain_text("the weights are the same everywhere")
    rung(page, "stride").get_by_role("button", name="Yes").click()
    expect(rung(page, "stride")).to_contain_text("✗ You said yes, but it does not just move.")
    expect(rung(page, "stride")).to_contain_text("Stride 2 sees every other place")
    expect(explorer(page).get_by_role("status").last).to_contain_text("You said yes, but it does not just move.")
    rung(page, "dense").get_by_role("button", name="Show me").click()
    expect(explorer(page)).to_contain_text("1 of 2 right, 1 shown")
    stage(page).focus()
    page.keyboard.press("ArrowRight")  # another shift, another question
    expect(questions).to_have_count(5)
    assert page.evaluate("shared.get('_predictions')")["tried"] == 2


def test_pictures_and_kernels_change(page: Page) -> None:
    show(page, shift=(0, 2))
    page.get_by_role("button", name="Disc").click()
    assert page.evaluate("[shared.get('picture'), shared.get('shift')]") == ["disc", [0, 0]]
    page.get_by_role("button", name="Outline").click()
    stage(page).focus()
    page.keyboard.press("ArrowDown")
    kernel = page.evaluate("shared.get('kernel')")
    assert verdicts(page) == expected(picture="disc", kernel=kernel, shift=(1, 0))
    cell = page.get_by_role("grid", name="Kernel, 3 × 3").get_by_role("gridcell").first
    cell.focus()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    kernel[0][0] = 5
    assert page.evaluate("shared.get('kernel')") == kernel
    assert verdicts(page) == expected(picture="disc", kernel=kernel, shift=(1, 0))
    page.keyboard.press("F2")
    page.keyboard.press("Control+A")
    page.keyboard.type("no")
    page.keyboard.press("Enter")
    expect(explorer(page).get_by_role("status").last).to_contain_text("“no” is not a number; nothing is changed.")
    assert page.evaluate("shared.get('kernel')") == kernel


def test_a_layer_that_does_not_fit_is_a_sentence(page: Page) -> None:
    show(page, picture="edges", kernel=np.ones((7, 7)), shift=(0, 1))
    expect(rung(page, "valid")).to_contain_text("It does not fit in this picture")
    expect(rung(page, "pool")).to_contain_text("places differ")


def layer(X: np.ndarray) -> np.ndarray:
    return ops.corr2d(np.pad(X, 1), np.array([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0], [6.0, 7.0, 8.0]]))


def answered(page: Page, widget: EquivarianceExplorer, background: str = "#fff") -> None:
    """Opens a view as in a notebook: Python has run the function and sends what it found."""
    widget._heard(widget, {"type": "shown"}, [])
    open_widget(page, "equivariance_explorer", widget, 1, background)


def test_your_function_is_judged_and_marked_where_it_does_not_follow(page: Page) -> None:
    widget = EquivarianceExplorer("disc", shift=(0, 2), fn=layer)
    answered(page, widget)
    yours = page.locator(".cnnw-rung").first
    answer = widget.answer
    assert answer is not None and answer.where is not None and answer.inside is not None
    expect(yours).to_contain_text("layer is equivariant for the shift (0, 2) but for its edge")
    expect(yours).to_contain_text(f"✗ {answer.where.sum()} of {answer.inside.sum()} places differ")
    expect(yours.get_by_role("group", name="Your layer: outputs")).to_contain_text("layer(shift(X))")
    # Moved on in the browser, Python has not answered yet; then it has.
    page.get_by_role("application", name=re.compile("^Picture")).focus()
    page.keyboard.press("ArrowLeft")
    expect(yours).to_contain_text("Waiting for Python to run layer on these pictures.")
    widget.shift = (0, 1)
    set_trait(page, "_answer", json.loads(json.dumps(widget._answer)))
    expect(yours).to_contain_text("layer is equivariant for the shift (0, 1) but for its edge")


def test_your_function_is_predicted_too(page: Page) -> None:
    answered(page, EquivarianceExplorer(shift=(0, 1), fn=lambda X: X**2, predict=True))
    yours = page.locator(".cnnw-rung").first
    expect(yours.locator(".cnnw-maps")).to_have_count(0)
    yours.get_by_role("button", name="No", exact=True).click()
    expect(yours).to_contain_text("✗ You said no, but it follows.")
    expect(yours.locator(".cnnw-maps")).to_have_count(1)


def test_an_exception_stands_where_the_output_would_be(page: Page) -> None:
    def broken(X: np.ndarray) -> np.ndarray:
        return X / missing  # type: ignore[name-defined]  # noqa: F821

    answered(page, EquivarianceExplorer(shift=(0, 1), fn=broken))
    yours = page.locator(".cnnw-rung").first
    expect(yours).to_contain_text("✗ can not be compared")
    expect(yours).to_contain_text("broken raised NameError at your line `return X / missing")


def test_two_views_share_the_model_and_keep_their_own_pointer(page: Page) -> None:
    show(page, count=2, shift=(0, 1))
    views = explorer(page)
    stage(page).first.focus()
    page.keyboard.press("ArrowDown")
    for view in (views.first, views.last):
        assert view.locator(".cnnw-badge").all_inner_texts() == expected(shift=(1, 1))
    views.first.locator("[data-close='true'] .cnnw-plot").first.hover()
    assert views.first.locator(".cnnw-here").count() == 3
    assert views.last.locator(".cnnw-here").count() == 0
    assert views.last.evaluate("e => getComputedStyle(e).borderRadius") == "14px"  # inside a shadow root


def test_what_python_sets_is_shown(page: Page) -> None:
    show(page, shift=(0, 1))
    set_trait(page, "shift", [4, 2])
    assert verdicts(page) == expected(shift=(4, 2))
    set_trait(page, "shift", [16, -16])  # further than a gesture goes
    assert verdicts(page) == expected(shift=(16, -16))
    set_trait(page, "picture", {"height": 2, "width": 3, "grey": "AP8AAP8A"})
    expect(page.get_by_role("button", name="Your picture")).to_have_attribute("aria-pressed", "true")


def test_clean_up_leaves_nothing(page: Page) -> None:
    show(page, count=2, shift=(0, 1))
    stage(page).first.focus()
    page.keyboard.press("ArrowDown")
    assert all(page.evaluate("[live.observers.size, live.listeners.size, shared.listening()]"))
    assert left_behind(page) == {"timers": 0, "frames": 0, "observers": 0, "listeners": 0, "model": 0}


@pytest.mark.parametrize("background", ["#fff", "#10161b"])
@pytest.mark.parametrize("traits", [{}, {"shift": (0, 1), "op": "stride"}, {"shift": (0, 1), "predict": True}])
def test_axe_finds_nothing_serious(page: Page, background: str, traits: dict[str, Any]) -> None:
    answered(page, EquivarianceExplorer(fn=layer, **traits), background)
    expect(explorer(page)).to_have_attribute("data-theme", "light" if background == "#fff" else "dark")
    assert serious_violations(page, ".cnnw-root") == []


@pytest.mark.parametrize("width", [320, 600, 1280])
def test_nothing_overflows(new_page: Callable[..., Page], width: int) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    show(page, kernel=np.random.default_rng(2).normal(size=(7, 7)), shift=(-13, 11))
    for op in OPS:
        set_trait(page, "op", op)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert explorer(page).evaluate("e => e.scrollWidth <= e.clientWidth + 1")
