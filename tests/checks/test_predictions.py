"""Predictions: right ones are told why, known slips get their reason, and no reply gives the answer away."""

from __future__ import annotations

import numpy as np
import pytest

from cnnwidgets import predict
from cnnwidgets.checks.prediction import Question, reply
from tests.checks.test_hostile import AlwaysEqual, Nameless

QUESTIONS: dict[str, Question] = predict._questions


@pytest.mark.parametrize("name", QUESTIONS)
def test_answers_and_slips(name: str) -> None:
    question = QUESTIONS[name]
    said = reply(question, question.answer)
    assert said.right
    assert said.says == question.because
    told = set()
    for slip, reason in question.slips:
        said = reply(question, slip)
        assert said.right is False
        assert said.says == reason, "an earlier slip hides this one"
        told.add(reason)
    assert len(told) == len(question.slips) > 0
    assert all(text.endswith((".", "?")) for text in (question.asks, question.because, *told))


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("nothing", [..., None])
def test_nothing_predicted_yet(name: str, nothing: object) -> None:
    assert reply(QUESTIONS[name], nothing).right is None


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize(
    "value", [AlwaysEqual(), Nameless(), "many", [], [[1]], float("nan"), np.zeros(3), 10**400, {"a": 1}, True]
)
def test_hostile_values_are_wrong(name: str, value: object) -> None:
    assert reply(QUESTIONS[name], value).right is False


def test_lists_tuples_and_numpy_numbers_count_as_the_same() -> None:
    question = QUESTIONS["valid_shape"]
    assert reply(question, [4, 6]).right
    assert reply(question, (np.int64(4), 6.0)).right


def test_an_unknown_question_is_told_with_the_nearest_one() -> None:
    with pytest.raises(AttributeError, match=r"Did you mean predict\.valid_shape\?"):
        _ = predict.valid_shapes


def test_a_reply_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    predict.valid_shape((4, 6))
    assert "✓" in capsys.readouterr().out
    html = reply(QUESTIONS["valid_shape"], (3, 5))._repr_mimebundle_()["text/html"]
    assert "Count the places" in html
