"""Ufuncs on stand-ins: elementwise, reductions, running sums, outer products, and `@`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy import ndarray

from cnnwidgets.tracing.array import Standin, TracedArray, made
from cnnwidgets.tracing.bits import no_bits
from cnnwidgets.tracing.contraction import PRODUCTS, contracted_bits
from cnnwidgets.tracing.create import any_reads, plain, words
from cnnwidgets.tracing.state import lost


def apply(ufunc: Any, method: str, inputs: tuple[Any, ...], options: dict[str, Any]) -> Any:
    """What ``ufunc.method(*inputs, **options)`` gives, with the bits of its inputs united."""
    out = options.pop("out", None)
    targets = out if isinstance(out, tuple) else () if out is None else (out,)
    reads = any_reads(list(inputs), list(options.values()))
    if method == "at":
        return _at(ufunc, *inputs)
    if reads and any(not isinstance(each, TracedArray) for each in targets):
        raise lost("the result is written into an array that is not followed")
    if any_reads(options):
        raise lost("an option of the function depends on the input's values")
    bare = plain(inputs)
    options = plain(options)
    if targets:
        options["out"] = plain(targets)
    before = [each.as_array().bits() if isinstance(each, Standin) else None for each in inputs]
    values = getattr(ufunc, method)(*bare, **options)
    results = values if isinstance(values, tuple) else (values,)
    found = [_bits(ufunc, method, inputs, before, options, each) for each in results]
    if targets:
        for target, bits in zip(targets, found, strict=True):
            if isinstance(target, TracedArray):
                target.write_bits(bits)
        given = targets
    else:
        given = tuple(made(each, bits) for each, bits in zip(results, found, strict=True))
    return given if isinstance(values, tuple) else given[0]


def _bits(
    ufunc: Any, method: str, inputs: Any, before: list[ndarray | None], options: dict[str, Any], values: Any
) -> ndarray:
    """The bits of a result, from those that the inputs had before."""
    shape = np.shape(values)
    if method == "reduce":
        axis = inputs[1] if len(inputs) > 1 else options.get("axis", 0)
        return reduced(_only(before), plain(axis), shape, options.get("where", True))
    if method == "accumulate":
        axis = inputs[1] if len(inputs) > 1 else options.get("axis", 0)
        bits = _only(before)
        return np.bitwise_or.accumulate(bits, plain(axis) % (bits.ndim - 1))
    if method == "outer":
        first, second = before
        behind = (1,) * np.ndim(inputs[1])
        spread = None if first is None else first.reshape(*first.shape[:-1], *behind, first.shape[-1])
        return united([spread, second], shape)
    if method != "__call__":
        raise lost(f"`np.{ufunc.__name__}.{method}` is not followed")
    if options.get("where", True) is not True:
        raise lost(f"`where=` in `np.{ufunc.__name__}` is not followed")
    if ufunc.signature is not None:
        if ufunc.__name__ not in PRODUCTS or options.keys() & {"axes", "axis", "keepdims"}:
            raise lost(f"`np.{ufunc.__name__}` is not followed")
        return contracted_bits(
            PRODUCTS[ufunc.__name__](np.ndim(inputs[0]), np.ndim(inputs[1])), inputs, before, shape
        )
    return united(before, shape)


def united(parts: list[ndarray | None], shape: tuple[int, ...]) -> ndarray:
    """The union of bits that are broadcast to a shape."""
    bits = no_bits(shape, words())
    for each in parts:
        if each is not None:
            bits |= each
    return bits


def reduced(bits: ndarray, axis: Any, shape: tuple[int, ...], where: Any = True) -> ndarray:
    """The union of bits along one axis, several, or (None) all; `shape` is that of the result, kept axes or not."""
    if where is not True:
        bits = np.where(np.broadcast_to(where, bits.shape[:-1])[..., None], bits, np.uint64(0))
    dims = bits.ndim - 1
    axes = range(dims) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    found = np.bitwise_or.reduce(bits, axis=tuple(int(a) % max(1, dims) for a in axes)) if dims else bits
    return found.reshape(*shape, bits.shape[-1])


def _only(before: list[ndarray | None]) -> ndarray:
    assert before[0] is not None
    return before[0]


def _at(ufunc: Any, target: Any, index: Any, *values: Any) -> None:
    """``ufunc.at``: the indexed elements change in place, and unite what they read with what they are given."""
    if not isinstance(target, TracedArray):
        raise lost("the result is written into an array that is not followed")
    if any_reads(index):
        raise lost("an index depends on the input's values")
    index = plain(index)
    given = [each.as_array().bits() for each in values if isinstance(each, Standin)]
    ufunc.at(target.values, index, *plain(values))
    places = target.positions()[index]
    for bits in given:
        spread = np.broadcast_to(bits, (*np.shape(places), bits.shape[-1]))
        np.bitwise_or.at(target.store.bits, places, spread)
