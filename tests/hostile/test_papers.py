"""What is handed in as it should not be: nothing is gained by it, nobody is hurt, and everybody is told something."""

import json
import os
import re
from collections.abc import Iterator
from io import StringIO

import pytest
from rich.console import Console

from cnnwidgets.grading.commands import closing
from cnnwidgets.grading.course import Course
from cnnwidgets.grading.grade import grading
from cnnwidgets.grading.progress import shown
from cnnwidgets.grading.report import write_report
from cnnwidgets.grading.verdict import Verdict
from tests.grading.conftest import NAME, grade_all, hand_in

from .course import FULL, hostile_course, paper
from .papers import FOLDERS, NAMES, ODD, REFUSED, TAMPERED

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="the sandbox needs Linux")]
Class = tuple[Course, dict[str, Verdict]]
SCRIPTS = {
    "script": "<script>alert(1)</script>",
    "svg": "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "picture": "<img src=x onerror=alert(1)>",
    "link": "<a href='javascript:alert(1)'>x</a>",
    "frame": "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "form": "<form action=https://example.org><input name=a></form>",
    "style": "<style>.score { display: none }</style><b style='position:fixed;top:0'>11 of 11 points</b>",
    "end of the page": "</div></main></body></html><h1>11 of 11</h1>",
    "meta": "<meta http-equiv=refresh content='0;url=https://example.org'><base href=https://example.org>",
}
HARMLESS = {
    "main", "header", "p", "h1", "h2", "h3", "b", "strong", "em", "meter", "table", "thead", "tbody", "tr", "th",
    "td", "a", "section", "span", "div", "pre", "code", "details", "summary", "body", "html", "img",
}  # fmt: skip
MARKDOWN = (
    "[x](javascript:alert(1)) ![x](javascript:alert(1)) <javascript:alert(1)> [y](data:text/html,<script>1</script>)"
)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Class]:
    course = hostile_course(tmp_path_factory.mktemp("papers") / "course")
    everybody = TAMPERED | ODD | {name: make for name, (make, _) in (REFUSED | FOLDERS).items()}
    submitted = course.folder / "submitted"
    for name, make in everybody.items():
        folder = submitted / name / NAME
        folder.mkdir(parents=True)
        make(folder)
    for name in ("victim", *NAMES):
        hand_in(course, name, paper())
    (submitted / "link to another").symlink_to("victim")
    (submitted / "link for a folder").mkdir()
    (submitted / "link for a folder" / NAME).symlink_to(f"../victim/{NAME}")
    (submitted / "file for a folder").mkdir()
    (submitted / "file for a folder" / NAME).write_text("x")
    for name, html in SCRIPTS.items():
        shows = f"display(HTML({html!r}), Markdown({html + MARKDOWN!r}))\nprint({html!r})"
        answer = f"def double(x):\n    raise ValueError({html!r})"
        notebook = paper(double=f"from IPython.display import HTML, Markdown, display\n{shows}\n{answer}")
        notebook.cells[0].source = html + "\n\n" + MARKDOWN
        hand_in(course, f"shows {name}", notebook)
    yield course, grade_all(course, workers=4)


def tags_of(text: str) -> set[str]:
    return set(re.findall(r"<\s*/?\s*([a-zA-Z][a-zA-Z0-9]*)", text.split("<body")[1]))


def page(course: Course, name: str) -> str:
    return (course.folder / "feedback" / name / NAME / f"{NAME}.html").read_text()


def test_everybody_has_a_verdict(graded: Class) -> None:
    expected = {*TAMPERED, *ODD, *REFUSED, *FOLDERS, *NAMES, *(f"shows {each}" for each in SCRIPTS)}
    assert set(graded[1]) == expected | {"victim", "link to another", "link for a folder", "file for a folder"}


def test_nobody_ends_the_process_that_grades(graded: Class) -> None:
    assert [name for name, verdict in graded[1].items() if "set aside" in (verdict.reason or "")] == []


@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_notebook_gains_nothing(graded: Class, name: str) -> None:
    verdict = graded[1][name]
    assert verdict.graded, verdict.reason
    points = {each.name: (each.points, each.max_points) for each in verdict.exercises}
    assert points["double"] == (0, 2)
    assert {name: most for name, (_, most) in points.items()} == {"double": 2, "triple": 3, "table": 4, "net": 2}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_notebook_is_graded_as_any_other(graded: Class, name: str) -> None:
    assert graded[1][name].score == FULL, graded[1][name]


