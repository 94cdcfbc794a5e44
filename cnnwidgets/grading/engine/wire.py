"""Data as bytes and back, between processes that do not trust each other: plain values and arrays, never code.

Sizes, depth and types are checked in both directions. An integer may have as many digits as Python prints at most.
"""

import math
import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy import ndarray

LARGEST = 64 * 2**20  # bytes of a message
DEEPEST = 60  # containers in containers
ENTRIES = 200_000  # values of a message, an array counting once
HASHED = 10_000  # of them in sets and as keys: many that collide take their time
INT_BYTES = 1024
DTYPES = {code: np.dtype(code) for code in ("?", *"bhilqBHILQ", *"efdg", *"FD")}
_AXES = 32


class WireError(Exception):
    """Something that can not be sent, or bytes that are no message; the text says what."""


@dataclass(frozen=True)
class Tagged:
    """A value that both ends give a further meaning: a tensor, a reference, an object that can not be sent."""

    tag: str
    value: Any


def encode(value: Any) -> bytes:
    """The bytes of a value. Raises a `WireError` that names what can not be sent."""
    out = bytearray()
    _put(value, out, 0, [ENTRIES, HASHED])
    return bytes(out)


def decode(data: bytes) -> Any:
    """The value of some bytes. Raises a `WireError` on anything that `encode` does not write."""
    reader = _Reader(data)
    try:
        value = reader.value(0)
    except WireError:
        raise
    except Exception as error:  # whatever else garbage can do
        raise WireError(f"the message can not be read ({type(error).__name__})") from None
    if reader.at != len(data):
        raise WireError("the message has bytes to spare")
    return value


def _put(value: Any, out: bytearray, depth: int, left: list[int]) -> None:
    kind = type(value)
    left[0] -= 1
    if kind in (set, frozenset, dict):
        left[1] -= len(value)
    if min(left) < 0 or len(out) > LARGEST:
        most = f"{ENTRIES:,} values, {HASHED:,} in sets and as keys, {LARGEST // 2**20} MiB"
        raise WireError(f"too large to be sent: at most {most}")
    if depth > DEEPEST:
        raise WireError(f"nested too deeply to be sent: at most {DEEPEST} levels")
    if value is None:
        out += b"N"
    elif kind is bool:
        out += b"T" if value else b"F"
    elif kind is int:
        size = value.bit_length() // 8 + 1
        if size > INT_BYTES:
            raise WireError("an integer with more than 2,400 digits can not be sent")
        _sized(b"i", value.to_bytes(size, "little", signed=True), out)
    elif kind is float:
        out += b"f" + struct.pack("<d", value)
    elif kind is complex:
        out += b"c" + struct.pack("<dd", value.real, value.imag)
    elif kind is str:
        _sized(b"s", value.encode("utf-8", "surrogatepass"), out)
    elif kind in (bytes, bytearray):
        _sized(b"b" if kind is bytes else b"B", bytes(value), out)
    elif kind in (list, tuple, set, frozenset):
        code = b"l" if kind is list else b"t" if kind is tuple else b"e" if kind is set else b"z"
        out += code + struct.pack("<I", len(value))
        for each in value:
            _put(each, out, depth + 1, left)
    elif kind is dict:
        out += b"d" + struct.pack("<I", len(value))
        for key, each in value.items():
            _put(key, out, depth + 1, left)
            _put(each, out, depth + 1, left)
    elif kind is Tagged:
        out += b"g"
        _put(value.tag, out, depth + 1, left)
        _put(value.value, out, depth + 1, left)
    elif kind is ndarray:
        _put_array(b"a", value, out)
    elif isinstance(value, np.generic) and value.dtype.char in DTYPES and kind is value.dtype.type:
        _put_array(b"n", np.array(value), out)
    else:
        name = type.__dict__["__name__"].__get__(kind)
        raise WireError(f"a value of type {name:.60} can not be sent")
    if len(out) > LARGEST:
        raise WireError(f"too large to be sent: at most {LARGEST // 2**20} MiB")


