"""The same honest submissions graded by stock nbgrader and by `cnnwidgets grade`: time, where it goes, equal scores.

python benchmarks/grading.py [--submissions 40] [--workers 2]
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import nbformat
from nbgrader.api import Gradebook

from cnnwidgets.grading import book, grade, stages
from cnnwidgets.grading.course import open_course
from cnnwidgets.grading.log import logged_to
from cnnwidgets.grading.warm import notebook as running
from cnnwidgets.grading.warm.pair import Pair

ROOT = Path(__file__).parents[1]
NAME = "02-correlation"
SPENT: dict[str, list[float]] = defaultdict(list)


def main() -> int:
    """Grade both ways; the exit status says whether the scores are equal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=40)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        stock, ours = Path(folder) / "stock", Path(folder) / "ours"
        make_class(stock, given.submissions)
        shutil.copytree(stock, ours)
        stock_seconds = grade_stock(stock)
        our_seconds = grade_ours(ours, given.workers)
        theirs, mine = scores(stock), scores(ours)
        equal = theirs == mine
        for learner in theirs:
            for cell, points in theirs[learner].items():
                if mine.get(learner, {}).get(cell) != points:
                    print(f"{learner} {cell}: {points} by stock nbgrader, {mine.get(learner, {}).get(cell)} here")
    print(f"{given.submissions} honest submissions of {NAME}, {given.workers} workers, {os.cpu_count()} cores")
    print(f"{'stock nbgrader autograde':<26}{stock_seconds:8.1f} s {given.submissions / stock_seconds:8.2f} a second")
    print(f"{'cnnwidgets grade':<26}{our_seconds:8.1f} s {given.submissions / our_seconds:8.2f} a second")
    print(f"{stock_seconds / our_seconds:.1f} times the throughput; cell by cell {'equal' if equal else 'DIFFER'}")
    for what, times in sorted(SPENT.items(), key=lambda item: -sum(item[1])):
        print(f"  {what:<34}{sum(times):8.2f} s in all {1000 * sum(times) / len(times):9.1f} ms each")
    return 0 if equal else 1


def make_class(folder: Path, count: int) -> None:
    """A course with the assignment, and submissions that answer as the author does, each a little differently."""
    shutil.copytree(ROOT / "solutions" / NAME, folder / "solutions" / NAME)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    wrong = {1: ("corr2d", "    return X"), 2: ("Conv2D", "    pass"), 3: ("convolve2d", "    return corr2d(X, K)")}
    for number in range(count):
        notebook = nbformat.read(ROOT / "solutions" / NAME / f"{NAME}.ipynb", as_version=4)
        name, body = wrong.get(number % 8, ("", ""))
        for cell in notebook.cells:
            tags = cell.metadata.get("nbgrader", {})
            if tags.get("solution"):
                cell.source = cell.source.replace("### BEGIN SOLUTION", f"# learner {number}")
                if tags["grade_id"] == name:
                    cell.source = cell.source.split("\n")[0] + "\n" + body
        path = folder / "submitted" / f"learner-{number:03}" / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)


def grade_stock(folder: Path) -> float:
    """Seconds that `nbgrader autograde` takes."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for step in ("generate_assignment", "autograde"):
        started = perf_counter()
        command = [sys.executable, "-m", "nbgrader", step, NAME]
        subprocess.run(command, cwd=folder, env=os.environ | {"PATH": path}, check=True, capture_output=True)
    return perf_counter() - started


def grade_ours(folder: Path, workers: int) -> float:
    """Seconds that a whole run of `cnnwidgets grade` takes, start of its processes and feedback included."""
    for where, name in (
        (book, "register"),
        (stages, "prepare"),
        (stages, "record"),
        (grade, "write_feedback"),
        (grade, "read_verdict"),
        (Pair, "warm"),
        (Pair, "sitting"),
        (running.Run, "all_cells"),
    ):
        setattr(where, name, timed(getattr(where, name), name))
    started = perf_counter()
    with logged_to(None):
        verdicts = list(grade.grading(open_course(folder), NAME, workers=workers).verdicts())
    assert all(each.graded for each in verdicts), [each.reason for each in verdicts if not each.graded]
    return perf_counter() - started


def timed(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """The same function, which notes how long it takes."""

    def noted(*arguments: Any, **keywords: Any) -> Any:
        started = perf_counter()
        try:
            return function(*arguments, **keywords)
        finally:
            SPENT[name].append(perf_counter() - started)

    return noted


def scores(folder: Path) -> dict[str, dict[str, float]]:
    """What the gradebook holds, by learner and cell."""
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        return {
            each.student.id: {score.name: score.score for score in each.notebooks[0].grades}
            for each in gradebook.assignment_submissions(NAME)
        }


if __name__ == "__main__":
    sys.exit(main())
