"""Every attack is graded beside an honest learner: it gains nothing, and the honest one has every point."""

import json
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from cnnwidgets.grading.course import Course
from cnnwidgets.grading.verdict import Verdict
from tests.grading.conftest import NAME, grade_all, hand_in, snapshot

from .attacks import CELLS, EVIL, EVILS, FAMILIES, NO_CELL
from .course import FULL, RIGHT, hostile_course, paper

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="the sandbox needs Linux")]
HONEST = ("victim", "zz-after")
WORKERS = 8  # most attacks wait for the end of their time
ATTACKS = [(family, attack) for family, attacks in FAMILIES.items() for attack in attacks]
SECRETS = ("swordfish", "hls_to_rgb", "yiq_to_rgb", "double(-3)", "BEGIN HIDDEN")


def student(family: str, attack: str) -> str:
    return "".join(each if each.isalnum() else "-" for each in f"{family} {attack}")


@dataclass
class Aftermath:
    """What came of all attacks, and what is left of them."""

    course: Course
    verdicts: dict[str, Verdict]
    unchanged: bool  #: whether the submissions and the rest of the course are as they were
    knocked: list[str]  #: doors that somebody knocked at
    processes: list[str]
    files: list[str]


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aftermath]:
    """All attacks in one class, graded."""
    course = hostile_course(tmp_path_factory.mktemp("hostile") / "course")
    with ExitStack() as stack:
        place = Path(tempfile.mkdtemp(prefix="c"))  # short: the path of a socket may have a hundred characters
        stack.callback(shutil.rmtree, place)
        doors = {
            "PORT": stack.enter_context(socket.create_server(("127.0.0.1", 0))),
            "SOCKET": stack.enter_context(socket.socket(socket.AF_UNIX)),
            "DATAGRAMS": stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)),
        }
        for name in ("SOCKET", "DATAGRAMS"):
            doors[name].bind(str(place / name))
        doors["SOCKET"].listen()
        for name in HONEST:
            hand_in(course, name, paper())
        for family, attack in ATTACKS:
            code = FAMILIES[family][attack]
            code = EVIL + code if family in EVILS else code
            for name in ("SOCKET", "DATAGRAMS"):
                code = code.replace(name, str(place / name))
            code = code.replace("COURSE", str(course.folder)).replace("PORT", str(doors["PORT"].getsockname()[1]))
            hand_in(course, student(family, attack), paper(**{CELLS.get(family, "double"): code.strip()}))
        before = [snapshot(course.folder / each) for each in ("submitted", "solutions")]
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setenv("GRADER_SECRET", "swordfish")
        patch.setattr(tempfile, "tempdir", str(place))  # what this run leaves there is its own
        verdicts = grade_all(course, workers=WORKERS)
        yield Aftermath(
            course,
            verdicts,
            before == [snapshot(course.folder / each) for each in ("submitted", "solutions")],
            [name for name, door in doors.items() if knocked(door)],
            [each for each in processes() if str(place) in each],
            [each.name for each in place.iterdir() if each.name not in doors],
        )


def knocked(door: socket.socket) -> bool:
    door.setblocking(False)
    try:
        if door.type == socket.SOCK_DGRAM:
            return bool(door.recv(10))
        door.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def processes() -> Iterator[str]:
    """The command lines of all processes of this machine."""
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                yield (each / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue


def test_there_are_many_of_every_family() -> None:
    assert len(ATTACKS) >= 120
    assert all(len(attacks) >= 2 for attacks in FAMILIES.values())


@pytest.mark.parametrize(("family", "attack"), ATTACKS)
def test_an_attack_gains_no_point(aftermath: Aftermath, family: str, attack: str) -> None:
    verdict = aftermath.verdicts[student(family, attack)]
    assert verdict.graded, verdict.reason
    points = {each.name: each.points for each in verdict.exercises}
    assert set(points) == set(RIGHT)
    assert points[CELLS.get(family, "double")] == 0, verdict


@pytest.mark.parametrize(("family", "attack"), ATTACKS)
def test_an_attack_takes_place(aftermath: Aftermath, family: str, attack: str) -> None:
    """Else it would gain nothing only because its code does not run."""
    text = (aftermath.course.folder / "autograded" / student(family, attack) / NAME / f"{NAME}.ipynb").read_text()
    cell = next(each for each in json.loads(text)["cells"] if each["id"] == CELLS.get(family, "double"))
    failed = [each["ename"] for each in cell["outputs"] if each["output_type"] == "error"]
    if family == "bombs" and failed == ["CellTimeoutError"]:
        return  # it went off, and a busy machine's clock ended it
    assert bool(failed) == (attack in NO_CELL), failed


def test_an_attack_costs_what_it_hits_and_no_more(aftermath: Aftermath) -> None:
    """Who patches the process that answers has all of it to lose; the others keep the points of right answers."""
    lost = {}
    for family, attack in ATTACKS:
        verdict = aftermath.verdicts[student(family, attack)]
        if family not in ("forged verdicts", *EVILS):
            rest = [each for each in verdict.exercises if each.name != CELLS.get(family, "double")]
            if any(each.points < each.max_points for each in rest):
                lost[attack] = {each.name: each.summary for each in rest if each.points < each.max_points}
    assert set(lost) == set()


@pytest.mark.parametrize("name", HONEST)
def test_nobody_else_loses_one(aftermath: Aftermath, name: str) -> None:
    assert aftermath.verdicts[name].score == FULL


def test_everybody_has_a_verdict(aftermath: Aftermath) -> None:
    assert set(aftermath.verdicts) == {student(*each) for each in ATTACKS} | set(HONEST)


def test_nothing_was_written_and_nobody_knocked(aftermath: Aftermath) -> None:
    assert aftermath.unchanged
    assert aftermath.knocked == []


def test_no_secret_is_in_what_learners_get(aftermath: Aftermath) -> None:
    pages = list((aftermath.course.folder / "feedback").rglob("*.html"))
    assert len(pages) == len(ATTACKS) + len(HONEST)
    for path in pages:
        text = path.read_text()
        assert [each for each in SECRETS if each in text] == [], path


def test_nothing_survives(aftermath: Aftermath) -> None:
    assert aftermath.processes == []
    assert aftermath.files == []


def test_the_log_is_not_the_learners_to_fill(aftermath: Aftermath) -> None:
    log = aftermath.course.build / "grading" / "workers.log"
    assert log.stat().st_size < 100_000
    assert "everybody failed" not in log.read_text()
