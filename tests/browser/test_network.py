"""NetworkExplorer in a browser: pick, draw, take apart, predict, by pointer and keyboard; the numbers are torch's."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from playwright.sync_api import Locator, Page, expect
from torch import nn

from cnnwidgets import NetworkExplorer
from cnnwidgets.training import CLASSES, lenet, modern_lenet
from cnnwidgets.widgets.network.weight_files import trained_weights
from cnnwidgets.widgets.pictures.garments import garments
from tests.browser.conftest import serious_violations
from tests.browser.views import left_behind, open_widget, set_trait

DIGITS = 0.0051  # three of them: at most half a percent off
MAKE = {"lenet": lenet, "modern": modern_lenet}


def shown(**traits: Any) -> NetworkExplorer:
    """An explorer that a view has come up for."""
    explorer = NetworkExplorer(**traits)
    explorer._handle_custom_msg({"type": "shown"}, [])
    return explorer


def filled(name: str) -> nn.Sequential:
    """The trained network in torch."""
    net, weights, at = MAKE[name](), trained_weights(name)[0], 0
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(torch.tensor(weights[at : at + p.numel()]).reshape(p.shape))
            at += p.numel()
    return net.eval()


def outputs(net: nn.Sequential, image: np.ndarray) -> list[np.ndarray]:
    """What every layer gives for a grey image, by torch."""
    X, found = torch.from_numpy(image.astype(np.float32) / 255)[None, None], []
    with torch.no_grad():
        for layer in net:
            X = layer(X)
            found.append(X[0].numpy())
    return found


def image_of(page: Page) -> np.ndarray:
    """The image on view as Python would read it."""
    packed = page.evaluate("shared.get('image')")
    if isinstance(packed, str):
        return garments()[packed]
    return np.frombuffer(base64.b64decode(packed["grey"]), np.uint8).reshape(packed["height"], packed["width"])


def number(text: str) -> float:
    return float(text.replace("−", "-").replace("≈", "").replace("=", "").strip())


def explorer(page: Page) -> Locator:
    return page.get_by_role("group", name="Network explorer")


def scores(page: Page) -> list[float]:
    return [number(text) for text in page.locator(".cnnw-bars tbody td:last-child").all_inner_texts()]


def grid(page: Page, name: str) -> np.ndarray:
    """A grid's numbers, three digits of each, from the labels of its cells."""
    rows = page.get_by_role("grid", name=re.compile(f"^{name}")).get_by_role("row")
    return np.array(
        [
            [
                number(cell.get_attribute("aria-label").rsplit(": ", 1)[1])
                for cell in row.get_by_role("gridcell").all()
            ]
            for row in rows.all()
        ]
    )


def panel(page: Page) -> Locator:
    return page.get_by_role("region", name="One number taken apart")


def value(page: Page) -> float:
    return number(panel(page).locator("h3 b").inner_text())


def tile(page: Page, layer: int, map_: int = 0) -> Locator:
    """A map in the strip; layers count from 1, the image is layer 0."""
    return page.locator(f'[data-spot="{layer},{map_}"]')


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    page = new_page()
    open_widget(page, "network_explorer", shown(network="modern"))
    expect(explorer(page)).to_contain_text("trained on Fashion-MNIST: 90.1\u00a0% of the test images right")
    return page


@pytest.mark.parametrize("name", ["lenet", "modern"])
def test_every_garment_gets_the_scores_that_torch_gives(page: Page, name: str) -> None:
    page.get_by_role("button", name={"lenet": "LeNet", "modern": "Modern LeNet"}[name], exact=True).click()
    net = filled(name)
    for garment, image in garments().items():
        page.get_by_role("button", name=garment, exact=True).click()
        expected = outputs(net, image)[-1]
        assert scores(page) == pytest.approx(expected.tolist(), abs=0.0051)
        expect(page.locator(".cnnw-scores h3")).to_have_text(f"It says: {CLASSES[expected.argmax()]}")
        shares = page.locator(".cnnw-bar i").evaluate_all(
            "all => all.map((e) => new DOMMatrix(getComputedStyle(e).transform).a)"
        )
        assert shares == pytest.approx(torch.softmax(torch.tensor(expected), 0).tolist(), abs=1e-4)
    assert page.evaluate("shared.get('image')") == "ankle boot"


