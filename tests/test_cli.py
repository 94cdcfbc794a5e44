"""The command line: good help, and one clear sentence for every mistake."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cnnwidgets.cli import main
from tests.grading.conftest import HONEST, NAME, answered, hand_in, make_course, snapshot, source_notebook, write


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    text = capsys.readouterr().out
    assert all(command in text for command in ("assign", "grade", "explore", "demo"))
    for arguments in (["--help"], ["grade", "--help"]):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 0
    with pytest.raises(SystemExit):
        main(["--version"])
    assert "cnnwidgets 0." in capsys.readouterr().out


def test_it_is_light() -> None:
    code = "import sys, cnnwidgets.cli; print({'torch', 'numpy', 'nbgrader', 'nbformat', 'rich'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "set()"


def other_course(folder: Path) -> None:
    """A submission that holds another assignment of the same course."""
    other = source_notebook()
    for each in other.cells:
        if "nbgrader" in each.metadata:
            each.metadata.nbgrader.grade_id += "-other"
    write(other, folder / "solutions" / "02-other" / "02-other.ipynb")
    write(other, folder / "submitted" / "ann" / NAME / f"{NAME}.ipynb")


def broken(text: str) -> Callable[[Path], None]:
    return lambda folder: (folder / "solutions" / NAME / f"{NAME}.ipynb").write_text(text) and None  # type: ignore[func-returns-value]


def nothing(folder: Path) -> None:
    pass


MISTAKES: dict[str, tuple[Callable[[Path], object], list[str], str]] = {
    "no course": (
        lambda f: (f / "nbgrader_config.py").unlink(),
        ["assign"],
        "is no course: it has no nbgrader_config.py",
    ),
    "no folder": (nothing, ["assign", "--course", "nowhere"], "there is no folder"),
    "bad settings": (
        lambda f: (f / "nbgrader_config.py").write_text("c = ("),
        ["assign"],
        "can not be read: SyntaxError",
    ),
    "no solutions": (lambda f: shutil.rmtree(f / "solutions"), ["assign"], "has no folder solutions/"),
    "no assignments": (lambda f: shutil.rmtree(f / "solutions" / NAME), ["assign"], "holds no assignment"),
    "misspelt": (nothing, ["assign", "01-tyni"], "no assignment '01-tyni': did you mean 01-tiny?"),
    "unknown": (nothing, ["grade", "xyz"], "no assignment 'xyz': there are: 01-tiny"),
    "not JSON": (broken("{"), ["assign"], "not a notebook: the file is not JSON"),
    "not a notebook": (broken("[]"), ["assign"], "says no notebook format"),
    "old format": (broken('{"nbformat": 3, "worksheets": []}'), ["assign"], "notebook format 3"),
    "no cells": (
        broken('{"nbformat": 4, "nbformat_minor": 5, "cells": [], "metadata": {}}'),
        ["assign"],
        "has no cells",
    ),
    "damaged": (broken('{"nbformat": 4, "cells": [{"cell_type": "code"}]}'), ["assign"], "cell 1 is not a cell"),
    "broken, grading": (broken("{"), ["grade", NAME], "not JSON"),
    "check": (broken("{"), ["assign", "--check"], "not JSON"),
    "no submissions": (nothing, ["grade", NAME], "there are no submissions"),
    "no folder for JSON": (
        lambda f: hand_in_one(f),
        ["grade", NAME, "--json", "nowhere/x.json"],
        "nowhere/x.json can not be written",
    ),
    "torn gradebook": (
        lambda f: (hand_in_one(f), (f / "gradebook.db").write_text("no database")),
        ["grade", NAME],
        "can not be used: file is not a database",
    ),
    "no demo course": (nothing, ["demo"], "no assignment '02-correlation'"),
    "page into a file": (
        lambda f: (f / "page").write_text(""),
        ["explore", "--into", "page"],
        "is a file, not a folder",
    ),
    "port": (nothing, ["explore", "--no-browser", "--port", "99999"], "port 99999 can not be used"),
}


def hand_in_one(folder: Path) -> None:
    write(answered(), folder / "submitted" / "ann" / NAME / f"{NAME}.ipynb")


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_sentence_and_nothing_is_written(
    mistake: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    break_it, arguments, sentence = MISTAKES[mistake]
    folder = make_course(tmp_path / "course").folder
    break_it(folder)
    monkeypatch.chdir(folder)
    before = snapshot(folder)
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert sentence in error and error.startswith("cnnwidgets: ")
    assert error.count("\n") == 1 and "Traceback" not in error
    assert {p: c for p, c in snapshot(folder).items() if "__pycache__" not in p} == before


@pytest.mark.parametrize("arguments", [["assign"], ["grade", NAME], ["demo"]])
def test_without_nbgrader(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "nbgrader", None)  # type: ignore[arg-type]
    assert main(arguments) == 2
    assert capsys.readouterr().err.endswith("pip install 'cnnwidgets[instructor]'\n")


@pytest.mark.slow
def test_a_class_from_release_to_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    course = make_course(tmp_path / "course")
    monkeypatch.chdir(course.folder)
    assert main(["assign", NAME]) == 0
    text = capsys.readouterr().out
    assert "01-tiny" in text and "build/handout/01-tiny.zip" in text
    assert main(["assign", "--check"]) == 0
    (course.folder / "exercises" / NAME / "extra.txt").write_text("edited by hand")
    assert main(["assign", "--check"]) == 1

    capsys.readouterr()
    hand_in(course, "ann", HONEST["partly"]())
    other_course(course.folder)
    shutil.move(course.folder / "submitted" / "ann", course.folder / "submitted" / "bob")
    hand_in(course, "ann", HONEST["partly"]())
    assert main(["grade", NAME, "--json", "-"]) == 1  # bob's is another assignment
    shown = capsys.readouterr()
    data = json.loads(shown.out)
    assert (data["graded"], data["not_graded"]) == (1, 1)
    ann, bob = data["submissions"]
    assert (ann["student"], ann["score"], ann["max_score"]) == ("ann", 3, 5)
    assert ann["exercises"][1]["misconception"] == "The number is returned as it came"
    assert not bob["graded"] and bob["reason"].endswith("it looks like 02-other")
    assert "3/5" in shown.err and "not graded" in shown.err
    assert "report     build/report/01-tiny.html" in shown.err
    assert "The number is returned as it came" in (course.folder / "build/report/01-tiny.html").read_text()

    shutil.rmtree(course.folder / "submitted" / "bob")
    assert main(["grade", NAME, "--json", "scores.json"]) == 0
    assert json.loads((course.folder / "scores.json").read_text())["submissions"][0]["score"] == 3
    assert "unchanged since they were graded" in capsys.readouterr().out


def test_the_page_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explore", "--into", str(tmp_path / "page")]) == 0
    assert [p.name for p in (tmp_path / "page").iterdir()] == ["index.html"]
    assert "index.html" in capsys.readouterr().out


def test_the_page_is_served_on_this_machine_only(tmp_path: Path) -> None:
    from threading import Thread
    from urllib.request import urlopen

    from cnnwidgets.explore import open_server

    (tmp_path / "index.html").write_text("the page")
    with open_server(tmp_path, 0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        assert server.server_address[0] == "127.0.0.1"
        with urlopen(f"http://127.0.0.1:{server.server_address[1]}/") as answer:
            assert answer.read() == b"the page"
        server.shutdown()
