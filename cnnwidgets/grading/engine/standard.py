"""Values of well-known types that are no plain data but are made of it: ranges, counters, types, words in arrays."""

import builtins
import math
import operator
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

LONGEST = 1_000_000  # numbers in a range

# By name: the type, what a value is made of, and the value that is made of it.
_KINDS: dict[str, tuple[type, Callable[[Any], Any], Callable[[Any], Any]]] = {
    "range": (range, lambda v: [v.start, v.stop, v.step], lambda parts: _range(*parts)),
    "slice": (slice, lambda v: [v.start, v.stop, v.step], lambda parts: slice(*parts)),
    "Fraction": (Fraction, lambda v: [v.numerator, v.denominator], lambda parts: _fraction(*parts)),
    "Counter": (Counter, dict, Counter),
    "OrderedDict": (OrderedDict, dict, OrderedDict),
    "defaultdict": (defaultdict, dict, lambda parts: defaultdict(None, parts)),
    "deque": (deque, lambda v: [list(v), v.maxlen], lambda parts: deque(*parts)),
    "str_": (np.str_, str, np.str_),
    "ellipsis": (type(...), lambda v: None, lambda parts: ...),
}
_TYPES = {
    f"{kind.__module__}.{kind.__name__}": kind
    for kind in [*vars(builtins).values(), *vars(np).values()]
    if isinstance(kind, type) and (kind.__module__ == "builtins" or issubclass(kind, np.generic)) and kind is not type
}


def apart(value: Any) -> list[Any] | None:
    """The name of a value's type and what it is made of; None where it is of another type."""
    import torch

    kind = type(value)
    for name, (known, parts, _) in _KINDS.items():
        if kind is known:
            return [name, parts(value)]
    if kind is torch.Size:
        return ["Size", list(value)]
    if kind is torch.dtype:
        return ["torch.dtype", str(value).removeprefix("torch.")]
    if isinstance(value, np.dtype) and value.kind in "biufc":
        return ["dtype", value.str]
    if kind is np.ndarray and value.dtype.kind == "U":
        width = value.dtype.itemsize // 4
        return ["words", [list(value.shape), width, np.frombuffer(value.tobytes(), np.uint32)]]
    if isinstance(value, type) and _TYPES.get(f"{value.__module__}.{value.__name__}") is value:
        return ["type", f"{value.__module__}.{value.__name__}"]
    fields = getattr(kind, "_fields", None)
    if issubclass(kind, tuple) and type(fields) is tuple:
        return ["named", [kind.__name__, list(fields), list(tuple.__iter__(value))]]
    return None


def together(name: str, parts: Any) -> Any:
    """The value that `apart` took apart. Raises a `ValueError` on anything else."""
    import torch

    try:
        if name in _KINDS:
            return _KINDS[name][2](parts)
        if name == "Size":
            return torch.Size(parts)
        if name == "torch.dtype" and isinstance(vars(torch)[parts], torch.dtype):  # not what torch loads on demand
            return vars(torch)[parts]
        if name == "dtype" and np.dtype(parts).kind in "biufc":
            return np.dtype(parts)
        if name == "words":
            shape, width, codes = parts
            return np.frombuffer(codes.astype(np.uint32).tobytes(), f"U{int(width)}").reshape(shape).copy()
        if name == "type":
            return _TYPES[parts]
        if name == "named":
            kind, fields, values = parts
            return namedtuple(kind, fields)(*values)
    except Exception as error:
        raise ValueError(f"this makes no {name:.60} ({type(error).__name__})") from None
    raise ValueError(f"there is no such kind of value: {name:.60}")


def known_as(function: Any) -> str | None:
    """The name of a function or class of Python's, NumPy's or torch's own, by which the other side finds it."""
    name = getattr(function, "__name__", None)
    for module, home in _homes().items():
        if type(name) is str and getattr(home, name, None) is function:
            return f"{module}.{name}"
    return None


def known(name: str) -> Any:
    """The function or class of this name."""
    module, _, short = name.rpartition(".")
    return getattr(_homes()[module], short)


def _homes() -> dict[str, Any]:
    import torch

    homes = [builtins, math, operator, np, torch, torch.nn, torch.nn.functional, torch.optim]
    return {home.__name__: home for home in homes}


def _fraction(above: Any, below: Any) -> Fraction:
    if type(above) is not int or type(below) is not int:  # from text, it may have a billion digits
        raise ValueError("a fraction of what are no integers")
    return Fraction(above, below)


def _range(*parts: Any) -> range:
    made = range(*parts)
    if len(made) > LONGEST:
        raise ValueError("a range too long")
    return made
