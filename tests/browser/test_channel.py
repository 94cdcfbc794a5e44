"""ChannelExplorer in a browser: partial sums, output channels, 1×1 as a product, what is refused, your function."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest
from numpy import ndarray
from playwright.sync_api import Locator, Page, expect

from cnnwidgets import ChannelExplorer, ops
from cnnwidgets.widgets.channel_explorer import EXAMPLE_K
from cnnwidgets.widgets.gallery.channel import entry
from tests.browser.conftest import serious_violations
from tests.browser.views import left_behind, open_widget, set_trait, shown

THREE = np.stack([EXAMPLE_K, EXAMPLE_K + 1, EXAMPLE_K + 2])


def conv_layer(X: ndarray, W: ndarray, b: ndarray) -> ndarray:
    """Right but for the second output channel, which gets no bias."""
    b = b.copy()
    b[1] = 0
    return ops.conv_layer(X, W, b)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    page = new_page()
    open_widget(page, "channel_explorer", ChannelExplorer(kernel=THREE, bias=[0, 5, 0]))
    return page


@pytest.fixture
def static(new_page: Callable[..., Page], gallery: str) -> Locator:
    """The widget's section of the static page."""
    page = new_page()
    page.goto(gallery)
    section = page.locator(".g-entry").filter(has=page.get_by_role("heading", name=entry().title))
    expect(section.get_by_role("group", name="Channel explorer")).to_be_visible()
    section.scroll_into_view_if_needed()  # out of view, the page does not draw it
    return section


def widget(page: Page) -> Locator:
    return page.get_by_role("group", name="Channel explorer")


def grid(within: Page | Locator, name: str) -> Locator:
    return within.get_by_role("grid", name=re.compile(f"^{name}"))


def values(within: Page | Locator, name: str) -> list[str]:
    """What a grid shows, cell by cell."""
    return shown(grid(within, name).get_by_role("gridcell"))


def terms(within: Page | Locator) -> str:
    """The line of the step: "19 channel 1 + 37 channel 2 + 0 bias = 56 output"."""
    return re.sub(r"\s+", " ", within.locator(".cnnw-partial-terms").inner_text())


def test_step_by_step_on_the_static_page(static: Locator) -> None:
    said = static.get_by_role("group", name="Channel explorer").get_by_role("status")
    assert values(static, "Output channel 1") == ["56", "", "", ""]
    assert terms(static) == "19 channel 1 + 37 channel 2 + 0 bias = 56 output"
    expect(static.get_by_role("region", name="Channel 2")).to_contain_text("1×1 + 2×2 + 4×3 + 5×4 = 37")
    step = static.get_by_role("button", name="Step", exact=True)
    for value, line in (("72", "25 + 47 + 0 = 72"), ("104", "37 + 67 + 0 = 104"), ("120", "43 + 77 + 0 = 120")):
        step.click()
        expect(said).to_contain_text(line)
        assert value in values(static, "Output channel 1")
    static.get_by_role("button", name="Step back").click()
    assert values(static, "Output channel 1") == ["56", "72", "104", ""]
    static.get_by_role("slider").fill("0")
    assert values(static, "Output channel 1") == ["56", "", "", ""]


def test_the_presets_on_the_static_page(static: Locator) -> None:
    examples = static.get_by_role("group", name="Examples").get_by_role("button")
    examples.nth(1).click()
    static.get_by_role("button", name="To the end").click()
    assert values(static, "Output channel 3") == ["96", "128", "192", "224"]
    examples.nth(3).click()
    expect(static.get_by_role("region", name="The same as a matrix product")).to_be_visible()
    examples.nth(5).click()
    expect(static).to_contain_text("Refused. The input has 2 channels and the kernel 1.")
    examples.nth(0).click()
    assert values(static, "Output channel 1") == ["56", "", "", ""]


def test_a_click_chooses_the_output_channel_and_the_cell(page: Page) -> None:
    grid(page, "Output channel 2").get_by_role("gridcell").nth(2).click()
    assert page.evaluate("[shared.get('out'), shared.get('step')]") == [1, 2]
    assert terms(page) == "57 channel 1 + 91 channel 2 + 5 bias = 153 output"
    assert values(page, "Kernel of output channel 2 for input channel 1") == ["1", "2", "3", "4"]
    page.get_by_role("group", name="Output channel").get_by_role("button", name="3").click()
    assert values(page, "Kernel of output channel 3 for input channel 2") == ["3", "4", "5", "6"]
    expect(grid(page, "Output channel 3, on view")).to_be_visible()