def _sized(code: bytes, data: bytes, out: bytearray) -> None:
    if len(data) > LARGEST:
        raise WireError(f"too large to be sent: at most {LARGEST // 2**20} MiB")
    out += code + struct.pack("<I", len(data)) + data


def _put_array(code: bytes, array: ndarray, out: bytearray) -> None:
    if array.dtype.char not in DTYPES:
        raise WireError(f"an array of {array.dtype!s:.60} can not be sent: numbers only")
    if array.nbytes > LARGEST:
        raise WireError(f"an array of {array.nbytes:,} bytes is too large to be sent: at most {LARGEST:,}")
    out += code + array.dtype.char.encode() + bytes([array.ndim]) + struct.pack(f"<{array.ndim}Q", *array.shape)
    out += array.astype(array.dtype.newbyteorder("=")).tobytes()


class _Reader:
    """Reads values from bytes; never past their end."""

    def __init__(self, data: bytes):
        self.data, self.at, self.left, self.hashed = data, 0, ENTRIES, HASHED

    def take(self, size: int) -> bytes:
        if size > len(self.data) - self.at:
            raise WireError("the message ends too early")
        self.at += size
        return self.data[self.at - size : self.at]

    def count(self) -> int:
        return int(struct.unpack("<I", self.take(4))[0])

    def hash(self, count: int) -> int:
        self.hashed -= count
        if self.hashed < 0:
            raise WireError("the message has too many values in sets and as keys")
        return count

    def value(self, depth: int) -> Any:
        self.left -= 1
        if depth > DEEPEST or self.left < 0:
            raise WireError("the message is nested too deeply or has too many values")
        code = self.take(1)
        if code in b"NTF":
            return {b"N": None, b"T": True, b"F": False}[code]
        if code in b"isbB":
            data = self.take(self.count())
            if code == b"i" and len(data) > INT_BYTES:
                raise WireError("an integer of the message is too long")
            if code == b"s":
                return data.decode("utf-8", "surrogatepass")
            return (
                int.from_bytes(data, "little", signed=True)
                if code == b"i"
                else (bytes if code == b"b" else bytearray)(data)
            )
        if code == b"f":
            return struct.unpack("<d", self.take(8))[0]
        if code == b"c":
            return complex(*struct.unpack("<dd", self.take(16)))
        if code in b"ltez":
            kind = {b"l": list, b"t": tuple, b"e": set, b"z": frozenset}[code]
            count = self.count() if code in b"lt" else self.hash(self.count())
            return kind(self.value(depth + 1) for _ in range(count))
        if code == b"d":
            return {self.value(depth + 1): self.value(depth + 1) for _ in range(self.hash(self.count()))}
        if code == b"g":
            tag, value = self.value(depth + 1), self.value(depth + 1)
            if type(tag) is not str:
                raise WireError("the message has a tag that is no text")
            return Tagged(tag, value)
        if code in b"an":
            return self.array() if code == b"a" else self.array()[()]
        raise WireError("the message has a value of no known kind")

    def array(self) -> ndarray:
        char = self.take(1).decode("ascii")
        if char not in DTYPES:
            raise WireError("the message has an array of no known type")
        axes = self.take(1)[0]
        if axes > _AXES:
            raise WireError("the message has an array of too many axes")
        shape = struct.unpack(f"<{axes}Q", self.take(8 * axes))
        size = math.prod(shape) * DTYPES[char].itemsize
        if any(n >= 2**62 for n in shape) or size > LARGEST:
            raise WireError("the message has an array that is too large")
        data = self.take(size)
        if not size:
            return np.zeros(shape, DTYPES[char])
        if char == "?":  # any other byte than 0 and 1 would be a truth value that equals neither
            return np.not_equal(np.frombuffer(data, np.uint8), 0).reshape(shape)
        return np.frombuffer(data, DTYPES[char]).reshape(shape).copy()
