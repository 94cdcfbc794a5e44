"""The same honest submissions graded by stock nbgrader and by `cnnwidgets grade`: time, where it goes, equal scores.

python benchmarks/grading.py [--submissions 40] [--workers 2]     both, and the scores cell by cell
python benchmarks/grading.py --flat 10 100 1000                   ours alone: the cost of a submission by class
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from time import perf_counter
from typing import Any

import nbformat
from nbgrader.api import Gradebook

from cnnwidgets.demo.learner import hand_in, read_class
from cnnwidgets.grading import bench, crew
from cnnwidgets.grading.book import Book
from cnnwidgets.grading.course import open_course
from cnnwidgets.grading.grade import Queue, grading
from cnnwidgets.grading.log import logged_to
from cnnwidgets.grading.notebooks import read_notebook

ROOT = Path(__file__).parents[1]
NAME = "02-correlation"
SPENT: dict[str, list[float]] = defaultdict(list)


def main() -> int:
    """Time both ways or one; the exit status says whether the scores are equal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=40)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--flat", type=int, nargs="+", metavar="N")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.flat:
            return flat(Path(folder), given.flat, given.workers)
        return compare(Path(folder), given.submissions, given.workers)


def compare(folder: Path, count: int, workers: int) -> int:
    """Stock nbgrader and ours on the same class."""
    stock, ours = folder / "stock", folder / "ours"
    make_class(stock, count)
    shutil.copytree(stock, ours)
    our_start, our_seconds = grade_ours(ours, workers)
    stock_start, stock_seconds = grade_stock(stock)
    theirs, mine = scores(stock), scores(ours)
    different = 0
    for learner in theirs:
        for cell, points in theirs[learner].items():
            if mine.get(learner, {}).get(cell) != points:
                different += 1
                print(f"{learner} {cell}: {points} by stock nbgrader, {mine.get(learner, {}).get(cell)} here")
    print(f"{count} honest submissions of {NAME}, {workers} workers, {os.cpu_count()} cores")
    print(f"{'':<26}{'start':>9}{'grading':>11}{'each':>10}{'a second':>10}")
    for name, start, seconds in (
        ("nbgrader autograde", stock_start, stock_seconds),
        ("cnnwidgets grade", our_start, our_seconds),
    ):
        print(f"{name:<26}{start:7.1f} s{seconds:9.1f} s{1000 * seconds / count:7.0f} ms{count / seconds:10.2f}")
    whole = (stock_start + stock_seconds) / (our_start + our_seconds)
    times = stock_seconds / our_seconds
    print(f"{times:.0f} times the submissions a second ({whole:.0f} times with both starts counted)")
    print(f"scores of {sum(map(len, theirs.values()))} cells: {'equal' if not different else f'{different} DIFFER'}")
    where_it_went(count)
    return 1 if different else 0


def flat(folder: Path, counts: list[int], workers: int) -> int:
    """What a submission costs in classes of different sizes."""
    print(f"{NAME}, {workers} workers, {os.cpu_count()} cores")
    print(f"{'submissions':>12}{'start':>9}{'each':>10}{'a second':>10}{'grader':>10}")
    for count in counts:
        make_class(folder / str(count), count)
        start, seconds = grade_ours(folder / str(count), workers)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        each, rate = 1000 * seconds / count, count / seconds
        print(f"{count:>12}{start:7.1f} s{each:7.0f} ms{rate:10.2f}{most:6.0f} MiB", flush=True)
    return 0


def make_class(folder: Path, count: int) -> None:
    """A course with the assignment, and the demo's learners whose code comes to an end, each a little different."""
    shutil.copytree(ROOT / "solutions" / NAME, folder / "solutions" / NAME)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    learners = [each for each in read_class() if each.about.startswith(("Right", "Wrong")) and not each.deleted]
    release = ROOT / "exercises" / NAME / f"{NAME}.ipynb"
    for number in range(count):
        learner = learners[number % len(learners)]
        notebook = hand_in(read_notebook(release), learner)
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("grade_id") in learner.answers:
                cell.source += f"\n\n# learner {number}"
        path = folder / "submitted" / f"{learner.name}-{number:04}" / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)


def grade_stock(folder: Path) -> tuple[float, float]:
    """Seconds that `nbgrader autograde` takes: for a student who handed nothing in, and for the class."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    seconds = []
    for step in (["generate_assignment", NAME], ["--version"], ["autograde", NAME]):
        started = perf_counter()
        command = [sys.executable, "-m", "nbgrader", *step]
        subprocess.run(command, cwd=folder, env=os.environ | {"PATH": path}, check=True, capture_output=True)
        seconds.append(perf_counter() - started)
    return seconds[1], seconds[2] - seconds[1]


def grade_ours(folder: Path, workers: int) -> tuple[float, float]:
    """Seconds until the processes are warm, and from then on until everything is written, feedback included."""
    SPENT.clear()
    for owner, name in (
        (Book, "record"),
        (Queue, "_enter"),
        (bench.Bench, "grade"),
    ):
        if not hasattr(getattr(owner, name), "__wrapped__"):
            setattr(owner, name, timed(getattr(owner, name), f"{owner.__name__}.{name}"))
    warm: list[float] = []
    wait = crew.Local.wait
    started = perf_counter()

    def noted(self: crew.Local) -> None:
        wait(self)
        warm.append(perf_counter())

    crew.Local.wait = noted  # type: ignore[method-assign]
    try:
        with logged_to(None):
            verdicts = list(grading(open_course(folder), NAME, workers=workers).verdicts())
    finally:
        crew.Local.wait = wait  # type: ignore[method-assign]
    assert all(each.graded for each in verdicts), [each.reason for each in verdicts if not each.graded]
    return warm[0] - started, perf_counter() - warm[0]


def timed(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """The same function, which notes how long it takes."""

    @wraps(function)
    def noted(*arguments: Any, **keywords: Any) -> Any:
        started = perf_counter()
        try:
            return function(*arguments, **keywords)
        finally:
            SPENT[name].append(perf_counter() - started)

    return noted


def where_it_went(count: int) -> None:
    """A table of what was timed."""
    for what, times in sorted(SPENT.items(), key=lambda item: -sum(item[1])):
        print(f"  {what:<24}{1000 * sum(times) / count:8.1f} ms a submission, {1000 * max(times):8.1f} ms at most")
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"  processor time of this process {resource.getrusage(resource.RUSAGE_SELF).ru_utime:.1f} s")
    theirs = children.ru_utime + children.ru_stime
    print(f"  processor time of its children {theirs:.1f} s, stock nbgrader's included")


def scores(folder: Path) -> dict[str, dict[str, float]]:
    """What the gradebook holds, by learner and cell."""
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        return {
            each.student.id: {score.name: score.score for score in each.notebooks[0].grades}
            for each in gradebook.assignment_submissions(NAME)
        }


if __name__ == "__main__":
    sys.exit(main())
