"""Grading when something dies: the grader at each step, and each of its processes. No grade is lost or doubled."""

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any
from unittest.mock import patch

import pytest
from nbformat import NotebookNode

from cnnwidgets.grading import crew
from cnnwidgets.grading.author import Assignment
from cnnwidgets.grading.bench import Bench
from cnnwidgets.grading.course import Course, open_course
from cnnwidgets.grading.grade import grading
from cnnwidgets.grading.log import logged_to
from cnnwidgets.grading.problem import Problem
from cnnwidgets.grading.verdict import Verdict

from . import faults
from .conftest import NAME, RIGHT, answered, hand_in, make_course
from .lent import Lent
from .outcome import engines, left_over, outcome, parent, plain, present, soon

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs Linux")]

# Says where it is by files in its folder, and stays there until somebody has seen that (or has not, for a while).
SHOWS = """
from pathlib import Path
from time import sleep


def show(moment):
    if not Path(moment).exists():
        Path(moment).touch()
        for _ in range(100):
            if Path(moment + ".seen").exists():
                break
            sleep(0.01)


show("cell")
"""
SLOW = {
    "double": SHOWS + RIGHT["double"],
    "triple": "def triple(x):\n    show('call')\n    return 3 * x",
}
MARKS = "*/candidate/scratch/*/c[ae]ll"  # where `show` puts them
PARTLY = {"double": RIGHT["double"], "triple": "def triple(x):\n    return x"}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """Warm processes for all tests here. One of them is killed before it is ready: `test_…_while_it_gets_warm`."""
    course = make_course(tmp_path_factory.mktemp("bench") / "course")
    hand_in(course, "ann", answered())
    made = Bench(grading(course, NAME).assignment)
    made.candidate.process.kill()
    made.wait()
    yield made
    made.close()
    assert not engines(made.root) and not made.root.exists()


def copied(course: Course, folder: Path) -> Course:
    shutil.copytree(course.folder, folder)
    return open_course(folder)


def graded(course: Course, bench: Bench, **options: Any) -> dict[str, Verdict]:
    """Grade with processes that are warm already."""

    class Shared:
        wait, grade = bench.wait, bench.grade

        def __init__(self, *_: object, **__: object): ...

        def stop(self) -> None: ...

        def close(self) -> None: ...

    with logged_to(None), patch.object(crew, "Bench", Shared):
        return {each.student: each for each in grading(course, NAME, **options).verdicts()}


def verdicts_of(found: dict[str, Verdict]) -> dict[str, Any]:
    return {student: plain(each) for student, each in found.items()}


# The grader dies.


@dataclass
class Start:
    """A course as the grader finds it, and what an undisturbed run makes of it."""

    course: Course
    done: tuple[str, ...] = ()  #: whose grades there are
    verdicts: dict[str, Any] = field(default_factory=dict)
    outcome: dict[str, Any] = field(default_factory=dict)

    def run(self, bench: Bench, folder: Path) -> "Start":
        course = copied(self.course, folder)
        self.verdicts = verdicts_of(graded(course, bench))
        self.outcome = outcome(course)
        return self


def class_of(course: Course, **answers: NotebookNode) -> None:
    for student, notebook in answers.items():
        hand_in(course, student, notebook)


