"""PoolingExplorer's Python side, without a browser: state, the right output, moves, and a learner's function."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy import ndarray
from torch.nn import functional as F
from traitlets import TraitError

from cnnwidgets import PoolingExplorer, ops
from cnnwidgets.widgets.gallery import pooling
from cnnwidgets.widgets.live import live_state
from cnnwidgets.widgets.pooling_explorer import shifted

X = np.array([[[3.0, -1, 4, 1], [-5, 9, 2, 6], [5, 3, -5, 8]], [[-9, 7, 9, 3], [2, 3, -8, 4], [6, -2, 6, 4]]])


def pool2d(X: ndarray, pool_size: tuple[int, int], mode: str = "max") -> ndarray:
    """A learner's plain answer."""
    h, w = pool_size
    Y = np.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            window = X[i : i + h, j : j + w]
            Y[i, j] = window.max() if mode == "max" else window.mean()
    return Y


def pool2d_layer(
    X: ndarray,
    pool_size: tuple[int, int],
    padding: tuple[int, int] = (0, 0),
    stride: tuple[int, int] | None = None,
    mode: str = "max",
    count_include_pad: bool = True,
) -> ndarray:
    return ops.pool2d_layer(X, pool_size, padding, stride, mode, count_include_pad)


def padded_with_zeros(
    X: ndarray, pool_size: Any, padding: Any = (0, 0), stride: Any = None, mode: str = "max"
) -> ndarray:
    """The classic slip: a maximum with zeros around."""
    around = np.pad(X, [(0, 0), *((p, p) for p in padding)])
    return ops.pool2d_layer(around, pool_size, (0, 0), stride, mode)


