"""Which NumPy functions are followed, and how; every other one ends the trace."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy import ndarray

from cnnwidgets.tracing import movement
from cnnwidgets.tracing.array import Standin, made
from cnnwidgets.tracing.contraction import product
from cnnwidgets.tracing.create import adopted_if_numbers, any_reads, from_lists, holds_standin, plain
from cnnwidgets.tracing.state import lost
from cnnwidgets.tracing.ufuncs import reduced, united


def dispatch(func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """What ``func(*args, **kwargs)`` gives."""
    handler = HANDLERS.get(func)
    if handler is not None:
        return handler(func, args, kwargs)
    if any_reads(list(args), kwargs):
        raise lost(f"`{name_of(func)}` is not followed")
    return _unshared(func(*plain(args), **plain(kwargs)))


def name_of(func: Any) -> str:
    """A NumPy function as a learner writes it: "np.fft.rfft2"."""
    module = getattr(func, "__module__", "") or "numpy"
    return f"{module}.{func.__name__}".replace("numpy.", "np.", 1)


def _unshared(value: Any) -> Any:
    """A plain result that shares no memory with a stand-in, which may take in something of the input later."""
    if isinstance(value, list | tuple) and type(value) in (list, tuple):
        return type(value)(map(_unshared, value))
    return value.copy() if isinstance(value, ndarray) else value


def _array(value: Any) -> Any:
    return from_lists(value) if holds_standin(value) and not isinstance(value, Standin) else value


def reduction(func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Every element along the axes is read, whichever of them decides."""
    kwargs = dict(kwargs)
    whole = _array(args[0] if args else kwargs.pop("a"))
    rest, options = list(args[1:]), kwargs
    if options.get("out") is not None or options.get("returned"):
        raise lost(f"`out=` and `returned=` in `{name_of(func)}` are not followed")
    if any_reads(rest, options):
        raise lost(f"an option of `{name_of(func)}` depends on the input's values")
    rest, options = plain(rest), plain(options)
    values = func(whole.values, *rest, **options)
    axis = options.get("axis", rest[0] if rest else None)
    where = options.get("where", True)
    return made(values, reduced(whole.as_array().bits(), axis, np.shape(values), where))


def along(func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Sorting: each place along the axis reads all of them."""
    whole, rest, options = args[0], plain(list(args[1:])), plain(kwargs)
    values = func(whole.values, *rest, **options)
    axis = options.get("axis", rest[0] if rest else -1)
    bits = whole.as_array().bits()
    if axis is None:
        bits, axis = bits.reshape(-1, bits.shape[-1]), 0
    axis = int(axis) % (bits.ndim - 1)
    shape = tuple(1 if each == axis else n for each, n in enumerate(values.shape))
    return made(values, np.broadcast_to(reduced(bits, axis, shape), bits.shape).copy())


def running(func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Running sums and products."""
    whole, rest, options = args[0], plain(list(args[1:])), plain(kwargs)
    values = func(whole.values, *rest, **options)
    axis = options.get("axis", rest[0] if rest else None)
    bits = whole.as_array().bits()
    if axis is None:
        bits, axis = bits.reshape(-1, bits.shape[-1]), 0
    return made(values, np.bitwise_or.accumulate(bits, int(axis) % (bits.ndim - 1)))


def elementwise(func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Each place of the result reads the same place of every argument."""
    if kwargs.get("out") is not None:
        raise lost(f"`out=` in `{name_of(func)}` is not followed")
    parts = [_array(each) for each in (*args, *kwargs.values())]
    values = func(*plain(args), **plain(kwargs))
    bits = [each.as_array().bits() if isinstance(each, Standin) else None for each in parts]
    return made(values, united(bits, np.shape(values)))


def where(func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """A condition that is known picks one of the two; one that depends on the input is read itself, and both."""
    condition, *choices = args
    if len(choices) != 2:
        return nonzero(func, args, kwargs)
    if any_reads(condition):
        return elementwise(func, args, kwargs)
    values = np.where(plain(condition), *plain(choices))
    bits = [
        united([_array(each).as_array().bits()], values.shape) if holds_standin(each) else np.uint64(0)
        for each in choices
    ]
    picked = np.where(np.broadcast_to(plain(condition), values.shape)[..., None], *bits)
    return made(values, united([picked], values.shape))


def nonzero(func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The places of elements: plain numbers, so nothing of the input may decide on them."""
    if any_reads(list(args), kwargs):
        raise lost("which elements are taken depends on the input's values (a mask, an index)")
    return func(*plain(args), **plain(kwargs))


def diff(func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Differences of neighbours, as slices of the array."""
    whole, n = args[0], kwargs.get("n", args[1] if len(args) > 1 else 1)
    axis = kwargs.get("axis", args[2] if len(args) > 2 else -1)
    if len(args) > 3 or kwargs.keys() - {"n", "axis"}:
        raise lost("`prepend=` and `append=` in `np.diff` are not followed")
    for _ in range(n):
        turned = np.moveaxis(whole, axis, 0)
        whole = np.moveaxis(turned[1:] - turned[:-1], 0, axis)
    return whole


def copyto(func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """`np.copyto` is an assignment."""
    target, source, *rest = args
    if rest or kwargs.keys() - {"where"} or not isinstance(target, Standin):
        raise lost("this call of `np.copyto` is not followed")
    target[kwargs.get("where", ...)] = source


def fact(func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """What is known without the values: shapes, sizes, types; and text, which nobody computes with."""
    return func(*plain(args), **plain(kwargs))


def blank(func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """A new array like another."""
    if any_reads(list(args[1:]), kwargs):
        raise lost(f"`{name_of(func)}` with a value of the input is not followed")
    return adopted_if_numbers(func(*plain(args), **plain(kwargs)))


REDUCTIONS = (
    *(np.sum, np.prod, np.mean, np.std, np.var, np.max, np.min, np.median, np.average, np.ptp, np.any, np.all),
    *(np.nansum, np.nanprod, np.nanmean, np.nanstd, np.nanvar, np.nanmax, np.nanmin, np.nanmedian),
    *(np.argmax, np.argmin, np.nanargmax, np.nanargmin, np.count_nonzero),
)
ELEMENTWISE = (np.clip, np.round, np.around, np.nan_to_num, np.isclose, np.real, np.sinc, np.fix)
FACTS = (np.shape, np.ndim, np.size, np.result_type, np.iscomplexobj, np.isrealobj, np.array_repr, np.array_str)
BLANK = (np.zeros_like, np.ones_like, np.empty_like, np.full_like)
PRODUCT = (np.dot, np.inner, np.outer, np.vdot, np.tensordot, np.einsum)

HANDLERS: dict[Any, Any] = {
    **dict.fromkeys(REDUCTIONS, reduction),
    **dict.fromkeys((np.sort, np.argsort), along),
    **dict.fromkeys((np.cumsum, np.cumprod), running),
    **dict.fromkeys(ELEMENTWISE, elementwise),
    **dict.fromkeys(FACTS, fact),
    **dict.fromkeys(BLANK, blank),
    **dict.fromkeys(PRODUCT, product),
    **dict.fromkeys(movement.ARRAYS, movement.move),
    **dict.fromkeys((np.nonzero, np.argwhere, np.flatnonzero), nonzero),
    np.where: where,
    np.diff: diff,
    np.copyto: copyto,
}
for _name in ("amax", "amin"):  # the same functions under other names in NumPy 1
    HANDLERS.setdefault(getattr(np, _name), reduction)
