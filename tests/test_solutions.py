"""What every source notebook keeps to, and that exercises/ is what is generated from it."""

from __future__ import annotations

import ast
import builtins
import filecmp
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from cnnwidgets import widgets
from cnnwidgets.checks.exercises import MODULES
from cnnwidgets.grading.bench import Bench
from cnnwidgets.grading.course import open_course
from cnnwidgets.grading.release import assignment_of, generate_release

ROOT = Path(__file__).parents[1]
ASSIGNMENTS = sorted(folder.name for folder in (ROOT / "solutions").iterdir() if folder.is_dir())
MOST_CELLS = 25


def notebook(name: str) -> Any:
    return nbformat.read(ROOT / "solutions" / name / f"{name}.ipynb", as_version=4)


def code_cells(name: str) -> list[Any]:
    return [cell for cell in notebook(name).cells if cell.cell_type == "code"]


def is_looked_at(cell: Any) -> bool:
    """Whether a cell does nothing but show a widget: that is no work."""
    statements = ast.parse(cell.source).body
    last = statements[-1] if len(statements) == 1 else None
    shows = isinstance(last, ast.Expr) and isinstance(last.value, ast.Call) and isinstance(last.value.func, ast.Name)
    return shows and last.value.func.id in widgets.__all__


def graded(cell: Any) -> dict[str, Any]:
    return dict(cell.metadata.get("nbgrader", {}))


def asked_for(name: str) -> list[str]:
    """The exercises of a notebook, in its order; other solution cells are to try things out and give no points."""
    solutions = [graded(cell)["grade_id"] for cell in code_cells(name) if graded(cell).get("solution")]
    return [solution for solution in solutions if solution in MODULES]


def names(source: str) -> tuple[set[str], set[str]]:
    """The names that a cell binds, and those that it uses without binding them."""
    tree = ast.parse(source)
    bound, used = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else bound).add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, ast.alias):
            bound.add((node.asname or node.name).split(".")[0])
    return bound, used - bound - set(dir(builtins))


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_the_notebook_is_valid_and_stripped(name: str) -> None:
    nb = notebook(name)
    nbformat.validate(nb)
    for cell in code_cells(name):
        assert cell.outputs == []
        assert cell.execution_count is None
    assert len({cell.id for cell in nb.cells}) == len(nb.cells)
    assert len([cell for cell in code_cells(name) if not is_looked_at(cell)]) <= MOST_CELLS


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_it_opens_with_a_goal_and_a_time_and_closes_with_what_to_remember(name: str) -> None:
    cells = notebook(name).cells
    assert "**Goal.**" in cells[0].source
    assert "**Time.**" in cells[0].source
    assert "To remember" in cells[-1].source


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_test_cells_stand_on_their_own(name: str) -> None:
    """A test cell uses what it defines itself and the learner's names; nothing later needs what it defines."""
    learners, elsewhere = set(), set()
    for cell in code_cells(name):
        bound, free = names(cell.source)
        if graded(cell).get("grade"):
            assert free <= learners, f"{graded(cell)['grade_id']} uses {free - learners}"
            continue
        assert free <= elsewhere, f"{cell.id} uses {free - elsewhere}, which no cell before it defines"
        elsewhere |= bound
        if graded(cell).get("solution"):
            learners |= bound


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_every_solution_has_its_test(name: str) -> None:
    cells = code_cells(name)
    solutions = asked_for(name)
    tests = [c for c in cells if graded(c).get("grade")]
    assert [graded(c)["grade_id"] for c in tests] == [f"test-{name}" for name in solutions]
    for cell, exercise in zip(tests, solutions, strict=True):
        points = graded(cell)["points"]
        assert f"check.{exercise}({exercise}, points={points})" in cell.source
        assert "### BEGIN HIDDEN TESTS" in cell.source
        assert "assert " in cell.source.split("### BEGIN HIDDEN")[0]
    assert sum(graded(c)["points"] for c in tests) == 20


@pytest.mark.slow
@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_exercises_are_what_is_generated(name: str, tmp_path: Path) -> None:
    made = generate_release(open_course(ROOT), name, tmp_path / "release")
    kept = ROOT / "exercises" / name
    files = sorted(p.relative_to(made) for p in made.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(kept) for p in kept.rglob("*") if p.is_file() and ".ipynb_" not in str(p))
    for file in files:
        assert filecmp.cmp(made / file, kept / file, shallow=False), f"run `cnnwidgets assign {name}`"


@pytest.fixture(scope="module", params=ASSIGNMENTS)
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    """The warm processes of one assignment, sandbox and all."""
    made = Bench(assignment_of(open_course(ROOT), request.param))
    yield made
    made.close()


@pytest.mark.slow
def test_the_source_scores_everything_and_the_release_nothing(bench: Bench) -> None:
    name = bench.assignment.name
    tests = {graded(c)["grade_id"]: graded(c)["points"] for c in code_cells(name) if graded(c).get("grade")}
    for folder, scores in (("solutions", tests), ("exercises", dict.fromkeys(tests, 0))):
        notebook = (ROOT / folder / name / f"{name}.ipynb").read_bytes()
        result = bench.grade({"student": "ann", "notebook": notebook, "files": {}})
        assert result["verdict"]["reason"] is None
        assert result["scores"] == scores


def test_every_exercise_is_asked_for_once() -> None:
    assert sorted(exercise for name in ASSIGNMENTS for exercise in asked_for(name)) == sorted(MODULES)