def test_a_convolution_taken_apart_adds_up_to_torchs_number(page: Page) -> None:
    tile(page, 4, 5).click(position={"x": 20, "y": 30})
    layer, map_, row, column = page.evaluate("shared.get('cell')")
    assert (layer, map_) == (3, 5)
    found = outputs(filled("modern"), garments()["ankle boot"])
    expected = found[3][map_, row, column]
    assert value(page) == pytest.approx(expected, rel=1e-3)
    conv, total = filled("modern")[3], 0.0
    channels = page.locator(".cnnw-channels button")
    assert channels.count() == 6
    for channel in range(6):
        channels.nth(channel).click()
        window, weights, products = (grid(page, each) for each in ("Window", "Weights", "Products"))
        expected_window = found[2][channel, row : row + 5, column : column + 5]
        expected_weights = conv.weight[map_, channel].detach().numpy()
        assert window == pytest.approx(expected_window, rel=DIGITS)
        assert weights == pytest.approx(expected_weights, rel=DIGITS)
        assert products == pytest.approx(expected_window * expected_weights, rel=DIGITS)
        part = number(channels.nth(channel).get_attribute("aria-label").split(": ")[1])
        assert part == pytest.approx(float((expected_window * expected_weights).sum()), rel=1e-3)
        total += part
    bias = number(panel(page).locator(".cnnw-bias").inner_text().removesuffix(" bias").replace(" ", ""))
    assert bias == pytest.approx(float(conv.bias[map_].detach()), rel=1e-3)
    assert total + bias == pytest.approx(expected, abs=2e-3)
    expect(panel(page).locator(".cnnw-onward")).to_contain_text("Then ReLU: max(0, ")


def test_padding_is_marked_where_the_window_hangs_over(page: Page) -> None:
    tile(page, 1, 0).click(position={"x": 1, "y": 1})
    assert page.evaluate("shared.get('cell')") == [0, 0, 0, 0]
    window = page.get_by_role("grid", name=re.compile("^Window"))
    assert window.locator(".cnnw-padding").count() == 16
    assert grid(page, "Window").shape == (5, 5)
    expect(panel(page)).to_contain_text("It depends on rows 1–3, columns 1–3 of the image (3 × 3)")


def test_pooling_and_linear_layers_taken_apart(page: Page) -> None:
    found = outputs(filled("modern"), garments()["ankle boot"])
    set_trait(page, "cell", [2, 1, 8, 6])
    window = grid(page, "Window")
    assert window == pytest.approx(found[1][1, 16:18, 12:14], rel=DIGITS)
    assert value(page) == pytest.approx(found[2][1, 8, 6], rel=1e-3)
    won = page.get_by_role("grid", name=re.compile("^Window")).locator(".cnnw-won")
    assert ", the largest: " in won.first.get_attribute("aria-label")
    assert number(won.first.inner_text()) == window.max()

    set_trait(page, "cell", [11, 0, 0, 9])
    linear = filled("modern")[11]
    products = found[10] * linear.weight[9].detach().numpy()
    order = np.argsort(-np.abs(products))[:8]
    rows = page.locator(".cnnw-linear tbody tr")
    assert [int(text) - 1 for text in rows.locator("th").all_inner_texts()] == order.tolist()
    assert [number(text) for text in rows.locator("td:nth-child(3)").all_inner_texts()] == pytest.approx(
        products[order].tolist(), rel=1e-3
    )
    assert value(page) == pytest.approx(found[11][9], rel=1e-3)
    expect(panel(page).locator("h3")).to_contain_text("Layer 12, Linear: number 10 (ankle boot)")
    rows.first.get_by_role("button").click()
    assert page.evaluate("shared.get('cell')") == [10, 0, 0, int(order[0])]
    expect(panel(page)).to_contain_text("It depends on the whole image")


def test_the_mean_and_the_sigmoid_of_the_deck_s_net(page: Page) -> None:
    page.get_by_role("button", name="LeNet", exact=True).click()
    found = outputs(filled("lenet"), garments()["ankle boot"])
    set_trait(page, "cell", [5, 3, 2, 4])
    assert grid(page, "Window") == pytest.approx(found[4][3, 4:6, 8:10], rel=DIGITS)
    assert value(page) == pytest.approx(found[5][3, 2, 4], rel=1e-3)
    expect(panel(page)).to_contain_text("/ 4")
    set_trait(page, "cell", [1, 3, 20, 9])
    x, y = found[0][3, 20, 9], found[1][3, 20, 9]
    text = panel(page).locator(".cnnw-terms").inner_text()
    numbers = [number(each) for each in re.findall(r"−?\d[\d.]*(?:e−\d+)?", text)]
    assert numbers[0] == pytest.approx(x, rel=1e-3) and numbers[-1] == pytest.approx(y, rel=1e-3)


