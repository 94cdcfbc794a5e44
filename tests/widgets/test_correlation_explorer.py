"""CorrelationExplorer's Python side, without a browser: state, the right output, and when a learner's code runs."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy import ndarray
from traitlets import TraitError

from cnnwidgets import CorrelationExplorer, ops
from cnnwidgets.widgets.live import live_state


def pairs(least: int, most: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.integers(least, most), st.integers(least, most))


def matrices(most: int) -> st.SearchStrategy[ndarray]:
    shapes = st.tuples(st.integers(1, most), st.integers(1, most))
    return shapes.flatmap(
        lambda shape: hnp.arrays(np.float64, shape, elements=st.integers(-64, 64).map(lambda n: n / 8))
    )


@st.composite
def explorers(draw: st.DrawFn) -> CorrelationExplorer:
    """An explorer under any setting in which the kernel fits."""
    explorer = CorrelationExplorer(
        draw(matrices(9)),
        draw(matrices(4)),
        padding=draw(pairs(0, 6)),
        stride=draw(pairs(1, 4)),
        dilation=draw(pairs(1, 3)),
        mode=draw(st.sampled_from(["correlation", "convolution"])),
    )
    assume(explorer._places() > 0)
    return explorer


def by_torch(explorer: CorrelationExplorer) -> ndarray:
    X, K = torch.tensor(explorer.input), torch.tensor(explorer.kernel)
    if explorer.mode == "convolution":
        K = K.flip(0, 1)
    (p_h, p_w) = explorer.padding
    X = torch.nn.functional.pad(X, (p_w - p_w // 2, p_w // 2, p_h - p_h // 2, p_h // 2))
    Y = torch.nn.functional.conv2d(X[None, None], K[None, None], stride=explorer.stride, dilation=explorer.dilation)
    return Y[0, 0].numpy()


def corr2d(X: ndarray, K: ndarray) -> ndarray:
    """A learner's plain answer, loops and all."""
    h, w = K.shape
    Y = np.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y


def convolve2d(X: ndarray, K: ndarray) -> ndarray:
    return corr2d(X, K[::-1, ::-1])


class Counted:
    """A learner's function that keeps what it was called with."""

    def __init__(self, fn: Callable[..., Any] = corr2d) -> None:
        self.fn, self.calls = fn, []

    def __call__(self, X: ndarray, K: ndarray) -> Any:
        self.calls.append((X.copy(), K.copy()))
        return self.fn(X, K)


def show(explorer: CorrelationExplorer) -> None:
    """A view says that it has come up, as the browser does."""
    explorer._handle_custom_msg({"type": "shown"}, [])


def shown(explorer: CorrelationExplorer) -> dict[str, Any]:
    """What the browser gets of the answer, through JSON."""
    show(explorer)
    state = json.loads(json.dumps(explorer.get_state("_answer"), allow_nan=False))
    assert state["_answer"] is not None
    return state["_answer"]


