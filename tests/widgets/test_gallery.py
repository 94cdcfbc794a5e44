"""The static page is one file that needs nothing else, and holds what the widgets hold."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from cnnwidgets import CorrelationExplorer, widgets
from cnnwidgets.widgets import base
from cnnwidgets.widgets.gallery import entries
from cnnwidgets.widgets.gallery.entry import Entry, Preset
from cnnwidgets.widgets.gallery.page import EXERCISES, build_gallery
from cnnwidgets.widgets.live import as_json, merged, rules_of
from tests.widgets.test_front_end import run


class Page(HTMLParser):
    """The tags of a page, what they refer to, and the text of its scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.references: list[str] = []
        self.tags: list[str] = []
        self.anchors: list[str] = []
        self.texts: dict[str, str] = {}
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        self.anchors += [found["id"] or ""] if "id" in found else []
        self.references += [
            found[name] or "" for name in ("src", "href", "srcset", "data", "action") if name in found
        ]
        self._inside = f"script#{found.get('id', '')}" if tag == "script" else tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        self.texts[self._inside] = self.texts.get(self._inside, "") + data


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_gallery(tmp_path_factory.mktemp("site") / "a" / "new folder")


@pytest.fixture(scope="module")
def page(path: Path) -> Page:
    return Page(path.read_text(encoding="utf-8"))


def data(page: Page) -> dict[str, Any]:
    return json.loads(page.texts["script#g-data"])


def test_it_goes_into_a_new_folder_and_over_an_old_page(path: Path) -> None:
    assert (path.name, path.parent.name) == ("index.html", "new folder")
    assert [each.name for each in path.parent.iterdir()] == ["index.html"]
    before = path.read_bytes()
    assert build_gallery(str(path.parent)) == path
    assert path.read_bytes() == before


def test_it_refers_to_nothing_outside(page: Page) -> None:
    assert page.references
    places = {f"#{anchor}" for anchor in page.anchors}
    assert [each for each in page.references if not each.startswith("data:") and each not in {*places, "#"}] == []
    assert "link" in page.tags and "iframe" not in page.tags and "base" not in page.tags
    styles = page.texts["style"]
    assert "@import" not in styles
    assert [url for url in re.findall(r"url\(([^)]*)\)", styles) if not url.strip("'\" ").startswith("data:")] == []


def test_no_bundle_asks_the_network(page: Page) -> None:
    for source in (*data(page)["bundles"].values(), page.texts["script#"]):
        for address in re.findall(r"https?://[^\"'` )]+", source):
            assert address.startswith("http://www.w3.org/"), address  # a namespace is a name
        assert not re.search(r"\b(fetch|importScripts|XMLHttpRequest|WebSocket|EventSource|sendBeacon)\b", source)


def test_no_bundle_imports_anything(tmp_path: Path) -> None:
    """A blob can import nothing. esbuild's parser tells an import from a text that looks like one."""
    (tmp_path / "planted.js").write_text('export { a } from "https://a.b/c.js"; import("./d.js"); "a from\\"e"')
    planted = run("imports", "--", str(tmp_path)).splitlines()
    assert planted == ["planted.js: import-statement of https://a.b/c.js", "planted.js: dynamic-import of ./d.js"]
    assert run("imports") == ""


def test_every_bundle_is_inlined_whole(page: Page) -> None:
    shown = entries()
    held = data(page)
    assert list(held["bundles"]) == [entry.bundle for entry in shown]
    for name, source in held["bundles"].items():
        assert source == base.bundle(f"{name}.js")
        for rule in rules_of(base.bundle(f"{name}.css")):
            assert rule in page.texts["style"]
    assert page.texts["script#"].replace("<\\/script", "</script") == base.bundle("gallery.js")
    assert [entry["bundle"] for entry in held["entries"]] == [entry.bundle for entry in shown]


def test_every_preset_sets_what_the_widget_has(page: Page) -> None:
    for entry in data(page)["entries"]:
        assert entry["presets"]
        for traits in entry["presets"]:
            assert traits.keys() <= entry["state"].keys()


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.bundle)
def test_every_preset_is_a_state_that_the_widget_takes(entry: Entry) -> None:
    kind = getattr(widgets, entry.bundle.title().replace("_", ""))
    for preset in entry.presets:
        widget = kind()
        widget.set_state(preset.traits)
        now, wanted = (json.loads(as_json(state)) for state in (widget.get_state(list(preset.traits)), preset.traits))
        assert now == wanted  # nothing was clamped or refused


