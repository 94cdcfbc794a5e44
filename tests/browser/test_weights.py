"""WeightCounter in a browser: live counts, the picture by pointer and keys, predictions with slips, your function."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from cnnwidgets import WeightCounter
from cnnwidgets.widgets.gallery.weights import entry
from tests.browser.conftest import serious_violations
from tests.browser.views import left_behind, open_widget, set_trait


def local_weights(delta: int) -> int:
    """The slide's rounding for the count itself."""
    return 4 * delta * delta


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    page = new_page()
    open_widget(page, "weight_counter", WeightCounter())
    return page


@pytest.fixture
def static(new_page: Callable[..., Page], gallery: str) -> Locator:
    """The widget's section of the static page."""
    page = new_page()
    page.goto(gallery)
    section = page.locator(".g-entry").filter(has=page.get_by_role("heading", name=entry().title))
    expect(section.get_by_role("group", name="Weight counter")).to_be_visible()
    return section


def widget(page: Page) -> Locator:
    return page.get_by_role("group", name="Weight counter")


def row(within: Page | Locator, title: str) -> Locator:
    """A layer's row; the title is its button's whole name."""
    page = within if isinstance(within, Page) else within.page
    return within.locator("li").filter(has=page.get_by_role("button", name=title, exact=True))


def text(locator: Locator) -> str:
    """What is read, with plain spaces."""
    return re.sub(r"\s+", " ", locator.inner_text())


def bar(within: Locator) -> float:
    """The share of the scale that a bar takes."""
    return within.locator(".cnnw-weight-bar").evaluate("e => e.firstElementChild.offsetWidth / e.clientWidth")


def weights(page: Page) -> list[str]:
    """The numbers on the connections of the picture."""
    return page.locator(".cnnw-weight").all_text_contents()


def test_a_megapixel_on_the_static_page(static: Locator) -> None:
    dense = row(static, "Dense")
    assert "h · w · c · hidden = 1000 · 1000 · 3 · 1000 = 3 000 000 000" in text(dense)
    assert "3 billion weights, 12 GB as float32" in text(dense)
    assert "9.5 of 12 powers of ten" in text(dense)
    assert abs(bar(dense) - 9.477 / 12) < 0.01
    kernel = row(static, "Local and shared: a kernel")
    assert "(2Δ + 1)² = 21² = 441" in text(kernel)
    assert abs(bar(kernel) - 2.644 / 12) < 0.01
    static.get_by_role("group", name="Examples").get_by_role("button").nth(3).click()
    assert "28 · 28 · 1 · 10 = 7 840" in text(dense)
    assert "5² = 25" in text(kernel)


