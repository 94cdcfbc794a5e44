"""Reads IDX, the format of MNIST and its relatives: a header in big-endian integers, then one byte a value."""

import gzip
import zlib
from pathlib import Path

import numpy as np
from numpy import ndarray

IMAGES, LABELS = 0x0803, 0x0801  # unsigned bytes with three axes, and with one


def find(folder: Path, name: str) -> Path | None:
    """The file `name` in a folder, as it is or packed by gzip; None where there is neither."""
    return next((path for path in (folder / name, folder / f"{name}.gz") if path.is_file()), None)


def read_images(path: Path) -> ndarray:
    """Images (n, 28, 28) of bytes; `ValueError` with a sentence for a file that is damaged or of another kind."""
    images = _read(path, IMAGES, "images")
    if images.shape[1:] != (28, 28):
        raise ValueError(f"{path} holds images of {images.shape[1]}×{images.shape[2]} pixels, not of 28×28")
    return images


def read_labels(path: Path) -> ndarray:
    """Class numbers (n,), 0 to 9; `ValueError` as in `read_images`."""
    labels = _read(path, LABELS, "labels")
    if labels.max(initial=0) > 9:
        raise ValueError(f"{path} holds the label {labels.max()}; there are ten classes, 0 to 9")
    return labels


def _read(path: Path, magic: int, what: str) -> ndarray:
    content = _content(path)
    axes = magic & 0xFF
    header = 4 + 4 * axes
    if len(content) < header or int.from_bytes(content[:4], "big") != magic:
        raise ValueError(f"{path} is not an IDX file of {what}")
    shape = tuple(int(n) for n in np.frombuffer(content, ">u4", axes, offset=4))
    expected, there = int(np.prod(shape)), len(content) - header
    if there != expected:
        raise ValueError(f"{path} is damaged: it should hold {expected} bytes of {what}, and holds {there}")
    return np.frombuffer(content, np.uint8, offset=header).reshape(shape)


def _content(path: Path) -> bytes:
    content = path.read_bytes()
    if path.suffix != ".gz":
        return content
    try:
        return gzip.decompress(content)
    except (EOFError, gzip.BadGzipFile, zlib.error) as problem:
        raise ValueError(f"{path} is damaged: it can not be unpacked ({problem})") from None
