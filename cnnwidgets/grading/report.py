"""The class report: one page for the instructor about an assignment. It stands alone; learners never get it.

Names and remarks in it may be a learner's words: the template escapes them. The counterexamples are the HTML of the
author's checks, which the examiner ran.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import quote

from jinja2 import Template
from markupsafe import Markup

from .course import Course
from .files import write_whole
from .html import template
from .overview import Histogram, Overview, State, overview, state
from .verdict import Verdict
from .words import points

MARKS = {State.RIGHT: "✓", State.PARTLY: "◐", State.WRONG: "✗", State.BLANK: "–", State.WAITS: "✎"}
WORDS = {
    State.RIGHT: "right",
    State.PARTLY: "partly right",
    State.WRONG: "wrong",
    State.BLANK: "blank",
    State.WAITS: "waits for a person",
}


@dataclass(frozen=True)
class Links:
    """The way from the report's folder to what belongs to a submission; None to what is not there."""

    course: Course
    assignment: str

    @property
    def page(self) -> Path:
        """Where the report itself is."""
        return self.course.build / "report" / f"{self.assignment}.html"

    def feedback(self, student: str) -> str | None:
        """The page that the learner gets back."""
        return self._to(self._feedback / student / self.assignment / f"{self.assignment}.html")

    def submission(self, student: str) -> str | None:
        """The folder that was handed in."""
        return self._to(self._submitted / student / self.assignment)

    @cached_property
    def _feedback(self) -> Path:
        return self.course.step("feedback")

    @cached_property
    def _submitted(self) -> Path:
        return self.course.step("submitted")

    def _to(self, path: Path) -> str | None:
        if not path.exists():
            return None
        # By its bytes: a folder's name need not be text.
        return quote(os.fsencode(os.path.relpath(path, self.page.parent)))


@dataclass(frozen=True)
class Bar:
    """One bar of the histogram, in the units of its picture."""

    x: float
    y: float
    width: float
    height: float
    number: int
    label: str | None  #: what stands below its left edge
    about: str  #: the scores that it counts


@dataclass(frozen=True)
class Picture:
    """The histogram as it is drawn."""

    bars: list[Bar]
    full: Bar
    average: float  #: where it lies, from the left

    WIDTH, HEIGHT, TOP = 460, 132, 30  # of the drawing, of the highest bar, and of the room above it


def write_report(
    course: Course, name: str, verdicts: Sequence[Verdict], order: Iterable[str] = (), seconds: float | None = None
) -> Path:
    """Write the report on an assignment, and return where it is."""
    links = Links(course, name)
    text = render(name, overview(verdicts, order), links, seconds, datetime.now())
    write_whole(links.page, text.encode("utf-8", "replace"))
    return links.page


def render(name: str, shown: Overview, links: Links, seconds: float | None, when: datetime) -> str:
    """The page, as HTML; `seconds` is what grading took by the clock."""
    numbers = [each.score for each in shown.graded]
    digits = max((len(points(each).partition(".")[2]) for each in numbers), default=0)
    return _template().render(
        name=name,
        o=shown,
        picture=draw(shown.histogram, shown.most, shown.average) if shown.histogram else None,
        states=[each for each in State if each != State.WAITS or any(row.counts[each] for row in shown.exercises)],
        feedback=cache(links.feedback),
        submission=links.submission,
        by_name=lambda verdict: {each.name: each for each in verdict.exercises},
        score=lambda value: f"{value:.{digits}f}",
        seconds=seconds,
        now=sum(each.graded_now for each in shown.graded),
        when=when,
    )


def draw(counted: Histogram, most: float, average: float | None) -> Picture:
    """Bars from left to right, the one for full points a little apart."""
    number = len(counted.steps)
    wide = Picture.WIDTH / (number + 1.5)
    high = max(*counted.steps, counted.full, 1)
    every = -(-number // 6)  # there is room for about six labels

    def bar(at: float, amount: int, label: str | None, about: str) -> Bar:
        tall = Picture.HEIGHT * amount / high
        return Bar(
            round(at * wide, 1),
            round(Picture.TOP + Picture.HEIGHT - tall, 1),
            round(wide - 2, 1),
            round(tall, 1),
            amount,
            label,
            about,
        )

    edges = [points(most * each / number) for each in range(number + 1)]
    bars = [
        bar(n, amount, None if n % every else edges[n], f"{edges[n]} to below {edges[n + 1]}")
        for n, amount in enumerate(counted.steps)
    ]
    full = bar(number + 0.5, counted.full, edges[-1], f"{edges[-1]} (full points)")
    middle = full.x + full.width / 2 if average == most else (average or 0) / most * number * wide
    return Picture(bars, full, round(middle, 1))


@cache
def _template() -> Template:
    return template(
        "report.html.j2",
        "base.css",
        "report.css",
        marks=MARKS,
        words=WORDS,
        state=state,
        anchor=_anchor,
        example=_example,
    )


def _anchor(exercise: str | None) -> str:
    """The part of a feedback page that is about an exercise."""
    return f"#{quote(exercise, errors='replace')}" if exercise else ""


def _example(html: str) -> Markup:
    """A counterexample as it stands: the author's check made it, and escaped what it shows of an answer."""
    return Markup(html)
