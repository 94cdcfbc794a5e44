"""Every right answer is accepted, every wrong one rejected, every labelled one diagnosed as labelled."""

import pytest

from cnnwidgets import check
from cnnwidgets.checks.exercises import MODULES
from tests.bank import TWO_MISTAKES, UNNAMED, Answer, answers

BANK = answers()
EXERCISES = sorted({answer.exercise for answer in BANK})


@pytest.mark.parametrize("answer", BANK, ids=lambda answer: answer.name)
def test_answer(answer: Answer) -> None:
    report = getattr(check, answer.exercise).report(answer.candidate, points=4)
    key = report.misconception and report.misconception.key
    if answer.label is None:
        assert report.verdict.right, str(report)
        assert report.points == 4
        assert key is None
    else:
        assert not report.verdict.right
        assert report.points < 4
        assert key == (None if answer.label in (TWO_MISTAKES, UNNAMED) else answer.label), str(report)


@pytest.mark.parametrize("seed", ["7", "a course's secret"])
def test_random_cases_of_other_seeds_judge_alike(seed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CNNWIDGETS_SEED", seed)
    for answer in BANK:
        if answer.exercise != "learn_kernel":
            report = getattr(check, answer.exercise).report(answer.candidate)
            assert report.verdict.right == (answer.label is None), answer.name


def test_every_exercise_has_answers_and_every_misconception_an_example() -> None:
    assert set(EXERCISES) == set(MODULES)
    for exercise in EXERCISES:
        labels = {answer.label for answer in BANK if answer.exercise == exercise}
        assert None in labels
        known = {m.key for m in getattr(check, exercise).exercise.misconceptions}
        assert known <= labels, f"{exercise}: no example of {known - labels}"
