"""A notebook exported to HTML and a widget saved as a page: alive in a real Chromium that has no network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Locator, Page, expect

from cnnwidgets import CorrelationExplorer, ImageKernelExplorer
from cnnwidgets.cli import main
from cnnwidgets.ops import convolve2d
from tests.browser.conftest import serious_violations

CELLS = (
    "import ipywidgets, numpy as np\nfrom cnnwidgets import CorrelationExplorer, ImageKernelExplorer",
    "def one_place(X, K):\n    return (X[:2, :2] * K).sum() + np.zeros((2, 2))",
    "explorer = CorrelationExplorer(fn=one_place)\nexplorer",
    "explorer.step = 1\nexplorer",
    "ImageKernelExplorer(picture='disc')",
    "ipywidgets.IntSlider()",
)


def write(path: Path, *cells: str) -> Path:
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    notebook.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
    notebook.cells.insert(0, nbformat.v4.new_markdown_cell("# A lesson\n\n<script>window.own = 1</script> $a < b$"))
    nbformat.write(notebook, path)
    return path


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = write(tmp_path_factory.mktemp("lesson") / "a lesson.ipynb", *CELLS)
    before = path.read_bytes()
    assert main(["export", str(path), "--run"]) == 0
    assert path.read_bytes() == before  # what ran was a copy
    return path.with_suffix(".html")


def open_offline(new_page: Callable[..., Page], path: Path) -> tuple[Page, list[str]]:
    page = new_page(offline=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    return page, asked


def correlation(page: Page) -> Locator:
    return page.get_by_role("group", name="Correlation explorer")


def test_the_notebooks_widgets_step_by_click_and_by_keyboard(new_page: Callable[..., Page], exported: Path) -> None:
    page, asked = open_offline(new_page, exported)
    expect(page.locator(".cnnw-root")).to_have_count(3)
    first, again = correlation(page).all()
    expect(first.locator(".cnnw-arithmetic")).to_have_text("1×0 + 2×1 + 4×2 + 5×3 = 25")
    first.get_by_role("button", name="Step", exact=True).click()
    for view in (first, again):  # two views of one model
        expect(view.locator(".cnnw-arithmetic")).to_have_text("3×0 + 4×1 + 6×2 + 7×3 = 37")
    again.get_by_role("button", name="Step", exact=True).focus()
    page.keyboard.press("Enter")
    expect(first.locator(".cnnw-arithmetic")).to_have_text("4×0 + 5×1 + 7×2 + 8×3 = 43")
    picture = page.get_by_role("application").first
    before = page.locator(".cnnw-root").last.inner_text()
    picture.press("ArrowRight")
    expect(page.locator(".cnnw-root").last).not_to_have_text(before)
    assert all(url.startswith(("file:", "blob:", "data:")) for url in asked), asked


def test_the_learners_function_is_shown_as_it_was(new_page: Callable[..., Page], exported: Path) -> None:
    page, _ = open_offline(new_page, exported)
    view = correlation(page).first
    expect(view).to_contain_text("one_place has 3 of 4 values wrong")
    expect(view.locator(".cnnw-unit-yours .cnnw-differs")).to_have_count(3)
    # Another input: what the function would give there is not known, and nothing old is shown as if it were.
    view.get_by_role("grid", name="Input").get_by_role("gridcell").first.click()
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    expect(view.locator(".cnnw-unit-yours .cnnw-differs")).to_have_count(0)
    expect(view).not_to_contain_text("3 of 4 values wrong")


def test_other_widgets_get_a_sentence_and_each_bundle_comes_once(exported: Path) -> None:
    text = exported.read_text(encoding="utf-8")
    assert text.count("This output needs a running notebook") == 1
    assert text.count("Correlation explorer") == 1  # a text of its bundle
    assert "jupyter.widget-state" not in text


def test_axe_finds_nothing_serious(new_page: Callable[..., Page], exported: Path) -> None:
    page, _ = open_offline(new_page, exported)
    expect(page.locator(".cnnw-root")).to_have_count(3)
    assert serious_violations(page, ".cnnw-live") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_widget_saved(new_page: Callable[..., Page], tmp_path: Path, scheme: str) -> None:
    explorer = CorrelationExplorer(kernel=[[1, 2], [0, 0]], step=2, fn=convolve2d)
    path = explorer.save(tmp_path / "explorer.html")
    page, asked = open_offline(lambda **options: new_page(color_scheme=scheme, **options), path)
    view = correlation(page)
    assert view.get_attribute("data-theme") == scheme
    expect(view.locator(".cnnw-arithmetic")).to_have_text("3×1 + 4×2 + 6×0 + 7×0 = 11")
    expect(view).to_contain_text("convolve2d has 4 of 4 values wrong")
    view.get_by_role("button", name="Step back").press("Enter")
    expect(view.locator(".cnnw-arithmetic")).to_have_text("1×1 + 2×2 + 4×0 + 5×0 = 5")
    assert serious_violations(page, "body") == []
    assert asked == [path.as_uri()] or all(url.startswith(("file:", "blob:", "data:")) for url in asked)


def test_a_picture_saved(new_page: Callable[..., Page], tmp_path: Path) -> None:
    page, _ = open_offline(new_page, ImageKernelExplorer(picture="checkerboard").save(tmp_path / "image.html"))
    expect(page.locator(".cnnw-root")).to_contain_text("48 × 64")


def test_bad_input_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "no.ipynb").write_text("{")
    write(tmp_path / "plain.ipynb", "1 + 1")
    for arguments, sentence in (
        (["none.ipynb"], "there is no notebook "),
        (["no.ipynb"], "is not a notebook that can be read: "),
        (["plain.ipynb"], "it holds no widget with its state; save it with its widgets' state"),
    ):
        assert main(["export", str(tmp_path / arguments[0])]) == 2
        said = capsys.readouterr().err
        assert said.startswith("cnnwidgets: ") and sentence in said
    assert list(tmp_path.glob("*.html")) == []


@pytest.mark.slow
def test_a_notebook_that_stops_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "stops.ipynb", "1 / 0")
    assert main(["export", str(path), "--run"]) == 2
    assert "does not run to its end: cell 2 stops with ZeroDivisionError: division by zero" in capsys.readouterr().err
