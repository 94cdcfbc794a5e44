"""The stand-ins for arrays and numbers: the values as they are, and beside each the input elements it came from."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy import ndarray
from numpy.lib.mixins import NDArrayOperatorsMixin

from cnnwidgets.tracing.bits import bits_of_int, check_room, int_of_bits
from cnnwidgets.tracing.methods import Methods
from cnnwidgets.tracing.state import lost

DEPENDS = "what happens next depends on the input's values (a comparison, `if`, `while`, `max(…)`)"
TAKEN = "another library, or a NumPy function that is not followed, took the array"


class Store:
    """Memory that views share: values, flat, and one row of bits for each of them."""

    __slots__ = ("bits", "start", "values")

    def __init__(self, values: ndarray, bits: ndarray) -> None:
        self.values, self.bits = values, bits
        self.start: int = values.__array_interface__["data"][0]

    def holds(self, values: Any) -> bool:
        """Whether `values` is a view of this memory."""
        return isinstance(values, ndarray) and values.size > 0 and np.may_share_memory(values, self.values)


class Standin(Methods, NDArrayOperatorsMixin):
    """What an array and a number have in common; not a subclass of `ndarray`.

    A subclass would be taken for a plain array by C code and by every function that nobody thought of, and its
    bits would be lost in silence. This class is taken for nothing: what is not followed raises.
    """

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]
    values: Any

    def has_reads(self) -> bool:
        """Whether any element came from the input."""
        raise NotImplementedError

    def as_array(self) -> TracedArray:
        """This, as an array."""
        raise NotImplementedError

    def _out(self, why: str) -> Any:
        """The bare values, which may leave only where nothing of the input is in them."""
        if self.has_reads():
            raise lost(why)
        return self.values

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        from cnnwidgets.tracing.ufuncs import apply  # here: it makes stand-ins

        return apply(ufunc, method, inputs, options)

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        from cnnwidgets.tracing.functions import dispatch  # here: it makes stand-ins

        return dispatch(func, args, kwargs)

    def __array__(self, dtype: Any = None, copy: Any = None) -> ndarray:
        return np.array(self._out(TAKEN), dtype=dtype)

    def __bool__(self) -> bool:
        return bool(self._out(DEPENDS))

    def __float__(self) -> float:
        return float(self._out("`float(…)` takes a number out of the array"))

    def __int__(self) -> int:
        return int(self._out("`int(…)` takes a number out of the array"))

    def __index__(self) -> int:
        return operator.index(self._out("an index depends on the input's values"))

    def __complex__(self) -> complex:
        return complex(self._out("`complex(…)` takes a number out of the array"))

    def __contains__(self, item: object) -> bool:
        return item in self._out(DEPENDS)

    def __round__(self, digits: int = 0) -> Any:
        return np.round(self, digits)

    def __repr__(self) -> str:
        return repr(self.values)

    def __str__(self) -> str:
        return str(self.values)

    def __format__(self, how: str) -> str:
        return format(self.values, how)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or not hasattr(ndarray, name):
            raise AttributeError(f"an array has no attribute {name!r}")
        raise lost(f"`.{name}` is not followed")


class TracedArray(Standin):
    """An array of numbers, each with the input elements that it came from. Views share their memory, as NumPy's."""

    __slots__ = ("store", "values")

    def __init__(self, values: ndarray, store: Store) -> None:
        self.values, self.store = values, store

    @classmethod
    def fresh(cls, values: ndarray, bits: ndarray) -> TracedArray:
        """An array of its own memory; `bits` (values.shape + words) is kept, not copied."""
        own = np.array(values, order="C")
        flat = own.reshape(-1)
        return cls(flat.reshape(own.shape), Store(flat, bits.reshape(flat.size, bits.shape[-1])))

    def has_reads(self) -> bool:
        """Whether any element of the memory it shares came from the input."""
        return bool(self.store.bits.any())

    def as_array(self) -> TracedArray:
        """This one."""
        return self

    def start(self) -> int:
        """Where the first element lies in the store, in bytes."""
        start: int = self.values.__array_interface__["data"][0]
        return start - self.store.start

    def positions(self) -> ndarray:
        """The place in the store of every element, in the shape of the array; found by the elements' addresses."""
        item = self.values.itemsize
        places = np.full(self.values.shape, self.start() // item if self.values.size else 0)
        for axis, (length, step) in enumerate(zip(self.values.shape, self.values.strides, strict=True)):
            along = np.arange(length) * (step // item)
            places += along.reshape(-1, *(1,) * (self.values.ndim - axis - 1))
        return places

    def _is_one(self, index: Any) -> bool:
        """Whether an index is one whole number an axis."""
        return type(index) is tuple and len(index) == self.values.ndim and all(type(i) is int for i in index)

    def _row(self, index: tuple[int, ...]) -> int:
        """The place in the store of the one element at an index of whole numbers; loops spend their time here."""
        place = self.start()
        for i, n, step in zip(index, self.values.shape, self.values.strides, strict=True):
            place += (i + n if i < 0 else i) * step
        return place // int(self.values.itemsize)

    def bits(self) -> ndarray:
        """The bits of every element, shape + (words,); a copy."""
        check_room(self.shape, self.store.bits.shape[1])
        found: ndarray = self.store.bits[self.positions()]
        return found

    def write_bits(self, bits: ndarray) -> None:
        """Sets the bits of every element of this view."""
        self.store.bits[self.positions()] = bits

    def __len__(self) -> int:
        return len(self.values)

    def __iter__(self) -> Iterator[Any]:
        return (self[i] for i in range(len(self)))

    def __getitem__(self, index: Any) -> Any:
        index = plain_index(index)
        values = self.values[index]
        if self._is_one(index):
            return TracedNumber(values, int_of_bits(self.store.bits[self._row(index)]))
        if self.store.holds(values):
            return TracedArray(values, self.store)
        return made(values, self.store.bits[self.positions()[index]])

    def __setitem__(self, index: Any, value: Any) -> None:
        from cnnwidgets.tracing.create import from_lists

        index = plain_index(index)
        if type(value) is TracedNumber and self._is_one(index):
            self.values[index] = value.values
            self.store.bits[self._row(index)] = bits_of_int(value.reads, self.store.bits.shape[1])
            return
        value = from_lists(value) if isinstance(value, list | tuple) else value
        words = self.store.bits.shape[1]
        bits: Any = 0
        if isinstance(value, TracedNumber):
            bits = bits_of_int(value.reads, words)
        elif isinstance(value, TracedArray):
            bits = value.bits()
        self.values[index] = value.values if isinstance(value, Standin) else value
        places = self.positions()[index]
        while isinstance(bits, ndarray) and bits.ndim - 1 > np.ndim(places):  # NumPy drops leading axes of length 1
            bits = bits[0]
        self.store.bits[places] = bits


Operation = Callable[[Any, Any], Any]


def _both_ways(operation: Operation) -> tuple[Operation, Operation]:
    """The operator of a number and its mirror image; anything but numbers goes NumPy's way."""
    plain = int, float, np.generic

    def forward(self: Any, other: Any) -> Any:
        if type(other) is TracedNumber:
            return TracedNumber(operation(self.values, other.values), self.reads | other.reads)
        if isinstance(other, plain):
            return TracedNumber(operation(self.values, other), self.reads)
        return operation(self.as_array(), other)

    def mirrored(self: Any, other: Any) -> Any:
        if isinstance(other, plain):
            return TracedNumber(operation(other, self.values), self.reads)
        return operation(other, self.as_array())

    return forward, mirrored


class TracedNumber(Standin):
    """One number out of an array, with the input elements that it came from as the bits of an int."""

    __slots__ = ("reads", "values")

    def __init__(self, value: Any, reads: int) -> None:
        self.values, self.reads = value, reads

    def has_reads(self) -> bool:
        """Whether it came from the input."""
        return self.reads != 0

    def as_array(self) -> TracedArray:
        """An array without axes that holds it."""
        from cnnwidgets.tracing.state import current

        recorder = current()
        words = max(1, -(-self.reads.bit_length() // 64)) if recorder is None else recorder.words
        return TracedArray.fresh(np.asarray(self.values), bits_of_int(self.reads, words))

    __add__, __radd__ = _both_ways(operator.add)
    __sub__, __rsub__ = _both_ways(operator.sub)
    __mul__, __rmul__ = _both_ways(operator.mul)
    __truediv__, __rtruediv__ = _both_ways(operator.truediv)

    def __getitem__(self, index: Any) -> Any:
        return self.as_array()[index]


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "and", "or", "xor", "lshift", "rshift"):
    setattr(
        TracedNumber, f"__i{_name}__", getattr(TracedNumber, f"__{_name}__")
    )  # a number is never changed in place


def made(values: Any, bits: ndarray) -> TracedArray | TracedNumber:
    """A stand-in for what NumPy gave: an array, or a number where it gave one."""
    if isinstance(values, ndarray):
        return TracedArray.fresh(values, bits)
    return TracedNumber(values, int_of_bits(bits.reshape(-1)))


def plain_index(index: Any) -> Any:
    """An index without stand-ins in it."""
    if isinstance(index, Standin):
        return index._out("which elements are taken depends on the input's values (a mask, an index)")
    if isinstance(index, tuple | list):
        return type(index)(map(plain_index, index))
    if isinstance(index, slice):
        return slice(*map(plain_index, (index.start, index.stop, index.step)))
    return index