@pytest.fixture(scope="module")
def fresh(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Start:
    """Nothing graded yet, and no gradebook."""
    folder = tmp_path_factory.mktemp("fresh")
    course = make_course(folder / "course")
    class_of(course, ann=answered(**RIGHT), bob=answered(**PARTLY))
    return Start(course).run(bench, folder / "undisturbed")


@pytest.fixture(scope="module")
def again(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Start:
    """Ann is graded; Bob has handed in anew since, Dee something torn; Cy and Eve come for the first time."""
    folder = tmp_path_factory.mktemp("again")
    course = make_course(folder / "course")
    class_of(course, ann=answered(**RIGHT), bob=answered(), dee=answered(**RIGHT))
    graded(course, bench)
    class_of(course, bob=answered(**PARTLY), cy=answered(**RIGHT), eve=answered(triple=RIGHT["triple"]))
    (course.folder / "submitted" / "dee" / NAME / f"{NAME}.ipynb").write_text("torn")
    return Start(course, ("ann",)).run(bench, folder / "undisturbed")


FRESH = [step for step in faults.STEPS if "gradebook" in step and "between" not in step]
# Bob, whose old result is there, comes first; then those who have none.
NTH = {
    "amid the exchange of folders": (1, 3, 5),
    "between files": (1, 2, 3),
    "with a note half written": (1, 2),
    "with a submission handed out": (1, 3),
}
DONE = {"with a note": ("ann", "bob")}
AGAIN = [(step, number) for step in faults.STEPS if step not in FRESH for number in NTH.get(step, (1,))]


@pytest.mark.parametrize(("step", "number"), [*((step, 1) for step in FRESH), *AGAIN])
def test_a_grader_that_is_killed_loses_nothing_and_doubles_nothing(
    step: str, number: int, bench: Bench, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    start: Start = request.getfixturevalue("fresh" if step in FRESH else "again")
    course = copied(start.course, tmp_path / "course")
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload([faults.__name__])
    arguments = (course.folder, NAME, str(bench.examiner.address), step, number)
    grader = server.Process(target=faults.grade_until, args=arguments)
    grader.start()
    grader.join(60)
    assert grader.exitcode == -signal.SIGKILL, "it never came to that step"

    run = grading(course, NAME)
    done = {each.student for each in run.submissions if run.ledger.verdict(each)}
    assert done >= set(DONE.get(step, start.done))
    found = graded(course, bench)
    assert verdicts_of(found) == start.verdicts
    assert outcome(course) == start.outcome
    assert {student for student, each in found.items() if not each.graded_now} == done
    assert not left_over(course)


@pytest.fixture(scope="module")
def slow(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Start:
    """A class with somebody whose cells take time."""
    folder = tmp_path_factory.mktemp("slow")
    course = make_course(folder / "course")
    class_of(course, ann=answered(**PARTLY), bob=answered(**SLOW), cy=answered(), dee=answered(**RIGHT))
    return Start(course).run(bench, folder / "undisturbed")


def started(course: Course, folder: str) -> subprocess.Popen[bytes]:
    """The command, with its own processes, which have their files in `folder`."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts background jobs without it
    return subprocess.Popen(
        [sys.executable, "-m", "cnnwidgets.cli", "grade", NAME, "--course", str(course.folder)],
        env=os.environ | {"TMPDIR": folder, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize("moment", ["while its processes get warm", "while a learner's cell runs"])
def test_a_killed_grader_takes_its_processes_along(moment: str, bench: Bench, slow: Start, tmp_path: Path) -> None:
    course = copied(slow.course, tmp_path / "course")
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        grader = started(course, folder)
        if "warm" in moment:
            assert soon(lambda: len(engines(Path(folder))) == 2)
        else:
            assert soon(lambda: present("*/*/candidate/scratch/*/cell", Path(folder)), 60)
        grader.kill()
        grader.communicate()
        assert soon(lambda: not engines(Path(folder)), 60)
        assert not list(Path(folder).glob("cnnwidgets-*")), "the last one to leave clears up"
    assert verdicts_of(graded(course, bench)) == slow.verdicts
    assert outcome(course) == slow.outcome
    assert not left_over(course)


def test_ctrl_c_while_the_processes_get_warm_ends_them(fresh: Start, tmp_path: Path) -> None:
    course = copied(fresh.course, tmp_path / "course")
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        grader = started(course, folder)
        assert soon(lambda: len(engines(Path(folder))) == 2)
        grader.send_signal(signal.SIGINT)
        assert grader.communicate(timeout=60)[1] == b"cnnwidgets: stopped; run the same command again to go on\n"
        assert grader.returncode == 130
        assert not engines(Path(folder)) and not list(Path(folder).glob("cnnwidgets-*"))


def test_two_graders_do_not_grade_the_same_assignment(bench: Bench, course: Course) -> None:
    class_of(course, ann=answered(**RIGHT), bob=answered(**PARTLY))
    with logged_to(None), faults.borrowing(str(bench.examiner.address)):
        first = grading(course, NAME).verdicts()
        next(first)
        with pytest.raises(Problem, match="being graded already"):
            list(grading(course, NAME).verdicts())
        assert next(first).graded
        first.close()


# A process dies.


def children(pid: int) -> list[int]:
    return [
        int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit() and parent(int(each.name)) == pid
    ]


VICTIMS: dict[str, Callable[[Bench], list[int]]] = {
    "learner's process": lambda bench: children(bench.candidate.process.pid),
    "examiner": lambda bench: children(bench.examiner.process.pid),
    "learners' template": lambda bench: [bench.candidate.process.pid],
    "examiners' template": lambda bench: [bench.examiner.process.pid],
}


@contextmanager
def killing(bench: Bench, victim: str, moment: str, times: int = 1) -> Iterator[list[str]]:
    """Kill a process when the slow submission is at a `moment` ("cell" or "call"); the list tells when that was."""
    killed: list[str] = []
    over = Event()
    seen = present(MARKS, bench.root)  # of what was killed before

    def watch() -> None:
        while not over.wait(0.01):
            for mark in present(MARKS, bench.root) - seen:
                seen.add(mark)
                if mark.name == moment and len(killed) < times:
                    for pid in VICTIMS[victim](bench):
                        with suppress(ProcessLookupError):  # another submission's, which has ended meanwhile
                            os.kill(pid, signal.SIGKILL)
                            killed.append(victim)
                with suppress(OSError):  # it is gone with its process
                    mark.with_name(f"{mark.name}.seen").touch()

    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield killed
    finally:
        over.set()
        watcher.join()


def test_where_temporary_files_have_a_long_path_sockets_have_a_short_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / ("long" * 20)))
    lent = Lent(Assignment("", "", ""))
    assert len(str(lent.root / "1" / "candidate" / "socket")) < 100
    lent.close()
    assert not lent.root.exists()


def test_a_process_that_dies_while_it_gets_warm_is_started_once_more(bench: Bench) -> None:
    assert bench.number > 1  # the first was killed by the fixture
    assert bench.candidate.ready and bench.examiner.ready


@pytest.mark.parametrize(
    ("victim", "moment"),
    [(victim, moment) for victim in VICTIMS for moment in ("cell", "call")][:-1],  # the last is like the one before
)
def test_a_process_that_is_killed_changes_no_verdict(
    victim: str, moment: str, bench: Bench, slow: Start, tmp_path: Path
) -> None:
    course = copied(slow.course, tmp_path / "course")
    with killing(bench, victim, moment) as killed:
        found = graded(course, bench, workers=2)
    assert killed
    assert verdicts_of(found) == slow.verdicts
    assert outcome(course) == slow.outcome
    assert not left_over(course)


def test_templates_that_are_killed_between_submissions_are_started_anew(
    bench: Bench, fresh: Start, tmp_path: Path
) -> None:
    course = copied(fresh.course, tmp_path / "course")
    for victim in ("learners' template", "examiners' template"):
        os.kill(VICTIMS[victim](bench)[0], signal.SIGKILL)
    assert verdicts_of(graded(course, bench)) == fresh.verdicts
    assert outcome(course) == fresh.outcome


def test_who_ends_the_examiner_twice_is_set_aside_until_something_changes(
    bench: Bench, slow: Start, tmp_path: Path
) -> None:
    course = copied(slow.course, tmp_path / "course")
    with killing(bench, "examiner", "cell", times=99) as killed:
        found = graded(course, bench, workers=1)
    assert len(killed) > 1
    reason = "set aside for a person: the process that graded it died, twice"
    assert found["bob"].reason == reason
    others = {student: each for student, each in slow.verdicts.items() if student != "bob"}
    assert verdicts_of({student: each for student, each in found.items() if student != "bob"}) == others
    assert outcome(course)["scores"] == [row for row in slow.outcome["scores"] if row[0] != "bob"]

    with patch.object(Bench, "grade", side_effect=AssertionError("tried again")):
        second = graded(course, bench)
    assert second["bob"].reason == reason and not second["bob"].graded_now

    forced = graded(copied(course, tmp_path / "forced"), bench, force=True)
    assert verdicts_of(forced) == slow.verdicts

    hand_in(course, "bob", answered(**RIGHT))
    changed = graded(course, bench)
    assert changed["bob"].graded and [s for s, each in changed.items() if each.graded_now] == ["bob"]
