"""The script that trains the explorers' networks, on the sample; what it has made is tested with the explorer."""

from __future__ import annotations

import numpy as np
import torch

from cnnwidgets.training import accuracy, fashion_mnist, scaled
from cnnwidgets.training.make_weights import FOLDER, RECIPES, rounded, trained


def test_a_network_learns_and_survives_the_rounding() -> None:
    torch.manual_seed(0)
    make, _, lr = RECIPES["modern"]
    X, y, X_test, y_test = fashion_mnist(sample=True)
    net = trained(make(), scaled(X), y, epochs=6, lr=lr)
    before = accuracy(net, scaled(X_test), y_test)
    weights = rounded(net)
    assert before > 0.5
    assert weights.shape == (61_706,) and weights.dtype == np.float16
    assert np.array_equal(rounded(net), weights)  # the net has the rounded ones now
    assert abs(accuracy(net, scaled(X_test), y_test) - before) < 0.02


def test_what_is_kept_is_small() -> None:
    files = sorted(FOLDER.iterdir())
    assert [path.stem for path in files] == sorted(RECIPES)
    assert sum(path.stat().st_size for path in files) < 250_000
