"""ChannelExplorer's Python side, without a browser: state, sums and partial sums, and what a learner's code gives."""

from __future__ import annotations

import json
import time
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy import ndarray
from traitlets import TraitError

from cnnwidgets import ChannelExplorer, ops
from cnnwidgets.widgets.channel_explorer import EXAMPLE_K
from cnnwidgets.widgets.gallery.channel import entry

THREE = np.stack([EXAMPLE_K, EXAMPLE_K + 1, EXAMPLE_K + 2])


@st.composite
def explorers(draw: st.DrawFn) -> ChannelExplorer:
    """An explorer in which the kernel suits and fits."""
    ci, co, kh, kw = (draw(st.integers(1, 4)) for _ in range(4))
    h, w = kh + draw(st.integers(0, 3)), kw + draw(st.integers(0, 3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    pair = st.tuples(st.integers(0, 3), st.integers(0, 3))
    padding, (a, b) = draw(pair), draw(pair)
    shapes = (ci, h, w), (co, ci, kh, kw), (co,)
    numbers = (rng.integers(-40, 41, shape) / 8 for shape in shapes)
    return ChannelExplorer(*numbers, padding=padding, stride=(a + 1, b + 1))


def corr2d_multi_in(X: ndarray, K: ndarray) -> ndarray:
    if len(X) != len(K):
        raise ValueError("other channels")
    return sum(ops.corr2d(x, k) for x, k in zip(X, K, strict=True))


def corr2d_multi_in_out(X: ndarray, K: ndarray) -> ndarray:
    return np.stack([corr2d_multi_in(X, k) for k in K])


def corr2d_1x1(X: ndarray, K: ndarray) -> ndarray:
    if len(X) != K.shape[1]:
        raise ValueError("other channels")
    return (K[:, :, 0, 0] @ X.reshape(len(X), -1)).reshape(len(K), *X.shape[1:])


def conv_layer(X: ndarray, W: ndarray, b: ndarray) -> ndarray:
    return np.stack([corr2d_multi_in_out(x, W) + b[:, None, None] for x in X])


def show(explorer: ChannelExplorer) -> None:
    explorer._handle_custom_msg({"type": "shown"}, [])


def shown(explorer: ChannelExplorer) -> dict[str, Any]:
    """What the browser gets of the answer, through JSON."""
    show(explorer)
    state = json.loads(json.dumps(explorer.get_state("_answer"), allow_nan=False))
    assert state["_answer"] is not None
    return state["_answer"]


class TestState:
    def test_the_worked_examples(self) -> None:
        explorer = ChannelExplorer()
        assert explorer.output.tolist() == [[[56, 72], [104, 120]]]
        assert explorer.partial_sums.tolist() == [[[[19, 25], [37, 43]], [[37, 47], [67, 77]]]]
        explorer.kernel = THREE
        assert explorer.output.tolist() == [
            [[56, 72], [104, 120]],
            [[76, 100], [148, 172]],
            [[96, 128], [192, 224]],
        ]

    @given(explorers())
    def test_output_is_torchs(self, explorer: ChannelExplorer) -> None:
        p_h, p_w = explorer.padding
        X = torch.nn.functional.pad(
            torch.tensor(explorer.input), (p_w - p_w // 2, p_w // 2, p_h - p_h // 2, p_h // 2)
        )
        right = torch.nn.functional.conv2d(
            X[None], torch.tensor(explorer.kernel), torch.tensor(explorer.bias), explorer.stride
        )[0].numpy()
        assert explorer.output.shape == right.shape
        np.testing.assert_allclose(explorer.output, right, atol=1e-9)
        total = explorer.partial_sums.sum(axis=1) + explorer.bias[:, None, None]
        np.testing.assert_allclose(total, right, atol=1e-9)

    def test_reads_back_what_was_set(self) -> None:
        explorer = ChannelExplorer([[1, 2], [3, 4]], [[[1]]], [3], padding=(1, 0), stride=2, step=99, out=5)
        assert (explorer.input.shape, explorer.kernel.shape) == ((1, 2, 2), (1, 1, 1, 1))
        assert (explorer.padding, explorer.stride, explorer.step, explorer.out) == ((1, 0), (2, 2), 1, 0)
        assert explorer.output.tolist() == [[[3], [6]]]
        with pytest.raises(ValueError, match="read-only"):
            explorer.kernel[0] = 5

    def test_the_bias_follows_the_output_channels(self) -> None:
        explorer = ChannelExplorer(kernel=THREE, bias=[1, 2, 3], out=2)
        explorer.kernel = THREE[:2]
        assert (explorer.bias.tolist(), explorer.out) == ([1, 2], 1)
        explorer.kernel = THREE
        assert explorer.bias.tolist() == [1, 2, 0]

    def test_the_browser_sets_kernel_and_bias_together(self) -> None:
        explorer = ChannelExplorer()
        explorer.set_state({"kernel": THREE.tolist(), "bias": [1.0, 2.0, 3.0], "out": 2, "step": 3})
        assert (explorer.bias.tolist(), explorer.out, explorer.step) == ([1, 2, 3], 2, 3)
        assert explorer.output[2].tolist() == [[99, 131], [195, 227]]

    @pytest.mark.parametrize(
        ("keywords", "sentence"),
        [
            ({"input": np.zeros((7, 3, 3))}, "input must be an array .* 1 to 6 channels"),
            ({"kernel": np.zeros((1, 2, 6, 2))}, "kernel must be an array .* 1 to 5 rows"),
            ({"bias": [1, 2]}, "bias must hold one number an output channel: 1, not 2"),
            ({"padding": 7}, "padding must be a whole number from 0 to 6"),
            ({"stride": 0}, "stride must be a whole number from 1 to 4"),
            ({"fn": 3}, r"fn must be a function, a corr2d_multi_in, .* \(X, W, b\); not int\."),
            ({"fn": lambda X: X}, "which is none of them"),
        ],
    )
    def test_says_what_a_value_can_be(self, keywords: dict[str, Any], sentence: str) -> None:
        with pytest.raises(TraitError, match=sentence):
            ChannelExplorer(**keywords)
        explorer = ChannelExplorer()
        before = explorer.get_state()
        with pytest.raises(TraitError, match=sentence):
            setattr(explorer, *next(iter(keywords.items())))
        assert explorer.get_state() == before

    def test_an_unknown_keyword_says_which_was_meant(self) -> None:
        with pytest.raises(TypeError, match=r"has no keyword `biass`\. Did you mean `bias`\? It takes input, "):
            ChannelExplorer(biass=1)

    def test_other_channels_have_no_output(self) -> None:
        for kernel in (EXAMPLE_K[:1], np.zeros((3, 2, 2))):
            with pytest.raises(ValueError, match="does not suit an input with 2"):
                ChannelExplorer(kernel=kernel).output  # noqa: B018
        with pytest.raises(ValueError, match="does not fit"):
            ChannelExplorer(kernel=np.zeros((2, 4, 2))).output  # noqa: B018


class TestYourFunction:
    def test_does_not_run_before_a_view_comes_and_once_a_setting(self) -> None:
        calls = []

        def corr2d_multi_in_out(X: ndarray, K: ndarray) -> ndarray:
            calls.append(X.shape)
            return ops.corr2d_multi_in_out(X, K)

        explorer = ChannelExplorer(fn=corr2d_multi_in_out)
        assert calls == []
        show(explorer)
        show(explorer)
        assert len(calls) == 1
        explorer.padding = (2, 1)
        assert calls[1:] == [(2, 5, 4)]
        explorer.kernel = THREE  # which changes the bias, too
        assert len(calls) == 3

    @pytest.mark.parametrize("fn", [corr2d_multi_in, corr2d_multi_in_out, conv_layer])
    def test_right_under_padding_stride_and_bias(self, fn: Any) -> None:
        explorer = ChannelExplorer(kernel=THREE, bias=[5, 0, -1], padding=(3, 2), stride=(2, 3), fn=fn)
        answer = shown(explorer)
        assert answer["kind"] == "right", answer["sentence"]
        assert answer["values"] == explorer.output.tolist()
        assert answer["of"] == json.loads(json.dumps(explorer._setting()))
        assert ("It takes no bias: b is added to what it gives." in answer["sentence"]) == (fn is not conv_layer)

    def test_1x1(self) -> None:
        answer = ChannelExplorer(fn=corr2d_1x1).answer
        assert answer is not None
        assert (answer.kind, answer.sentence) == (
            "unasked",
            "corr2d_1x1 is for kernels of 1×1: make the kernel 1×1 to run it.",
        )
        explorer = ChannelExplorer(kernel=np.arange(4.0).reshape(2, 2, 1, 1), bias=[1, 2], fn=corr2d_1x1)
        assert shown(explorer)["values"] == explorer.output.tolist()
        explorer.fn = lambda X, K: corr2d_1x1(X, K).reshape(2, -1)
        assert "shape" in shown(explorer)["kind"]

    def test_any_name_is_told_by_its_arguments(self) -> None:
        explorer = ChannelExplorer(bias=[1], fn=lambda X, W, b: conv_layer(X, W, b))
        assert shown(explorer)["kind"] == "right"
        explorer.fn = lambda X, K: corr2d_multi_in_out(X, K)
        assert shown(explorer)["kind"] == "right"

    def test_a_forgotten_bias_is_marked_where_it_is(self) -> None:
        def conv_layer(X: ndarray, W: ndarray, b: ndarray) -> ndarray:
            return np.stack([corr2d_multi_in_out(x, W) for x in X])

        answer = shown(ChannelExplorer(kernel=THREE, bias=[0, 7, 0], fn=conv_layer))
        assert answer["kind"] == "value"
        assert answer["where"] == [[[False] * 2] * 2, [[True] * 2] * 2, [[False] * 2] * 2]
        assert answer["shape"] == [1, 3, 2, 2]

    def test_only_the_first_channel(self) -> None:
        def corr2d_multi_in(X: ndarray, K: ndarray) -> ndarray:
            return ops.corr2d(X[0], K[0])

        answer = shown(ChannelExplorer(kernel=THREE, fn=corr2d_multi_in))
        assert answer["kind"] == "value"
        assert answer["values"][0] == [[19, 25], [37, 43]]
        assert np.all(answer["where"])

    def test_the_channels_that_are_not_summed(self) -> None:
        def corr2d_multi_in(X: ndarray, K: ndarray) -> ndarray:
            return np.stack([ops.corr2d(x, k) for x, k in zip(X, K, strict=True)])

        answer = shown(ChannelExplorer(kernel=THREE, fn=corr2d_multi_in))
        assert (answer["kind"], answer["shape"]) == ("shape", [2, 2, 2])
        assert "For output channel 1." in answer["sentence"]

    def test_an_exception_has_the_learners_line(self) -> None:
        def conv_layer(X: ndarray, W: ndarray, b: ndarray) -> ndarray:
            return X[0] @ W[99]

        answer = shown(ChannelExplorer(fn=conv_layer))
        assert answer["kind"] == "error"
        assert answer["sentence"].startswith("conv_layer raised IndexError at your line `return X[0] @ W[99]`")

    def test_one_without_an_end_is_stopped(self) -> None:
        def corr2d_multi_in(X: ndarray, K: ndarray) -> ndarray:
            while True:
                time.sleep(0.01)

        answer = shown(ChannelExplorer(kernel=THREE, fn=corr2d_multi_in))
        assert answer["kind"] == "error"
        assert "did not come back within" in answer["sentence"]

    def test_one_that_changes_its_input(self) -> None:
        def corr2d_multi_in(X: ndarray, K: ndarray) -> ndarray:
            Y = sum(ops.corr2d(x, k) for x, k in zip(X, K, strict=True))
            X += 1
            return Y

        assert "changed what it was given" in shown(ChannelExplorer(fn=corr2d_multi_in))["sentence"]


class TestRefusal:
    def test_a_value_error_is_right(self) -> None:
        for fn in (corr2d_multi_in, corr2d_multi_in_out, conv_layer):
            answer = shown(ChannelExplorer(kernel=EXAMPLE_K[:1], fn=fn))
            assert answer["kind"] == "right"
            assert answer["sentence"] == f"{fn.__name__} refuses it with a ValueError, as it should."

    def test_a_silent_stretch_is_wrong(self) -> None:
        def corr2d_multi_in(X: ndarray, K: ndarray) -> ndarray:
            h, w = K.shape[1:]
            rows, columns = X.shape[1] - h + 1, X.shape[2] - w + 1
            return np.array([[(X[:, i : i + h, j : j + w] * K).sum() for j in range(columns)] for i in range(rows)])

        explorer = ChannelExplorer(fn=corr2d_multi_in)
        assert shown(explorer)["kind"] == "right"
        explorer.kernel = EXAMPLE_K[:1]
        answer = shown(explorer)
        assert answer["kind"] == "type"
        assert "gave an array of the shape (2, 2), where a ValueError is asked for" in answer["sentence"]
        assert answer["sentence"].endswith("NumPy stretched the one channel over all the others.")
        explorer.kernel = np.ones((3, 2, 2))  # here NumPy itself stops
        assert "for a kernel of one channel it would not" in shown(explorer)["sentence"]

    def test_a_loop_that_stops_early_and_another_exception(self) -> None:
        def corr2d_multi_in(X: ndarray, K: ndarray) -> ndarray:
            return sum(ops.corr2d(x, k) for x, k in zip(X, K, strict=False))

        answer = shown(ChannelExplorer(kernel=np.ones((3, 2, 2)), fn=corr2d_multi_in))
        assert answer["kind"] == "type" and "stretched" not in answer["sentence"]

        def corr2d_multi_in_out(X: ndarray, K: ndarray) -> ndarray:
            return K[:, len(X)]

        answer = shown(ChannelExplorer(kernel=EXAMPLE_K[:1], fn=corr2d_multi_in_out))
        assert answer["kind"] == "error"
        assert "raised IndexError" in answer["sentence"] and "But a ValueError is asked for" in answer["sentence"]

    def test_one_by_one_that_happens_to_divide(self) -> None:
        def corr2d_1x1(X: ndarray, K: ndarray) -> ndarray:
            return (K[:, :, 0, 0] @ X.reshape(K.shape[1], -1)).reshape(len(K), -1, X.shape[2])

        answer = shown(ChannelExplorer(np.ones((4, 2, 3)), np.ones((2, 2, 1, 1)), fn=corr2d_1x1))
        assert answer["kind"] == "type"


def test_every_preset_is_a_state_that_the_widget_takes() -> None:
    shown_entry = entry()
    for preset in shown_entry.presets:
        explorer = ChannelExplorer()
        explorer.set_state(preset.traits)
        now = json.loads(json.dumps(explorer.get_state(list(preset.traits))))
        assert now == preset.traits, preset.name


def test_the_presets_show_what_their_lines_say() -> None:
    two, three, colour, ones, layer, refused = (ChannelExplorer(**each.traits) for each in entry().presets)
    assert two.output.tolist() == [[[56, 72], [104, 120]]]
    assert three.output[2].tolist() == [[96, 128], [192, 224]]
    assert set(colour.output.ravel()) == {-2, 0, 2}
    assert (colour.input[0] + colour.input[1] == 1).all()
    np.testing.assert_array_equal(ones.output, ops.corr2d_1x1(ones.input, ones.kernel))
    assert layer.bias.all() and layer.padding == layer.stride == (2, 2)
    assert refused.kernel.shape[1] == 1 and len(refused.input) == 2
