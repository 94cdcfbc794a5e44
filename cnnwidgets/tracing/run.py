"""`trace`: calls a function once as it is and once with a stand-in for its input, and compares the two."""

from __future__ import annotations

import contextlib
import functools
import io
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Bool
from numpy import ndarray

from cnnwidgets.tracing.array import Store, TracedArray, TracedNumber
from cnnwidgets.tracing.bits import one_bit_each, unpacked
from cnnwidgets.tracing.create import adopted, plain
from cnnwidgets.tracing.patches import replaced_in
from cnnwidgets.tracing.state import Recorder, at_line, line_of, recording
from cnnwidgets.tracing.words import places_text

LARGEST = 4096  # elements of an input that is followed


@dataclass(frozen=True)
class Trace:
    """What one call read."""

    output: Any
    """What the function returned."""
    reads: Bool[ndarray, "*output *input"] | None
    """True at ``[i, j, …, r, c, …]`` where output ``[i, j, …]`` came from input ``[r, c, …]``:
    shape ``output.shape + X.shape``; None where `untraced` says why."""
    untraced: str | None = None
    """Why nothing is said of this call; None where it was followed to its end."""

    def window(self, *place: int) -> Bool[ndarray, "*input"]:
        """True at the input elements that the output at `place` came from; `ValueError` where it is untraced."""
        if self.reads is None:
            raise ValueError(f"untraced: {self.untraced}")
        shape = np.shape(self.output)
        if len(place) != len(shape):
            raise ValueError(f"the output has {len(shape)} axes; its places are {len(shape)} numbers, not {place}")
        window: ndarray = self.reads[place]
        return window

    def text(self, *place: int) -> str:
        """The same in words: "rows 0–1, columns 1–2"."""
        return places_text(self.window(*place))

    def __repr__(self) -> str:
        shape = np.shape(self.output)
        if self.reads is None:
            return f"Trace(output {shape}, untraced: {self.untraced})"
        return f"Trace(output {shape}, {self.reads.any(axis=tuple(range(len(shape)))).sum()} input elements read)"


def trace(fn: Callable[..., Any], *, of: int = 0) -> Callable[..., Trace]:
    """A function that calls `fn` and records which elements of its input each element of its output came from.

    ``trace(corr2d)(X, K)`` gives a `Trace`: its ``reads[i, j]`` is True at the elements of X that went into
    ``Y[i, j]``. It is the input of the *first* argument that is followed, or of argument number `of`.

    An element counts as read when its value went into the result: also where it was multiplied by 0, lost against
    a larger one in a `max`, or overwritten by something made of it. Overwritten with something else, it does not.

    It works by a second call, with an array-like stand-in in place of X. What is followed: indexing of every kind,
    arithmetic and all elementwise functions, `sum`, `mean`, `max` and the other reductions, `@`, `dot`,
    `tensordot`, `einsum`, `pad`, `sliding_window_view`, `as_strided` called in the function's own module, reshaping,
    joining, `where`, and assignment into arrays that the function made itself: while the second call runs,
    `np.zeros`, `np.array` and their kin give stand-ins too, to the learner's code in this thread alone.

    Everything else ends the trace, and `Trace.untraced` says what it was: `float(x)` and `.item()`, `if` and
    Python's `max` on values of X, `math`, FFT, torch, SciPy, and any other library. So does a result that is not
    an array, one that differs between the two calls, and an input of more than 4096 elements. It never guesses.

    The cost: `fn` runs twice, the second time 25 to 110 times slower, with one bit an input element for each element
    of every array on the way. Text that the second call prints is not shown. docs/tracing.md has the figures.

    Raises
    ------
    TypeError
        Where argument `of` is missing or is no array of numbers.
    Exception
        Whatever `fn` itself raises.

    Examples
    --------
    >>> import numpy as np
    >>> def corr2d(X, K):
    ...     h, w = K.shape
    ...     Y = np.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
    ...     for i in range(Y.shape[0]):
    ...         for j in range(Y.shape[1]):
    ...             Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    ...     return Y
    >>> trace(corr2d)(np.arange(9.0).reshape(3, 3), np.ones((2, 2))).text(0, 1)
    'rows 0–1, columns 1–2'
    """

    @functools.wraps(fn)
    def traced(*args: Any, **kwargs: Any) -> Trace:
        X = _input(args, of)
        output = fn(*map(_copied, args), **{name: _copied(value) for name, value in kwargs.items()})
        if not _is_numbers(output):
            return Trace(output, None, f"it returned {_kind(output)} and not an array of numbers")
        if X.size > LARGEST:
            return Trace(output, None, f"the input has {X.size} elements, and at most {LARGEST} are followed")
        return _observed(fn, args, kwargs, of, X, output)

    return traced


def _observed(fn: Any, args: Any, kwargs: Any, of: int, X: ndarray, output: Any) -> Trace:
    recorder = Recorder(X.size)
    found: Any = None
    with recording(recorder), replaced_in(fn), _quiet():
        values = X.reshape(-1).copy()
        standin = TracedArray(values.reshape(X.shape), Store(values, one_bit_each(X.size, recorder.words)))
        given = [standin if i == of else _adopted(value) for i, value in enumerate(args)]
        try:
            found = fn(*given, **{name: _adopted(value) for name, value in kwargs.items()})
        except Exception as problem:  # the same call went well before: the stand-in was not taken for an array
            what = f"the stand-in for the array was not taken for one ({type(problem).__name__})"
            recorder.reason = recorder.reason or at_line(what, line_of(problem))
        if recorder.reason is not None:
            return Trace(output, None, recorder.reason)
        shape = np.shape(output)
        if not _alike(plain(found), output):
            return Trace(output, None, "a second call gave another result")
        if isinstance(found, TracedNumber | TracedArray):
            bits = found.as_array().bits().reshape(*shape, -1)
            return Trace(output, unpacked(bits, X.size).reshape(*shape, *X.shape))
    return Trace(output, np.zeros((*shape, *X.shape), bool))


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keeps what the second call prints and warns off the page: the first has said it."""
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        yield


def _input(args: tuple[Any, ...], of: int) -> ndarray:
    if not 0 <= of < len(args):
        raise TypeError(f"argument number {of} is to be followed, and there are {len(args)} (not counting keywords)")
    X = args[of]
    if type(X) is not ndarray or not _is_numbers(X):
        raise TypeError(f"only an array of real numbers can be followed, not {_kind(X)}")
    return X


def _is_numbers(value: Any) -> bool:
    if type(value) is ndarray:
        return value.dtype.kind in "biuf"
    return isinstance(value, int | float | np.number | np.bool_)


def _kind(value: Any) -> str:
    if value is None:
        return "nothing (None)"
    return f"an array of {value.dtype}" if type(value) is ndarray else f"a {type(value).__name__}"


def _copied(value: Any) -> Any:
    return value.copy() if type(value) is ndarray else value


def _adopted(value: Any) -> Any:
    return adopted(value) if type(value) is ndarray and value.dtype.kind in "biuf" else value


def _alike(found: Any, output: Any) -> bool:
    if np.shape(found) != np.shape(output):
        return False
    with np.errstate(invalid="ignore", over="ignore"):
        try:
            return bool(np.allclose(found, output, rtol=1e-6, atol=1e-9, equal_nan=True))
        except TypeError:
            return False
