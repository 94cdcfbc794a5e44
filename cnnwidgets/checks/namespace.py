"""`check`: one attribute for every exercise of the course."""

from __future__ import annotations

import difflib
import importlib
import os
from collections.abc import Sequence
from typing import Any

from cnnwidgets.checks.diagnose import diagnose
from cnnwidgets.checks.exercise import Exercise
from cnnwidgets.checks.exercises import MODULES
from cnnwidgets.checks.judge import Question, judge, questions
from cnnwidgets.checks.report import Report, display
from cnnwidgets.checks.summary import Line, Summary

PUBLIC_SEED = 1998  # the year of LeNet-5
UNASKED = "not checked yet"


def course_seed() -> int:
    """The seed of the random cases: `CNNWIDGETS_SEED`, which a course keeps to itself, or a public one."""
    text = os.environ.get("CNNWIDGETS_SEED", "")
    try:
        return int(text) if text else PUBLIC_SEED
    except ValueError:
        return int.from_bytes(text.encode(), "little") % 2**63


class Check:
    """Checks one exercise: ``check.corr2d(corr2d, points=4)`` shows a report and returns the points."""

    def __init__(self, exercise: Exercise):
        self.exercise = exercise
        self._known: dict[tuple[int, bool], list[Question]] = {}
        self.passed = False  #: whether the last check, hidden ones apart, found everything right
        self.standing = UNASKED  #: what it found, in words
        self.__name__ = exercise.name
        self.__doc__ = f"Checks `{exercise.name}`. {exercise.source}".strip()

    def __call__(self, candidate: Any, points: float = 1.0, hidden: bool = False) -> float:
        """Shows what is right and wrong about `candidate`, and returns the points it earns, 0 to `points`.

        `hidden` asks further random cases and shows none of them; it says nothing where all are right.
        """
        report = self.report(candidate, points, hidden)
        if not hidden:
            self.passed, self.standing = report.verdict.right, report.score
        if not (hidden and report.verdict.right):
            display(report)
        return report.points

    def report(self, candidate: Any, points: float = 1.0, hidden: bool = False) -> Report:
        """What `__call__` shows, without showing it."""
        verdict = judge(self.exercise, candidate, self._questions(course_seed(), hidden), again=not hidden)
        return Report(self.exercise.name, verdict, float(points), diagnose(self.exercise, verdict), hidden)

    def _questions(self, seed: int, hidden: bool) -> list[Question]:
        """The cases with what the reference says to them; worked out once, since a check is asked again and again."""
        if (seed, hidden) not in self._known:
            cases = self.exercise.random_cases(seed + 1) if hidden else []
            self._known[seed, hidden] = questions(self.exercise, cases or self.exercise.ordered_cases(seed))
        return self._known[seed, hidden]

    def __repr__(self) -> str:
        return f"check.{self.exercise.name}"


class Checks:
    """The checks by name; each is loaded when it is first asked for."""

    def __getattr__(self, name: str) -> Check:
        if name not in MODULES:
            close = difflib.get_close_matches(name, MODULES, n=1)
            hint = f" Did you mean check.{close[0]}?" if close else f" There are: {', '.join(MODULES)}."
            raise AttributeError(f"There is no exercise called {name!r}.{hint}")
        module = importlib.import_module(f"cnnwidgets.checks.exercises.{MODULES[name]}")
        found = Check(next(e for e in module.EXERCISES if e.name == name))
        setattr(self, name, found)
        return found

    def summary(self, *names: str, needs: Sequence[str] | None = None, anyway: bool = False) -> Summary:
        """Shows which of the learner's functions have passed, and returns whether what is built from them may start.

        `names` are exercises; without any, all that were asked for since the kernel started. `needs` are those that
        have to have passed (all of them); with ``anyway=True`` it goes on without, and says so.
        """
        known = {name: getattr(self, name) for name in (*names, *(needs or ()))}
        if not names:
            known = {name: each for name, each in vars(self).items() if each.standing != UNASKED} | known
        needed = set(known if needs is None else needs)
        lines = [Line(name, each.passed, each.standing, name in needed) for name, each in known.items()]
        summary = Summary(lines, anyway)
        display(summary)
        return summary

    def __dir__(self) -> list[str]:
        return sorted([*MODULES, "summary"])


check = Checks()
