"""CorrelationExplorer transposed, its named cases, and a learner's function that takes the settings itself."""

from __future__ import annotations

import inspect
import json
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy import ndarray

from cnnwidgets import CorrelationExplorer, ops
from cnnwidgets.widgets.correlation.cases import case, cases
from tests.widgets.test_correlation_explorer import Counted, convolve2d, corr2d, matrices, pairs, show

Pair = tuple[int, int]


def strided(X: ndarray, K: ndarray, padding: Pair = (0, 0), stride: Pair = (1, 1)) -> ndarray:
    """A learner's `corr2d_strided`, right."""
    return corr2d(ops.pad2d(X, *padding), K)[:: stride[0], :: stride[1]]


def stride_swapped(X: ndarray, K: ndarray, padding: Pair = (0, 0), stride: Pair = (1, 1)) -> ndarray:
    return strided(X, K, padding, stride[::-1])


def added_up(
    X: ndarray, K: ndarray, padding: Pair = (0, 0), stride: Pair = (1, 1), output_padding: Pair = (0, 0)
) -> ndarray:
    """A learner's transposed convolution: every input adds its copy of the kernel."""
    (h, w), (kh, kw) = X.shape, K.shape
    full = np.zeros((stride[0] * (h - 1) + kh + output_padding[0], stride[1] * (w - 1) + kw + output_padding[1]))
    for i in range(h):
        for j in range(w):
            top, left = stride[0] * i, stride[1] * j
            full[top : top + kh, left : left + kw] += X[i, j] * K
    (above, below), (left, right) = map(ops.total_to_sides, padding)
    return full[above : full.shape[0] - below, left : full.shape[1] - right]


@st.composite
def transposed(draw: st.DrawFn) -> CorrelationExplorer:
    stride = draw(pairs(1, 4))
    extra = draw(st.integers(0, stride[0] - 1)), draw(st.integers(0, stride[1] - 1))
    explorer = CorrelationExplorer(
        *(draw(matrices(5)), draw(matrices(4))),
        padding=draw(pairs(0, 6)),
        stride=stride,
        dilation=draw(pairs(1, 3)),
        output_padding=extra,
        mode="transposed",
    )
    assume(explorer._places() > 0)
    return explorer


class TestTransposed:
    @given(transposed())
    @settings(max_examples=60, deadline=None)
    def test_output_is_that_of_ops_and_plain_functions_are_right(self, explorer: CorrelationExplorer) -> None:
        geometry = explorer.padding, explorer.stride, explorer.dilation, explorer.output_padding
        right = ops.corr2d_transposed(explorer.input, explorer.kernel, *geometry)
        np.testing.assert_array_equal(explorer.output, right)
        assert right.size == explorer._places()
        for fn in (convolve2d, added_up):
            explorer.fn = fn
            answer = explorer.answer
            assert answer is not None and answer.values is not None
            assert answer.sentence == f"{fn.__name__} is right here."
            np.testing.assert_allclose(answer.values, right, atol=1e-9)

    def test_a_plain_function_gets_the_zeros_and_one_with_a_stride_does_not(self) -> None:
        fn = Counted(convolve2d)
        explorer = CorrelationExplorer.case("No padding, strides", transposed=True, fn=fn)
        assert explorer.answer is not None
        [(X, K)] = fn.calls
        assert (X.shape, K.shape) == ((7, 7), (3, 3))
        assert X[2:5, 2:5].tolist() == [[3, 0, 1], [0, 0, 0], [0, 0, 2]]

    def test_output_padding_stays_below_the_stride(self) -> None:
        explorer = CorrelationExplorer(mode="transposed", stride=3, output_padding=(2, 7))
        assert explorer.output_padding == (2, 2)
        explorer.stride = (3, 2)
        assert explorer.output_padding == (2, 1)
        explorer.set_state({"stride": [4, 4], "output_padding": [3, 0]})
        assert explorer.output_padding == (3, 0)

    def test_the_step_stays_within_the_output(self) -> None:
        explorer = CorrelationExplorer(mode="transposed", step=99)
        assert explorer.step == 15
        explorer.mode = "correlation"
        assert explorer.step == 3

    def test_none_where_the_padding_takes_all(self) -> None:
        explorer = CorrelationExplorer(mode="transposed", padding=4, fn=convolve2d, reads=True)
        with pytest.raises(ValueError, match="takes away all"):
            _ = explorer.output
        show(explorer)
        assert (explorer.answer, explorer.trace, explorer._answer, explorer._reads) == (None,) * 4

    def test_the_setting_has_the_output_padding_where_it_counts(self) -> None:
        explorer = CorrelationExplorer(stride=2, output_padding=1)
        assert explorer._setting()[-1] == "correlation"
        explorer.mode = "transposed"
        assert explorer._setting()[-2:] == ["transposed", [1, 1]]


