"""Releasing: the same bytes as stock nbgrader's, proofs that catch what they are for, and nothing by halves."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from cnnwidgets.grading import assign
from cnnwidgets.grading.course import Course
from cnnwidgets.grading.handout import pack
from cnnwidgets.grading.leaks import find_leaks
from cnnwidgets.grading.problem import Problem
from cnnwidgets.grading.proof import prove_scores
from cnnwidgets.grading.release import generate_release, is_current

from .conftest import NAME, TEST_DOUBLE, cell, make_course, snapshot, source_notebook

pytestmark = pytest.mark.filterwarnings(
    "ignore::sqlalchemy.exc.SAWarning", "ignore::nbformat.warnings.DuplicateCellId"
)


def test_the_same_source_gives_the_same_bytes(course: Course, tmp_path: Path) -> None:
    first = generate_release(course, NAME, tmp_path / "first")
    second = generate_release(course, NAME, tmp_path / "second")
    assert first == tmp_path / "first" / NAME
    assert snapshot(first) == snapshot(second) and is_current(first, second)
    text = (first / f"{NAME}.ipynb").read_text()
    assert "YOUR CODE HERE" in text and "doubled" not in text and "hidden words" not in text
    assert not (course.folder / "gradebook.db").exists()


def test_it_is_what_stock_nbgrader_generates(course: Course, tmp_path: Path) -> None:
    ours = generate_release(course, NAME, tmp_path)
    env = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", NAME]
    subprocess.run(command, cwd=course.folder, env=env, check=True, capture_output=True)
    assert snapshot(course.folder / "exercises" / NAME) == snapshot(ours)


def test_a_clean_release_leaks_nothing(course: Course, tmp_path: Path) -> None:
    assert find_leaks(source_notebook(), generate_release(course, NAME, tmp_path)) == []


@pytest.mark.parametrize(
    ("plant", "found"),
    [
        (lambda nb, folder: nb.cells[1].metadata.update(note="return x + x  # doubled"), "return x + x  # doubled"),
        (
            lambda nb, folder: (folder / "helper.py").write_text("\ndef d(x):\n    return x + x  # doubled\n"),
            "doubled",
        ),
        (
            lambda nb, folder: (folder / "old.json").write_text(
                '{"a": ["assert double(-3) == -6, \\"hidden words\\""]}'
            ),
            "-6",
        ),
        (
            lambda nb, folder: nb.cells[3].update(source="def triple(x):\n    ### BEGIN SOLUTON\n    return 9"),
            "BEGIN SOLUTON",
        ),
    ],
    ids=["metadata", "another file", "a JSON file", "a misspelt delimiter"],
)
def test_a_planted_leak_is_caught(tmp_path: Path, plant, found: str) -> None:
    notebook = source_notebook()
    folder = tmp_path / "course"
    (folder / "solutions" / NAME).mkdir(parents=True)
    plant(notebook, folder / "solutions" / NAME)
    course = make_course(folder, notebook)
    if found == "BEGIN SOLUTON":  # nbgrader takes a cell without a region for a solution: let it stand beside one
        notebook.cells[3].source += "\n### BEGIN SOLUTION\n### END SOLUTION"
        course = make_course(folder, notebook)
    before = snapshot(course.folder)
    with pytest.raises(assign.NotProved) as caught:
        assign.release(course, NAME)
    assert any(found in fault for fault in caught.value.faults)
    assert {name: text for name, text in snapshot(course.folder).items() if name != "build"} == before


@pytest.mark.slow
def test_an_unsound_assignment_is_not_released(tmp_path: Path) -> None:
    """Its own solution fails one test, and the release passes the other."""
    notebook = source_notebook()
    notebook.cells[2].source = TEST_DOUBLE.replace("== -6", "== 6")
    notebook.cells[4].source = "3.0\n### BEGIN HIDDEN TESTS\nif False: triple(1)\n### END HIDDEN TESTS"
    course = make_course(tmp_path / "course", notebook)
    release = generate_release(course, NAME, tmp_path)
    faults, points = prove_scores(course, NAME, release, tmp_path / "work")
    assert points == 5
    assert len(faults) == 2
    assert "the source gets 0 of 2 points in double" in faults[0] and "hidden words" in faults[0]
    assert "the release gets 3 points in triple" in faults[1]


@pytest.mark.slow
def test_a_release_is_whole_and_a_second_one_changes_nothing(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    (course.folder / "solutions" / NAME / "data.txt").write_text("1 2 3\n")
    done = assign.release(course, NAME)
    assert (done.tests, done.points, done.changed) == (2, 5, True)
    assert sorted(p.name for p in done.folder.iterdir()) == [f"{NAME}.ipynb", "data.txt"]
    assert assign.check_release(course, NAME) == []

    before = snapshot(course.folder / "exercises"), done.handout.read_bytes()
    monkeypatch.setattr(assign, "prove_scores", lambda *_: ([], 5.0))  # proved above
    assert not assign.release(course, NAME).changed
    assert (snapshot(course.folder / "exercises"), done.handout.read_bytes()) == before

    source = course.source(NAME)
    source.write_text(source.read_text().replace("# Tiny", "# Tinier"))
    assert "is not what its source gives now" in assign.check_release(course, NAME)[0]
    monkeypatch.setattr(assign, "prove_scores", _interrupt)
    with pytest.raises(KeyboardInterrupt):
        assign.release(course, NAME)
    assert (snapshot(course.folder / "exercises"), done.handout.read_bytes()) == before
    assert not list(course.folder.rglob(".work-*"))


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_cells_that_a_person_scores_need_no_proof(tmp_path: Path) -> None:
    notebook = source_notebook()
    notebook.cells.append(cell("drawing", "### BEGIN SOLUTION\ndrawn = 1\n### END SOLUTION", solution=True, points=3))
    notebook.cells[-1].metadata.nbgrader.locked = False
    released = assign.release(make_course(tmp_path / "course", notebook), NAME)
    assert released.points == 8 and (released.folder / f"{NAME}.ipynb").is_file()


def test_the_gradebook_knows_what_is_released(course: Course) -> None:
    assign.release(course, NAME)
    with Gradebook(course.directory().db_url) as gradebook:
        assert [each.name for each in gradebook.find_assignment(NAME).notebooks] == [NAME]
        assert gradebook.find_assignment(NAME).max_score == 5


def test_an_interrupted_exchange_puts_the_old_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cnnwidgets.grading import files

    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
    rename = Path.rename

    def fail_on_new(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail_on_new)
    with pytest.raises(KeyboardInterrupt):
        files.put_in_place(tmp_path / "new", tmp_path / "old")
    assert (tmp_path / "old" / "file").read_text() == "old"


def test_the_zip_is_the_same_every_time(tmp_path: Path) -> None:
    folder = tmp_path / NAME
    (folder / "data").mkdir(parents=True)
    for name in ("b.txt", "a.txt", "data/c.txt"):
        (folder / name).write_text(name)
    first = pack(folder, tmp_path / "first.zip").read_bytes()
    os.utime(folder / "a.txt", (1e9, 1e9))
    (folder / "b.txt").chmod(0o600)
    second = pack(folder, tmp_path / "second.zip")
    assert second.read_bytes() == first
    assert zipfile.ZipFile(second).namelist() == [f"{NAME}/{name}" for name in ("a.txt", "b.txt", "data/c.txt")]


def test_cells_without_stable_ids_are_refused(tmp_path: Path) -> None:
    notebook = source_notebook()
    notebook.cells[2].id = notebook.cells[1].id
    course = make_course(tmp_path / "course")
    path = course.source(NAME)
    path.write_text(json.dumps(notebook))
    with pytest.raises(Problem, match="cell 3 has the same id"):
        generate_release(course, NAME, tmp_path / "out")
