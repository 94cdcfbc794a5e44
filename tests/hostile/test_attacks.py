"""Every attack is graded beside an honest learner: it gains nothing, and the honest one has every point."""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from cnnwidgets.grading.course import Course
from cnnwidgets.grading.verdict import Verdict
from tests.grading.conftest import RIGHT, answered, grade_all, hand_in, make_course, snapshot

from .attacks import ALL

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="the sandbox needs Linux")]
HONEST = ("victim", "zz-after")


def student(attack: str) -> str:
    return attack.replace("/", "").replace(",", "").replace(" ", "-")


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Course, dict[str, Verdict], dict]]:
    """All attacks in one class, graded; what was there before, and what knocked at the doors."""
    course = make_course(tmp_path_factory.mktemp("hostile") / "course")
    found: dict = {}
    with ExitStack() as stack:
        door = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        port = door.getsockname()[1]
        local = stack.enter_context(socket.socket(socket.AF_UNIX))
        address = Path(tempfile.mkdtemp()) / "victim.sock"
        stack.callback(shutil.rmtree, address.parent)
        local.bind(str(address))
        local.listen()
        for each in (door, local):
            each.setblocking(False)
        for name in HONEST:
            hand_in(course, name, answered(**RIGHT))
        for attack, code in ALL.items():
            code = code.replace("COURSE/victim.sock", str(address))
            code = code.replace("COURSE", str(course.folder)).replace("PORT", str(port))
            hand_in(course, student(attack), answered(code.strip(), RIGHT["triple"]))
        before = snapshot(course.folder / "submitted")
        patch = pytest.MonkeyPatch()
        patch.setenv("GRADER_SECRET", "swordfish")
        try:
            verdicts = grade_all(course)
        finally:
            patch.undo()
        found["knocked"] = [each for each in (door, local) if accepted(each)]
        found["unchanged"] = snapshot(course.folder / "submitted") == before
    yield course, verdicts, found


def accepted(door: socket.socket) -> bool:
    try:
        door.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def test_there_are_forty() -> None:
    assert len(ALL) >= 40


@pytest.mark.parametrize("attack", ALL)
def test_an_attack_gains_no_point(aftermath: tuple, attack: str) -> None:
    verdict = aftermath[1][student(attack)]
    assert verdict.graded, verdict.reason
    double, triple = verdict.exercises
    assert double.points == 0, double
    assert triple.points in (0, 3)


@pytest.mark.parametrize("name", HONEST)
def test_nobody_else_loses_one(aftermath: tuple, name: str) -> None:
    assert aftermath[1][name].score == 5


def test_everybody_has_a_verdict(aftermath: tuple) -> None:
    assert set(aftermath[1]) == {student(attack) for attack in ALL} | set(HONEST)


def test_nothing_was_written_and_nobody_knocked(aftermath: tuple) -> None:
    assert aftermath[2] == {"knocked": [], "unchanged": True}


def test_no_secret_and_no_hidden_test_is_in_what_learners_wrote_out(aftermath: tuple) -> None:
    course = aftermath[0]
    for path in (course.folder / "autograded").rglob("*.ipynb"):
        assert "swordfish" not in path.read_text()


def test_nothing_survives(aftermath: tuple) -> None:
    left = []
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                text = (each / "cmdline").read_bytes()
                parent = (each / "status").read_text().split("PPid:\t")[1].split("\n")[0]
            except OSError:
                continue
            if b"cnnwidgets.grading.engine.template" in text and parent in ("1", str(os.getpid())):
                left.append(each.name)
    assert left == []
    assert not list(Path(tempfile.gettempdir()).glob("cnnwidgets-grading-*/candidate/*"))