class TestState:
    def test_the_worked_example_is_the_default(self) -> None:
        explorer = CorrelationExplorer()
        assert explorer.output.tolist() == [[19, 25], [37, 43]]
        explorer.mode = "convolution"
        assert explorer.output.tolist() == [[5, 11], [23, 29]]
        explorer = CorrelationExplorer(padding=2, stride=(3, 2))
        assert explorer.output.tolist() == [[0, 8], [6, 8]]

    def test_reads_back_what_was_set(self) -> None:
        explorer = CorrelationExplorer(
            [[1, 2, 3]], kernel=[[4, 5]], padding=(2, 1), stride=3, dilation=np.array([1, 2])
        )
        assert explorer.input.dtype == explorer.kernel.dtype == np.float64
        assert (explorer.input.shape, explorer.kernel.tolist()) == ((1, 3), [[4, 5]])
        assert (explorer.padding, explorer.stride, explorer.dilation) == ((2, 1), (3, 3), (1, 2))
        with pytest.raises(ValueError, match="read-only"):
            explorer.input[0, 0] = 5

    @pytest.mark.parametrize(
        ("keywords", "sentence"),
        [
            ({"input": np.zeros((17, 3))}, "input must be a matrix with 1 to 16 rows"),
            ({"kernel": np.zeros((3, 8))}, "kernel must be a matrix with 1 to 7 rows"),
            ({"padding": (1, 13)}, r"padding must be a whole number from 0 to 12, .* not \(1, 13\)"),
            ({"stride": 0}, "stride must be a whole number from 1 to 8"),
            ({"dilation": 5}, "dilation must be a whole number from 1 to 4"),
            ({"mode": "conv"}, r"'mode' .* expected any of .*'correlation', 'convolution'.*'conv'"),
            ({"step": 1.5}, "'step' .* expected an int"),
            ({"fn": 3}, r"fn must be a function, called as fn\(X, K\), not int\."),
        ],
    )
    def test_says_what_a_value_can_be(self, keywords: dict[str, Any], sentence: str) -> None:
        with pytest.raises(TraitError, match=sentence):
            CorrelationExplorer(**keywords)
        explorer = CorrelationExplorer()
        before = explorer.get_state()
        with pytest.raises(TraitError, match=sentence):
            setattr(explorer, *next(iter(keywords.items())))
        assert explorer.get_state() == before

    @pytest.mark.parametrize(
        ("keyword", "meant"),
        [("pading", "padding"), ("kernal", "kernel"), ("strides", "stride"), ("dilate", "dilation"), ("func", "fn")],
    )
    def test_an_unknown_keyword_says_which_was_meant(self, keyword: str, meant: str) -> None:
        with pytest.raises(
            TypeError, match=rf"has no keyword `{keyword}`\. Did you mean `{meant}`\? It takes input, "
        ):
            CorrelationExplorer(**{keyword: 1})

    @pytest.mark.parametrize("keyword", ["zzz", "_answer", "_esm", "comm"])
    def test_an_unknown_keyword_that_nothing_resembles(self, keyword: str) -> None:
        with pytest.raises(TypeError, match=f"CorrelationExplorer has no keyword `{keyword}`"):
            CorrelationExplorer(**{keyword: None})

    def test_layout_is_jupyters_own(self) -> None:
        assert CorrelationExplorer(layout={"width": "50%"}).layout.width == "50%"

    def test_the_step_stays_within_the_output(self) -> None:
        explorer = CorrelationExplorer(np.ones((5, 7)), step=99)
        assert explorer.step == 23
        explorer.step = -4
        assert explorer.step == 0
        explorer.step = 20
        explorer.stride = (2, 2)  # 2 × 3 cells
        assert explorer.step == 5
        explorer.kernel = np.ones((7, 7))
        assert explorer.step == 0

    def test_state_from_the_browser(self) -> None:
        explorer = CorrelationExplorer()
        explorer.set_state({"step": 20, "input": [[1] * 7] * 5, "stride": [1, 1], "kernel": [[1, -1.5], [0, 2]]})
        assert (explorer.step, explorer.input.shape, explorer.kernel[0, 1]) == (20, (5, 7), -1.5)

    def test_the_tally_reads_back(self) -> None:
        explorer = CorrelationExplorer()
        assert explorer.tally == (0, 0)
        explorer.set_state({"_predictions": {"right": 2, "tried": 3, "shown": 1, "of": "", "cells": {}}})
        assert explorer.tally == (2, 3)

    @given(explorers())
    def test_all_state_is_json(self, explorer: CorrelationExplorer) -> None:
        state = json.loads(json.dumps(live_state(explorer), allow_nan=False))
        assert state["input"] == explorer.input.tolist()
        other = CorrelationExplorer()
        other.set_state(state)
        assert live_state(other) == live_state(explorer)
        assert "fn" not in state