class TestCases:
    @pytest.mark.parametrize(("name", "is_transposed"), cases())
    def test_is_that_of_torch(self, name: str, is_transposed: bool) -> None:
        explorer = CorrelationExplorer.case(name, transposed=is_transposed)
        X, K = torch.tensor(explorer.input)[None, None], torch.tensor(explorer.kernel)[None, None]
        given: dict[str, Any] = {"stride": explorer.stride, "dilation": explorer.dilation}
        given["padding"] = tuple(p // 2 for p in explorer.padding)
        if is_transposed:
            Y = torch.nn.functional.conv_transpose2d(X, K, output_padding=explorer.output_padding, **given)
        else:
            Y = torch.nn.functional.conv2d(X, K, **given)
        np.testing.assert_allclose(explorer.output, Y[0, 0].numpy(), atol=1e-12)

    def test_sizes_are_those_of_the_films(self) -> None:
        sizes = {
            key: (*CorrelationExplorer.case(*key).input.shape, *CorrelationExplorer.case(*key).output.shape)
            for key in cases()
        }
        forward = {
            "No padding, no strides": (4, 2),
            "Arbitrary padding": (5, 6),
            "Half (same) padding": (5, 5),
            "Full padding": (5, 7),
            "No padding, strides": (5, 2),
            "Padding, strides": (5, 3),
            "Padding, strides, odd": (6, 3),
            "Dilation": (7, 3),
        }
        expected = {(name, False): (n, n, m, m) for name, (n, m) in forward.items()}
        expected |= {(name, True): (m, m, n, n) for name, (n, m) in forward.items()}
        assert sizes == expected

    def test_a_name_that_there_is_not(self) -> None:
        with pytest.raises(
            ValueError, match=r"no case 'half padding'\. Did you mean 'Half \(same\) padding'\? There are"
        ):
            case("half padding")
        assert case("full PADDING")["padding"] == (4, 4)

    def test_keywords_win(self) -> None:
        explorer = CorrelationExplorer.case("Dilation", kernel=[[1.0]], predict=True)
        assert (explorer.kernel.shape, explorer.dilation, explorer.predict) == ((1, 1), (2, 2), True)


class TestAFunctionThatTakesTheSettings:
    def test_gets_the_input_as_it_is_and_what_it_takes(self) -> None:
        calls: list[Any] = []

        def fn(X: ndarray, K: ndarray, padding: Pair, stride: Pair) -> ndarray:
            calls.append((X.copy(), K.copy(), padding, stride))
            return strided(X, K, padding, stride)

        explorer = CorrelationExplorer(
            np.ones((5, 6)), [[1, 2]], padding=(1, 2), stride=(2, 3), dilation=(1, 2), fn=fn
        )
        assert explorer.answer is not None
        assert explorer.answer.kind == "right"
        X, K, padding, stride = calls[0]
        assert (X.shape, K.tolist(), padding, stride) == ((5, 6), [[1, 0, 2]], (1, 2), (2, 3))

    def test_a_swapped_stride_is_marked(self) -> None:
        explorer = CorrelationExplorer(np.arange(30.0).reshape(5, 6), stride=(2, 1), fn=stride_swapped)
        answer = explorer.answer
        assert answer is not None
        assert (answer.kind, answer.sentence) == ("shape", "stride_swapped returned the shape (4, 3), not (2, 5).")

    def test_a_wrong_stride_shows_even_where_the_values_agree(self) -> None:
        X = np.ones((5, 5))
        explorer = CorrelationExplorer(X, [[1, 2], [3, 4]], stride=2, fn=strided, reads=True)
        wrong = CorrelationExplorer(X, [[1, 2], [3, 4]], stride=2, reads=True)
        wrong.fn = lambda X, K, stride: corr2d(X, K)[: (len(X) - 2) // stride[0] + 1, : (len(X) - 2) // stride[1] + 1]
        for each in (explorer, wrong):
            show(each)
            assert each._answer["kind"] == "right"
        assert explorer._reads["places"][1][1] == [2, 3, 2, 3]
        assert wrong._reads["places"][1][1] == [1, 2, 1, 2]

    @pytest.mark.parametrize(("fn", "bare"), [(strided, True), (corr2d, False)])
    def test_reads_count_in_what_it_was_given(self, fn: Any, bare: bool) -> None:
        explorer = CorrelationExplorer(padding=(2, 2), fn=fn, reads=True)
        show(explorer)
        reads = json.loads(json.dumps(explorer._reads))
        assert reads["bare"] is bare
        assert reads["places"][0][1] == ([0, 0, 0, 1] if bare else [0, 1, 1, 2])

    def test_transposed_reads_are_its_inputs(self) -> None:
        explorer = CorrelationExplorer.case("Padding, strides, odd", transposed=True, fn=added_up, reads=True)
        show(explorer)
        assert explorer._reads["bare"] is True
        assert explorer._reads["places"][1] == [
            [0, 1, 0, 0],
            [0, 1, 0, 1],
            [0, 1, 1, 1],
            [0, 1, 1, 2],
            [0, 1, 2, 2],
            [0, 1, 2, 2],
        ]

    def test_what_it_can_not_be_asked_is_said(self) -> None:
        def fn(X: ndarray, K: ndarray, stride: Pair) -> ndarray:
            return added_up(X, K, stride=stride)

        explorer = CorrelationExplorer(mode="transposed", stride=2, padding=1, fn=fn, reads=True)
        show(explorer)
        assert explorer._answer["kind"] == "unasked"
        assert explorer._answer["sentence"] == "fn takes no `padding`: set it to 0 to run it here."
        assert explorer._reads["untraced"] == "it takes no `padding`: set it to 0 to run it here"
        explorer.padding = 0
        assert explorer._answer["kind"] == "right"

    def test_the_names_are_those_of_the_exercise(self) -> None:
        assert {"padding", "stride"} <= set(inspect.signature(ops.corr2d_strided).parameters)
        explorer = CorrelationExplorer(padding=(2, 2), stride=(3, 2), fn=ops.corr2d_strided)
        assert explorer.answer is not None and explorer.answer.values is not None
        assert (explorer.answer.kind, explorer.answer.values.tolist()) == ("right", [[0, 8], [6, 8]])
