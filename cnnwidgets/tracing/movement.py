"""Functions that only move elements (reshape, pad, stack, windows …): where each element comes from."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy import ndarray
from numpy.lib.stride_tricks import sliding_window_view

from cnnwidgets.tracing.array import Standin, TracedArray, made
from cnnwidgets.tracing.create import any_reads, plain, words
from cnnwidgets.tracing.state import lost

# How many of a function's leading arguments are arrays; the rest says how to move them.
ARRAYS = {
    **dict.fromkeys(
        (
            *(np.reshape, np.ravel, np.transpose, np.swapaxes, np.moveaxis, np.rollaxis, np.squeeze, np.expand_dims),
            *(np.flip, np.flipud, np.fliplr, np.rot90, np.roll, np.repeat, np.tile, np.take, np.take_along_axis),
            *(np.pad, np.broadcast_to, np.diagonal, np.diag, np.tril, np.triu, np.resize, np.delete, np.copy),
            *(np.split, np.array_split, np.hsplit, np.vsplit, np.dsplit, sliding_window_view),
            *(np.concatenate, np.stack, np.vstack, np.hstack, np.dstack, np.column_stack, np.block),
        ),
        1,
    ),
    np.append: 2,
    **dict.fromkeys((np.atleast_1d, np.atleast_2d, np.atleast_3d, np.broadcast_arrays, np.meshgrid), 99),
}
MOVING_PADS = ("constant", "edge", "reflect", "symmetric", "wrap", "empty")


def move(func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The result of `func`: a view of the same memory where NumPy gives one, else elements with their bits.

    Where they come from is found by moving the elements' numbers in their place.
    """
    if kwargs.get("out") is not None:
        raise lost(f"`out=` in `np.{func.__name__}` is not followed")
    count = ARRAYS[func]
    first, rest = list(args[:count]), list(args[count:])
    if not first:  # given by its name
        name = next(name for name, value in kwargs.items() if isinstance(value, list | tuple | Standin | ndarray))
        kwargs = dict(kwargs)
        first = [kwargs.pop(name)]
    if any_reads(rest, kwargs):
        raise lost(f"how `np.{func.__name__}` moves the elements depends on the input's values")
    rest, kwargs = plain(rest), plain(kwargs)
    values = func(*plain(first), *rest, **kwargs)
    if len(first) == 1 and isinstance(first[0], TracedArray):
        view = _view(values, first[0])
        if view is not None:
            return view
    table, places = _numbered(first)
    if func is np.pad:
        rest, kwargs = _pad(rest, kwargs)
    kwargs = {name: value for name, value in kwargs.items() if name not in ("dtype", "casting", "subok")}
    return _gathered(values, func(*places, *rest, **kwargs), table)


def _view(values: Any, source: TracedArray) -> Any:
    """What shares the source's memory, as a stand-in; None where it does not."""
    if isinstance(values, list | tuple):
        parts = [_view(each, source) for each in values]
        return None if any(part is None for part in parts) else type(values)(parts)
    return TracedArray(values, source.store) if source.store.holds(values) else None


def _numbered(arrays: list[Any]) -> tuple[ndarray, list[Any]]:
    """A table of bits, and the arrays with each element's row in it; row 0 is for what came from nowhere."""
    rows = [np.zeros((1, words()), "<u8")]
    count = 1

    def places(part: Any) -> Any:
        nonlocal count
        if isinstance(part, list | tuple):
            return type(part)(map(places, part))
        if not isinstance(part, Standin):
            return np.zeros(np.shape(part), np.int64)
        rows.append(part.as_array().bits().reshape(-1, words()))
        found = np.arange(count, count + len(rows[-1])).reshape(part.shape)
        count += len(rows[-1])
        return found

    numbers = [places(each) for each in arrays]
    return np.concatenate(rows), numbers


def _gathered(values: Any, places: Any, table: ndarray) -> Any:
    if isinstance(values, list | tuple):
        return type(values)(_gathered(*pair, table) for pair in zip(values, places, strict=True))
    return made(values, table[places])


def _pad(rest: list[Any], kwargs: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """`np.pad`'s options for numbers of elements: what it puts around came from nowhere."""
    mode = kwargs.get("mode", rest[1] if len(rest) > 1 else "constant")
    if mode not in MOVING_PADS or kwargs.get("reflect_type") == "odd":
        raise lost(f"`np.pad` in the mode {mode!r} is not followed")
    width = kwargs.get("pad_width", rest[0] if rest else None)
    return [], {"pad_width": width, "mode": "constant" if mode == "empty" else mode}
