"""The pages that learners get back."""

import pytest
from nbformat import NotebookNode

from cnnwidgets.grading.course import Course
from cnnwidgets.grading.findings import REPORT_MIME
from cnnwidgets.grading.inert import inert
from cnnwidgets.grading.page import Scores, render
from cnnwidgets.grading.verdict import Verdict

from .conftest import NAME, cell

Graded = tuple[Course, dict[str, Verdict]]


def page(graded: Graded, student: str) -> str:
    return (graded[0].folder / "feedback" / student / NAME / f"{NAME}.html").read_text()


@pytest.mark.slow
def test_every_graded_submission_has_a_page(graded: Graded) -> None:
    course, verdicts = graded
    for student, verdict in verdicts.items():
        assert (course.folder / "feedback" / student / NAME / f"{NAME}.html").is_file() == verdict.graded


@pytest.mark.slow
def test_score_answer_and_report_are_on_it(graded: Graded) -> None:
    text = page(graded, "partly")
    assert "<b>3</b> of 5 points" in text
    assert "The number is returned as it came" in text and "<p>the report</p>" in text
    assert 'id="double"' in text and 'id="triple"' in text


@pytest.mark.slow
def test_no_hidden_test_is_on_it(graded: Graded) -> None:
    """Not in the test cell, and not in the traceback of a hidden test that failed."""
    for student in ("right", "hidden", "deleted"):
        text = page(graded, student)
        assert "triple(5)" not in text and "HIDDEN TESTS" not in text and "BEGIN" not in text
        assert "further tests, not shown" in text
    plain = page(graded, "hidden").replace("</span>", "").replace("<span", "\n<span")
    assert "AssertionError" in plain
    assert "double" in plain and "&gt; -6" not in plain and "== -6" not in plain


@pytest.mark.slow
def test_it_needs_no_network_and_runs_no_scripts(graded: Graded) -> None:
    text = page(graded, "right")
    assert "http://" not in text and "https://" not in text and "<script" not in text
    assert "default-src 'none'" in text


@pytest.mark.slow
def test_it_says_when_a_test_cell_was_put_back(graded: Graded) -> None:
    assert "was missing from your notebook" in page(graded, "deleted")


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<meta http-equiv=refresh content=0>",
        "<IFRAME src=x></IFRAME>",
        "<form action=x><input></form>",
        "<base href=x>",
        "<style>.score { display: none }</style>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<div style='position: fixed; top: 0'>20 of 20</div>",
        "<svg onload=alert(1)>",
    ],
)
def test_nothing_acts(html: str) -> None:
    left = inert(f"<p>{html}</p>").lower()
    for word in ("<script", "<meta", "<iframe", "<form", "<base", "<style", "onerror", "javascript", "fixed", "<svg"):
        assert word not in left


def test_an_answer_that_a_person_scores_shows_nothing_that_acts() -> None:
    """Its outputs are the learner's own, although the cell has points, and no check's report."""
    fake = {REPORT_MIME: {"misconception": {"title": "Send me money"}}, "text/html": "<form action=x>cell</form>"}
    made = cell("essay", "display(fake)", points=4, solution=True)
    made.outputs = [NotebookNode(output_type="display_data", data=NotebookNode(fake), metadata={})]
    notebook = NotebookNode(cells=[made], metadata={}, nbformat=4, nbformat_minor=5)
    text = render(notebook, Scores("ann", NAME, {"essay": 0.0}), NotebookNode(cells=[]))
    assert "cell" in text and "<form" not in text and "Send me money" not in text


def test_ordinary_html_stays() -> None:
    html = '<table><tbody><tr><td style="color: red;">1 &lt; 2</td></tr></tbody></table>'
    assert inert(html) == html
