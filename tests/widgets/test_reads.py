"""What a learner's function reads, from the trace to what the browser gets of it; and when it is traced at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy import ndarray

from cnnwidgets import CorrelationExplorer, ops
from cnnwidgets.tracing import Trace
from tests.widgets.test_correlation_explorer import convolve2d, corr2d, show

X = np.arange(20.0).reshape(4, 5)
K = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])


def off_by_one(X: ndarray, K: ndarray) -> ndarray:
    Y = np.zeros((X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            window = X[i + 1 : i + 1 + K.shape[0], j : j + K.shape[1]]
            Y[i, j] = (window * K[: len(window)]).sum()
    return Y


def reads(fn: Callable[..., Any], **settings: Any) -> dict[str, Any]:
    """What the browser gets, through JSON."""
    explorer = CorrelationExplorer(**{"input": X, "kernel": K, "fn": fn, "reads": True, **settings})
    show(explorer)
    state = json.loads(json.dumps(explorer.get_state("_reads"), allow_nan=False))["_reads"]
    assert state["of"] == explorer._setting()
    return state


def test_blocks_at_the_places_of_the_stride() -> None:
    found = reads(corr2d, padding=(1, 2), stride=(2, 3))
    assert found["untraced"] is None
    assert found["places"] == [[[2 * i, 2 * i + 1, 3 * j, 3 * j + 2] for j in range(2)] for i in range(2)]


@pytest.mark.parametrize("fn", [corr2d, ops.corr2d, convolve2d], ids=["loops", "ops", "convolution"])
def test_every_right_window_whatever_is_done_with_it(fn: Callable[..., Any]) -> None:
    assert reads(fn)["places"] == [[[i, i + 1, j, j + 2] for j in range(3)] for i in range(3)]


def test_an_error_that_the_values_hide() -> None:
    explorer = CorrelationExplorer(np.ones((5, 5)), K, fn=off_by_one, reads=True)
    assert explorer.trace is not None
    assert explorer.trace.text(1, 2) == "rows 2–3, columns 2–4"
    assert reads(off_by_one)["places"][0][1] == [1, 2, 1, 3]


def test_a_dilated_kernel_is_read_as_it_was_given() -> None:
    assert reads(corr2d, input=np.ones((6, 9)), dilation=(3, 2))["places"][1][0] == [1, 4, 0, 4]


def test_what_is_no_block_is_a_list_of_cells() -> None:
    assert reads(lambda X, K: np.array([[np.diag(X).sum(), X[0, 0] * 0]]))["places"] == [
        [{"cells": [0, 0, 1, 1, 2, 2, 3, 3]}, [0, 0, 0, 0]]
    ]
    assert reads(lambda X, K: np.zeros((2, 2)))["places"][1][1] == {"cells": []}


@pytest.mark.parametrize(
    ("fn", "sentence"),
    [
        (lambda X, K: np.fft.fft2(X).real, "`np.fft.fft2` is not followed"),
        (lambda X, K: float(X[0, 0]), "`float(…)` takes a number out of the array"),
        (lambda X, K: X[0], "what it returned is no matrix"),
        (lambda X, K: None, "it returned nothing (None)"),
        (lambda X, K: X[99], "it raised IndexError at your line `(lambda X, K: X[99]"),
        (lambda X, K: np.tile(X, (40, 40)), "what it read is too much to draw"),
    ],
)
def test_untraced_says_why(fn: Callable[..., Any], sentence: str) -> None:
    found = reads(fn)
    assert found["places"] is None
    assert found["untraced"].startswith(sentence)


def test_one_that_never_ends() -> None:
    def forever(X: ndarray, K: ndarray) -> None:
        while True:
            pass

    assert reads(forever)["untraced"] == "it takes too long to follow"


class TestWhenItIsTraced:
    @pytest.fixture
    def calls(self, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
        calls: list[Any] = []

        def counted(*arguments: Any) -> Trace:
            calls.append(arguments)
            return Trace(None, None, "not traced in this test")

        monkeypatch.setattr("cnnwidgets.widgets.correlation_explorer.trace_of", counted)
        return calls

    def test_only_when_somebody_looks(self, calls: list[Any]) -> None:
        explorer = CorrelationExplorer(X, K, fn=corr2d)
        explorer.reads = True
        explorer.stride = 2
        assert calls == []
        show(explorer)
        assert len(calls) == 1

    def test_only_when_it_is_asked_for_and_once_a_setting(self, calls: list[Any]) -> None:
        explorer = CorrelationExplorer(X, K, fn=corr2d)
        show(explorer)
        assert (calls, explorer._reads) == ([], None)
        explorer.set_state({"reads": True})
        assert len(calls) == 1
        explorer.step = 3
        explorer.reads = False
        explorer.reads = True
        show(explorer)
        assert len(calls) == 1
        explorer.padding = 2
        assert len(calls) == 2
        explorer.fn = convolve2d
        assert len(calls) == 3
        explorer.fn = None
        assert (len(calls), explorer._reads) == (3, None)

    def test_none_where_the_kernel_does_not_fit(self) -> None:
        explorer = CorrelationExplorer(K, X, fn=corr2d, reads=True)
        show(explorer)
        assert (explorer.trace, explorer._reads) == (None, None)
        assert CorrelationExplorer().trace is None
