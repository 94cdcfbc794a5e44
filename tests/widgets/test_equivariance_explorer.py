"""EquivarianceExplorer's traits, and what it finds of a learner's function."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import fft
from traitlets import TraitError

from cnnwidgets import EquivarianceExplorer, ops
from cnnwidgets.widgets.equivariance.pictures import NAMES, all_packed
from cnnwidgets.widgets.equivariance.rungs import OPS, shifted
from cnnwidgets.widgets.gallery.equivariance import entry

K = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 10.0]])
RNG = np.random.default_rng(8)
PICTURE = RNG.integers(0, 256, (17, 20)).astype(np.uint8)


def test_it_starts_still_on_a_garment() -> None:
    explorer = EquivarianceExplorer()
    assert (explorer.picture, explorer.shift, explorer.op) == ("ankle boot", (0, 0), "valid")
    assert explorer.pixels.shape == (28, 28)
    assert explorer.tally == (0, 0)
    assert all(explorer.comparison(op).follows for op in OPS)


def test_the_example_of_the_docstring() -> None:
    explorer = EquivarianceExplorer("edges", [[1, -1]], shift=(0, 1))
    assert explorer.comparison().follows
    assert not explorer.comparison("stride").follows


def test_every_named_picture_shows_where_following_stops() -> None:
    for name in NAMES:
        explorer = EquivarianceExplorer(name, shift=(0, 1))
        assert max(explorer.pixels.shape) <= 32
        assert explorer.comparison("valid").follows
        assert not explorer.comparison("stride").follows
        assert not explorer.comparison("dense").follows
    assert not EquivarianceExplorer("disc", shift=(1, 1)).comparison("same").follows


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"picture": "hopper"}, r"picture must be one of ankle boot, dress, bag, disc, edges, or an array\."),
        ({"picture": np.zeros((33, 5))}, r"picture must have at most 32 rows and columns; .*\(33, 5\)\."),
        ({"picture": [[-1, 2]]}, r"picture must hold whole numbers from 0 to 255"),
        ({"kernel": np.zeros((8, 8))}, r"kernel must be a matrix with 1 to 7 rows and 1 to 7 columns"),
        ({"shift": (0, 17)}, r"shift must be a whole number from -16 to 16, or a pair of them \(rows, columns\)"),
        ({"shift": 0.5}, r"shift must be a whole number"),
        ({"op": "average"}, r"op"),
        ({"fn": 3}, r"fn must be a function, from a picture to a picture, not int\."),
    ],
)
def test_a_bad_value_is_a_sentence_and_changes_nothing(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(TraitError, match=sentence):
        EquivarianceExplorer(**given)
    explorer, name = EquivarianceExplorer(), next(iter(given))
    before = getattr(explorer, name)
    with pytest.raises(TraitError):
        setattr(explorer, name, given[name])
    assert getattr(explorer, name) is before


def test_an_unknown_keyword_says_what_there_is() -> None:
    with pytest.raises(TypeError, match=r"EquivarianceExplorer has no keyword `shfit`\. Did you mean `shift`\?"):
        EquivarianceExplorer(shfit=1)


def by_fft(X: np.ndarray) -> np.ndarray:
    """Correlation in single precision, by the frequencies."""
    full = [n + k - 1 for n, k in zip(X.shape, K.shape, strict=True)]
    spectrum = fft.rfft2(X.astype(np.float32), full) * fft.rfft2(np.flip(K).astype(np.float32), full)
    return fft.irfft2(spectrum, full)[2 : X.shape[0], 2 : X.shape[1]].astype(np.float32)


def standardised(X: np.ndarray) -> np.ndarray:
    return X - np.linspace(0, 50, X.shape[1])  # brighter on one side


FOLLOWS: list[Callable[..., Any]] = [
    lambda X: ops.corr2d(X, K),
    lambda X: np.maximum(ops.corr2d(X, K), 0),
    lambda X: X**2,
    lambda X: X.astype(int),
    by_fft,
]


@pytest.mark.parametrize("fn", FOLLOWS)
@pytest.mark.parametrize("shift", [(0, 1), (-2, 3), (4, -1)])
def test_functions_that_follow(fn: Callable[..., Any], shift: tuple[int, int]) -> None:
    answer = EquivarianceExplorer(PICTURE, shift=shift, fn=fn).answer
    assert answer is not None and answer.kind == "right", answer
    assert f"is equivariant for the shift {shift}".replace("-", "−") in answer.sentence


@pytest.mark.parametrize("fn", [standardised, lambda X: X[::-1], lambda X: X - X.mean()])
def test_functions_that_do_not(fn: Callable[..., Any]) -> None:
    shift = (1, 2)
    answer = EquivarianceExplorer(PICTURE, shift=shift, fn=fn).answer
    assert answer is not None and answer.kind == "value" and answer.where is not None
    assert "is not equivariant for the shift (1, 2)" in answer.sentence
    X = PICTURE.astype(float)
    expected = np.abs(shifted(fn(X), shift) - fn(shifted(X, shift))) > 1e-6
    expected[0, :] = expected[:, :2] = False  # nothing has come here
    np.testing.assert_array_equal(answer.where[0], expected)


def test_padding_is_known_by_its_edge() -> None:
    def layer(X: np.ndarray) -> np.ndarray:
        return ops.corr2d(np.pad(X, 1), K)

    answer = EquivarianceExplorer(PICTURE, shift=(0, 2), fn=layer).answer
    assert answer is not None and answer.kind == "value"
    assert "layer is equivariant for the shift (0, 2) but for its edge" in answer.sentence


def test_a_stride_is_seen_by_the_shape() -> None:
    def strided(X: np.ndarray) -> np.ndarray:
        return ops.corr2d(X, K)[::2, ::2]

    explorer = EquivarianceExplorer("dress", shift=(0, 1), fn=strided)
    assert explorer.answer is not None and "a part of a place" in explorer.answer.sentence
    explorer.shift = (-2, 4)
    assert explorer.answer is not None and explorer.answer.kind == "right"
    assert "its output moves by (−1, 2)" in explorer.answer.sentence


def raises(X: np.ndarray) -> np.ndarray:
    raise RuntimeError("no idea")


def in_place(X: np.ndarray) -> np.ndarray:
    X *= 2
    return X


@pytest.mark.parametrize(
    ("fn", "kind", "sentence"),
    [
        (raises, "error", r"raises raised RuntimeError at your line .*: no idea\."),
        (in_place, "error", r"changed the picture that it was given in place"),
        (lambda X: X.tolist(), "type", r"returned a list; a matrix of numbers can be compared"),
        (lambda X: X.sum(), "type", r"returned a float64"),
        (lambda X: X.ravel(), "shape", r"returned the shape \(340,\)"),
        (
            lambda X: X[X.any(axis=1)],
            "shape",
            r"gives the shape \(17, 20\) for the picture and \(16, 20\) for the moved",
        ),
        (lambda X: X.astype(str), "type", r"can be compared"),
    ],
)
def test_what_can_not_be_compared_is_a_sentence(fn: Any, kind: str, sentence: str) -> None:
    answer = EquivarianceExplorer(PICTURE, shift=(1, 0), fn=fn).answer
    assert answer is not None and answer.kind == kind
    assert re.search(sentence, answer.sentence), answer.sentence
    json.dumps(answer.to_browser(), allow_nan=False)


def test_numbers_that_are_none_are_compared_and_sent() -> None:
    def logarithm(X: np.ndarray) -> np.ndarray:
        return np.log(X)

    answer = EquivarianceExplorer("ankle boot", shift=(0, 1), fn=logarithm).answer
    assert answer is not None and answer.kind == "right"
    sent = answer.to_browser()
    assert "-inf" in sent["values"][0][0] and sent["moved"] is not None
    json.dumps(sent, allow_nan=False)


def test_it_runs_only_when_it_is_on_show_and_once_a_setting() -> None:
    calls = []

    def layer(X: np.ndarray) -> np.ndarray:
        calls.append(X.shape)
        return X

    explorer = EquivarianceExplorer(shift=(0, 1), fn=layer)
    explorer.shift = (0, 2)
    assert calls == [] and explorer._pictures == {}
    explorer._heard(explorer, {"type": "shown"}, [])
    assert len(calls) == 2 and explorer._pictures == all_packed()
    explorer.kernel = [[1.0]]  # none of its business
    assert len(calls) == 2
    explorer.shift = (3, 2)
    assert len(calls) == 4
    assert explorer._answer["of"] == ["ankle boot", [3, 2]]
    assert explorer._fn_name == "layer"
    explorer.fn = None
    assert explorer._answer is None and explorer.answer is None


def test_without_a_shift_it_says_what_to_do() -> None:
    answer = EquivarianceExplorer(fn=lambda X: X).answer
    assert answer is not None and answer.sentence.startswith("Move the picture")


def test_the_page_shows_what_its_lines_say() -> None:
    shown = entry()
    found = []
    for preset in shown.presets:
        traits = {name: shown.state[name] for name in ("picture", "kernel", "shift")} | preset.traits
        explorer = EquivarianceExplorer(**traits)
        found.append({op: explorer.comparison(op).follows for op in OPS})
    assert all(each["valid"] and not each["dense"] for each in found)
    assert not (found[0]["same"] or found[0]["stride"] or found[0]["pool"])
    assert found[1]["stride"] and found[1]["pool"]
    assert not found[2]["same"]
    pooled = EquivarianceExplorer("bag", shift=(1, 0)).comparison("pool")
    assert 0.5 < 1 - pooled.differs.sum() / pooled.inside.sum() < 1