def test_every_entry_has_a_card_and_a_section(page: Page) -> None:
    for entry in entries():
        anchor = entry.bundle.replace("_", "-")
        assert page.anchors.count(anchor) == 1
        assert page.references.count(f"#{anchor}") == 1


def test_every_exercise_comes_along_once(page: Page) -> None:
    held = data(page)["notebooks"]
    assert list(held) == list(dict.fromkeys(entry.exercise for entry in entries()))
    for name, text in held.items():
        assert text == (EXERCISES / name / f"{name}.ipynb").read_text(encoding="utf-8")


def test_bytes_come_as_base64(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    entry = Entry(
        "shape_explorer", "A", "b", {"_data": memoryview(bytes([0, 255])), "n": 1}, (Preset("c", "d"),), "e"
    )
    monkeypatch.setattr("cnnwidgets.widgets.gallery.entries", lambda: [entry])
    page = Page(build_gallery(tmp_path).read_text(encoding="utf-8"))
    assert data(page)["entries"][0]["state"] == {"_data": {"bytes": "AP8="}, "n": 1}
    entry.state["n"] = object()
    with pytest.raises(TypeError, match="a state holds a object"):
        build_gallery(tmp_path)


def test_what_styles_share_comes_once_and_first() -> None:
    one = '.base{color:red}.one{content:"}"}@media print{.base{color:black}.one{color:blue}}'
    two = ".base{color:red}.parts{margin:0}.two:is(.a,.b){top:0}"
    three = ".base{color:red}.parts{margin:0}/* a { brace */.three{content:'\\'{'}"
    assert rules_of(three) == [".base{color:red}", ".parts{margin:0}", "/* a { brace */.three{content:'\\'{'}"]
    joined = merged([one, two, three])
    assert joined.count(".base{color:red}") == joined.count(".parts{margin:0}") == 1
    assert joined.startswith(".base{color:red}.parts{margin:0}.one{")
    assert merged([one]) == one


def test_the_presets_show_what_their_lines_say() -> None:
    entry = next(entry for entry in entries() if entry.bundle == "correlation_explorer")
    example, edges, impulse, strided, back = (preset.traits for preset in entry.presets)
    assert CorrelationExplorer(**example).output.tolist() == [[19, 25], [37, 43]]
    assert set(CorrelationExplorer(**edges).output.ravel()) == {-1, 0, 1}
    middle = CorrelationExplorer(**impulse).output[2:5, 2:5]
    assert middle.tolist() == [[9, 8, 7], [6, 5, 4], [3, 2, 1]]
    assert CorrelationExplorer(**impulse, mode="convolution").output[2:5, 2:5].tolist() == [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
    ]
    assert CorrelationExplorer(**strided).output.tolist() == [[0, 8], [6, 8]]
    up = CorrelationExplorer(**back)
    assert (up.mode, up.input.shape, up.output.shape, up.stride) == ("transposed", (3, 3), (6, 6), (2, 2))


def test_text_is_escaped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    risky = "</script><script>alert(1)</script>"
    entry = Entry(
        bundle="correlation_explorer",
        title=f"A & B {risky}",
        line="x < y",
        state={"_fn_name": risky},
        presets=(Preset(f'"quoted" {risky}', f'a "line" {risky}'),),
        exercise="no-such-exercise",
    )
    monkeypatch.setattr("cnnwidgets.widgets.gallery.entries", lambda: [entry])
    page = Page(build_gallery(tmp_path).read_text(encoding="utf-8"))
    assert page.tags.count("script") == 2
    assert data(page)["entries"][0]["state"] == {"_fn_name": risky}


def test_without_the_front_end_it_says_how_to_build_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(base, "STATIC", tmp_path / "static")
    sentence = r"^The widgets' front end is not built: .*\.js is missing\. .*`python js/node\.py build`\.$"
    with pytest.raises(FileNotFoundError, match=sentence):
        build_gallery(tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_importing_a_widget_without_the_front_end_says_so_too(tmp_path: Path) -> None:
    code = (
        "import pathlib, sys\n"
        "from cnnwidgets.widgets import base\n"
        "base.STATIC = pathlib.Path(sys.argv[1])\n"
        "try:\n"
        "    from cnnwidgets import CorrelationExplorer\n"
        "except FileNotFoundError as problem:\n"
        "    print(problem)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("The widgets' front end is not built: ")