def test_back_through_the_layers_to_the_image(page: Page) -> None:
    set_trait(page, "cell", [11, 0, 0, 9])
    back = page.get_by_role("button", name="Layer before")
    seen = []
    for _ in range(11):
        back.click()
        seen.append(page.evaluate("shared.get('cell')")[0])
    assert seen == list(range(10, -1, -1))
    expect(back).to_have_attribute("aria-disabled", "true")
    frame = page.locator(".cnnw-pad .cnnw-frame").bounding_box()
    pad = page.locator(".cnnw-pad").bounding_box()
    assert frame["width"] / pad["width"] == pytest.approx(5 / 28, abs=0.03)
    page.get_by_role("grid", name=re.compile("^Window")).get_by_role("gridcell").nth(
        6
    ).click()  # the image is the end
    assert page.evaluate("shared.get('cell')")[0] == 0


def test_a_window_cell_leads_to_the_number_it_is(page: Page) -> None:
    set_trait(page, "cell", [3, 5, 4, 6])
    page.locator(".cnnw-channels button").nth(2).click()
    cell = page.get_by_role("grid", name=re.compile("^Window")).get_by_role("gridcell").nth(5 + 3)
    shown_number = number(cell.get_attribute("aria-label").rsplit(": ", 1)[1])
    cell.click()
    assert page.evaluate("shared.get('cell')") == [2, 2, 5, 9]
    assert value(page) == pytest.approx(shown_number, rel=DIGITS)


def test_drawing_changes_the_image_and_all_that_follows(page: Page) -> None:
    page.get_by_role("button", name="Clear").click()
    assert not image_of(page).any()
    box = page.locator(".cnnw-pad").bounding_box()
    x, y = box["x"], box["y"]
    page.mouse.move(x + 0.3 * box["width"], y + 0.2 * box["height"])
    page.mouse.down()
    for step in range(1, 11):
        page.mouse.move(x + 0.3 * box["width"], y + (0.2 + 0.06 * step) * box["height"])
    page.mouse.up()
    page.mouse.move(x + 0.8 * box["width"], y + 0.5 * box["height"])  # lifted: draws nothing
    image = image_of(page)
    rows, columns = np.nonzero(image > 128)
    assert (rows.min(), rows.max()) == (3, 24) and columns.min() >= 5 and columns.max() <= 10
    assert scores(page) == pytest.approx(outputs(filled("modern"), image)[-1].tolist(), abs=0.0051)
    assert page.locator(".cnnw-garments [aria-pressed='true']").count() == 0
    page.get_by_role("button", name="Eraser").click()
    page.mouse.move(x + 0.3 * box["width"], y + 0.2 * box["height"])
    page.mouse.down()
    page.mouse.move(x + 0.3 * box["width"], y + 0.5 * box["height"], steps=3)
    page.mouse.up()
    assert not image_of(page)[4:14, 8].any() and image_of(page)[19, 8]


