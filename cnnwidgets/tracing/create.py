"""Arrays that a learner makes, and lists that hold stand-ins, as stand-ins."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy import ndarray

from cnnwidgets.tracing.array import Standin, TracedArray, TracedNumber
from cnnwidgets.tracing.bits import bits_of_int, no_bits
from cnnwidgets.tracing.state import current


def words() -> int:
    """How many words a row of bits has in the trace under way."""
    recorder = current()
    assert recorder is not None, "a stand-in outlived its trace"
    return recorder.words


def adopted(values: ndarray) -> TracedArray:
    """A stand-in for an array that nothing of the input is in."""
    return TracedArray.fresh(values, no_bits(values.shape, words()))


def adopted_if_numbers(values: Any) -> Any:
    """A stand-in for a plain array of numbers; anything else as it is."""
    return adopted(values) if type(values) is ndarray and values.dtype.kind in "biufc" else values


def holds_standin(value: Any) -> bool:
    """Whether there is a stand-in in it, however deep in lists and tuples."""
    if isinstance(value, list | tuple):
        return any(map(holds_standin, value))
    return isinstance(value, Standin)


def from_lists(value: Any, **options: Any) -> Any:
    """What `np.array` makes of lists of stand-ins and numbers; always a copy."""
    rows = [np.zeros((1, words()), "<u8")]
    count = 1

    def places(part: Any) -> Any:
        nonlocal count
        if isinstance(part, list | tuple):
            return [places(each) for each in part]
        if isinstance(part, TracedNumber):
            rows.append(bits_of_int(part.reads, words())[None])
        elif isinstance(part, TracedArray):
            rows.append(part.bits().reshape(-1, words()))
        else:
            return np.zeros(np.shape(part), np.int64)
        found = np.arange(count, count + len(rows[-1])).reshape(part.shape)
        count += len(rows[-1])
        return found

    values = np.array(plain(value), **options)
    where = np.array(places(value), dtype=np.int64, ndmin=options.get("ndmin", 0))
    return TracedArray.fresh(values, np.concatenate(rows)[where])


def plain(value: Any) -> Any:
    """The same with bare values in place of stand-ins, in lists, tuples and dicts too."""
    if isinstance(value, Standin):
        return value.values
    if type(value) in (list, tuple):
        return type(value)(map(plain, value))
    if type(value) is dict:
        return {name: plain(each) for name, each in value.items()}
    return value


def standins(value: Any) -> list[Standin]:
    """The stand-ins in it, in lists, tuples and dicts too."""
    if isinstance(value, Standin):
        return [value]
    if type(value) is dict:
        value = list(value.values())
    return [each for part in value for each in standins(part)] if type(value) in (list, tuple) else []


def any_reads(*parts: Any) -> bool:
    """Whether anything of the input is in it."""
    return any(each.has_reads() for part in parts for each in standins(part))