@st.composite
def explorers(draw: st.DrawFn) -> PoolingExplorer:
    """An explorer under any setting in which the window fits."""
    window = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    shape = draw(st.integers(1, 3)), draw(st.integers(1, 8)), draw(st.integers(1, 8))
    explorer = PoolingExplorer(
        draw(hnp.arrays(np.float64, shape, elements=st.integers(-64, 64).map(lambda n: n / 8))),
        window,
        padding=tuple(draw(st.integers(0, k // 2)) for k in window),
        stride=draw(st.none() | st.tuples(st.integers(1, 4), st.integers(1, 4))),
        mode=draw(st.sampled_from(["max", "avg"])),
        count_include_pad=draw(st.booleans()),
    )
    assume(explorer._places() > 0)
    return explorer


def show(explorer: PoolingExplorer) -> None:
    explorer._handle_custom_msg({"type": "shown"}, [])


def kind_and_sentence(explorer: PoolingExplorer) -> tuple[str, str]:
    answer = explorer.answer
    assert answer is not None
    return answer.kind, answer.sentence


class TestState:
    def test_the_worked_examples(self) -> None:
        assert PoolingExplorer().output.tolist() == [[[4, 5], [7, 8]]]
        assert PoolingExplorer(mode="avg").output.tolist() == [[[2, 3], [5, 6]]]
        assert PoolingExplorer(stride=None).output.tolist() == [[[4]]]

    def test_reads_back_what_was_set(self) -> None:
        explorer = PoolingExplorer([[1, 2, 3], [4, 5, 6]], 2, padding=(1, 0), stride=np.array([1, 2]))
        assert (explorer.input.shape, explorer.input.dtype) == ((1, 2, 3), np.float64)
        assert (explorer.pool_size, explorer.padding, explorer.stride) == ((2, 2), (1, 0), (1, 2))
        with pytest.raises(ValueError, match="read-only"):
            explorer.input[0, 0, 0] = 5

    @pytest.mark.parametrize(
        ("keywords", "sentence"),
        [
            ({"input": np.zeros((5, 2, 2))}, r"input must be an array \(channels, rows, columns\) with 1 to 4 ch"),
            ({"input": np.zeros((1, 17, 2))}, "1 to 16 rows"),
            ({"input": [[1, float("nan")]]}, "finite"),
            ({"pool_size": 8}, "pool_size must be a whole number from 1 to 7"),
            ({"padding": (0, 4)}, "padding must be a whole number from 0 to 3"),
            ({"stride": 0}, "stride must be a whole number from 1 to 8"),
            ({"mode": "min"}, "'mode' .* expected any of"),
            ({"shift": 9}, "shift must be a whole number from -8 to 8"),
            ({"fn": 3}, "fn must be a function, a pool2d or a pool2d_layer, not int"),
        ],
    )
    def test_says_what_a_value_can_be(self, keywords: dict[str, Any], sentence: str) -> None:
        with pytest.raises(TraitError, match=sentence):
            PoolingExplorer(**keywords)
        explorer = PoolingExplorer()
        before = explorer.get_state()
        with pytest.raises(TraitError, match=sentence):
            setattr(explorer, *next(iter(keywords.items())))
        assert explorer.get_state() == before

    @pytest.mark.parametrize(
        ("keyword", "meant"), [("poolsize", "pool_size"), ("strides", "stride"), ("shfit", "shift")]
    )
    def test_an_unknown_keyword_says_which_was_meant(self, keyword: str, meant: str) -> None:
        with pytest.raises(TypeError, match=f"has no keyword `{keyword}`. Did you mean `{meant}`"):
            PoolingExplorer(**{keyword: 1})

    def test_step_and_channel_stay_within_what_there_is(self) -> None:
        explorer = PoolingExplorer(X, 2, step=99, channel=7)
        assert (explorer.step, explorer.channel) == (5, 1)
        explorer.stride = None
        assert explorer.step == 1
        explorer.input = X[0]
        assert explorer.channel == 0

    def test_nothing_is_computed_where_it_can_not_be(self) -> None:
        explorer = PoolingExplorer(X, (3, 5), fn=pool2d)
        with pytest.raises(ValueError, match=r"a window of \(3, 5\) does not fit"):
            _ = explorer.output
        assert explorer.answer is None
        explorer = PoolingExplorer(X, (3, 1), padding=(1, 1))
        with pytest.raises(ValueError, match=r"padding \(1, 1\) per side is more than half of the window \(3, 1\)"):
            _ = explorer.output

    @given(explorers())
    @settings(deadline=None)
    def test_all_state_is_json(self, explorer: PoolingExplorer) -> None:
        state = json.loads(json.dumps(live_state(explorer), allow_nan=False))
        other = PoolingExplorer()
        other.set_state(state)
        assert live_state(other) == live_state(explorer)
        assert "fn" not in state


class TestOutput:
    @given(explorers())
    @settings(deadline=None)
    def test_is_torchs(self, explorer: PoolingExplorer) -> None:
        given_ = torch.tensor(explorer.input)[None]
        arguments = explorer.pool_size, explorer.stride, explorer.padding
        if explorer.mode == "max":
            theirs = F.max_pool2d(given_, *arguments)
        else:
            theirs = F.avg_pool2d(given_, *arguments, count_include_pad=explorer.count_include_pad)
        np.testing.assert_allclose(explorer.output, theirs[0].numpy(), rtol=0, atol=1e-9)
        assert explorer.output[0].size == explorer._places()

    @given(st.integers(-8, 8), st.integers(-8, 8))
    @settings(deadline=None)
    def test_a_moved_input(self, down: int, right: int) -> None:
        moved = shifted(X, down, right)
        for r in range(X.shape[1]):
            for c in range(X.shape[2]):
                inside = 0 <= r - down < X.shape[1] and 0 <= c - right < X.shape[2]
                expected = X[:, r - down, c - right] if inside else 0
                np.testing.assert_array_equal(moved[:, r, c], expected)

    def test_of_a_moved_input(self) -> None:
        explorer = PoolingExplorer(X, 2, shift=(0, 1))
        assert explorer.shifted_output.tolist() == ops.pool2d_layer(shifted(X, 0, 1), (2, 2), stride=(1, 1)).tolist()


class TestAnswer:
    @given(explorers())
    @settings(max_examples=60, deadline=None)
    def test_right_functions_are_right_under_every_setting(self, explorer: PoolingExplorer) -> None:
        for fn in (pool2d_layer, pool2d):
            explorer.fn = fn
            answer = explorer.answer
            assert answer is not None
            if fn is pool2d and explorer.mode == "avg" and not explorer.count_include_pad and any(explorer.padding):
                assert answer.kind == "unasked"
                continue
            assert (answer.kind, answer.sentence) == ("right", f"{fn.__name__} is right here.")
            assert answer.values is not None
            np.testing.assert_allclose(answer.values, explorer.output, atol=1e-9)

    def test_a_maximum_padded_with_zeros_is_marked_where_it_shows(self) -> None:
        explorer = PoolingExplorer(-np.abs(X), 3, padding=1, stride=1, fn=padded_with_zeros)
        answer = explorer.answer
        assert answer is not None and answer.where is not None
        assert answer.kind == "value"
        inner = np.zeros((3, 4), bool)
        inner[1, 1:3] = True
        np.testing.assert_array_equal(answer.where, np.broadcast_to(~inner, (2, 3, 4)))
        assert answer.sentence.startswith("padded_with_zeros has 20 of 24 values wrong")

    def test_only_one_channel_wrong(self) -> None:
        def forgets(X: ndarray, pool_size: Any, stride: Any = None) -> ndarray:
            Y = ops.pool2d_layer(X, pool_size, stride=stride)
            Y[1] = Y[0]
            return Y

        answer = PoolingExplorer(X, 2, fn=forgets).answer
        assert answer is not None and answer.where is not None
        assert not answer.where[0].any() and answer.where[1].any()

    def test_what_a_function_does_not_take_is_said(self) -> None:
        def layer(X: ndarray, pool_size: Any, stride: Any = None) -> ndarray:
            return ops.pool2d_layer(X, pool_size, stride=stride)

        kind, sentence = kind_and_sentence(PoolingExplorer(X, 3, padding=1, fn=layer))
        assert kind == "shape"
        assert sentence.endswith("It takes no `padding`, and was given none.")

    @pytest.mark.parametrize("fn", [lambda X, pool_size, mode: X[1:, 1:], lambda X, size, **rest: X])
    def test_a_nameless_function_is_asked_by_what_it_takes(self, fn: Callable[..., Any]) -> None:
        kind, _ = kind_and_sentence(PoolingExplorer(X, 2, fn=fn))
        assert kind in ("value", "shape")

    def test_a_wrong_shape_type_and_exception(self) -> None:
        def broken(X: ndarray, pool_size: tuple[int, int]) -> ndarray:
            return X[99]

        kind, sentence = kind_and_sentence(PoolingExplorer(X, 2, fn=broken))
        assert kind == "error"
        assert sentence.startswith("broken raised IndexError at your line `return X[99]`")
        assert sentence.endswith("For channel 1.")
        assert kind_and_sentence(PoolingExplorer(X, 2, fn=lambda X, k: None))[0] == "type"
        answer = PoolingExplorer(X, 2, stride=(2, 1), fn=lambda X, k: X).answer
        assert answer is not None
        assert answer.kind == "shape"
        assert "(3, 4), not (2, 3), before the stride takes its places" in answer.sentence

    def test_one_that_never_ends_and_one_that_writes(self) -> None:
        def forever(X: ndarray, k: Any, padding: Any = None) -> None:
            while True:
                pass

        def in_place(X: ndarray, pool_size: Any, mode: str = "max") -> ndarray:
            Y = pool2d(X, pool_size, mode)
            X[:] = 0
            return Y

        assert "did not come back" in kind_and_sentence(PoolingExplorer(X, 2, fn=forever))[1]
        explorer = PoolingExplorer(X, 2, fn=in_place)
        assert kind_and_sentence(explorer) == (
            "error",
            "in_place is right here, but it changed what it was given in place.",
        )
        np.testing.assert_array_equal(explorer.input, X)


class TestWhenItRuns:
    def test_only_when_shown_and_once_a_setting(self) -> None:
        calls: list[Any] = []

        def counted(
            X: ndarray, pool_size: Any, padding: Any = (0, 0), stride: Any = None, mode: str = "max"
        ) -> ndarray:
            calls.append(X.shape)
            return ops.pool2d_layer(X, pool_size, padding, stride, mode)

        explorer = PoolingExplorer(X, 2, fn=counted)
        explorer.stride = None
        _ = explorer.output, explorer.get_state()
        assert calls == []
        show(explorer)
        show(explorer)
        explorer.step, explorer.channel, explorer.shift, explorer.predict = 1, 1, (0, 1), True
        assert len(calls) == 1
        assert explorer._answer["of"] == json.loads(json.dumps(explorer._setting()))
        explorer.mode = "avg"
        assert len(calls) == 2
        explorer.pool_size = (5, 5)  # does not fit
        assert (len(calls), explorer._answer) == (2, None)

    def test_what_the_browser_gets_is_json(self) -> None:
        explorer = PoolingExplorer(X, 2, fn=lambda X, k, stride=None: np.full((2, 2, 3), -np.inf))
        show(explorer)
        answer = json.loads(json.dumps(explorer.get_state("_answer"), allow_nan=False))["_answer"]
        assert (answer["kind"], answer["shape"]) == ("value", [2, 2, 3])
        assert answer["values"] == [[["-inf"] * 3] * 2] * 2
        assert answer["where"] == [[[True] * 3] * 2] * 2


class TestPresets:
    @pytest.mark.parametrize("preset", pooling.PRESETS, ids=lambda preset: preset.name)
    def test_each_is_a_state_that_the_widget_takes(self, preset: Any) -> None:
        explorer = PoolingExplorer()
        explorer.set_state(preset.traits)
        assert json.loads(json.dumps(explorer.get_state(list(preset.traits)))) == preset.traits
        assert explorer.output.size

    def test_they_show_what_their_lines_say(self) -> None:
        largest, mean, why, divisor, lenet, odd, moved = (PoolingExplorer(**p.traits) for p in pooling.PRESETS)
        assert largest.output.tolist() == [[[4, 5], [7, 8]]]
        assert mean.output.tolist() == [[[2, 3], [5, 6]]]
        assert why.output.max() < 0
        zeros = padded_with_zeros(why.input, why.pool_size, why.padding, why.stride)[0]
        border = np.pad(np.zeros((1, 2), bool), 1, constant_values=True)
        assert (zeros[border] == 0).all() and (zeros[~border] < 0).all()
        assert set(divisor.output.ravel()) == {6}
        divisor.count_include_pad = True
        assert divisor.output[0, 0, 0] < 6
        assert lenet.output.shape == (2, 3, 3)
        assert odd.output.shape == (1, 2, 2)
        assert (moved.output == moved.shifted_output).mean() > 0.5
        moved.mode = "avg"
        assert (moved.output == moved.shifted_output).mean() < 0.5