def test_all_of_it_by_keyboard(page: Page) -> None:
    said = explorer(page).get_by_role("status")
    said.evaluate(
        "e => { window.heard = []; new MutationObserver(() => heard.push(e.textContent)).observe(e, "
        "{ childList: true, characterData: true, subtree: true }); }"
    )
    page.get_by_role("button", name="Clear").click()
    pad = page.get_by_role("application", name=re.compile("^Image to draw on"))
    pad.focus()
    for keys, heard in (
        ("ArrowUp ArrowUp Space", "Brush down at row 13, column 15"),
        ("ArrowRight ArrowRight ArrowRight", "Row 13, column 18"),
        ("Space", "Brush lifted"),
    ):
        for key in keys.split():
            page.keyboard.press(key)
        expect(said).to_contain_text(re.compile(f"{heard}|The network says"))
    # On a slow machine it is said before the brush is lifted.
    page.wait_for_function("heard.some((text) => text.includes('The network says'))")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    rows, columns = np.nonzero(image_of(page) > 200)
    assert set(rows) <= set(range(9, 16)) and columns.max() >= 17 and columns.min() <= 14
    expect(said).to_contain_text("Row 15, column 18")

    page.locator("[data-spot][tabindex='0']").focus()
    assert page.locator("[data-spot][tabindex='0']").count() == 1
    for key in ("Home", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    assert page.evaluate("shared.get('cell')")[:2] == [3, 2]
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused.startswith("Layer 4, Conv2d, map 3 of 16: from ")
    expect(said).to_contain_text("Layer 4, Conv2d, map 3, row 6, column 6: 6 partial sums ")

    page.get_by_role("application", name=re.compile("^Layer 4, Conv2d, Map 3 of 16")).focus()
    for key in ("ArrowDown", "ArrowLeft", "Control+End", "ArrowUp"):
        page.keyboard.press(key)
    assert page.evaluate("shared.get('cell')") == [3, 2, 8, 9]
    page.keyboard.press("Home")
    assert page.evaluate("shared.get('cell')") == [3, 2, 8, 0]


def test_every_canvas_has_words(page: Page) -> None:
    found = outputs(filled("modern"), garments()["ankle boot"])
    label = tile(page, 4, 9).get_attribute("aria-label")
    low, high, mean = (number(each) for each in re.findall(r"−?\d+\.?\d*(?:e−\d+)?", label.split(": ")[1]))
    assert (low, high, mean) == pytest.approx(
        (found[3][9].min(), found[3][9].max(), found[3][9].mean()), rel=0.006, abs=0.006
    )
    unlabelled = "all => all.filter((e) => !e.ariaHidden || e.closest('[aria-label], button') === null).length"
    assert page.locator("canvas").evaluate_all(unlabelled) == 0
    assert page.locator("canvas").count() > 12
    assert page.locator("[data-spot][aria-label]").count() > 60


def test_predict_first(page: Page) -> None:
    page.get_by_role("button", name="bag", exact=True).click()
    page.get_by_role("switch", name="Predict first").check(force=True)
    panel_ = page.get_by_role("region", name="What the network says")
    expect(panel_.get_by_role("heading")).to_have_text("Which class will it say?")
    assert page.locator(".cnnw-bars").count() == 0
    expect(tile(page, 12)).to_have_attribute("aria-label", "Layer 12, Linear: hidden until you predict")
    tile(page, 12).click()
    assert page.evaluate("shared.get('cell')")[0] != 11
    set_trait(page, "cell", [11, 0, 0, 8])
    expect(panel(page)).to_contain_text("This layer tells the classes: predict first.")
    assert panel(page).locator("h3 b").count() == 0

    panel_.get_by_role("button", name="coat").click()
    expect(panel_).to_contain_text("✗ You said coat; it says bag")
    expect(panel_).to_contain_text("0 of 1 right")
    expect(explorer(page).get_by_role("status")).to_contain_text("it says bag")
    assert len(scores(page)) == 10
    page.get_by_role("button", name="sandal", exact=True).click()
    assert page.locator(".cnnw-bars").count() == 0
    panel_.get_by_role("button", name="sandal").click()
    expect(panel_).to_contain_text("✓ Right: sandal")
    expect(panel_).to_contain_text("1 of 2 right")
    page.get_by_role("button", name="Random").click()
    panel_.get_by_role("button", name="Show me").click()
    expect(panel_).to_contain_text("1 of 2 right, 1 shown")
    kept = page.evaluate("shared.get('_predictions')")
    assert (kept["right"], kept["tried"], kept["shown"]) == (1, 2, 1)


def test_a_module_of_ones_own_with_other_layers(new_page: Callable[..., Page]) -> None:
    torch.manual_seed(1)
    net = nn.Sequential(
        *(nn.Conv2d(1, 20, (3, 2), stride=(2, 1), padding=(0, 1)), nn.Tanh(), nn.AvgPool2d(2, padding=1)),
        *(nn.Flatten(), nn.Linear(20 * 4 * 7, 17), nn.ReLU(), nn.Linear(17, 3), nn.Softmax(dim=1)),
    ).eval()
    image = (np.arange(13 * 11) * 37 % 256).reshape(13, 11).astype(np.uint8)
    page = new_page()
    open_widget(
        page, "network_explorer", shown(module=net, image=image, classes=["cat", "dog", "fish"], cell=(2, 4, 0, 3))
    )
    found = outputs(net, image)
    expect(explorer(page)).to_contain_text("Your Sequential")
    assert page.locator(".cnnw-garments").count() == 0  # they have another size
    expect(page.locator(".cnnw-scores h3")).to_have_text(f"It says: {['cat', 'dog', 'fish'][found[-1].argmax()]}")
    assert value(page) == pytest.approx(found[2][4, 0, 3], rel=1e-3)
    assert page.get_by_role("grid", name=re.compile("^Window")).locator(".cnnw-padding").count() == 2
    set_trait(page, "cell", [0, 7, 3, 10])
    assert value(page) == pytest.approx(found[0][7, 3, 10], rel=1e-3)
    assert grid(page, "Weights") == pytest.approx(net[0].weight[7, 0].detach().numpy(), rel=DIGITS)

    with torch.no_grad():
        net[0].weight.neg_()
    changed = shown(module=net, image=image)
    set_trait(page, "_weights", changed._weights)
    assert value(page) == pytest.approx(outputs(net, image)[0][7, 3, 10], rel=1e-3)
    assert grid(page, "Weights") == pytest.approx(net[0].weight[7, 0].detach().numpy(), rel=DIGITS)
    assert serious_violations(page, "main") == []


def test_two_views_of_one_model_and_nothing_left(new_page: Callable[..., Page]) -> None:
    page = new_page()
    open_widget(page, "network_explorer", shown(), count=2)
    views = explorer(page)
    expect(views).to_have_count(2)
    views.first.get_by_role("button", name="trouser", exact=True).click()
    views.last.locator('[data-spot="4,3"]').click()
    for view in (views.first, views.last):
        expect(view.locator(".cnnw-scores h3")).to_have_text("It says: trouser")
        expect(view.locator(".cnnw-cell-panel h3")).to_contain_text("Layer 4, Conv2d: map 4")
    assert (
        views.last.evaluate("e => e.getRootNode() instanceof ShadowRoot && getComputedStyle(e).borderRadius")
        == "14px"
    )
    views.first.get_by_role("button", name="Eraser").click()
    expect(views.last.get_by_role("button", name="Broad")).to_have_attribute("aria-pressed", "true")
    taken = page.evaluate("[live.observers.size, live.listeners.size, shared.listening()]")
    assert all(taken)
    assert set(left_behind(page).values()) == {0}


def test_keys_stay_in_the_widget(page: Page) -> None:
    page.evaluate("window.leaked = []; document.body.addEventListener('keydown', (e) => leaked.push(e.key))")
    page.get_by_role("application", name=re.compile("^Image to draw on")).focus()
    for key in ("ArrowRight", "a", "b", "d", "Enter", "Space", "Escape"):
        page.keyboard.press(key)
    assert page.evaluate("leaked") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("preset", ["An ankle boot", "Why that class?", "A largest value", "Predict first"])
def test_on_the_static_page(new_page: Callable[..., Page], gallery: str, scheme: str, preset: str) -> None:
    page = new_page(color_scheme=scheme)
    page.goto(gallery)
    section = page.locator(".g-entry", has=explorer(page))
    section.get_by_role("button", name=preset, exact=True).click()
    expect(explorer(page)).to_have_attribute("data-theme", scheme)
    expect(explorer(page)).to_contain_text("of the test images right")
    assert serious_violations(page, ".cnnw-network") == []


@pytest.mark.parametrize("width", [320, 600, 1280])
def test_nothing_overflows(new_page: Callable[..., Page], gallery: str, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    page.goto(gallery)
    section = page.locator(".g-entry", has=explorer(page))
    for preset in section.locator(".g-presets button").all():
        preset.click()
        assert explorer(page).evaluate("e => e.scrollWidth <= e.clientWidth + 1")
        assert explorer(page).evaluate("e => e.getBoundingClientRect().right") <= width
    strip = page.locator(".cnnw-strip")
    assert strip.evaluate("e => e.scrollWidth > e.clientWidth")
    page.locator(".cnnw-strip [data-spot='0,0']").focus()
    page.keyboard.press("End")
    assert page.locator(".cnnw-strip [data-spot='12,0']").evaluate("e => e === document.activeElement")


def test_random_weights_are_those_of_the_seed(page: Page) -> None:
    page.get_by_role("button", name="Random", exact=True).click()
    expect(explorer(page)).to_contain_text("nothing is learned yet")
    set_trait(page, "seed", 5)
    weights = NetworkExplorer(network="modern", weights="random", seed=5).numbers
    net, at = modern_lenet(), 0
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(torch.tensor(weights[at : at + p.numel()]).reshape(p.shape))
            at += p.numel()
    assert scores(page) == pytest.approx(outputs(net, garments()["ankle boot"])[-1].tolist(), abs=0.0051)