def test_by_keyboard_alone(page: Page) -> None:
    first = grid(page, "Kernel of output channel 1 for input channel 2").get_by_role("gridcell").first
    for _ in range(30):
        page.keyboard.press("Tab")
        if first.evaluate("e => e === document.activeElement"):
            break
    page.keyboard.press("ArrowRight")
    page.keyboard.type("10")
    page.keyboard.press("Enter")
    assert page.evaluate("shared.get('kernel')[0][1][0]") == [1, 10]
    assert terms(page) == "19 channel 1 + 53 channel 2 + 0 bias = 72 output"
    bias = grid(page, "Bias of output channel 1").get_by_role("gridcell")
    bias.focus()
    page.keyboard.type("-2.5")
    page.keyboard.press("Enter")
    assert page.evaluate("shared.get('bias')") == [-2.5, 5, 0]
    assert terms(page) == "19 channel 1 + 53 channel 2 + (−2.5) bias = 69.5 output"
    page.keyboard.press("Enter")
    page.keyboard.type("ten")
    page.keyboard.press("Enter")
    expect(widget(page).get_by_role("status")).to_contain_text("“ten” is not a number; nothing is changed.")
    output = grid(page, "Output channel 2").get_by_role("gridcell")
    output.first.focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    assert page.evaluate("[shared.get('out'), shared.get('step')]") == [1, 3]


def test_pointer_links_channels_kernels_and_outputs(page: Page) -> None:
    grid(page, "Output channel 3").get_by_role("gridcell").nth(1).hover()
    expect(page.locator(".cnnw-window-pointed")).to_have_count(2)  # in each input channel
    expect(widget(page)).to_contain_text("Output channel 3, row 1, column 2 reads the window outlined")
    grid(page, "Input channel 2").get_by_role("gridcell").nth(4).hover()
    expect(widget(page)).to_contain_text("4 cells in every output channel read this one.")
    assert page.locator(".cnnw-unit-output .cnnw-lit").count() == 12
    assert page.locator(".cnnw-unit-kernel .cnnw-lit").count() == 1
    grid(page, "Kernel of output channel 1 for input channel 1").get_by_role("gridcell").nth(3).hover()
    expect(widget(page)).to_contain_text("3 multiplies the 4 lit in input channel 1.")


def test_predict_with_slips(page: Page) -> None:
    page.get_by_role("group", name="Output channel").get_by_role("button", name="2").click()
    page.get_by_role("switch", name="Predict first").check(force=True)
    assert values(page, "Output channel 2") == ["?"] * 4
    assert terms(page) == "? channel 1 + ? channel 2 + 5 bias = ? output"
    guess = page.get_by_role("textbox", name="What is row 1, column 1 of output channel 2?")
    guess.fill("76")
    page.keyboard.press("Enter")
    expect(widget(page)).to_contain_text("✗ You said 76; it is 81")
    expect(widget(page).get_by_role("status")).to_contain_text("✗ You said 76; it is 81. 27 + 49 + 5 = 81")
    expect(widget(page)).to_contain_text("The bias is left out: it adds its 5 once an output cell.")
    assert values(page, "Output channel 2")[0].startswith("81")
    assert values(page, "Output channel 1")[0] == "?"
    page.get_by_role("button", name="Step", exact=True).click()
    page.get_by_role("textbox").fill("105")
    page.get_by_role("button", name="Check").click()
    expect(widget(page)).to_contain_text("✓ Right: 105")
    expect(widget(page)).to_contain_text("1 of 2 right")
    assert serious_violations(page, "main") == []


def test_a_1x1_kernel_as_a_matrix_product(new_page: Callable[..., Page]) -> None:
    page = new_page()
    X = np.arange(40.0).reshape(2, 4, 5)
    open_widget(page, "channel_explorer", ChannelExplorer(X, np.array([[[1.0]], [[2.0]]])[None], bias=[1]))
    product = page.get_by_role("region", name="The same as a matrix product")
    grid(product, "X as a matrix, 2 × 20, columns 1 to 16 of 20").get_by_role("gridcell").nth(7).click()
    assert page.evaluate("shared.get('step')") == 7
    assert terms(page) == "7 channel 1 + 54 channel 2 + 1 bias = 62 output"
    assert values(product, "Y as a matrix")[7] == "62"
    grid(product, "Y as a matrix").get_by_role("gridcell").nth(3).hover()
    expect(page.locator(".cnnw-window-pointed")).to_have_count(2)  # the pixel in both channels
    assert product.locator(".cnnw-lit").count() == 3  # the column in X and in Y
    page.get_by_role("button", name="To the end").click()
    expect(grid(product, "X as a matrix, 2 × 20, columns 17 to 20 of 20")).to_be_visible()
    assert values(product, "Y as a matrix")[-1] == "98"
    page.get_by_role("button", name="Kernel, rows: one more").click()
    expect(product).to_have_count(0)


def test_other_channels_are_refused_and_put_right(page: Page) -> None:
    page.get_by_role("button", name="Kernel, channels: one less").click()
    said = widget(page).get_by_role("status")
    expect(said).to_contain_text("Refused. The input has 2 channels and the kernel 1.")
    expect(widget(page)).to_contain_text("NumPy would stretch the one kernel channel over all 2, and give 44")
    assert values(page, "What NumPy's broadcasting would give") == ["44", "56", "80", "92"]
    expect(grid(page, "Output")).to_have_count(0)
    assert serious_violations(page, "main") == []
    page.get_by_role("button", name="Give the kernel 2 channels").click()
    assert values(page, "Output channel 1") == ["56", "", "", ""]
    page.get_by_role("button", name="Kernel, channels: one more").click()
    expect(widget(page)).to_contain_text("zip stops after 2 channels")
    page.get_by_role("button", name="Give the kernel 2 channels").click()
    page.get_by_role("button", name="Input, channels: one more").click()  # the kernel goes along
    assert page.evaluate("[shared.get('input').length, shared.get('kernel')[0].length]") == [3, 3]


