"""The class report: right figures, links that lead somewhere, sentences where there is nothing, and nothing acts."""

import os
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from nbformat import NotebookNode

from cnnwidgets.grading.course import Course
from cnnwidgets.grading.findings import REPORT_MIME, exercise
from cnnwidgets.grading.overview import Histogram, State, histogram, overview, state
from cnnwidgets.grading.report import MARKS, write_report
from cnnwidgets.grading.verdict import BLANK, SET_ASIDE, WAITS, Exercise, Verdict

from .conftest import NAME, cell

ORDER = ["double", "triple"]


def verdict(student: str, double: float, triple: float, **more: object) -> Verdict:
    """A graded submission to the tiny course: points of 2 and of 3."""
    exercises = Exercise("double", double, 2.0), Exercise("triple", triple, 3.0)
    return Verdict(student, None, exercises, **{"seconds": 0.5, **more})  # type: ignore[arg-type]


def holding(student: str, title: str, example: str | None = None, name: str = "triple") -> Verdict:
    """A graded submission that shows a misconception."""
    wrong = Exercise(name, 0.0, 3.0, misconception=title, example=example)
    return Verdict(student, None, (Exercise("double", 2.0, 2.0), wrong))


class Page(HTMLParser):
    """A page as elements and text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.source, self.words = source, list[str]()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.skip = 0
        self.feed(source)
        self.text = " ".join(" ".join(self.words).replace("\u200b", "").split()).replace(" ,", ",").replace(" :", ":")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.skip += tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self.skip -= tag == "style"

    def handle_data(self, data: str) -> None:
        if not self.skip:
            self.words.append(data)

    def part(self, name: str) -> "Page":
        """One section."""
        start = self.source.index(f'id="{name}"')
        return Page(self.source[self.source.rindex("<", 0, start) : self.source.index("</section>", start)])

    @property
    def links(self) -> list[str]:
        return [str(each["href"]) for tag, each in self.elements if tag == "a"]


def report(course: Course, verdicts: Sequence[Verdict], *, seconds: float | None = None) -> Page:
    return Page(write_report(course, NAME, verdicts, ORDER, seconds).read_text(encoding="utf-8"))


def with_feedback(course: Course, *students: str) -> None:
    for student in students:
        folder = course.folder / "feedback" / student / NAME
        folder.mkdir(parents=True)
        (folder / f"{NAME}.html").write_text("the page")


def targets(course: Course, links: Sequence[str]) -> list[Path]:
    """Where links lead on the disk."""
    here = course.build / "report"
    paths = [here / os.fsdecode(unquote_to_bytes(each.split("#")[0])) for each in links]
    return [Path(os.path.normpath(each)) for each in paths]


CLASS = [
    verdict("ann", 2, 3),
    verdict("bob", 1, 0),
    Verdict("cy", None, (Exercise("triple", 0.0, 3.0, remark=BLANK), Exercise("double", 2.0, 2.0))),
    Verdict("dee", "the file is not JSON"),
]


def test_it_is_below_build_where_no_learner_gets_it(course: Course) -> None:
    path = write_report(course, NAME, CLASS)
    assert path == course.folder / "build" / "report" / f"{NAME}.html"
    for step in ("release", "feedback", "submitted", "autograded"):
        assert not path.is_relative_to(course.step(step))


def test_the_figures_of_the_class_are_on_it(course: Course) -> None:
    text = report(course, CLASS).part("scores").text
    for words in ("submissions 4", "graded 3", "not graded 1", "average of 5 2.7", "median of 5 2"):
        assert words in text
    assert "Average 2.7 of 5" in text  # the histogram in words
    assert "0 to below 1 0 1 to below 2 1 2 to below 3 1" in text  # and as a table


def test_exercises_come_in_the_order_of_the_notebook_each_with_its_four_kinds(course: Course) -> None:
    text = report(course, CLASS).part("exercises").text
    assert "double 2 1 0 0 1.7 of 2 triple 1 0 1 1 1.0 of 3" in text


def test_students_come_by_score_and_lead_to_their_pages(course: Course) -> None:
    with_feedback(course, "ann", "bob", "cy")
    (course.folder / "submitted" / "dee" / NAME).mkdir(parents=True)
    part = report(course, CLASS[::-1]).part("students")
    assert "ann 5 ✓ 2 ✓ 3 cy 2 ✓ 2 – bob 1 ◐ 1 ✗ 0 dee not graded: the file is not JSON" in part.text
    pages = [course.folder / "feedback" / student / NAME / f"{NAME}.html" for student in ("ann", "cy", "bob")]
    assert targets(course, part.links) == [*pages, course.folder / "submitted" / "dee" / NAME]


def test_a_link_to_a_page_that_is_gone_is_none(course: Course) -> None:
    with_feedback(course, "ann")
    part = report(course, CLASS).part("students")
    assert len(part.links) == 1 and "bob" in part.text


def test_misconceptions_come_by_how_many_hold_them(course: Course) -> None:
    both = holding("ann", "The sign is lost")
    twice = Verdict("bob", None, (*both.exercises, Exercise("double", 0, 2, misconception="The sign is lost")))
    part = report(course, [holding("cy", "It always gives 4"), both, twice]).part("misconceptions")
    assert part.text.index("The sign is lost") < part.text.index("It always gives 4")
    assert "2 of 3 triple 2, double 1 Who ann, bob" in part.text
    assert "1 of 3 triple Who cy" in part.text


def test_one_counterexample_of_each_is_shown_as_the_check_made_it(course: Course) -> None:
    made = '<table><tr><td style="color:#c2541b">a &lt; b</td></tr></table>'
    held = [holding("ann", "The sign is lost"), *(holding(each, "The sign is lost", made) for each in ("bob", "cy"))]
    page = report(course, held)
    assert page.source.count(made) == 1
    assert "What the check of triple shows bob: a < b" in page.part("misconceptions").text


@pytest.mark.parametrize("tag", ["Who", "A counterexample"])
def test_names_and_counterexamples_are_folded(course: Course, tag: str) -> None:
    source = report(course, [holding("ann", "The sign is lost", "<p>the report</p>")]).source
    assert f"<details><summary>{tag}</summary>" in source


def test_what_waits_for_a_person_is_listed_with_the_reason(course: Course) -> None:
    essay = Exercise("essay", 0.0, 4.0, remark=WAITS)
    found = [
        Verdict("ann", "the file is not JSON"),
        Verdict("bob", f"{SET_ASIDE}: its process died, twice"),
        Verdict("cy", None, (essay,), ("cell altered, restored: test-double", "a flood of output trimmed")),
        Verdict("dee", None, (Exercise("triple", 0, 3, remark="test cell put back, timed out"),), late_penalty=1.5),
        Verdict("eva", None, (), ("timestamp.txt holds no time ('x: y'): not counted as late",)),
    ]
    with_feedback(course, "cy", "dee")
    for student in ("ann", "bob"):
        (course.folder / "submitted" / student / NAME).mkdir(parents=True)
    part = report(course, found).part("person")
    for words in (
        "Not graded 1 The links lead to what was handed in. ann the file is not JSON",
        "bob its process died, twice",
        "To be scored by hand: essay 1",
        "cell altered, restored 1 cy test-double",
        "a flood of output trimmed 1 cy",
        "test cell put back 1 dee triple",
        "timed out 1 dee triple",
        "handed in late, points taken off 1 dee −1.5",
        "timestamp.txt holds no time 1 eva ('x: y'): not counted as late",
    ):
        assert words in part.text
    assert all(path.exists() for path in targets(course, part.links))
    assert any(link.endswith(f"cy/{NAME}/{NAME}.html#essay") for link in part.links)


def test_points_that_a_person_has_yet_to_give_are_neither_wrong_nor_in_the_average(course: Course) -> None:
    essays = [
        Verdict("ann", None, (Exercise("essay", 0.0, 4.0, remark=WAITS),)),
        Verdict("bob", None, (Exercise("essay", 3.0, 4.0, remark="scored by hand"),)),
    ]
    page = report(course, essays)
    assert "essay 0 1 0 0 1 3.0 of 4" in page.part("exercises").text
    assert "waits for points 1" in page.part("scores").text


def test_times_are_told_and_the_slowest_named(course: Course) -> None:
    class_ = [verdict(name, 2, 3, seconds=s, graded_now=s > 1) for name, s in (("ann", 0.25), ("bob", 75), ("cy", 5))]
    text = report(course, class_, seconds=62.0).part("time").text
    assert "graded now 2 stood from before 1 this run 1 min 2 s" in text
    assert "all submissions, one after another 1 min 20 s a submission, median 5.0 s" in text
    assert "The slowest bob 1 min 15 s cy 5.0 s ann 0.25 s" in text


NOBODY = [Verdict("ann", "the file is not JSON"), Verdict("bob", f"{SET_ASIDE}: its process died, twice")]


@pytest.mark.parametrize(
    ("verdicts", "sentences"),
    [
        (NOBODY, ["none of the submissions could be graded", "Nothing to show until a submission is graded"]),
        (NOBODY[:1], ["the submission could not be graded", "submission 1"]),
        ([verdict("ann", 1, 2.5)], ["points of 5 3.5", "the submission is graded, and it came back as it was"]),
        (
            [verdict("ann", 2, 3), verdict("bob", 2, 3)],
            ["Everybody has full points", "None: every answer is right", "Nothing: every submission is graded"],
        ),
        ([verdict("ann", 1, 0)] * 2, ["None: no wrong answer is one that the checks know by name"]),
    ],
)
def test_where_there_is_nothing_it_says_so(course: Course, verdicts: list[Verdict], sentences: list[str]) -> None:
    page = report(course, verdicts)
    assert all(sentence in page.text for sentence in sentences), page.text
    assert "None of" not in page.text and "nan" not in page.text.lower()


HOSTILE = [
    "<script>alert(1)<",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "</style><meta http-equiv=refresh content=0>",
    "{{ 7919 * 7907 }}{% raw %}",
    "a b#c?d%2e%2e&amp;",
    "..%2f..%2f",
    "\u202egnp.exe",
    os.fsdecode(b"caf\xe9"),
]
MAY_BE = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "header",
        "p",
        "h1",
        "nav",
        "a",
        "section",
        "dl",
        "div",
    ),
    *(
        "dt",
        "dd",
        "figure",
        "svg",
        "desc",
        "rect",
        "text",
        "path",
        "figcaption",
        "details",
        "summary",
        "table",
        "thead",
    ),
    *(
        "tr",
        "th",
        "tbody",
        "td",
        "h2",
        "span",
        "i",
        "b",
        "small",
        "article",
        "h3",
        "code",
        "bdi",
        "ul",
        "li",
        "footer",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_that_came_from_a_submission_acts(course: Course, name: str) -> None:
    graded = Verdict(
        name,
        None,
        (Exercise(name, 0.0, 2.0, misconception=name, summary=name, remark=name), Exercise("e", 0, 1, remark=WAITS)),
        (name, f"cell repeated, the last one counts: {name}"),
        late_penalty=1.0,
        seconds=2.0,
    )
    slower = Verdict(f"{name}2", None, graded.exercises, seconds=3.0)
    refused = Verdict(f"{name}3", name), Verdict(f"{name}4", f"{SET_ASIDE}: {name}")
    with_feedback(course, graded.student, slower.student)
    for each in refused:
        (course.folder / "submitted" / each.student / NAME).mkdir(parents=True)
    page = report(course, [graded, slower, *refused])

    assert {tag for tag, _ in page.elements} <= MAY_BE
    assert not [key for _, attributes in page.elements for key in attributes if key.startswith("on")]
    metas = [attributes for tag, attributes in page.elements if tag == "meta"]
    assert [each["http-equiv"] for each in metas if "http-equiv" in each] == ["Content-Security-Policy"]
    assert all(link.startswith(("../../", "#")) for link in page.links)
    leading = [link for link in page.links if link.startswith("../../")]
    assert len(leading) >= 10
    assert all(path.exists() and path.is_relative_to(course.folder) for path in targets(course, leading))
    assert name.encode("utf-8", "replace").decode() in "".join(page.words).replace("\u200b", "")
    assert str(7919 * 7907) not in page.text  # no clock and no score reads like this


def test_it_needs_no_network_and_runs_no_scripts(course: Course) -> None:
    page = report(course, CLASS)
    assert "default-src 'none'" in page.source and "script-src" not in page.source
    assert "http:" not in page.source and "https:" not in page.source and "url(" not in page.source
    assert "@media (prefers-color-scheme: dark)" in page.source


def test_a_larger_class_makes_a_page_as_much_larger(course: Course) -> None:
    """One row a student, and nothing that grows with the square of their number."""
    lengths = []
    for size in (100, 200, 300):
        held = [holding(f"s{n:03}", "The sign is lost", "<p>the report</p>" * 50) for n in range(size)]
        lengths.append(len(report(course, held).source))
    assert 0.95 < (lengths[2] - lengths[1]) / (lengths[1] - lengths[0]) < 1.05


def test_kinds_of_answers_differ_by_sign_too() -> None:
    assert len(set(MARKS.values())) == len(MARKS) == len(State)


@pytest.mark.parametrize(
    ("points", "remark", "kind"),
    [
        (3, None, State.RIGHT),
        (3, "test cell put back", State.RIGHT),
        (1, None, State.PARTLY),
        (0, "timed out", State.WRONG),
        (0, BLANK, State.BLANK),
        (0, f"test cell put back, {BLANK}", State.BLANK),
        (0, WAITS, State.WAITS),
        (2, "scored by hand", State.PARTLY),
    ],
)
def test_what_became_of_an_answer(points: float, remark: str | None, kind: State) -> None:
    assert state(Exercise("triple", points, 3.0, remark=remark)) == kind


@pytest.mark.parametrize(
    ("scores", "most", "steps", "full"),
    [
        ([0, 0.5, 1, 1.99, 2, 4.99, 5], 5, (2, 2, 1, 0, 1), 1),
        ([0, 1.9, 2, 19.9, 20], 20, (2, 1, 0, 0, 0, 0, 0, 0, 0, 1), 1),
        ([0.1 + 0.2, 0.3], 1, (2,), 0),
        ([8.999999999999], 9, (0,) * 8 + (1,), 0),
        ([6.999999999999999], 10, (0,) * 7 + (1, 0, 0), 0),  # a sum of shares that is 7 but for rounding
        ([5.5, 6], 5.5, (0,) * 10, 2),
    ],
)
def test_every_score_is_in_one_bar(scores: list[float], most: float, steps: tuple[int, ...], full: int) -> None:
    assert histogram(scores, most) == Histogram(steps, full)


def test_an_assignment_without_points_has_no_histogram() -> None:
    assert overview([Verdict("ann", None, (Exercise("double", 0.0, 0.0),))]).histogram is None


def test_a_cell_that_learners_write_is_no_report() -> None:
    """Where a person scores an answer, its own output may look like a check's."""
    made = cell("essay", "display(fake)", points=4, solution=True)
    fake = {REPORT_MIME: {"misconception": {"title": "Send me money"}, "summary": "all right"}, "text/html": "<form>"}
    made.outputs = [NotebookNode(output_type="display_data", data=NotebookNode(fake), metadata={})]
    found = exercise(made, None, False)
    assert (found.misconception, found.summary, found.example, found.remark) == (None, None, None, WAITS)
    made.metadata.nbgrader.solution = False
    assert exercise(made, 0.0, False).misconception == "Send me money"
