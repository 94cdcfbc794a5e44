"""nbgrader's own tools on a course that we graded: feedback, export, and the formgrader's pages."""

import csv
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from cnnwidgets.grading.course import Course
from cnnwidgets.grading.verdict import Verdict

from .conftest import NAME
from .stock import nbgrader, scores

pytestmark = pytest.mark.slow
TOKEN = "a-token-for-the-test"
STARTS = 90.0  # seconds that Jupyter may take


@pytest.fixture(scope="module")
def course(graded: tuple[Course, dict[str, Verdict]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the graded course."""
    folder = tmp_path_factory.mktemp("tools") / "course"
    shutil.copytree(graded[0].folder, folder)
    return folder


@pytest.fixture(scope="module")
def expected(graded: tuple[Course, dict[str, Verdict]]) -> dict[str, float]:
    return {student: each.score for student, each in graded[1].items() if each.graded}


def test_export_tells_every_score(course: Path, expected: dict[str, float]) -> None:
    nbgrader(course, "export", "--to", "grades.csv")
    with (course / "grades.csv").open(newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert {student: float(rows[student]["score"]) for student in expected} == expected
    assert {row["max_score"] for row in rows.values()} == {"5.0"}


def test_generate_feedback_makes_a_page_for_everybody(course: Path, expected: dict[str, float]) -> None:
    shutil.rmtree(course / "feedback")
    nbgrader(course, "generate_feedback", NAME)
    for student, score in expected.items():
        page = (course / "feedback" / student / NAME / f"{NAME}.html").read_text()
        assert re.search(rf"\(Score: {score:g}(\.0)? / 5\.0\)", page), student


@pytest.fixture(scope="module")
def formgrader(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Jupyter server with the formgrader, in the course."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("jupyter")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    log = (home / "log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyter", "server", "--no-browser", "--ip=127.0.0.1", f"--port={port}",
         f"--ServerApp.root_dir={course}", f"--IdentityProvider.token={TOKEN}", "--allow-root",
         "--ServerApp.jpserver_extensions={'nbgrader.server_extensions.formgrader': True}"],
        cwd=course, stdout=log, stderr=log,
        env=os.environ | {"PATH": path, "HOME": str(home), "JUPYTER_CONFIG_DIR": str(home / "config"),
                          "JUPYTER_RUNTIME_DIR": str(home / "run"), "IPYTHONDIR": str(home / "ipython")},
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        end = monotonic() + STARTS
        while True:
            try:
                get(f"{address}/api/status")
                break
            except OSError:
                assert server.poll() is None and monotonic() < end, (home / "log").read_text()
                sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def get(address: str) -> str:
    """What stands at an address, to somebody who has the token."""
    request = urllib.request.Request(address, headers={"Authorization": f"token {TOKEN}"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert answer.status == 200
        return str(answer.read().decode())


def data(address: str) -> Any:
    return json.loads(get(address))


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("", "Manage Assignments"),
        ("/manage_assignments", "Manage Assignments"),
        ("/gradebook", "Manual Grading"),
        (f"/gradebook/{NAME}", "Manual Grading"),
        (f"/gradebook/{NAME}/{NAME}", "Manual Grading"),
        (f"/manage_submissions/{NAME}", "Manage Submissions"),
        ("/manage_students", "Manage Students"),
        ("/manage_students/right", "Manage Students"),
        (f"/manage_students/right/{NAME}", "Manage Students"),
    ],
)
def test_a_page_of_the_formgrader_opens(formgrader: str, page: str, title: str) -> None:
    assert title in get(f"{formgrader}/formgrader{page}")


def test_without_the_token_nobody_gets_in(formgrader: str) -> None:
    with urllib.request.urlopen(f"{formgrader}/formgrader", timeout=60) as answer:
        assert "login" in answer.url


def test_the_formgrader_knows_every_score(formgrader: str, expected: dict[str, float]) -> None:
    found = {each["student"]: each for each in data(f"{formgrader}/formgrader/api/submissions/{NAME}")}
    assert {student: found[student]["score"] for student in expected} == expected
    assert all(found[student]["autograded"] and found[student]["submitted"] for student in expected)
    assignments = {each["name"]: each for each in data(f"{formgrader}/formgrader/api/assignments")}
    assert assignments[NAME]["max_score"] == 5 and assignments[NAME]["num_submissions"] >= len(expected)


@pytest.mark.parametrize("student", ["right", "partly", "endless", "deleted"])
def test_a_submission_opens_with_its_points(formgrader: str, course: Path, student: str) -> None:
    notebooks = data(f"{formgrader}/formgrader/api/submitted_notebooks/{NAME}/{NAME}")
    found = next(each for each in notebooks if each["student"] == student)
    page = get(f"{formgrader}/formgrader/submissions/{found['id']}/?index=0")
    assert "test-double" in page and "test-triple" in page
    grades = data(f"{formgrader}/formgrader/api/grades?submission_id={found['id']}")
    points = {each["name"]: each["auto_score"] for each in grades}
    assert points == scores(course, NAME)[student]