def test_sliders_and_fields_change_the_counts_at_once(page: Page) -> None:
    slider = page.get_by_role("slider", name="Hidden, slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("shared.get('hidden')") == 2000
    assert slider.get_attribute("aria-valuetext") == "2000"
    expect(row(page, "Dense")).to_contain_text("6 billion weights, 24 GB as float32")
    expect(widget(page).get_by_role("status")).to_contain_text("6\u202f000\u202f000\u202f000 weights, 24 GB")
    for field in ("Height", "Width"):
        page.get_by_role("spinbutton", name=field).fill("9999")
    assert "9999 · 9999 · 9999 · 9999 = 9 996 000 599 960 001" in text(row(page, "Dense, unit by pixel"))
    expect(page.locator(".cnnw-axis")).to_contain_text("1018")  # the scale grows along
    page.get_by_role("spinbutton", name="Height").fill("20000")  # too large: nothing changes
    assert page.evaluate("shared.get('height')") == 9999
    page.get_by_role("button", name="Reach: one less").click()
    assert "19² = 361" in text(row(page, "Local and shared: a kernel"))


def test_the_layer_on_view_has_its_note(page: Page) -> None:
    page.get_by_role("button", name="Local and shared: a kernel").click()
    expect(widget(page)).to_contain_text("Rounded to 4Δ² it would be 400, which leaves out 4Δ + 1 = 41")
    row(page, "Dense, unit by pixel").click(position={"x": 200, "y": 60})  # anywhere in the row
    assert page.evaluate("shared.get('kind')") == "dense2d"
    assert "V has 3 996 001 000 000 entries" in text(widget(page))


def test_the_picture_by_arrow_keys(page: Page) -> None:
    page.get_by_role("button", name="Local", exact=True).click()
    units = page.get_by_role("grid", name="Hidden units, 5 × 5")
    assert weights(page) == [str(n) for n in range(109, 118)]
    said = widget(page).get_by_role("status")
    expect(said).to_have_text(re.compile("^Local: 441.* as float32. Unit in row 3, column 3: 9 weights of its own"))
    chosen = units.get_by_role("gridcell", selected=True)
    chosen.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("shared.get('unit')") == [2, 3]
    assert weights(page) == [str(n) for n in range(118, 127)]
    line = "Unit in row 3, column 4: 9 weights of its own, numbers 118 to 126 of 225."
    expect(said).to_have_text(line)  # and not the count again
    page.keyboard.press("Control+Home")
    assert page.evaluate("shared.get('unit')") == [0, 0]
    expect(page.locator(".cnnw-outside")).to_have_count(5)  # zeros around the corner
    hatches = set(units.locator("rect").evaluate_all("all => all.map(e => e.getAttribute('fill'))"))
    assert len(hatches) == 7
    page.get_by_role("button", name="Local and shared: a kernel").click()
    assert weights(page) == [str(n) for n in range(1, 10)]
    expect(chosen).to_have_attribute("aria-label", "unit in row 1, column 1")
    chosen.focus()
    page.keyboard.press("End")
    assert weights(page) == [str(n) for n in range(1, 10)]
    hatches = set(units.locator("rect").evaluate_all("all => all.map(e => e.getAttribute('fill'))"))
    assert len(hatches) == 1


def test_the_picture_by_pointer(page: Page) -> None:
    assert len(weights(page)) == 25
    page.get_by_role("gridcell", name="unit 5").hover()
    assert page.evaluate("shared.get('unit')") == [4, 0]
    assert weights(page)[-1] == "125"
    expect(page.locator(".cnnw-wire")).to_have_count(25)
    page.get_by_role("button", name="Local", exact=True).click()
    page.get_by_role("gridcell", name="unit in row 1, column 3").click()
    assert page.evaluate("shared.get('unit')") == [0, 2]
    expect(page.get_by_role("gridcell", name="unit in row 1, column 3")).to_be_focused()


def test_predict_with_slips(page: Page) -> None:
    page.get_by_role("switch", name="Predict first").check(force=True)
    expect(page.locator(".cnnw-weight-bar")).to_have_count(0)
    assert "3 000 000 000" not in text(widget(page))
    guess = page.get_by_role("textbox", name="How many weights?")
    guess.fill("lots")
    page.keyboard.press("Enter")
    expect(widget(page)).to_contain_text("That is no whole number.")
    guess.fill("1 billion")
    page.keyboard.press("Enter")
    assert "✗ You said 1 000 000 000; it is 3 000 000 000" in text(widget(page))
    expect(widget(page)).to_contain_text("The channels are missing")
    expect(widget(page).get_by_role("status")).to_contain_text("Dense: ✗ You said 1\u202f000\u202f000\u202f000")
    expect(page.locator(".cnnw-weight-bar")).to_have_count(1)
    page.get_by_role("button", name="Next: Dense, unit by pixel").click()
    page.get_by_role("textbox").fill("1000·1000·1000·1000")
    page.get_by_role("button", name="Check").click()
    assert "✓ Right: 1 000 000 000 000" in text(widget(page))
    page.get_by_role("button", name="Local and shared: a kernel").click()
    page.get_by_role("textbox").fill("400")
    page.keyboard.press("Enter")
    expect(widget(page)).to_contain_text("That takes 4Δ² for (2Δ + 1)²: the middle row and column are missing.")
    expect(widget(page)).to_contain_text("1 of 3 right")
    assert serious_violations(page, "main") == []
    page.get_by_role("spinbutton", name="Height").fill("500")  # the kernel's count does not ask again
    assert "441" in text(row(page, "Local and shared: a kernel"))
    expect(row(page, "Dense")).to_contain_text("?")


def test_your_function_is_marked_where_it_differs(new_page: Callable[..., Page]) -> None:
    page = new_page()
    counter = WeightCounter(fn=local_weights)
    counter._handle_custom_msg({"type": "shown"}, [])
    open_widget(page, "weight_counter", counter)
    yours = page.get_by_role("region", name="What local_weights gives")
    expect(yours.get_by_role("row")).to_have_count(5)
    expect(yours.locator("[data-differs=true]")).to_have_count(4)
    first = yours.get_by_role("row").nth(1)
    assert text(first) == "10 on view 400 ✗ 441"
    page.get_by_role("spinbutton", name="Reach").fill("5")
    expect(widget(page)).to_contain_text("Waiting for Python to run local_weights on these numbers.")
    counter.set_state({"delta": page.evaluate("shared.get('delta')")})
    set_trait(page, "_answer", counter.get_state("_answer")["_answer"])
    assert text(first) == "5 on view 100 ✗ 121"
    assert serious_violations(page, "main") == []


def test_views_share_the_model_and_clean_up_leaves_nothing(new_page: Callable[..., Page]) -> None:
    page = new_page()
    open_widget(page, "weight_counter", WeightCounter(), count=2)
    views = widget(page)
    expect(views).to_have_count(2)
    views.first.get_by_role("button", name="Local", exact=True).click()
    views.first.get_by_role("gridcell", name="unit in row 5, column 1").click()
    for view in (views.first, views.last):
        expect(view.locator(".cnnw-wiring-line")).to_have_text(
            "Unit in row 5, column 1: 9 weights of its own, numbers 181 to 189 of 225."
        )
    assert views.last.evaluate("e => getComputedStyle(e).borderRadius") == "14px"  # in a shadow root
    fill = views.last.get_by_role("gridcell").first.locator("rect").evaluate("e => getComputedStyle(e).fill")
    assert fill.startswith("url(")
    assert page.evaluate("live.observers.size + live.listeners.size > 0 && shared.listening() > 0")
    assert set(left_behind(page).values()) == {0}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["dense", "local"])
def test_axe_finds_nothing_serious(new_page: Callable[..., Page], scheme: str, kind: str) -> None:
    page = new_page(color_scheme=scheme)
    background = "#fff" if scheme == "light" else "#111"
    open_widget(page, "weight_counter", WeightCounter(kind=kind), background=background)
    assert widget(page).get_attribute("data-theme") == scheme
    assert serious_violations(page, "main") == []


@pytest.mark.parametrize("width", [320, 640, 900, 1280])
def test_nothing_overflows(new_page: Callable[..., Page], width: int) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    open_widget(page, "weight_counter", WeightCounter(10_000, 10_000, 512, 1_000_000, 100))
    for kind in ("dense", "dense2d", "local", "shared"):
        set_trait(page, "kind", kind)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert widget(page).evaluate("e => e.scrollWidth <= e.clientWidth + 1")
