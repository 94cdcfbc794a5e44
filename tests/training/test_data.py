"""Fashion-MNIST from every source, and a clear sentence for whatever is damaged or missing."""

from __future__ import annotations

import gzip
import os
import struct
from pathlib import Path

import numpy as np
import pytest
import torch
import torchvision

from cnnwidgets.training import CLASSES, data, fashion_mnist, idx, scaled
from cnnwidgets.training.make_sample import first_of_each

DEBIAN = Path("/usr/share/datasets/fashion-mnist")
# Where continuous integration has installed the whole set it has to be there.
whole_set = pytest.mark.skipif(
    not DEBIAN.exists() and "CNNWIDGETS_NEEDS_BROWSER" not in os.environ,
    reason="dataset-fashion-mnist is not installed",
)
NAMES = {"train": ("train-images-idx3-ubyte", "train-labels-idx1-ubyte")}
NAMES["t10k"] = ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")


def idx_bytes(values: np.ndarray) -> bytes:
    return (
        struct.pack(f">BBBB{values.ndim}I", 0, 0, 8, values.ndim, *values.shape) + values.astype(np.uint8).tobytes()
    )


def write_set(folder: Path, packed: bool = False, count: int = 5) -> np.ndarray:
    """A small set of random images, twice as many to learn from as to test; returns those to learn from."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(count)
    images = {part: rng.integers(0, 256, (n, 28, 28)) for part, n in (("train", 2 * count), ("t10k", count))}
    for part, X in images.items():
        for name, values in zip(NAMES[part], (X, rng.integers(0, 10, len(X))), strict=True):
            content = idx_bytes(values)
            path = folder / (f"{name}.gz" if packed else name)
            path.write_bytes(gzip.compress(content) if packed else content)
    return images["train"]


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No copy on this machine, no variable, and no download."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError("no network here")

    monkeypatch.delenv(data.VARIABLE, raising=False)
    monkeypatch.setattr(data, "PLACES", ())
    monkeypatch.setattr(data, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(torchvision.datasets, "FashionMNIST", refuse)


def test_the_sample_is_small_balanced_and_typed() -> None:
    sample = fashion_mnist(sample=True)
    X_train, y_train, X_test, y_test = sample
    assert (X_train.shape, X_test.shape) == ((2000, 1, 28, 28), (500, 1, 28, 28))
    assert {X_train.dtype, X_test.dtype} == {torch.uint8}
    assert {y_train.dtype, y_test.dtype} == {torch.int64}
    assert y_train.bincount().tolist() == [200] * 10
    assert y_test.bincount().tolist() == [50] * 10
    assert len(CLASSES) == 10
    assert "2000 images to learn from and 500 to test" in str(sample)
    assert "sample" in sample.source
    assert data.SAMPLE.stat().st_size < 2_000_000
    licence = (data.SAMPLE.parent / "LICENSE.txt").read_text()
    assert "Zalando SE" in licence
    assert "MIT License" in licence


@whole_set
def test_the_sample_is_the_first_of_each_class_of_the_full_set() -> None:
    full, sample = fashion_mnist(DEBIAN), fashion_mnist(sample=True)
    assert (len(full.X_train), len(full.X_test)) == (60000, 10000)
    X, y = first_of_each(full.X_train, full.y_train, 200)
    assert np.array_equal(X, sample.X_train[:, 0])
    assert np.array_equal(y, sample.y_train)
    X, y = first_of_each(full.X_test, full.y_test, 50)
    assert np.array_equal(X, sample.X_test[:, 0])
    assert np.array_equal(y, sample.y_test)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("below", [".", "FashionMNIST/raw"])
def test_a_folder_that_is_named(tmp_path: Path, packed: bool, below: str) -> None:
    images = write_set(tmp_path / below, packed)
    found = fashion_mnist(tmp_path)
    assert np.array_equal(found.X_train[:, 0], images)
    assert len(found.y_train) == 10
    assert len(found.X_test) == len(found.y_test) == 5
    assert str(tmp_path) in found.source


def test_the_variable_names_a_folder_and_an_argument_goes_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_set(tmp_path / "variable", count=3)
    write_set(tmp_path / "argument", count=4)
    monkeypatch.setenv(data.VARIABLE, str(tmp_path / "variable"))
    assert len(fashion_mnist().X_test) == 3
    assert len(fashion_mnist(tmp_path / "argument").X_test) == 4
    monkeypatch.setenv(data.VARIABLE, str(tmp_path / "elsewhere"))
    with pytest.raises(FileNotFoundError, match=r"CNNWIDGETS_DATA names a folder that .*elsewhere.*t10k-labels"):
        fashion_mnist()


def test_a_folder_without_the_files_is_an_error_even_where_there_is_another_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_set(tmp_path / "copy")
    monkeypatch.setattr(data, "PLACES", (str(tmp_path / "copy"),))
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileNotFoundError, match="does not hold Fashion-MNIST"):
        fashion_mnist(tmp_path / "empty")


def test_a_copy_on_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_set(tmp_path / "second" / "fashion-mnist", packed=True)
    monkeypatch.setattr(data, "PLACES", (str(tmp_path / "first"), str(tmp_path / "second")))
    assert fashion_mnist().source.endswith("second/fashion-mnist")


def test_a_damaged_copy_on_this_machine_is_passed_over_with_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("first", "second"):
        write_set(tmp_path / name)
    (tmp_path / "first" / NAMES["train"][0]).write_bytes(b"<html>not found</html>")
    monkeypatch.setattr(data, "PLACES", (str(tmp_path / "first"), str(tmp_path / "second")))
    with pytest.warns(
        UserWarning, match=r"passed over: .*first/train-images-idx3-ubyte is not an IDX file of images"
    ):
        assert fashion_mnist().source.endswith("second")


def test_a_download_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def download(root: Path, train: bool, download: bool) -> None:
        assert download
        write_set(root / "FashionMNIST" / "raw", packed=True)

    monkeypatch.setattr(torchvision.datasets, "FashionMNIST", download)
    assert str(tmp_path / "cache") in fashion_mnist().source


def test_without_any_copy_it_is_the_sample_and_says_why() -> None:
    found = fashion_mnist()
    assert len(found.X_train) == 2000
    assert "could not be downloaded: OSError: no network here" in str(found)


def spoil(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


IMAGES, LABELS = NAMES["train"]
RAW = idx_bytes(np.zeros((10, 28, 28)))
DAMAGED = {
    "cut off": (IMAGES, RAW[:-7], "is damaged: it should hold 7840 bytes of images, and holds 7833"),
    "too long": (IMAGES, RAW + b"x", "is damaged"),
    "empty": (IMAGES, b"", "is not an IDX file of images"),
    "only a header": (IMAGES, RAW[:9], "is not an IDX file of images"),
    "a page": (IMAGES, b"<!doctype html><title>404</title>", "is not an IDX file of images"),
    "labels for images": (IMAGES, idx_bytes(np.zeros(10)), "is not an IDX file of images"),
    "images for labels": (LABELS, RAW, "is not an IDX file of labels"),
    "nothing in it": (IMAGES, idx_bytes(np.zeros((0, 28, 28))), "labels-idx1-ubyte 10 labels"),
    "other pixels": (IMAGES, idx_bytes(np.zeros((10, 32, 30))), "holds images of 32×30 pixels, not of 28×28"),
    "another label": (LABELS, idx_bytes(np.arange(8, 18)), "holds the label 17; there are ten classes, 0 to 9"),
    "too few labels": (LABELS, idx_bytes(np.zeros(9)), "labels-idx1-ubyte 9 labels"),
    "packed, cut off": (f"{IMAGES}.gz", gzip.compress(RAW)[:-20], "is damaged: it can not be unpacked"),
    "packed, garbled": (f"{IMAGES}.gz", b"\x1f\x8b\x08\x00" + bytes(range(60)), "is damaged: it can not be unpacked"),
    "not packed at all": (f"{IMAGES}.gz", RAW, "is damaged: it can not be unpacked"),
    "packed, wrong checksum": (
        f"{IMAGES}.gz",
        gzip.compress(RAW)[:-8] + b"\0\0\0\0" + gzip.compress(RAW)[-4:],
        "is damaged: it can not be unpacked",
    ),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_file_in_a_named_folder_is_told_in_a_sentence(tmp_path: Path, kind: str) -> None:
    name, content, sentence = DAMAGED[kind]
    write_set(tmp_path)
    if name.endswith(".gz"):
        (tmp_path / name.removesuffix(".gz")).unlink()
    path = spoil(tmp_path, name, content)
    with pytest.raises(ValueError, match=sentence) as raised:
        fashion_mnist(tmp_path)
    assert path.name.removesuffix(".gz") in str(raised.value)


def test_a_set_of_nothing_is_told_in_a_sentence(tmp_path: Path) -> None:
    write_set(tmp_path, count=0)
    with pytest.raises(ValueError, match="train-images-idx3-ubyte holds no images"):
        fashion_mnist(tmp_path)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="everything can be read here")
def test_a_file_that_can_not_be_read_says_which(tmp_path: Path) -> None:
    write_set(tmp_path)
    (tmp_path / IMAGES).chmod(0)
    with pytest.raises(PermissionError, match=IMAGES):
        fashion_mnist(tmp_path)


def test_a_named_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileNotFoundError, match="does not hold Fashion-MNIST"):
        fashion_mnist(tmp_path / "file")


def test_reading_gives_what_was_written(tmp_path: Path) -> None:
    values = np.arange(2 * 28 * 28).reshape(2, 28, 28) % 256
    path = spoil(tmp_path, "some", idx_bytes(values))
    assert np.array_equal(idx.read_images(path), values)


def test_scaled_images_are_floats_from_0_to_1() -> None:
    X = scaled(fashion_mnist(sample=True).X_test)
    assert X.dtype == torch.float32
    assert (float(X.min()), float(X.max())) == (0, 1)
