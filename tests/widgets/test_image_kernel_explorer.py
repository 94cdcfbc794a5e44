"""ImageKernelExplorer's traits: what they take, what follows from them, what they say of a bad value."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import torch
from scipy.signal import convolve2d, correlate2d
from traitlets import TraitError

from cnnwidgets import ImageKernelExplorer
from cnnwidgets.widgets.pictures.grey import PICTURES, all_packed, hopper, pack, unpack

RNG = np.random.default_rng(5)


def test_it_starts_with_a_picture_and_an_edge_kernel() -> None:
    explorer = ImageKernelExplorer()
    assert explorer.picture == "hopper"
    assert explorer.pixels.shape == (200, 170) and explorer.pixels.dtype == np.uint8
    assert explorer.kernel.tolist() == [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    assert explorer.output.shape == (200, 170)
    assert explorer.tally == (0, 0)


@pytest.mark.parametrize("mode", ["correlation", "convolution"])
@pytest.mark.parametrize("shape", [(3, 3), (1, 2), (5, 1), (3, 7)])
def test_the_output_is_that_of_scipy(mode: str, shape: tuple[int, int]) -> None:
    X = RNG.integers(0, 256, (11, 14)).astype(np.uint8)
    K = RNG.normal(size=shape)
    right = (correlate2d if mode == "correlation" else convolve2d)(X.astype(float), K, mode="valid")
    explorer = ImageKernelExplorer(X, K, mode=mode, padding="valid")
    np.testing.assert_allclose(explorer.output, right, atol=1e-9)
    explorer.padding = "same"
    assert explorer.output.shape == X.shape
    (kh, kw), (h, w) = shape, X.shape
    inside = explorer.output[kh // 2 : kh // 2 + h - kh + 1, kw // 2 : kw // 2 + w - kw + 1]
    np.testing.assert_allclose(inside, right, atol=1e-9)


def test_padding_same_is_torchs_for_odd_kernels() -> None:
    X, K = RNG.integers(0, 256, (9, 12)).astype(np.uint8), RNG.normal(size=(3, 5))
    right = torch.nn.functional.conv2d(
        torch.tensor(X, dtype=torch.float64)[None, None], torch.tensor(K)[None, None], padding="same"
    )
    np.testing.assert_allclose(ImageKernelExplorer(X, K).output, right[0, 0].numpy(), atol=1e-9)


def test_the_example_of_the_docstring() -> None:
    explorer = ImageKernelExplorer("edges", [[1, -1]], padding="valid")
    assert explorer.output[0].tolist() == [0, 255, 0, 0, 0, -255, 0]


def test_every_named_picture_is_one() -> None:
    for name, make in PICTURES.items():
        explorer = ImageKernelExplorer(name)
        np.testing.assert_array_equal(explorer.pixels, make())
        assert explorer.pixels.std() > 0
    assert ImageKernelExplorer("hopper").pixels is not hopper()


def test_fractions_bytes_and_colours_become_the_same_grey() -> None:
    grey = RNG.integers(0, 256, (4, 6)).astype(np.uint8)
    for given in (
        grey,
        grey.astype(np.int64),
        grey / 255,
        grey.tolist(),
        torch.tensor(grey),
        np.repeat(grey[..., None], 3, axis=2),
    ):
        np.testing.assert_array_equal(ImageKernelExplorer(given).picture, grey)
    with_alpha = np.dstack([grey] * 3 + [np.zeros_like(grey)])
    np.testing.assert_array_equal(ImageKernelExplorer(with_alpha).picture, grey)
    assert ImageKernelExplorer(
        np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255]]], dtype=np.uint8)
    ).picture.tolist() == [[76, 150, 29]]
    assert ImageKernelExplorer(np.array([[True, False]])).picture.tolist() == [[255, 0]]


def test_a_picture_travels_to_the_browser_and_back() -> None:
    grey = RNG.integers(0, 256, (5, 8)).astype(np.uint8)
    np.testing.assert_array_equal(unpack(pack(grey)), grey)
    explorer = ImageKernelExplorer(grey)
    state = json.loads(json.dumps(explorer.get_state(["picture"])))
    other = ImageKernelExplorer()
    other.set_state(state)
    np.testing.assert_array_equal(other.pixels, grey)
    with pytest.raises(ValueError, match="read-only"):
        other.pixels[0, 0] = 1


def test_setting_what_is_there_already_is_no_change() -> None:
    grey = RNG.integers(0, 256, (5, 8)).astype(np.uint8)
    explorer = ImageKernelExplorer(grey)
    changes: list[Any] = []
    explorer.observe(changes.append, ["picture", "kernel"])
    explorer.picture = grey.copy()
    explorer.kernel = explorer.kernel.tolist()
    assert changes == []
    explorer.picture = 255 - grey
    explorer.picture = "disc"
    assert len(changes) == 2


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"picture": "lena"}, r"picture must be one of hopper, disc, edges, checkerboard, or an array\."),
        (
            {"picture": np.zeros((400, 30), np.uint8)},
            r"at most 320 rows and columns; .*\(400, 30\)\. Keep one pixel in 2 each way",
        ),
        (
            {"picture": np.zeros((3, 4, 5))},
            r"picture must have the shape \(h, w\), or \(h, w, 3\) in colour; this one has \(3, 4, 5\)\.",
        ),
        ({"picture": [[0.0, 300.0]]}, r"picture must hold fractions from 0 to 1; this one goes from 0 to 300\."),
        ({"picture": [[-1, 3]]}, r"picture must hold whole numbers from 0 to 255; this one goes from -1 to 3\."),
        ({"picture": [[0.5, np.nan]]}, r"picture must hold fractions from 0 to 1"),
        ({"picture": [["a"]]}, r"picture must hold numbers"),
        ({"picture": [[1, 2], [3]]}, r"picture must be a picture: "),
        ({"picture": {"height": 2, "width": 2, "grey": "AAA"}}, r"picture must be a picture: "),
        ({"kernel": np.zeros((8, 3))}, r"kernel must be a matrix with 1 to 7 rows and 1 to 7 columns; .*\(8, 3\)\."),
        ({"kernel": [[np.inf]]}, r"kernel must hold finite numbers"),
        ({"pixel": (3, -1)}, r"pixel must be a whole number from 0 to 319, or a pair"),
        ({"mode": "both"}, r"mode"),
        ({"padding": "full"}, r"padding"),
        ({"colours": "viridis"}, r"colours"),
    ],
)
def test_a_bad_value_is_a_sentence_and_changes_nothing(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(TraitError, match=sentence):
        ImageKernelExplorer(**given)
    explorer, name = ImageKernelExplorer(), next(iter(given))
    before = getattr(explorer, name)
    with pytest.raises(TraitError):
        setattr(explorer, name, given[name])
    assert getattr(explorer, name) is before


def test_an_unknown_keyword_says_what_there_is() -> None:
    with pytest.raises(TypeError, match=r"ImageKernelExplorer has no keyword `kernl`\. Did you mean `kernel`\?"):
        ImageKernelExplorer(kernl=[[1]])
    with pytest.raises(TypeError, match=r"has no keyword `fn`"):
        ImageKernelExplorer(fn=len)


def test_a_kernel_that_does_not_fit() -> None:
    explorer = ImageKernelExplorer([[1, 2], [3, 4]], np.ones((3, 3)), padding="valid")
    with pytest.raises(ValueError, match="does not fit"):
        _ = explorer.output
    explorer.padding = "same"
    assert explorer.output.tolist() == [[10, 10], [10, 10]]


def test_the_pictures_are_sent_only_once_a_view_is_there() -> None:
    explorer = ImageKernelExplorer()
    assert explorer._pictures == {}
    explorer._heard(explorer, {"type": "shown"}, [])
    assert explorer._pictures == all_packed()


def test_predictions_are_counted_by_the_browser() -> None:
    explorer = ImageKernelExplorer(predict=True)
    explorer.set_state({"_predictions": {"right": 2, "tried": 3, "shown": 1, "of": "", "cells": {}}})
    assert explorer.tally == (2, 3)
