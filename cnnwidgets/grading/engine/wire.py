"""Data as bytes and back, between processes that do not trust each other: plain values and arrays, never code.

Sizes, depth and types are checked in both directions. An integer may have as many digits as Python prints at most.
"""

import math
import struct
from collections.abc import Callable
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
_COUNT, _FLOAT, _COMPLEX = struct.Struct("<I"), struct.Struct("<d"), struct.Struct("<dd")


class WireError(Exception):
    """Something that can not be sent, or bytes that are no message; the text says what."""


@dataclass(frozen=True)
class Tagged:
    """A value that both ends give a further meaning: a tensor, a reference, an object that can not be sent."""

    tag: str
    value: Any


def encode(value: Any) -> bytes:
    """The bytes of a value. Raises a `WireError` that names what can not be sent."""
    writer = _Writer()
    writer.put(value, 0)
    return bytes(writer.out)


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


class _Writer:
    """Writes values, each by the method for exactly its type: a code, then what that code needs."""

    def __init__(self) -> None:
        self.out, self.left, self.hashed = bytearray(), ENTRIES, HASHED

    def put(self, value: Any, depth: int) -> None:
        self.left -= 1
        if self.left < 0 or self.hashed < 0 or len(self.out) > LARGEST:
            raise _too_large()
        if depth > DEEPEST:
            raise WireError(f"nested too deeply to be sent: at most {DEEPEST} levels")
        write = _WRITE.get(type(value))
        if write is not None:
            write(self, value, depth)
        elif isinstance(value, np.generic) and value.dtype.char in DTYPES and type(value) is value.dtype.type:
            self.array(np.array(value), b"n")
        else:
            name = type.__dict__["__name__"].__get__(type(value))
            raise WireError(f"a value of type {name:.60} can not be sent")

    def none(self, value: None, depth: int) -> None:
        self.out += b"N"

    def truth(self, value: bool, depth: int) -> None:
        self.out += b"T" if value else b"F"

    def integer(self, value: int, depth: int) -> None:
        size = value.bit_length() // 8 + 1
        if size > INT_BYTES:
            raise WireError("an integer with more than 2,400 digits can not be sent")
        self.sized(b"i", value.to_bytes(size, "little", signed=True))

    def real(self, value: float, depth: int) -> None:
        self.out += b"f" + _FLOAT.pack(value)

    def complex_number(self, value: complex, depth: int) -> None:
        self.out += b"c" + _COMPLEX.pack(value.real, value.imag)

    def text(self, value: str, depth: int) -> None:
        self.sized(b"s", value.encode("utf-8", "surrogatepass"))

    def raw(self, value: bytes | bytearray, depth: int) -> None:
        self.sized(b"b" if type(value) is bytes else b"B", value)

    def sequence(self, value: Any, depth: int) -> None:
        self.out += _SEQUENCES[type(value)] + _COUNT.pack(len(value))
        for each in value:
            self.put(each, depth + 1)

    def hashes(self, value: Any, depth: int) -> None:
        self.hashed -= len(value)
        self.sequence(value, depth)

    def table(self, value: dict[Any, Any], depth: int) -> None:
        self.hashed -= len(value)
        self.out += b"d" + _COUNT.pack(len(value))
        for key, each in value.items():
            self.put(key, depth + 1)
            self.put(each, depth + 1)

    def tagged(self, value: Tagged, depth: int) -> None:
        self.out += b"g"
        self.put(value.tag, depth + 1)
        self.put(value.value, depth + 1)

    def whole_array(self, value: ndarray, depth: int) -> None:
        self.array(value, b"a")

    def array(self, array: ndarray, code: bytes) -> None:
        if array.dtype.char not in DTYPES:
            raise WireError(f"an array of {array.dtype!s:.60} can not be sent: numbers only")
        if array.nbytes > LARGEST:
            raise WireError(f"an array of {array.nbytes:,} bytes is too large to be sent: at most {LARGEST:,}")
        self.out += code + array.dtype.char.encode() + struct.pack(f"<B{array.ndim}Q", array.ndim, *array.shape)
        self.out += array.astype(array.dtype.newbyteorder("=")).tobytes()
        if len(self.out) > LARGEST:
            raise _too_large()

    def sized(self, code: bytes, data: bytes | bytearray) -> None:
        if len(self.out) + len(data) > LARGEST:
            raise _too_large()
        self.out += code + _COUNT.pack(len(data)) + data


