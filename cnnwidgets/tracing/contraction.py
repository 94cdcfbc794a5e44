"""Products that sum over axes (`@`, dot, tensordot, einsum): which elements each entry of the result reads."""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy import ndarray

from cnnwidgets.tracing.array import Standin, made
from cnnwidgets.tracing.bits import no_bits
from cnnwidgets.tracing.create import any_reads, plain, words
from cnnwidgets.tracing.state import lost

Labels = tuple[Sequence[str], str]  # of each operand, and of the result; each is one letter an axis


def matmul_labels(m: int, n: int) -> Labels:
    """`@` of an m-axis and an n-axis array."""
    rows, columns = ("" if m == 1 else "y"), ("" if n == 1 else "z")
    batch = _letters(max(m, n, 2) - 2)
    first, second = (batch[len(batch) - max(0, dims - 2) :] for dims in (m, n))
    return (f"{first}{rows}k", f"{second}k{columns}"), f"{batch}{rows}{columns}"


def dot_labels(m: int, n: int) -> Labels:
    """`np.dot`: sums over the last axis of the first and the last but one of the second."""
    left = _letters(m - 1)
    right = _letters(m - 1 + n - 1)[m - 1 :]
    second = "k" if n == 1 else f"{right[:-1]}k{right[-1]}"
    return (f"{left}k", second), left + right


def inner_labels(m: int, n: int) -> Labels:
    """`np.inner`: sums over the last axis of both."""
    both = _letters(m - 1 + n - 1)
    return (f"{both[: m - 1]}k", f"{both[m - 1 :]}k"), both


def tensordot_labels(m: int, n: int, axes: Any = 2) -> Labels:
    """`np.tensordot` over the axes named, or over that many last of the first and first of the second."""
    first, second = list(_letters(m)), list(_letters(m + n)[m:])
    pair = (range(m - axes, m), range(axes)) if isinstance(axes, int | np.integer) else axes
    over = [[each] if isinstance(each, int | np.integer) else list(each) for each in pair]
    for a, b in zip(*over, strict=True):
        second[b] = first[a]
    shared = set(first) & set(second)
    return ("".join(first), "".join(second)), "".join(x for x in first + second if x not in shared)


def einsum_labels(subscripts: str, dims: Sequence[int]) -> Labels:
    """`np.einsum`'s own notation, with its dots replaced by letters and its result written out."""
    text = subscripts.replace(" ", "")
    left, arrow, result = text.partition("->")
    terms = left.split(",")
    named = [len(term.replace("...", "")) for term in terms]
    unused = "".join(letter for letter in string.ascii_letters if letter not in text)
    spread = max((n - k for term, n, k in zip(terms, dims, named, strict=True) if "..." in term), default=0)
    dots = unused[:spread]
    full = [
        term.replace("...", dots[spread - (n - k) :] if "..." in term else "")
        for term, n, k in zip(terms, dims, named, strict=True)
    ]
    if not arrow:
        once = sorted(letter for letter in set(left) - set(",.") if left.count(letter) == 1)
        result = "..." * ("..." in left) + "".join(once)
    return full, result.replace("...", dots)


PRODUCTS: dict[str, Callable[[int, int], Labels]] = {
    "matmul": matmul_labels,
    "vecdot": lambda m, n: _batched(m, n, "k", "k", ""),
    "matvec": lambda m, n: _batched(m, n, "yk", "k", "y"),
    "vecmat": lambda m, n: _batched(m, n, "k", "kz", "z"),
}


def _batched(m: int, n: int, first: str, second: str, result: str) -> Labels:
    more = m - len(first), n - len(second)
    batch = _letters(max(more))
    a, b = (batch[len(batch) - count :] for count in more)
    return (a + first, b + second), batch + result


def _letters(count: int) -> str:
    letters = "".join(x for x in string.ascii_letters if x not in "kyz")
    if count > len(letters):
        raise lost("so many axes are not followed")
    return letters[: max(0, count)]


def contracted_bits(
    labels: Labels, operands: Sequence[Any], before: Sequence[ndarray | None], shape: tuple[int, ...]
) -> ndarray:
    """An entry reads every element of each operand that it sums over: each is united over its own summed axes.

    That is the union of all products' reads, since no axis that is summed over is empty.
    """
    terms, result = labels
    bits = no_bits(shape, words())
    if 0 in [n for each in operands for n in np.shape(each)]:
        return bits
    for term, found in zip(terms, before, strict=True):
        if found is None:
            continue
        once = "".join(dict.fromkeys(term))
        if len(once) < len(term):  # a diagonal: taken by its places
            places = np.arange(found[..., 0].size).reshape(found.shape[:-1])
            found = found.reshape(-1, found.shape[-1])[np.einsum(f"{term}->{once}", places)]
        gone = tuple(axis for axis, letter in enumerate(once) if letter not in result)
        kept = [letter for letter in once if letter in result]
        found = np.bitwise_or.reduce(found, axis=gone) if gone else found
        order = sorted(range(len(kept)), key=lambda axis: result.index(kept[axis]))
        found = found.transpose(*order, len(kept))
        lengths = [found.shape[order.index(kept.index(x))] if x in kept else 1 for x in result]
        bits |= found.reshape(*lengths, found.shape[-1])
    return bits


def product(func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """`np.dot` and its kin, and `np.einsum`."""
    if kwargs.get("out") is not None:
        raise lost(f"`out=` in `np.{func.__name__}` is not followed")
    text, operands, rest = _operands(func, args)
    labels: Labels
    dims = [np.ndim(each) for each in operands]
    if func is np.einsum:
        labels = einsum_labels(text, dims)
    elif func is np.tensordot:
        labels = tensordot_labels(dims[0], dims[1], kwargs.get("axes", rest[0] if rest else 2))
    elif func is np.vdot:
        operands, dims = [np.ravel(each) for each in operands], [1, 1]
        labels = ("k", "k"), ""
    elif func is np.outer:
        operands = [np.ravel(each) for each in operands]
        labels = ("y", "z"), "yz"
    elif 0 in dims:
        return operands[0] * operands[1]
    else:
        labels = (dot_labels if func is np.dot else inner_labels)(*dims)
    values = func(*plain(args), **plain(kwargs))
    before = [each.as_array().bits() if isinstance(each, Standin) else None for each in operands]
    return made(values, contracted_bits(labels, operands, before, np.shape(values)))


def _operands(func: Any, args: tuple[Any, ...]) -> tuple[str, list[Any], list[Any]]:
    if func is np.einsum:
        if not isinstance(args[0], str):
            raise lost("`np.einsum` without a string of subscripts is not followed")
        return args[0], list(args[1:]), []
    if len(args) < 2 or any_reads(list(args[2:])):
        raise lost(f"this call of `np.{func.__name__}` is not followed")
    return "", list(args[:2]), list(args[2:])
