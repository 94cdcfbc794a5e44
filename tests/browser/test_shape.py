"""ShapeExplorer in a real browser: stacks by pointer and by keyboard, predictions, a learner's function."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from cnnwidgets import ShapeExplorer
from cnnwidgets.widgets.shape.stacks import PRESETS
from tests.browser.conftest import serious_violations
from tests.browser.views import left_behind, open_widget


def output_size_per_side(n: int, k: int, P: int = 0, S: int = 1) -> int:
    """The ceiling where the floor belongs."""
    return math.ceil((n - k + 2 * P) / S) + 1


def layer_shapes(net: Any, X: Any) -> list[Any]:
    """Right but for the pooling layers, which it leaves as large as they came."""
    table = []
    for layer in net:
        before, X = X, layer(X)
        name = type(layer).__name__
        table.append((name, tuple((before if "Pool" in name else X).shape)))
    return table


def explorer(page: Page) -> Locator:
    return page.get_by_role("group", name="Shape explorer")


def layers(page: Page) -> Locator:
    return explorer(page).get_by_role("listbox", name="Layers").get_by_role("option")


def shapes(page: Page) -> list[str]:
    found = explorer(page).locator(".cnnw-layers .cnnw-layer-shape").all_inner_texts()
    return [text.replace("\xa0", " ").split("\n")[0] for text in found]


def opened(new_page: Callable[..., Page], widget: ShapeExplorer, **options: Any) -> Page:
    page = new_page()
    open_widget(page, "shape_explorer", widget, **options)
    return page


def shown(fn: Callable[..., Any], **keywords: Any) -> ShapeExplorer:
    widget = ShapeExplorer(fn=fn, **keywords)
    widget._handle_custom_msg({"type": "shown"}, [])
    return widget


def test_both_formulas_where_the_floor_bites(new_page: Callable[..., Page]) -> None:
    page = opened(new_page, ShapeExplorer())
    sizes = page.get_by_role("region", name="Output size")
    expect(sizes).to_contain_text("⌊(32 − 3 + 2 + 2)/2⌋ = ⌊16.5⌋ = 16")
    expect(sizes).to_contain_text("⌊(32 − 3 + 2·1)/2⌋ + 1 = ⌊15.5⌋ + 1 = 16")
    expect(sizes).to_contain_text(
        "The floor bites: 16, not 16.5. At this stride the last row, of padding, is never read."
    )
    page.get_by_role("button", name="Stride s: one less").click()
    expect(sizes).not_to_contain_text("The floor bites")
    assert page.evaluate("shared.get('layers')[3].stride") == [1, 1]
    assert shapes(page)[-1] == "N × 16 × 32 × 32"
    assert serious_violations(page, "main") == []


def test_padding_in_total_and_per_side_move_together(new_page: Callable[..., Page]) -> None:
    page = opened(new_page, ShapeExplorer())
    page.get_by_role("button", name="Padding p, total: one more").click()
    assert page.evaluate("shared.get('layers')[3].padding") == [3, 3]
    expect(explorer(page)).to_contain_text("p = 3 is odd")
    page.get_by_role("button", name="Padding p, total: one more").click()
    expect(page.get_by_role("spinbutton", name="Padding P, per side")).to_have_value("2")
    page.get_by_role("button", name="Padding P, per side: one less").click()
    assert page.evaluate("shared.get('layers')[3].padding") == [2, 2]


def test_lenet_row_by_row(new_page: Callable[..., Page]) -> None:
    page = opened(new_page, ShapeExplorer())
    page.get_by_role("combobox", name="Stack").select_option(label="LeNet")
    right = ["(1, 1, 28, 28)", *map(str, ShapeExplorer(preset="lenet").shapes)]
    assert shapes(page) == [text.strip("()").replace(", ", " × ") for text in right]
    expect(explorer(page)).to_contain_text("61\u202f706 parameters, 416\u202f520 multiply-adds")
    layers(page).nth(4).click()
    expect(page.locator(".cnnw-facts")).to_contain_text("6 + (5 − 1)·2 = 14")
    expect(page.locator(".cnnw-facts")).to_contain_text("16·(6·5·5 + 1) = 2\u202f416")
    assert page.evaluate("shared.get('selected')") == 4


def test_the_list_by_keyboard(new_page: Callable[..., Page]) -> None:
    page = opened(new_page, ShapeExplorer(preset="batch"))
    said = explorer(page).get_by_role("status").last
    layers(page).nth(1).focus()
    page.keyboard.press("ArrowDown")
    expect(layers(page).nth(2)).to_be_focused()
    expect(said).to_contain_text(
        "Layer 2 of 2, Conv 3×3, 10 ch: 6\u00a0×\u00a028\u00a0×\u00a028 becomes 10\u00a0×\u00a026\u00a0×\u00a026."
    )
    page.keyboard.press("Alt+ArrowUp")
    assert page.evaluate("shared.get('layers').map((l) => l.channels)") == [10, 6]
    expect(layers(page).nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.cnnw-shape-panel') !== null")
    page.keyboard.press("Escape")
    expect(layers(page).nth(1)).to_be_focused()
    page.keyboard.press("Delete")
    assert page.evaluate("shared.get('layers').map((l) => l.channels)") == [6]
    page.keyboard.press("Home")
    expect(layers(page).first).to_be_focused()
    assert page.evaluate("shared.get('selected')") == 0


def test_layers_are_added_and_what_does_not_fit_is_a_sentence(new_page: Callable[..., Page]) -> None:
    page = opened(new_page, ShapeExplorer(preset="batch", selected=2))
    page.get_by_role("button", name="Add Linear after layer 2").click()
    expect(explorer(page)).to_contain_text(
        "A linear layer takes one row of numbers, and 10 × 26 × 26 comes in. Put a Flatten before it."
    )
    assert shapes(page)[-1] == "✗ does not fit"
    assert serious_violations(page, "main") == []
    layers(page).nth(2).click()
    page.get_by_role("button", name="Add Flatten after layer 2").click()
    assert shapes(page)[-2:] == ["N × 6760", "N × 10"]


def test_predict_first_with_a_known_slip(new_page: Callable[..., Page]) -> None:
    page = opened(new_page, ShapeExplorer(predict=True, selected=1))
    assert shapes(page)[1:] == ["?"] * 4
    page.get_by_role("textbox", name="What comes out of layer 1?").fill("8 30 30")
    page.keyboard.press("Enter")
    expect(explorer(page)).to_contain_text(
        "✗ You said 8 × 30 × 30; it is 8 × 32 × 32".replace(" × ", "\u00a0×\u00a0")
    )
    expect(page.locator(".cnnw-slip")).to_contain_text("padding is missing")
    page.get_by_role("button", name="On to layer 2").click()
    page.get_by_role("textbox", name="What comes out of layer 2?").fill("(N, 8, 32, 32)")
    page.keyboard.press("Enter")
    expect(explorer(page)).to_contain_text("✓ Right")
    assert shapes(page)[1:] == ["N × 8 × 32 × 32"] * 2 + ["?"] * 2
    page.get_by_role("button", name="On to layer 3").click()
    page.get_by_role("textbox").last.fill("large")
    page.keyboard.press("Enter")
    expect(explorer(page)).to_contain_text("That is no shape")
    assert page.evaluate("[shared.get('_predictions').right, shared.get('_predictions').tried]") == [1, 2]
    assert serious_violations(page, "main") == []


def test_a_function_of_sizes_is_marked_in_its_table_and_at_the_layers(new_page: Callable[..., Page]) -> None:
    widget = shown(output_size_per_side)
    page = opened(new_page, widget)
    assert widget.answer is not None
    right = [cell.differs for row in widget.answer.table for cell in row]
    marked = page.locator(".cnnw-own td").evaluate_all(
        "all => all.map((e) => e.classList.contains('cnnw-own-differs'))"
    )
    assert marked == right and any(right) and not all(right)
    expect(explorer(page)).to_contain_text("output_size_per_side(8, 3, 1, 2) returned 5, not 4.")
    wrong = page.locator(".cnnw-layers .cnnw-layer-shape em")
    assert wrong.all_inner_texts() == ["✗ output_size_per_side gives 17"]
    said = page.get_by_role("option", name=re.compile("Layer 4 of 4: .* output_size_per_side gives 17"))
    expect(said).to_be_visible()
    assert serious_violations(page, "main") == []
    page.get_by_role("button", name="Stride s: one more").click()
    expect(explorer(page)).to_contain_text("Waiting for Python to run output_size_per_side")


def test_a_table_of_the_network_is_marked_layer_by_layer(new_page: Callable[..., Page]) -> None:
    page = opened(new_page, shown(layer_shapes, preset="lenet"))
    marked = layers(page).evaluate_all("all => all.map((e) => e.querySelector('em')?.textContent ?? '')")
    assert [index for index, text in enumerate(marked) if text] == [3, 6]
    assert marked[3] == "✗ layer_shapes gives ('AvgPool2d', (1, 6, 28, 28))"
    expect(page.locator(".cnnw-own table")).to_have_count(0)
    expect(page.locator(".cnnw-own")).to_contain_text(
        "for layer 3, not ('AvgPool2d', (1, 6, 14, 14)). 1 more differs."
    )
    assert serious_violations(page, "main") == []


def test_an_exception_and_one_that_is_not_asked(new_page: Callable[..., Page]) -> None:
    def count_parameters(net: Any) -> int:
        return net.nothing

    page = opened(new_page, shown(count_parameters, preset="batch"))
    expect(page.locator(".cnnw-own")).to_contain_text("raised AttributeError at your line `return net.nothing`")
    odd = shown(layer_shapes, layers=[{"kind": "conv", "channels": 1, "kernel": 2, "padding": 1}])
    page = opened(new_page, odd)
    expect(page.locator(".cnnw-own")).to_contain_text("torch's layers have no odd total padding")
    expect(page.locator(".cnnw-own-sign")).to_have_count(0)


def test_two_views_of_one_model_and_a_clean_up_that_leaves_nothing(new_page: Callable[..., Page]) -> None:
    page = opened(new_page, ShapeExplorer(preset="lenet"), count=2)
    views = explorer(page)
    expect(views).to_have_count(2)
    assert views.last.evaluate("e => e.getRootNode() instanceof ShadowRoot")
    listed = views.first.get_by_role("listbox", name="Layers").get_by_role("option")
    listed.nth(4).click()
    for view in (views.first, views.last):
        expect(view.get_by_role("heading", name="Layer 4: Conv 5×5")).to_be_visible()
    views.last.get_by_role("button", name="Remove").click()
    assert page.evaluate("shared.get('layers').length") == 11
    expect(listed).to_have_count(12)
    assert page.evaluate("live.observers.size > 0 && shared.listening() > 0")
    assert set(left_behind(page).values()) == {0}
    expect(views).to_have_count(0)


def test_keys_stay_in_the_widget(new_page: Callable[..., Page]) -> None:
    page = opened(new_page, ShapeExplorer(preset="lenet"))
    page.evaluate("window.leaked = []; document.body.addEventListener('keydown', (e) => leaked.push(e.key))")
    layers(page).nth(1).focus()
    for key in ("ArrowDown", "a", "d", "Enter", "5", "Escape", "Delete"):
        page.keyboard.press(key)
    assert page.evaluate("leaked") == []


class TestOnTheStaticPage:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_every_stack_and_axe(self, new_page: Callable[..., Page], gallery: str, scheme: str) -> None:
        page = new_page(color_scheme=scheme)
        page.goto(gallery)
        expect(explorer(page)).to_have_attribute("data-theme", scheme)
        for preset in PRESETS.values():
            page.locator(".g-entry").filter(has=explorer(page)).get_by_role(
                "button", name=preset.name, exact=True
            ).click()
            expect(explorer(page).get_by_role("combobox", name="Stack")).to_have_value(
                str(list(PRESETS.values()).index(preset))
            )
            assert serious_violations(page, ".g-entry:has(.cnnw-shapes)") == []

    @pytest.mark.parametrize("width", [320, 380, 640, 1280])
    def test_nothing_overflows(self, new_page: Callable[..., Page], gallery: str, width: int) -> None:
        page = new_page(viewport={"width": width, "height": 800})
        page.goto(gallery)
        for preset in PRESETS.values():
            page.locator(".g-entry").filter(has=explorer(page)).get_by_role(
                "button", name=preset.name, exact=True
            ).click()
            for index in range(min(4, layers(page).count())):
                layers(page).nth(index).click()
                assert explorer(page).evaluate("e => e.scrollWidth <= e.clientWidth + 1")
                assert explorer(page).evaluate("e => e.getBoundingClientRect().right") <= width