def test_sizes_padding_and_stride(page: Page) -> None:
    page.get_by_role("button", name="Padding p, total, rows: one more").click()
    expect(widget(page)).to_contain_text("1 above, 0 below")
    page.get_by_role("button", name="Stride s, columns: one more").click()
    expect(widget(page)).to_contain_text("(3 − 2 + 0 + 2)/2 = 1.5 → 1")
    expect(grid(page, "Output channel 1, on view, 3 × 1")).to_be_visible()
    page.get_by_role("button", name="Output, channels: one more").click()
    assert page.evaluate("[shared.get('kernel').length, shared.get('bias')]") == [4, [0, 5, 0, 0]]
    expect(widget(page)).to_contain_text("4 × (2 × 2 × 2 + 1) = 36")
    for _ in range(3):
        page.get_by_role("button", name="Kernel, columns: one more").click()
    expect(widget(page)).to_contain_text("The kernel does not fit. The kernel spans 5 columns")


def test_your_function_is_marked_where_it_differs(new_page: Callable[..., Page]) -> None:
    page = new_page()
    explorer = ChannelExplorer(kernel=THREE, bias=[1, 5, 2], fn=conv_layer)
    explorer._handle_custom_msg({"type": "shown"}, [])
    open_widget(page, "channel_explorer", explorer)
    yours = grid(page, "What conv_layer gives")
    assert yours.locator(".cnnw-differs").count() == 0  # output channel 1 is right
    expect(widget(page)).to_contain_text("It differs in output channel 2.")
    page.get_by_role("group", name="Output channel").get_by_role("button", name="2").click()
    expect(yours.locator(".cnnw-differs")).to_have_count(4)
    assert values(page, "What conv_layer gives")[0].startswith("76")
    assert "wrong: it is 81" in (yours.get_by_role("gridcell").first.get_attribute("aria-label") or "")
    expect(widget(page)).to_contain_text("yours 76 ✗, right 81")
    grid(page, "Bias of").get_by_role("gridcell").click()
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(widget(page)).to_contain_text("Waiting for Python to run conv_layer on these values.")
    explorer.set_state({"bias": page.evaluate("shared.get('bias')")})
    set_trait(page, "_answer", explorer.get_state("_answer")["_answer"])
    expect(widget(page)).to_contain_text("yours 76 ✗, right 79")
    assert serious_violations(page, "main") == []


def test_a_refusal_of_yours_is_right(new_page: Callable[..., Page]) -> None:
    page = new_page()
    explorer = ChannelExplorer(kernel=EXAMPLE_K[:1], fn=ops.corr2d_multi_in)
    explorer._handle_custom_msg({"type": "shown"}, [])
    open_widget(page, "channel_explorer", explorer)
    expect(widget(page)).to_contain_text("corr2d_multi_in refuses it with a ValueError, as it should.")


def test_views_share_the_model_and_clean_up_leaves_nothing(new_page: Callable[..., Page]) -> None:
    page = new_page()
    open_widget(page, "channel_explorer", ChannelExplorer(), count=2)
    views = widget(page)
    expect(views).to_have_count(2)
    views.first.get_by_role("button", name="Step", exact=True).click()
    for view in (views.first, views.last):
        assert terms(view) == "25 channel 1 + 47 channel 2 + 0 bias = 72 output"
    assert views.last.evaluate("e => getComputedStyle(e).borderRadius") == "14px"  # in a shadow root
    views.last.get_by_role("button", name="Play").click()
    assert page.evaluate("live.timers.size > 0 && shared.listening() > 0")
    assert set(left_behind(page).values()) == {0}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(new_page: Callable[..., Page], scheme: str) -> None:
    page = new_page(color_scheme=scheme)
    explorer = ChannelExplorer(np.ones((2, 2, 3)), np.ones((3, 2, 1, 1)), padding=(1, 2))
    open_widget(page, "channel_explorer", explorer, background="#fff" if scheme == "light" else "#111")
    assert widget(page).get_attribute("data-theme") == scheme
    assert serious_violations(page, "main") == []


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_nothing_overflows(new_page: Callable[..., Page], width: int) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    rng = np.random.default_rng(0)
    wide = ChannelExplorer(rng.integers(-9, 9, (6, 8, 8)), rng.integers(-9, 9, (6, 6, 5, 5)), padding=6)
    open_widget(page, "channel_explorer", wide)
    for each in ({}, *(preset.traits for preset in entry().presets)):
        for name, value in each.items():
            set_trait(page, name, value)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert widget(page).evaluate("e => e.scrollWidth <= e.clientWidth + 1")
