"""The demo: its learners fit the assignment, and two of them go the whole way on the real one."""

import ast
import io
from pathlib import Path

import pytest
from rich.console import Console

from cnnwidgets.checks.report import REPORT_MIME
from cnnwidgets.demo import run
from cnnwidgets.demo.learner import hand_in, read_class
from cnnwidgets.grading import findings
from cnnwidgets.grading.course import open_course
from cnnwidgets.grading.notebooks import named_cells, read_notebook
from cnnwidgets.grading.problem import Problem

REPOSITORY = Path(__file__).parents[2]
CLASS = {learner.name: learner for learner in read_class()}


def test_grading_and_checks_mean_the_same_report() -> None:
    assert findings.REPORT_MIME == REPORT_MIME


def test_the_class_is_worth_showing() -> None:
    assert len(CLASS) >= 14
    about = [learner.about for learner in CLASS.values()]
    assert all(text.split(":")[0].split(",")[0] in ("Right", "Wrong", "Blank", "Never ends") for text in about)


@pytest.mark.parametrize("name", CLASS)
def test_answers_fit_the_assignment(name: str) -> None:
    source = read_notebook(open_course(REPOSITORY).source(run.ASSIGNMENT))
    before = [cell for cell, _ in named_cells(source)]
    notebook = hand_in(source, CLASS[name])
    cells = dict(named_cells(notebook))
    assert [cell for cell in before if cell not in cells] == list(CLASS[name].deleted)
    for cell, answer in CLASS[name].answers.items():
        assert cells[cell].source == answer
        ast.parse(answer)


def test_another_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(Problem, match="no earlier demo"):
        run.demo(REPOSITORY, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.slow
def test_the_whole_way_on_the_real_assignment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "read_class", lambda: [CLASS["hana"], CLASS["olga"]])
    out = io.StringIO()
    assert run.demo(REPOSITORY, tmp_path / "demo", Console(file=out, width=100)) == 0
    text = out.getvalue()
    assert "the kernel is flipped" in text and "test cell put back" in text
    assert "20/20" in text  # olga
    for path in (
        "explorer/index.html",
        "build/report/02-correlation.html",
        "gradebook.db",
        "feedback/hana/02-correlation/02-correlation.html",
    ):
        assert (tmp_path / "demo" / path).is_file()
    assert str(tmp_path / "demo" / "explorer") in text
