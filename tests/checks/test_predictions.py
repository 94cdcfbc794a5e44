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


def test_several_values_need_no_brackets_and_a_table_counts_row_by_row(capsys: pytest.CaptureFixture[str]) -> None:
    predict.valid_shape(4, 6)
    assert "✓" in capsys.readouterr().out
    predict.valid_shape()
    assert "three dots" in capsys.readouterr().out
    for table in ([[4, 5], [7, 8]], np.array([[4, 5], [7, 8]]), (4, 5, 7, 8)):
        assert reply(QUESTIONS["pooled_max"], table).right
    assert reply(QUESTIONS["pooled_max"], [[4, 5], [7, 7]]).right is False


def test_what_is_rounded_to_two_decimals_or_more_is_right() -> None:
    for right in (1 / 6, 0.1667, 0.17, np.float64(0.16667)):
        assert reply(QUESTIONS["pooling_kernel"], right).right
    for wrong in (0.2, 0.16, 0.1659, 0.168):
        assert reply(QUESTIONS["pooling_kernel"], wrong).right is False


@pytest.mark.parametrize("value", ["4", [4], np.array(4), True])
def test_what_is_no_number_is_told_so(value: object) -> None:
    assert "one number; this is a" in reply(QUESTIONS["side_after_layers"], value).says


def test_an_unknown_question_is_told_with_the_nearest_one() -> None:
    with pytest.raises(AttributeError, match=r"Did you mean predict\.valid_shape\?"):
        _ = predict.valid_shapes


def test_a_reply_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    predict.valid_shape((4, 6))
    assert "✓" in capsys.readouterr().out
    html = reply(QUESTIONS["valid_shape"], (3, 5))._repr_mimebundle_()["text/html"]
    assert "Count the places" in html