def _too_large() -> WireError:
    most = f"{ENTRIES:,} values, {HASHED:,} in sets and as keys, {LARGEST // 2**20} MiB"
    return WireError(f"too large to be sent: at most {most}")


class _Reader:
    """Reads values from bytes, each by the method for its code; never past their end."""

    def __init__(self, data: bytes):
        self.data, self.at, self.left, self.hashed = data, 0, ENTRIES, HASHED

    def value(self, depth: int) -> Any:
        self.left -= 1
        if depth > DEEPEST or self.left < 0:
            raise WireError("the message is nested too deeply or has too many values")
        read = _READ.get(self.take(1))
        if read is None:
            raise WireError("the message has a value of no known kind")
        return read(self, depth + 1)

    def take(self, size: int) -> bytes:
        start = self.at
        self.at = end = start + size
        if end > len(self.data):
            raise WireError("the message ends too early")
        return self.data[start:end]

    def sized(self) -> bytes:
        return self.take(_COUNT.unpack(self.take(4))[0])

    def count(self) -> int:
        return int(_COUNT.unpack(self.take(4))[0])

    def hashes(self) -> int:
        count = self.count()
        self.hashed -= count
        if self.hashed < 0:
            raise WireError("the message has too many values in sets and as keys")
        return count

    def integer(self, depth: int) -> int:
        data = self.sized()
        if len(data) > INT_BYTES:
            raise WireError("an integer of the message is too long")
        return int.from_bytes(data, "little", signed=True)

    def items(self, depth: int) -> list[Any]:
        return [self.value(depth) for _ in range(self.count())]

    def table(self, depth: int) -> dict[Any, Any]:
        return {self.value(depth): self.value(depth) for _ in range(self.hashes())}

    def tagged(self, depth: int) -> Tagged:
        tag, value = self.value(depth), self.value(depth)
        if type(tag) is not str:
            raise WireError("the message has a tag that is no text")
        return Tagged(tag, value)

    def array(self, depth: int) -> ndarray:
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


_SEQUENCES: dict[type, bytes] = {list: b"l", tuple: b"t", set: b"e", frozenset: b"z"}
_WRITE: dict[type, Callable[[_Writer, Any, int], None]] = {
    type(None): _Writer.none,
    bool: _Writer.truth,
    int: _Writer.integer,
    float: _Writer.real,
    complex: _Writer.complex_number,
    str: _Writer.text,
    bytes: _Writer.raw,
    bytearray: _Writer.raw,
    list: _Writer.sequence,
    tuple: _Writer.sequence,
    set: _Writer.hashes,
    frozenset: _Writer.hashes,
    dict: _Writer.table,
    Tagged: _Writer.tagged,
    ndarray: _Writer.whole_array,
}
_READ: dict[bytes, Callable[[_Reader, int], Any]] = {
    b"N": lambda reader, depth: None,
    b"T": lambda reader, depth: True,
    b"F": lambda reader, depth: False,
    b"i": _Reader.integer,
    b"f": lambda reader, depth: _FLOAT.unpack(reader.take(8))[0],
    b"c": lambda reader, depth: complex(*_COMPLEX.unpack(reader.take(16))),
    b"s": lambda reader, depth: reader.sized().decode("utf-8", "surrogatepass"),
    b"b": lambda reader, depth: reader.sized(),
    b"B": lambda reader, depth: bytearray(reader.sized()),
    b"l": _Reader.items,
    b"t": lambda reader, depth: tuple(reader.items(depth)),
    b"e": lambda reader, depth: {reader.value(depth) for _ in range(reader.hashes())},
    b"z": lambda reader, depth: frozenset(reader.value(depth) for _ in range(reader.hashes())),
    b"d": _Reader.table,
    b"g": _Reader.tagged,
    b"a": _Reader.array,
    b"n": lambda reader, depth: reader.array(depth)[()],
}
