"""Grading on a Dask cluster: the same verdicts as on one machine, whatever becomes of the workers."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from cnnwidgets.cli import main
from cnnwidgets.grading import cluster
from cnnwidgets.grading.bench import Bench
from cnnwidgets.grading.course import Course, open_course
from cnnwidgets.grading.grade import grading
from cnnwidgets.grading.log import logged_to
from cnnwidgets.grading.problem import Problem
from cnnwidgets.grading.verdict import Verdict

from .conftest import NAME, RIGHT, answered, grade_all, hand_in
from .lent import deadly, lasting, lent
from .outcome import engines, outcome, plain, soon

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.slow
Graded = tuple[Course, dict[str, Verdict]]
STUDENTS = ("blank", "killer", "partly", "right", "torn", "warns")
SLOW = "endless"  # is stopped after two seconds
ROOT = Path(__file__).parents[2]


def some_of(handed_in: Path, folder: Path, *students: str) -> Course:
    """A course where only these have handed in."""
    shutil.copytree(handed_in, folder)
    for student in (folder / "submitted").iterdir():
        if student.name not in students:
            shutil.rmtree(student)
    return open_course(folder)


def same(course: Course, verdicts: dict[str, Verdict], graded: Graded) -> None:
    """What came of a run is what comes of one on this machine."""
    assert {s: plain(each) for s, each in verdicts.items()} == {s: plain(graded[1][s]) for s in verdicts}
    assert outcome(course, set(verdicts)) == outcome(graded[0], set(verdicts))


@pytest.fixture(scope="module")
def two() -> Iterator[Any]:
    """A cluster of two worker processes that are started again when they die."""
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as found:
        yield found


@pytest.fixture(scope="module")
def warm(handed_in: Path) -> Iterator[str]:
    """Processes that are warm already; where to ask for an examiner."""
    with closing(Bench(grading(open_course(handed_in), NAME).assignment)) as bench:
        bench.wait()
        yield str(bench.examiner.address)


class Commands:
    """A scheduler and workers started from the command line."""

    def __init__(self, folder: Path):
        self.folder, self.processes = folder, list[subprocess.Popen[bytes]]()
        told = folder / "scheduler.json"
        self.start("dask_scheduler", "--port", "0", "--no-dashboard", "--host", "127.0.0.1", "--scheduler-file", told)
        assert soon(lambda: told.exists() and told.read_text().endswith("}"))
        self.address = json.loads(told.read_text())["address"]

    def start(self, command: str, *options: Any, first: str = "", **env: str) -> subprocess.Popen[bytes]:
        run = f"{first}import runpy; runpy.run_module('distributed.cli.{command}', run_name='__main__')"
        flags = ["-S"] if first else []
        with (self.folder / "console.log").open("a") as console:
            self.processes.append(
                subprocess.Popen(
                    [sys.executable, *flags, "-c", run, *map(str, options)],
                    stdout=console,
                    stderr=console,
                    cwd=self.folder,
                    env=os.environ | {"TMPDIR": str(self.folder), "PYTHONPATH": str(ROOT)} | env,
                )
            )
        return self.processes[-1]

    def worker(self, first: str = "", **env: str) -> subprocess.Popen[bytes]:
        """A worker without a nanny: nobody starts it again."""
        options = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")
        return self.start("dask_worker", self.address, *options, first=first, **env)

    def close(self) -> None:
        for each in reversed(self.processes):
            each.terminate()
        for each in self.processes:
            with suppress(subprocess.TimeoutExpired):
                each.wait(10)
            each.kill()
            each.wait()


@pytest.fixture(scope="module")
def commands() -> Iterator[Commands]:
    with tempfile.TemporaryDirectory(prefix="dask-") as folder:
        found = Commands(Path(folder))
        yield found
        found.close()


@pytest.fixture
def one(commands: Commands) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts workers, which end with the test."""
    mine = []

    def start(first: str = "", **env: str) -> subprocess.Popen[bytes]:
        mine.append(commands.worker(first, **env))
        return mine[-1]

    yield start
    for each in mine:
        each.kill()
        each.wait()
    with distributed.Client(commands.address, set_as_default=False) as client:
        assert soon(lambda: not client.nthreads())


def test_two_workers_give_the_same_as_this_machine(two: Any, handed_in: Path, graded: Graded, tmp_path: Path) -> None:
    course = some_of(handed_in, tmp_path / "course", *STUDENTS)
    same(course, grade_all(course, scheduler=two.scheduler_address), graded)
    assert soon(lambda: not any(each.startswith("cnnwidgets") for each in two.scheduler.tasks)), "Dask keeps nothing"


