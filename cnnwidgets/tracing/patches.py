"""NumPy's ways to make an array, replaced for the time of a trace: what a learner makes can then be followed too.

`np.zeros` is not asked about the arrays that will be written into its result, and a plain array takes a plain
number only: `Y[i, j] = …` would lose what it reads. So, while a trace runs, `np.zeros` and its kin give stand-ins
— to the thread that is being traced, and there to the learner's code alone, not to a library's. For everyone else
the replacement calls the original. The originals are back when the last trace ends.
"""

from __future__ import annotations

import functools
import inspect
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy import ndarray
from numpy.lib import stride_tricks

from cnnwidgets.tracing import functions
from cnnwidgets.tracing.array import Standin, TracedArray
from cnnwidgets.tracing.create import adopted_if_numbers, any_reads, from_lists, holds_standin, plain
from cnnwidgets.tracing.state import current, is_library, lost

Function = Callable[..., Any]

MAKERS = ("zeros", "ones", "empty", "full", "eye", "identity", "zeros_like", "ones_like", "empty_like", "full_like")
CONVERTERS = ("array", "asarray", "asanyarray", "ascontiguousarray")
REDUCERS = ("sum", "prod", "mean", "std", "var", "max", "min", "amax", "amin", "median")

_theirs = functools.lru_cache(maxsize=1000)(is_library)


def _make(original: Function, args: Any, kwargs: Any) -> Any:
    if args and isinstance(args[0], Standin):  # one of the …_like: NumPy asks the stand-in
        return original(*args, **kwargs)
    if any_reads(list(args), kwargs):
        raise lost(f"`np.{original.__name__}` with a value of the input is not followed")
    return adopted_if_numbers(original(*plain(args), **plain(kwargs)))


def _convert(original: Function, args: Any, kwargs: Any) -> Any:
    given = args[0] if args else kwargs.get("object", kwargs.get("a"))
    if isinstance(given, TracedArray):
        dtype = kwargs.get("dtype", args[1] if len(args) > 1 else None)
        new = original.__name__ == "array" and kwargs.get("copy", True)
        same = dtype is None or np.dtype(dtype) == given.dtype
        found = given if same and not new else given.astype(given.dtype if dtype is None else dtype)
        least = kwargs.get("ndmin", 0)
        return found.reshape((1,) * (least - found.ndim) + found.shape) if least > found.ndim else found
    if holds_standin(given):
        known = {name: kwargs[name] for name in ("dtype", "ndmin") if name in kwargs}
        if len(args) > 1:
            known["dtype"] = args[1]
        return from_lists(given, **known)
    values = original(*args, **kwargs)
    return values if values is given else adopted_if_numbers(values)


def _reduce(original: Function, args: Any, kwargs: Any) -> Any:
    if args and isinstance(args[0], list | tuple) and holds_standin(args[0]):
        return functions.reduction(original, (from_lists(args[0]), *args[1:]), kwargs)
    return original(*args, **kwargs)


def _stride(original: Function, args: Any, kwargs: Any) -> Any:
    if not args or not isinstance(args[0], TracedArray):
        return original(*args, **kwargs)
    source = args[0]
    values: ndarray = original(source.values, *args[1:], **kwargs)
    view = TracedArray(values, source.store)
    places = view.positions()
    if values.size and (places.min() < 0 or places.max() >= source.store.values.size):
        raise lost("`as_strided` reads beyond the array's memory")
    return view


def _replacement(original: Function, follow: Callable[[Function, Any, Any], Any]) -> Function:
    @functools.wraps(original)
    def replaced(*args: Any, **kwargs: Any) -> Any:
        if current() is None or _theirs(sys._getframe(1).f_code.co_filename):
            return original(*args, **kwargs)
        return follow(original, args, kwargs)

    return replaced


class _Patches:
    """Puts the replacements in, and the originals back when the last of several traces ends."""

    def __init__(self) -> None:
        self._lock, self._traces = threading.Lock(), 0
        self._places: list[tuple[Any, str, Function, Function]] = []
        for names, follow in ((MAKERS, _make), (CONVERTERS, _convert), (REDUCERS, _reduce)):
            for name in names:
                original = getattr(np, name)
                self._places.append((np, name, original, _replacement(original, follow)))
        original = stride_tricks.as_strided
        self._places.append((stride_tricks, "as_strided", original, _replacement(original, _stride)))
        self._by_original = {id(original): replacement for _, _, original, replacement in self._places}

    def enter(self) -> None:
        with self._lock:
            self._traces += 1
            for module, name, _, replacement in self._places:
                setattr(module, name, replacement)

    def leave(self) -> None:
        with self._lock:
            self._traces -= 1
            if self._traces == 0:
                for module, name, original, _ in self._places:
                    setattr(module, name, original)

    def imported(self, names: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
        """What `from numpy import zeros` has put among a function's globals: name, original and replacement."""
        found = ((name, value, self._by_original.get(id(value))) for name, value in list(names.items()))
        return {name: (value, replacement) for name, value, replacement in found if replacement is not None}


_patches = _Patches()


@contextmanager
def replaced_in(fn: Function) -> Iterator[None]:
    """NumPy's makers give stand-ins in the body, also those that the module of `fn` has imported by name."""
    names = getattr(inspect.unwrap(getattr(fn, "func", fn)), "__globals__", {})
    imported = _patches.imported(names)
    entered = False

    def restore() -> None:
        nonlocal entered
        for name, (original, replacement) in imported.items():
            if names.get(name) is replacement:
                names[name] = original
        if entered:
            entered = False
            _patches.leave()

    try:
        _patches.enter()
        entered = True
        for name, (_, replacement) in imported.items():
            names[name] = replacement
        yield
    finally:
        _surely(restore)


def _surely(action: Callable[[], None]) -> None:
    """Runs the action to its end even where a time limit strikes in it, and lets the strike out afterwards."""
    struck: BaseException | None = None
    while True:
        try:
            action()
            break
        except BaseException as problem:
            struck = problem
    if struck is not None:
        raise struck
