"""KernelLearner's traits, what it computes, and what it says of a learner's function."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import traitlets
from numpy import ndarray

from cnnwidgets import KernelLearner, ops
from cnnwidgets.widgets.gallery.kernel_learner import entry
from tests.widgets.test_correlation_explorer import show

X = np.array([[0.0, 1, 2, 0, 1], [1, 0, 1, 3, 0], [2, 1, 0, 0, 1], [0, 2, 1, 1, 0]])
K = np.array([[1.0, -2.0, 0.5], [0.0, 1.0, -1.0]])


def learn_kernel(X: ndarray, Y: ndarray, kernel_size: tuple[int, int], steps: int = 200, lr: float = 0.03) -> ndarray:
    """As a learner may write it."""
    K = np.zeros(kernel_size)
    windows = np.lib.stride_tricks.sliding_window_view(X, kernel_size)
    for _ in range(steps):
        error = (windows * K).sum(axis=(2, 3)) - Y
        K = K - lr * (2 * error[:, :, None, None] * windows).sum(axis=(0, 1))
    return K


def mean_loss(X: ndarray, Y: ndarray, kernel_size: tuple[int, int], steps: int, lr: float) -> ndarray:
    return ops.learn_kernel(X, Y, kernel_size, steps, lr / Y.size)


def state(learner: KernelLearner) -> dict[str, Any]:
    """What the browser gets, through JSON."""
    return json.loads(json.dumps(learner.get_state(), allow_nan=False, default=str))


def test_the_course_s_edge_kernel() -> None:
    learner = KernelLearner()
    assert learner.kernel_size == (1, 2)
    assert learner.kernel.tolist() == [[0, 0]]
    assert learner.gradient.tolist() == [[-12, 12]]
    learner.step = 1
    np.testing.assert_allclose(learner.kernel, [[0.36, -0.36]])
    assert learner.losses.shape == (41,) and learner.losses[0] == 12
    assert np.isclose(learner.largest_rate, 2 / 60) and learner.outcome == "converges"
    learner.start, learner.lr = "random", 0.034
    assert learner.outcome == "diverges" and not learner.run.ran_away  # slowly
    learner.lr, learner.steps = 0.05, 500
    assert learner.run.ran_away and np.isfinite(learner.losses).all()
    learner.step = 500
    assert learner.kernel.tolist() == learner.kernels[-1].tolist()


def test_a_random_start_follows_its_seed() -> None:
    one, same, other = (KernelLearner(X, K, start="random", seed=seed).start_kernel for seed in (3, 3, 4))
    assert one.shape == (2, 3) and (one == same).all() and (one != other).any()
    assert np.abs(one).max() <= 1 / np.sqrt(6)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"lr": 0}, "lr must be above 0 and at most 100, not 0.0."),
        ({"lr": float("nan")}, "lr must be above 0"),
        ({"steps": 501}, "steps must be from 1 to 500, not 501."),
        ({"seed": -1}, "seed must be from 0 to 9999, not -1."),
        ({"target": np.ones((6, 1))}, "target must be a matrix with 1 to 5 rows"),
        ({"input": np.ones((2, 2)), "target": np.ones((3, 1))}, "The kernel is larger than the input: 3×1 into 2×2"),
        ({"input": [[2000.0, 0]]}, "input must hold numbers from −1000 to 1000."),
        ({"start": "ones"}, "start"),
        ({"fn": 3}, "fn must be a function, called as fn"),
    ],
)
def test_bad_values_get_a_sentence(wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(traitlets.TraitError, match=sentence.replace("(", r"\(")):
        KernelLearner(**wrong)


def test_a_refused_value_loses_nothing() -> None:
    learner = KernelLearner(X, K)
    with pytest.raises(traitlets.TraitError):
        learner.input = np.ones((1, 1))
    assert learner.input.tolist() == X.tolist()
    with pytest.raises(TypeError, match="KernelLearner has no keyword `rate`"):
        KernelLearner(rate=1)


def test_input_and_target_may_change_together() -> None:
    learner = KernelLearner(np.ones((2, 2)), np.ones((2, 2)))
    learner.set_state({"input": np.ones((5, 5)).tolist(), "target": np.ones((4, 3)).tolist(), "step": 3})
    assert learner.kernel_size == (4, 3) and learner.step == 3


def test_steps_keep_the_step_within() -> None:
    learner = KernelLearner(steps=30, step=99)
    assert learner.step == 30
    learner.steps = 10
    assert learner.step == 10


def test_a_right_function_is_told_how_near_it_came() -> None:
    learner = KernelLearner(X, K, lr=0.02, steps=200, fn=learn_kernel)
    assert learner.answer is not None and learner.answer.kind == "right"
    assert learner.answer.sentence.startswith("learn_kernel learnt it: at most ")
    assert np.abs(learner.answer.values - K).max() < 0.1


def test_a_right_function_is_not_to_blame_for_the_rate() -> None:
    for settings in ({"lr": 0.001, "steps": 5}, {"lr": 5.0, "steps": 200}):
        answer = KernelLearner(X, K, fn=learn_kernel, **settings).answer
        assert answer is not None and answer.kind == "right"
        assert "the rate and the number of steps decide, not your code" in answer.sentence


@pytest.mark.parametrize(
    ("fn", "kind", "sentence"),
    [
        (
            mean_loss,
            "value",
            "mean_loss ends at most 0.29 from the true kernel; plain descent from zeros ends at most",
        ),
        (
            lambda X, Y, size, steps, lr: -ops.learn_kernel(X, Y, size, steps, lr),
            "value",
            "your function ends at most 4",
        ),
        (lambda X, Y, size, steps, lr: np.zeros(size[::-1]), "shape", r"returned the shape (3, 2), not (2, 3)."),
        (lambda X, Y, size, steps, lr: None, "type", "returned nothing (None)"),
        (lambda X, Y, size, steps, lr: X[9, 9], "error", "raised IndexError"),
        (lambda X, Y, size: X, "error", "raised TypeError"),
        (lambda X, Y, size, steps, lr: np.full(size, np.nan), "value", "ends beyond all bounds from the true kernel"),
    ],
    ids=["mean", "sign", "shape", "none", "raises", "arguments", "nan"],
)
def test_wrong_functions(fn: Any, kind: str, sentence: str) -> None:
    learner = KernelLearner(X, K, lr=0.02, steps=500, fn=fn)
    assert learner.answer is not None and learner.answer.kind == kind
    assert sentence in learner.answer.sentence
    show(learner)
    answer = state(learner)["_answer"]
    assert answer["kind"] == kind and answer["of"] == learner._setting()
    if kind == "value":
        assert any(map(any, answer["where"]))


def test_a_function_runs_only_when_shown_and_once_a_setting() -> None:
    calls: list[float] = []

    def counting(X: ndarray, Y: ndarray, kernel_size: tuple[int, int], steps: int, lr: float) -> ndarray:
        calls.append(lr)
        return ops.learn_kernel(X, Y, kernel_size, steps, lr)

    learner = KernelLearner(fn=counting)
    learner.lr = 0.02
    assert calls == []
    show(learner)
    learner.step = 3
    learner.start = "random"  # a function of theirs starts where it wants
    assert calls == [0.02]
    learner.lr = 0.01
    assert calls == [0.02, 0.01]


def test_every_preset_is_a_state_that_the_widget_takes() -> None:
    shown = entry()
    for preset in shown.presets:
        learner = KernelLearner()
        learner.set_state(preset.traits)
        assert json.loads(json.dumps(learner.get_state(list(preset.traits)))) == preset.traits
    rate, hidden = (KernelLearner(**shown.presets[i].traits) for i in (1, 3))
    assert rate.run.ran_away and rate.outcome == "diverges"
    assert hidden.losses[-1] < 1e-9 and np.abs(hidden.kernel - hidden.target).max() > 0.5
    sobel = KernelLearner(**{**shown.presets[2].traits, "step": 200})
    assert np.abs(sobel.kernel - sobel.target).max() < 0.01