def test_the_authors_files_are_as_the_author_gave_them(graded: Class) -> None:
    """Whatever was handed in under their names; the cell that reads them ends without an error."""
    for name in ("files in the way of the author's", "files in place of the author's"):
        path = graded[0].folder / "autograded" / name / NAME / f"{NAME}.ipynb"
        outputs = {each["id"]: each.get("outputs") for each in json.loads(path.read_text())["cells"]}
        assert outputs["files"] == []


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_notebook_is_refused_in_one_line(graded: Class, name: str) -> None:
    refused(graded[1][name], REFUSED[name][1])


@pytest.mark.parametrize("name", FOLDERS)
def test_only_plain_files_are_graded(graded: Class, name: str) -> None:
    reason = FOLDERS[name][1]
    if reason is None:
        assert graded[1][name].score == FULL, graded[1][name]
    else:
        refused(graded[1][name], reason)


@pytest.mark.parametrize("name", ["link to another", "link for a folder", "file for a folder"])
def test_a_folder_that_is_none_is_refused(graded: Class, name: str) -> None:
    refused(graded[1][name], "link" if "link" in name else "Not a directory")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_only_a_name(graded: Class, name: str) -> None:
    course, verdicts = graded
    verdict, reason = verdicts[name], NAMES[name]
    if reason is not None:
        refused(verdict, reason)
        return
    assert verdict.score == FULL, verdict
    text = page(course, name)
    assert "8001234" not in text
    assert "<script" not in text and "<img" not in text


def refused(verdict: Verdict, reason: str) -> None:
    assert not verdict.graded
    assert reason in (verdict.reason or "")
    assert len(verdict.reason or "") < 300 and (verdict.reason or "").isprintable()


@pytest.mark.parametrize("name", SCRIPTS)
def test_nothing_that_a_learner_shows_acts(graded: Class, name: str) -> None:
    """Every tag on the page is the author's, the template's or harmless; what was written is there as text."""
    text = page(graded[0], f"shows {name}")
    body = text.split("<body")[1]
    assert tags_of(text) <= HARMLESS
    for opened in re.findall(r"<[a-zA-Z][^>]*>", body):
        assert not re.search(r"\son\w+\s*=|javascript:|srcdoc|position\s*:", opened, re.I), opened
    assert body.count("</body>") == 1 and body.count("</main>") == 1
    assert "of 11 points" in text and graded[1][f"shows {name}"].score == FULL - 2


def test_the_victim_has_all_points_and_no_page_of_another_was_touched(graded: Class) -> None:
    assert graded[1]["victim"].score == FULL
    assert not (graded[0].folder / "x").exists()


def test_a_second_run_grades_nothing_again(graded: Class) -> None:
    """What is refused is looked at again; nobody's score changes."""
    course, verdicts = graded
    run = grading(course, NAME)
    again = {each.student: run.ledger.verdict(each) for each in run.submissions}
    assert {name for name, verdict in again.items() if verdict is None} == {
        n for n, v in verdicts.items() if v.reason
    }
    assert all(verdict is None or verdict.score == verdicts[name].score for name, verdict in again.items())


@pytest.mark.parametrize("terminal", [True, False])
def test_all_of_it_can_be_printed_and_moves_no_cursor(graded: Class, terminal: bool) -> None:
    course, verdicts = graded
    console = Console(file=StringIO(), width=200, force_terminal=terminal, color_system=None)
    listed = list(shown(iter(verdicts.values()), len(verdicts), console))
    out = StringIO()
    page = write_report(course, NAME, listed, seconds=1.0)
    closing(Console(file=out, width=200, color_system=None), course, NAME, listed, page)
    assert not set(re.findall(r"[\x00-\x09\x0b-\x1f\x7f]", out.getvalue()))
    assert out.getvalue().encode()
    assert not tags_of(page.read_text()) & {"script", "img", "iframe", "form", "style", "meta", "base", "object"}


def test_there_are_many() -> None:
    assert len(TAMPERED) + len(ODD) + len(REFUSED) + len(FOLDERS) + len(NAMES) + len(SCRIPTS) >= 90
