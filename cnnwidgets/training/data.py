"""Fashion-MNIST as tensors: from a folder, this machine, a download, or the package's own sample."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from . import idx

CLASSES = ("T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot")
SAMPLE = Path(__file__).parent / "sample" / "fashion-mnist-sample.npz"
CACHE = Path("~/.cache/cnnwidgets")  # where a download is kept
VARIABLE = "CNNWIDGETS_DATA"
SECONDS = 20.0  # how long a server may say nothing

#: Where a copy may lie already: a torchvision root here or at home, this package's download, Keras's, Debian's.
PLACES = (
    "data",
    "../data",
    "~/data",
    str(CACHE),
    "~/.keras/datasets/fashion-mnist",
    "/usr/share/datasets/fashion-mnist",
    "/usr/local/share/datasets/fashion-mnist",
    "/usr/share/fashion-mnist",
)
#: Below such a place: the files themselves, or torchvision's layout.
BELOW = (".", "FashionMNIST/raw", "raw", "fashion-mnist")
PARTS = ("train", "t10k")


@dataclass(frozen=True)
class Dataset:
    """Images and labels to learn from and to test with; unpacks into these four tensors."""

    X_train: Tensor  #: uint8 (n, 1, 28, 28), 0 to 255
    y_train: Tensor  #: int64 (n,), 0 to 9, see `CLASSES`
    X_test: Tensor
    y_test: Tensor
    source: str  #: where they come from, in words

    def __iter__(self) -> Iterator[Tensor]:
        return iter((self.X_train, self.y_train, self.X_test, self.y_test))

    def __str__(self) -> str:
        sizes = f"{len(self.X_train)} images to learn from and {len(self.X_test)} to test"
        return f"Fashion-MNIST, {sizes}, from {self.source}"

    __repr__ = __str__


def fashion_mnist(folder: str | os.PathLike[str] | None = None, sample: bool = False) -> Dataset:
    """Fashion-MNIST, from the first of these that there is; `.source` says which.

    1. `folder`, or else the folder that the environment variable CNNWIDGETS_DATA names, with the four IDX files,
       packed or not, in it or in torchvision's ``FashionMNIST/raw`` below it;
    2. a copy on this machine (see `PLACES`);
    3. a download by torchvision, kept in ``~/.cache/cnnwidgets``;
    4. the sample that comes with the package: 2000 and 500 real images, as many of each class.

    With ``sample=True`` it is the sample at once. A folder that is named and does not have the files is a
    `FileNotFoundError`, and a damaged file in it a `ValueError`; a damaged copy elsewhere is passed over with a
    warning.
    """
    if sample:
        return _sample("the sample that comes with cnnwidgets")
    named = folder or os.environ.get(VARIABLE)
    if named:
        return _named(Path(named), "the folder" if folder else f"{VARIABLE} names a folder that")
    return _on_this_machine() or _downloaded()


def scaled(X: Tensor) -> Tensor:
    """Images of bytes as float32 from 0 to 1, which is what the networks take."""
    return X.to(torch.float32) / 255


def _named(folder: Path, what: str) -> Dataset:
    found = _in(folder.expanduser())
    if found is None:
        files = ", ".join(f"{part}-{kind}" for part in PARTS for kind in ("images-idx3-ubyte", "labels-idx1-ubyte"))
        raise FileNotFoundError(f"{what} {folder} does not hold Fashion-MNIST; wanted: {files}, or these with .gz")
    return found


def _on_this_machine() -> Dataset | None:
    for place in PLACES:
        try:
            found = _in(Path(place).expanduser())
        except (ValueError, OSError) as problem:
            warnings.warn(f"passed over: {problem}", stacklevel=3)
            continue
        if found is not None:
            return found
    return None


def _downloaded() -> Dataset:
    root = CACHE.expanduser()
    print(f"Fashion-MNIST is not on this machine; downloading about 30 MB to {root}", file=sys.stderr, flush=True)
    patience = socket.getdefaulttimeout()
    socket.setdefaulttimeout(SECONDS)
    try:
        from torchvision.datasets import FashionMNIST

        shutil.rmtree(root / "FashionMNIST" / "raw", ignore_errors=True)  # what is there is not whole
        for train in (True, False):
            FashionMNIST(root, train=train, download=True)  # shows how far it is
        found = _in(root)
        if found is not None:
            return found
        reason = "the download left no files"
    except Exception as problem:  # no torchvision, no network, no room, a damaged download: the sample always works
        reason = f"{type(problem).__name__}: {' '.join(str(problem).split())}"
    finally:
        socket.setdefaulttimeout(patience)
    return _sample(f"the sample that comes with cnnwidgets (all of it could not be downloaded: {reason})")


def _sample(source: str) -> Dataset:
    with np.load(SAMPLE) as arrays:
        return _dataset([arrays[name] for name in ("X_train", "y_train", "X_test", "y_test")], source)


def _in(place: Path) -> Dataset | None:
    """The copy in a folder or where torchvision puts it below; None where one of the four files is missing."""
    for folder in (place / below for below in BELOW):
        images = [idx.find(folder, f"{part}-images-idx3-ubyte") for part in PARTS]
        labels = [idx.find(folder, f"{part}-labels-idx1-ubyte") for part in PARTS]
        arrays = []
        for image_file, label_file in zip(images, labels, strict=True):
            if image_file is None or label_file is None:
                break
            X, y = idx.read_images(image_file), idx.read_labels(label_file)
            if len(X) != len(y):
                raise ValueError(f"{image_file} holds {len(X)} images, but {label_file} {len(y)} labels")
            if not len(X):
                raise ValueError(f"{image_file} holds no images")
            arrays += [X, y]
        if len(arrays) == 4:
            return _dataset(arrays, str(folder.resolve()))
    return None


def _dataset(arrays: list[np.ndarray], source: str) -> Dataset:
    X_train, y_train, X_test, y_test = arrays
    images = [torch.from_numpy(X.copy()).unsqueeze(1) for X in (X_train, X_test)]
    labels = [torch.from_numpy(y.astype(np.int64)) for y in (y_train, y_test)]
    return Dataset(images[0], labels[0], images[1], labels[1], source)
