"""What arrays with three and four axes look like in a report, and how a refusal is asked for."""

from __future__ import annotations

import numpy as np
import pytest

from cnnwidgets import check, ops
from cnnwidgets.checks import show
from cnnwidgets.checks.compare import compare
from cnnwidgets.checks.exercises.refusal import ask_refusal


def test_an_array_of_three_axes_is_shown_table_by_table_with_its_marks() -> None:
    X = np.arange(24.0).reshape(2, 3, 4)
    marks = X == 17
    pieces = show.tables("X", X, marks)
    assert [label for label, _, _ in pieces] == ["X[0]", "X[1]"]
    texts = [show.block(*piece) for piece in pieces]
    assert "*" not in texts[0]
    assert "17*" in texts[1]


def test_of_many_tables_the_first_are_shown() -> None:
    pieces = show.tables("K", np.zeros((3, 4, 1, 1)))
    assert [label for label, _, _ in pieces][-2:] == ["K[1, 1]", "K, 12 tables in all"]


@pytest.mark.parametrize("value", [3, None, "X", np.zeros((2, 2)), np.zeros((0, 2, 2)), np.zeros((1, 1, 1, 1, 1))])
def test_what_is_no_such_array_stays_in_one_piece(value: object) -> None:
    assert len(show.tables("X", value)) == 1


def test_the_counterexample_marks_the_cell_in_its_channel() -> None:
    def spoilt(X, K):
        Y = ops.corr2d_multi_in_out(X, K)
        Y[1, 0, 0] += 1
        return Y

    report = check.corr2d_multi_in_out.report(spoilt)
    text = str(report)
    assert "got[1]" in text
    assert "*" not in text.split("got[0]")[1].split("got[1]")[0]
    assert "*" in text.split("got[1]")[1]
    html = report._repr_mimebundle_()["text/html"]
    assert "got[1]" in html
    assert html.count('aria-label="differs"') == text.count("*")


X, FOUR = np.ones((3, 4, 5)), np.ones((4, 2, 2))


def refuses_everything(X, K):
    raise ValueError("no")


def test_a_refusal_in_words() -> None:
    assert ask_refusal(ops.corr2d_multi_in, X, FOUR) == "the exception ValueError"
    assert ask_refusal(lambda X, K: X, X, FOUR) == "a NumPy array"
    assert ask_refusal(lambda X, K: X[len(K) - 1], X, FOUR) == "the exception IndexError"
    with pytest.raises(ValueError, match="no"):
        ask_refusal(refuses_everything, X, FOUR)
    with pytest.raises(NotImplementedError):
        ask_refusal(lambda X, K: (_ for _ in ()).throw(NotImplementedError), X, FOUR)


@pytest.mark.parametrize("name", ["corr2d_multi_in", "corr2d_multi_in_out", "corr2d_1x1", "conv_layer"])
def test_whoever_refuses_everything_earns_nothing(name: str) -> None:
    def refuses(*_):
        raise ValueError("no")

    report = getattr(check, name).report(refuses)
    assert report.points == 0
    assert report.misconception is None


def test_a_learner_chooses_the_words_of_an_exception() -> None:
    def swapped(X, K):
        if len(X) != len(K):
            raise ValueError("in words that nobody could guess")
        return ops.corr2d_multi_in_out(X, K.swapaxes(0, 1))

    report = check.corr2d_multi_in_out.report(swapped)
    assert report.misconception is not None
    assert report.misconception.key == "in-and-out-swapped"


@pytest.mark.parametrize("got", [None, 3, np.zeros(2), ["the exception ValueError"]])
def test_words_are_compared_with_words_only(got: object) -> None:
    difference = compare(got, "the exception ValueError")
    assert difference is not None
    assert difference.kind == "type"
