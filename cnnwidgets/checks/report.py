"""What a check says: as text for a terminal, as HTML for a notebook, as data for whoever collects results."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

from cnnwidgets.checks import show
from cnnwidgets.checks.exercise import Misconception
from cnnwidgets.checks.judge import Answer, Verdict

#: The type under which a report travels as data in a notebook's outputs.
REPORT_MIME = "application/vnd.cnnwidgets.report+json"


@dataclass(frozen=True)
class Report:
    """The result of one check, ready to be shown."""

    exercise: str
    verdict: Verdict
    max_points: float
    misconception: Misconception | None
    hidden: bool = False  #: whether the cases are ones that a learner must not see

    @property
    def points(self) -> float:
        """Points earned: the share of the cases that are right, to the hundredth."""
        return round(self.max_points * self.verdict.passed / self.verdict.total, 2)

    @property
    def earned(self) -> str:
        """The points in words. A test cell may ask for more than this check: the worked example, cases not shown."""
        most = "at most " if self.points and not self.verdict.right else ""
        return f"{most}{self.points:g} of {self.max_points:g} points"

    @property
    def shown(self) -> Answer | None:
        """The counterexample: the smallest public case that fails."""
        verdict = self.verdict
        answer = verdict.first_wrong or verdict.changed or verdict.unsteady
        return answer if answer is not None and answer.case.public and not self.hidden else None

    @property
    def score(self) -> str:
        """How many cases are right, in words."""
        kind = " further cases, which are not shown," if self.hidden else " cases"
        passed, total = self.verdict.passed, self.verdict.total
        if passed == total:
            return f"all {total}{kind} are right"
        return f"{passed} of {total}{kind} {'is' if passed == 1 else 'are'} right"

    @property
    def failure(self) -> str:
        """What went wrong on the first case that fails; empty where nothing did."""
        verdict = self.verdict
        wrong = verdict.first_wrong
        if wrong is not None:
            where = "" if self.hidden or not wrong.case.public else f" ({wrong.case.name})"
            return f"{self.exercise} {wrong.sentence}{where}."
        if verdict.changed is not None:
            named = list(verdict.changed.case.arguments)
            changed = (
                " and ".join(named[i] for i in verdict.changed.outcome.changed) if verdict.changed.outcome else ""
            )
            return f"{self.exercise} is right, but changes {changed} in place."
        if verdict.unsteady is not None:
            again = verdict.unsteady.sentence
            return f"{self.exercise} is right once, but asked the same again it {again}."
        return ""

    @property
    def diagnosis(self) -> str:
        """The misconception in words; empty where none explains every case."""
        named = self.misconception
        return f"{named.title}: {ended(named.why)}" if named else ""

    @property
    def summary(self) -> str:
        """One sentence."""
        if self.verdict.right:
            return f"{self.exercise}: {self.score}."
        return self.diagnosis or self.failure

    def as_data(self) -> dict[str, Any]:
        """The result as plain data, under `REPORT_MIME`."""
        named = self.misconception
        return {
            "exercise": self.exercise,
            "passed": self.verdict.passed,
            "total": self.verdict.total,
            "points": self.points,
            "max_points": self.max_points,
            "misconception": {"key": named.key, "title": named.title} if named else None,
            "summary": self.summary,
        }

    def __str__(self) -> str:
        head = f"{'✓' if self.verdict.right else '✗'} {self.exercise}: {self.score}"
        lines = [f"{head} ({self.earned})."]
        lines += [text for text in (self.failure, self.diagnosis) if text]
        if self.shown is not None:
            lines += ["", show.as_text(self.shown)]
        return "\n".join(lines)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        from cnnwidgets.checks.html import as_html

        return {"text/plain": str(self), "text/html": as_html(self), REPORT_MIME: self.as_data()}


def ended(text: str) -> str:
    """A sentence with its stop, unless it asks."""
    return text if text.endswith("?") else f"{text}."


def display(shown: Any) -> None:
    """Shows what has a `_repr_mimebundle_`: rich in a notebook, plain text elsewhere."""
    ipython = sys.modules.get("IPython")
    if ipython is None or ipython.get_ipython() is None:
        print(shown)
    else:
        ipython.display.display(shown)