class TestOutput:
    @given(explorers())
    def test_is_that_of_ops_and_of_torch(self, explorer: CorrelationExplorer) -> None:
        Y = explorer.output
        K = np.rot90(explorer.kernel, 2) if explorer.mode == "convolution" else explorer.kernel
        np.testing.assert_array_equal(
            Y, ops.corr2d_windowed(explorer.input, K, explorer.padding, explorer.stride, explorer.dilation)
        )
        np.testing.assert_allclose(Y, by_torch(explorer), rtol=0, atol=1e-9)
        assert Y.size == explorer._places()

    def test_none_where_the_kernel_does_not_fit(self) -> None:
        explorer = CorrelationExplorer(kernel=np.ones((2, 4)), fn=corr2d)
        with pytest.raises(ValueError, match="does not fit"):
            _ = explorer.output
        assert explorer.answer is None
        show(explorer)
        assert explorer._answer is None


class TestAnswer:
    @given(explorers())
    @settings(max_examples=60, deadline=None)
    def test_a_plain_function_is_right_under_every_setting(self, explorer: CorrelationExplorer) -> None:
        explorer.fn = corr2d if explorer.mode == "correlation" else convolve2d
        answer = explorer.answer
        assert answer is not None
        assert (answer.kind, answer.sentence) == ("right", f"{explorer.fn.__name__} is right here.")
        assert answer.values is not None
        np.testing.assert_allclose(answer.values, explorer.output, atol=1e-9)
        assert answer.where is None

    @given(explorers())
    @settings(max_examples=60, deadline=None)
    def test_the_wrong_way_round_is_marked_cell_by_cell(self, explorer: CorrelationExplorer) -> None:
        explorer.fn = convolve2d if explorer.mode == "correlation" else corr2d
        answer = explorer.answer
        assert answer is not None and answer.values is not None
        right = explorer.output
        explorer.mode = "convolution" if explorer.mode == "correlation" else "correlation"
        np.testing.assert_allclose(answer.values, explorer.output, atol=1e-9)
        if np.array_equal(right, explorer.output):
            assert answer.kind == "right"
        else:
            assert answer.kind == "value"
            np.testing.assert_array_equal(answer.where, right != explorer.output)

    def test_it_gets_zeros_around_the_input_and_between_the_kernel(self) -> None:
        fn = Counted()
        explorer = CorrelationExplorer([[1, 2], [3, 4], [5, 6]], [[7, 8]], padding=(1, 3), dilation=(1, 2), fn=fn)
        assert explorer.answer is not None
        [(X, K)] = fn.calls
        assert X.tolist() == [[0, 0, 0, 0, 0], [0, 0, 1, 2, 0], [0, 0, 3, 4, 0], [0, 0, 5, 6, 0]]
        assert K.tolist() == [[7, 0, 8]]

    def test_a_wrong_value(self) -> None:
        def off(X: ndarray, K: ndarray) -> ndarray:
            Y = corr2d(X, K)
            Y[1, 0] += 1
            return Y

        answer = CorrelationExplorer(fn=off).answer
        assert answer is not None and answer.where is not None
        assert (answer.kind, answer.sentence) == ("value", "off has 1 of 4 values wrong.")
        assert answer.where.tolist() == [[False, False], [True, False]]
        # Where the stride never stops, nothing is shown, and nothing is marked.
        strided = CorrelationExplorer(stride=(2, 1), fn=off).answer
        assert strided is not None
        assert strided.kind == "right"

    def test_a_wrong_shape(self) -> None:
        explorer = CorrelationExplorer(np.ones((4, 6)), fn=lambda X, K: X[1:])
        answer = explorer.answer
        assert answer is not None and answer.values is not None
        assert (answer.kind, answer.sentence) == ("shape", "your function returned the shape (3, 6), not (3, 5).")
        assert answer.values.shape == (3, 6)
        explorer.stride = (2, 2)
        assert explorer.answer is not None
        assert explorer.answer.sentence.endswith("not (3, 5), before the stride takes its places.")

    @pytest.mark.parametrize(
        ("value", "sentence"),
        [
            (None, "returned nothing (None) where a NumPy array is asked for: is there a `return`?"),
            ([[19, 25], [37, 43]], "returned a list where a NumPy array is asked for"),
            (torch.tensor([[19.0, 25], [37, 43]]), "returned a Tensor where a NumPy array is asked for"),
            (np.array([["19", "25"], ["37", "43"]]), "returned an array of <U2, not of numbers"),
            (np.array([[19, 25], [37, 43]], object), "returned an array of object, not of numbers"),
            (np.array([[19j, 25], [37, 43]]), "returned complex numbers"),
        ],
    )
    def test_a_wrong_type(self, value: Any, sentence: str) -> None:
        answer = CorrelationExplorer(fn=lambda X, K: value).answer
        assert answer is not None
        assert (answer.kind, answer.values, answer.where) == ("type", None, None)
        assert answer.sentence.startswith(f"your function {sentence}")
        explorer = CorrelationExplorer(stride=2, fn=lambda X, K: value)
        assert explorer.answer is not None
        assert explorer.answer.sentence == answer.sentence  # the stride has nothing to do with it

    def test_one_that_raises(self) -> None:
        def broken(X: ndarray, K: ndarray) -> ndarray:
            return X[99]

        answer = CorrelationExplorer(fn=broken).answer
        assert answer is not None
        assert (answer.kind, answer.values) == ("error", None)
        assert answer.sentence.startswith(
            "broken raised IndexError at your line `return X[99]`: index 99 is out of bounds"
        )

    def test_one_that_leaves_the_program(self) -> None:
        answer = CorrelationExplorer(fn=lambda X, K: sys.exit("enough")).answer
        assert answer is not None
        assert answer.kind == "error"
        assert "SystemExit" in answer.sentence

    def test_one_that_takes_other_arguments(self) -> None:
        answer = CorrelationExplorer(fn=lambda X: X).answer
        assert answer is not None
        assert answer.sentence.startswith("your function raised TypeError")

    def test_one_that_never_ends(self) -> None:
        def forever(X: ndarray, K: ndarray) -> None:
            while True:
                pass

        answer = CorrelationExplorer(fn=forever).answer
        assert answer is not None
        assert answer.kind == "error"
        assert answer.sentence == "forever did not come back within 2 seconds: does every loop end?"

    def test_one_that_writes_into_its_input(self) -> None:
        def in_place(X: ndarray, K: ndarray) -> ndarray:
            Y = corr2d(X, K)
            X[:] = 0
            return Y

        explorer = CorrelationExplorer(fn=in_place)
        answer = explorer.answer
        assert answer is not None and answer.values is not None
        assert answer.kind == "error"
        assert answer.sentence == "in_place is right here, but it changed what it was given in place."
        assert answer.values.tolist() == [[19, 25], [37, 43]]
        assert explorer.input.tolist() == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]

    @pytest.mark.parametrize("dtype", [np.float32, np.int64, np.float16])
    def test_other_numbers_are_as_right(self, dtype: Any) -> None:
        answer = CorrelationExplorer(fn=lambda X, K: corr2d(X, K).astype(dtype)).answer
        assert answer is not None and answer.values is not None
        assert (answer.kind, answer.values.dtype) == ("right", np.float64)

    def test_none_without_a_function(self) -> None:
        assert CorrelationExplorer().answer is None


