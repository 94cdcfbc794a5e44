"""Sets of input elements as bits: 64-bit words, one row for each element of an array, or one Python int."""

from __future__ import annotations

import numpy as np
from numpy import ndarray

from cnnwidgets.tracing.state import lost

WORD = np.dtype("<u8")
MOST_BYTES = 256 * 2**20  # of the bits of one array


def check_room(shape: tuple[int, ...], words: int) -> None:
    """Ends the trace where the bits of an array of this shape would take too much memory."""
    if np.prod(shape, dtype=np.float64) * words * 8 > MOST_BYTES:
        raise lost(f"an array of shape {shape} is too large to follow")


def no_bits(shape: tuple[int, ...], words: int) -> ndarray:
    """Rows of bits for an array of this shape that came from nowhere."""
    check_room(shape, words)
    return np.zeros((*shape, words), WORD)


def one_bit_each(size: int, words: int) -> ndarray:
    """Rows of bits for the input itself: element i came from element i."""
    bits = no_bits((size,), words)
    numbers = np.arange(size)
    bits[numbers, numbers // 64] = np.left_shift(np.uint64(1), (numbers % 64).astype(WORD))
    return bits


def int_of_bits(row: ndarray) -> int:
    """One row of bits as a Python int."""
    return int.from_bytes(row.tobytes(), "little")


def bits_of_int(reads: int, words: int) -> ndarray:
    """A Python int as one row of bits."""
    return np.frombuffer(bytearray(reads.to_bytes(words * 8, "little")), WORD)


def unpacked(bits: ndarray, size: int) -> ndarray:
    """Rows of bits as booleans: shape + (size,)."""
    flat = np.ascontiguousarray(bits).view(np.uint8)
    return np.unpackbits(flat, axis=-1, count=size, bitorder="little").astype(bool)
