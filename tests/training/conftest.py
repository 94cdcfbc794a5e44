"""What the tests of training share: one thread, and the sample of real images."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch

from cnnwidgets import training


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """With two, an epoch takes ten times as long where another program has the second core."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def images() -> training.Dataset:
    """2000 images to learn from and 500 to test with, as bytes."""
    return training.fashion_mnist(sample=True)