def test_a_worker_with_other_code_is_refused(two: Any, course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    hand_in(course, "ann", answered())
    with monkeypatch.context() as here:
        here.setattr(cluster, "code", lambda: "other")
        with pytest.raises(Problem, match=r"the worker tcp://.* has other code of cnnwidgets"):
            grade_all(course, scheduler=two.scheduler_address)


def test_one_worker_from_the_command_line_gives_the_same(
    commands: Commands,
    one: Callable[..., Any],
    handed_in: Path,
    graded: Graded,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    one()
    course = some_of(handed_in, tmp_path / "course", *STUDENTS)
    arguments = ["grade", NAME, "--course", str(course.folder), "--json", "-", "--scheduler", commands.address]
    assert main(arguments) == 1  # torn
    told = {each["student"]: each["score"] for each in json.loads(capsys.readouterr().out)["submissions"]}
    assert told == {student: graded[1][student].score for student in STUDENTS}
    assert outcome(course, STUDENTS) == outcome(graded[0], STUDENTS)
    assert soon(lambda: not engines(commands.folder)), "the worker's processes end with the run"
    assert not list(commands.folder.glob("cnnwidgets-*"))


def test_a_worker_that_is_killed_costs_nothing(
    two: Any, warm: str, handed_in: Path, graded: Graded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "grade", partial(lent, warm))
    course = some_of(handed_in, tmp_path / "course", *STUDENTS, SLOW)
    killed = 0
    with logged_to(None), distributed.Client(two.scheduler_address, set_as_default=False) as client:
        processes = client.run(os.getpid)
        run = grading(course, NAME, scheduler=two.scheduler_address).verdicts()
        found = []
        for each in run:
            found.append(each)
            busy = [worker for worker, tasks in client.processing().items() if tasks]
            if not killed and busy:
                killed = processes[busy[-1]]
                os.kill(killed, signal.SIGKILL)
    assert killed
    assert len(found) == len(STUDENTS) + 1
    same(course, {each.student: each for each in found}, graded)


def test_without_any_worker_left_the_run_stops_and_the_next_one_goes_on(
    commands: Commands,
    one: Callable[..., subprocess.Popen[bytes]],
    warm: str,
    handed_in: Path,
    graded: Graded,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cluster, "grade", partial(lent, warm))
    course = some_of(handed_in, tmp_path / "course", "blank", SLOW, "right")
    worker = one()
    with logged_to(None), closing(grading(course, NAME, scheduler=commands.address).verdicts()) as run:
        first = next(run)
        monkeypatch.setattr(cluster, "PATIENCE", 2)
        worker.kill()
        with pytest.raises(Problem, match=f"{commands.address} has no workers"):
            list(run)
    one()
    monkeypatch.setattr(cluster, "PATIENCE", 30)
    verdicts = grade_all(course, scheduler=commands.address)
    assert {student for student, each in verdicts.items() if not each.graded_now} == {first.student}
    same(course, verdicts, graded)


def test_what_kills_every_worker_is_set_aside(two: Any, course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "grade", deadly)
    monkeypatch.setattr(two.scheduler, "allowed_failures", 0)
    for student in ("ann", "bob", "cy"):
        hand_in(course, student, answered(**RIGHT))
    verdicts = grade_all(course, scheduler=two.scheduler_address)
    assert {student: each.reason for student, each in verdicts.items()} == {
        "ann": "not really graded",
        "bob": "set aside for a person: the workers of the cluster that graded it died, twice",
        "cy": "not really graded",
    }


def test_ctrl_c_cancels_what_waits(two: Any, course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "grade", lasting)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    for n in range(9):
        hand_in(course, f"bob{n}", answered(**RIGHT))
    hand_in(course, "ann", answered(**RIGHT))
    try:
        run = grading(course, NAME, scheduler=two.scheduler_address).verdicts()
        with logged_to(None), closing(run):
            next(run)
            os.kill(os.getpid(), signal.SIGINT)
            with pytest.raises(KeyboardInterrupt):
                list(run)
    finally:
        signal.signal(signal.SIGINT, before)
    assert soon(lambda: not two.scheduler.tasks)


def test_a_scheduler_that_is_not_there_is_a_problem(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "REACHED", 0.5)
    hand_in(course, "ann", answered())
    for address in ("tcp://127.0.0.1:9", "nonsense", "tls://127.0.0.1:9"):
        with pytest.raises(Problem, match=f"no scheduler to be reached at '{address}'"):
            grade_all(course, scheduler=address)


def test_a_scheduler_without_workers_is_a_problem(
    commands: Commands, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    hand_in(course, "ann", answered())
    with pytest.raises(Problem, match=f"{commands.address} has no workers: start some"):
        grade_all(course, scheduler=commands.address)


def test_without_dask_it_is_said_what_to_install(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    hand_in(course, "ann", answered())
    with pytest.raises(Problem, match="pip install 'cnnwidgets\\[cluster\\]'"):
        grade_all(course, scheduler="tcp://127.0.0.1:9")


def test_a_worker_without_a_sandbox_is_refused(
    commands: Commands, one: Callable[..., Any], course: Course, tmp_path: Path
) -> None:
    (tmp_path / "sandlock.py").write_text("raise ImportError('not for this machine')")
    one(PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}")
    hand_in(course, "ann", answered())
    with pytest.raises(Problem, match=r"the worker tcp://.* can not be shut in there: .*not for this machine"):
        grade_all(course, scheduler=commands.address)
    crew = cluster.Cluster(grading(course, NAME).assignment, commands.address, confined=False)
    crew.wait()
    crew.close()


def test_a_worker_without_cnnwidgets_is_refused(commands: Commands, one: Callable[..., Any], course: Course) -> None:
    packages = next(each for each in sys.path if each.endswith("site-packages"))
    one(
        first=f"import sys; sys.path.append({packages!r}); ", PYTHONPATH=""
    )  # no .pth files: that is how cnnwidgets gets in
    hand_in(course, "ann", answered())
    with pytest.raises(Problem, match=r"can not load cnnwidgets .*No module named 'cnnwidgets'"):
        grade_all(course, scheduler=commands.address)


def test_a_scheduler_that_dies_stops_the_run(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "REACHED", 2)
    monkeypatch.setattr(cluster, "grade", lasting)
    for student in ("ann", "bob", "cy"):
        hand_in(course, student, answered())
    with tempfile.TemporaryDirectory(prefix="dask-") as folder, closing(Commands(Path(folder))) as commands:
        commands.worker()
        with logged_to(None), closing(grading(course, NAME, scheduler=commands.address).verdicts()) as run:
            next(run)
            commands.processes[0].kill()
            with pytest.raises(Problem, match=f"the scheduler {commands.address} is gone"):
                list(run)
