"""Puts an exercise's cases to a candidate and says, case by case, what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cnnwidgets.checks.call import Outcome, call
from cnnwidgets.checks.compare import Difference, compare
from cnnwidgets.checks.exercise import Candidate, Case, Exercise


@dataclass(frozen=True)
class Question:
    """A case with what the reference says to it, and what the wrong variants say, once they have been asked."""

    case: Case
    expected: Any
    variants: dict[Candidate, Outcome] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Answer:
    """One question, what came, and what is wrong with it."""

    question: Question
    outcome: Outcome | None  #: None where the case was not tried, after a call that did not end
    difference: Difference | None  #: None where the value is right, or where there is no value

    @property
    def case(self) -> Case:
        """What was asked."""
        return self.question.case

    @property
    def expected(self) -> Any:
        """What is right."""
        return self.question.expected

    @property
    def right(self) -> bool:
        """Whether a value came and is right."""
        return self.outcome is not None and self.outcome.returned and self.difference is None

    @property
    def sentence(self) -> str:
        """What went wrong, to stand behind the function's name."""
        if self.outcome is None:
            return "was not tried"
        return self.outcome.error or (self.difference.sentence if self.difference else "is right")


@dataclass(frozen=True)
class Verdict:
    """All answers, and whether the candidate behaves: arguments left alone, the same answer twice."""

    answers: tuple[Answer, ...]
    changed: Answer | None  #: the first case whose arguments came back changed
    unsteady: Answer | None  #: the first case asked once more, where the second answer is wrong

    @property
    def passed(self) -> int:
        """Right cases; the two of behaviour count only for a candidate that is right."""
        right = sum(a.right for a in self.answers)
        if right < len(self.answers):
            return right
        return right + (self.changed is None) + (self.unsteady is None)

    @property
    def total(self) -> int:
        """Cases, and the two of behaviour."""
        return len(self.answers) + 2

    @property
    def right(self) -> bool:
        """Whether nothing at all is wrong."""
        return self.passed == self.total

    @property
    def first_wrong(self) -> Answer | None:
        """The smallest case that fails."""
        return next((a for a in self.answers if not a.right), None)


def questions(exercise: Exercise, cases: Iterable[Case]) -> list[Question]:
    """The cases with what the reference says to them."""
    return [Question(case, case.ask(exercise.reference, *case.arguments.values())) for case in cases]


def judge(exercise: Exercise, candidate: Candidate, asked: Iterable[Question], *, again: bool = True) -> Verdict:
    """Asks every case once and, if `again`, the first once more. After a call that does not end, none is made."""
    answers: list[Answer] = []
    stuck = False
    for question in asked:
        answer = Answer(question, None, None) if stuck else _ask(exercise, candidate, question)
        stuck = stuck or (answer.outcome is not None and answer.outcome.timed_out)
        answers.append(answer)
    changed = next((a for a in answers if a.outcome is not None and a.outcome.changed), None)
    unsteady = None
    if again and answers and all(a.right for a in answers):
        second = _ask(exercise, candidate, answers[0].question)
        unsteady = None if second.right else second
    return Verdict(tuple(answers), changed, unsteady)


def _ask(exercise: Exercise, candidate: Candidate, question: Question) -> Answer:
    outcome = put(exercise, candidate, question.case)
    case = question.case
    difference = compare(outcome.value, question.expected, case.tolerance) if outcome.returned else None
    return Answer(question, outcome, difference)


def put(exercise: Exercise, candidate: Candidate, case: Case) -> Outcome:
    """What comes of putting a case to a candidate."""

    def asked(*arguments: Any) -> Any:
        return case.ask(candidate, *arguments)

    return call(asked, *case.arguments.values(), seconds=exercise.seconds)