class TestWhenItRuns:
    def change_everything(self, explorer: CorrelationExplorer) -> None:
        explorer.input = np.arange(20.0).reshape(4, 5)
        explorer.kernel = [[1, -1]]
        explorer.padding, explorer.stride, explorer.dilation = 2, (1, 2), (1, 2)
        explorer.mode = "convolution"
        explorer.set_state({"step": 1, "predict": True, "input": [[1, 2, 3], [4, 5, 6]]})

    def test_never_before_a_view_is_there(self) -> None:
        fn, other = Counted(), Counted()
        explorer = CorrelationExplorer(fn=fn)
        self.change_everything(explorer)
        explorer.fn = other
        _ = explorer.output, explorer.get_state()
        explorer._handle_custom_msg({"type": "something else"}, [])
        explorer._handle_custom_msg("shown", [])
        assert fn.calls == other.calls == []
        assert explorer._answer is None

    def test_once_when_it_is_shown_and_once_a_setting(self) -> None:
        fn = Counted()
        explorer = CorrelationExplorer(fn=fn)
        show(explorer)
        assert len(fn.calls) == 1
        show(explorer)  # a second view of the same setting
        explorer.step, explorer.predict = 2, True
        explorer.input = explorer.input.copy()
        assert len(fn.calls) == 1
        explorer.stride = 2
        assert len(fn.calls) == 2
        explorer.set_state({"input": [[1, 2, 3], [4, 5, 6]], "kernel": [[1]], "padding": [1, 2], "step": 0})
        assert len(fn.calls) == 3
        assert explorer._answer["of"] == [[[1, 2, 3], [4, 5, 6]], [[1]], [1, 2], [2, 2], [1, 1], "correlation"]

    def test_another_function_takes_its_place(self) -> None:
        explorer = CorrelationExplorer(fn=corr2d)
        show(explorer)
        assert (explorer._fn_name, explorer._answer["kind"]) == ("corr2d", "right")
        explorer.fn = convolve2d
        assert (explorer._fn_name, explorer._answer["kind"]) == ("convolve2d", "value")
        explorer.fn = functools.partial(corr2d)
        assert (explorer._fn_name, explorer._answer["kind"]) == ("your function", "right")
        explorer.fn = None
        assert (explorer._fn_name, explorer._answer) == ("", None)

    def test_the_last_answer_goes_where_the_kernel_does_not_fit(self) -> None:
        explorer = CorrelationExplorer(fn=corr2d)
        show(explorer)
        explorer.kernel = np.ones((4, 4))
        assert explorer._answer is None
        explorer.padding = 1
        assert explorer._answer["kind"] == "right"

    def test_without_a_front_end_it_starts_nothing(self) -> None:
        code = (
            "import sys, threading\n"
            "from cnnwidgets import CorrelationExplorer\n"
            "for _ in range(20):\n"
            "    CorrelationExplorer([[1.0, 2.0]], [[1.0]], fn=lambda X, K: print('called')).step = 1\n"
            "print(threading.active_count(), 'torch' in sys.modules)\n"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert (done.stdout, done.stderr) == ("1 False\n", "")


class TestWhatTheBrowserGets:
    def test_a_right_answer(self) -> None:
        assert shown(CorrelationExplorer(fn=corr2d)) == {
            "of": [[[0, 1, 2], [3, 4, 5], [6, 7, 8]], [[0, 1], [2, 3]], [0, 0], [1, 1], [1, 1], "correlation"],
            "kind": "right",
            "sentence": "corr2d is right here.",
            "values": [[19, 25], [37, 43]],
            "where": None,
        }

    def test_numbers_that_json_does_not_know_are_words(self) -> None:
        odd = np.array([[np.nan, np.inf], [-np.inf, 43]])
        answer = shown(CorrelationExplorer(fn=lambda X, K: odd))
        assert answer["values"] == [["nan", "inf"], ["-inf", 43]]
        assert answer["where"] == [[True, True], [True, False]]
        assert answer["sentence"] == "your function has 3 of 4 values wrong, 3 of them NaN or infinite."

    @pytest.mark.parametrize("shape", [(41, 2), (2, 41), (300, 300)])
    def test_a_far_too_large_answer_stays_in_python(self, shape: tuple[int, int]) -> None:
        answer = shown(CorrelationExplorer(fn=lambda X, K: np.zeros(shape)))
        assert (answer["kind"], answer["values"]) == ("shape", None)
        assert str(shape) in answer["sentence"]

    @pytest.mark.parametrize("value", [np.zeros(4), np.zeros((0, 2)), np.zeros((2, 2, 1)), np.float64(3), "19"])
    def test_what_is_no_matrix_is_not_drawn(self, value: Any) -> None:
        answer = shown(CorrelationExplorer(fn=lambda X, K: value))
        assert answer["kind"] in ("shape", "type")
        assert (answer["values"], answer["where"]) == (None, None)
