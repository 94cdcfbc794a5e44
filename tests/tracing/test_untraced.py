"""What can not be followed is called untraced, with the learner's line; nothing is guessed."""

from __future__ import annotations

import contextlib
import math
import random
import re
import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from numpy import ndarray, zeros

import cnnwidgets
from cnnwidgets.checks.call import call
from cnnwidgets.tracing import Trace, trace
from cnnwidgets.tracing.state import current

X = np.random.default_rng(3).uniform(1, 9, (4, 6))
K = np.ones((2, 3))
PLAIN = np.zeros((4, 6))
HELD: list[Any] = []


def python_loop(X: ndarray) -> float:
    best = X[0, 0]
    for value in X.ravel():
        if value > best:
            best = value
    return best


def caught(X: ndarray) -> ndarray:
    Y = np.zeros(2)
    try:
        Y[0] = float(X[0, 0])
    except Exception:
        Y[0] = 5
    Y[0] = X.sum()
    return Y


def into_a_plain_array(X: ndarray) -> ndarray:
    PLAIN[0, 0] = X[0, 0]
    return PLAIN.copy()


def aliased(X: ndarray) -> ndarray:
    Y = np.zeros((2, 2))
    view = np.ndarray.view(Y) if type(Y) is ndarray else np.atleast_2d(Y)
    view[0, 0] = X[0, 0]
    return np.asarray(Y)


def by_a_mask(X: ndarray) -> ndarray:
    Y = np.zeros(X.shape)
    Y[X > 4] = 1
    return Y


def at_random(X: ndarray) -> ndarray:
    return X * random.random()


LOST: dict[str, tuple[Callable[[ndarray], Any], str]] = {
    "float": (lambda X: np.array([float(X[0, 0])]), r"`float\(…\)` takes a number out of the array, at your line"),
    "int": (lambda X: np.array([int(X[0, 0])]), r"`int\(…\)` takes a number"),
    "item": (lambda X: np.array([X[0, 0].item()]), r"`\.item` is not followed"),
    "math": (lambda X: np.array([math.sqrt(X[0, 0])]), "takes a number out of the array"),
    "if": (python_loop, r"depends on the input's values .* at your line `if value > best:`"),
    "max": (lambda X: np.array([max(X[0])]), "depends on the input's values"),
    "sorted": (lambda X: np.array(sorted(X[0])), "depends on the input's values"),
    "in": (lambda X: np.ones(2) * (3.0 in X), "depends on the input's values"),
    "a mask": (by_a_mask, "which elements are taken depends on the input's values"),
    "an index": (lambda X: PLAIN[0, X.argmax(axis=1)], "values|another library"),
    "the places": (lambda X: np.nonzero(X > 3)[0], "which elements are taken"),
    "one-sided where": (lambda X: np.where(X > 3)[0], "which elements are taken"),
    "fft": (lambda X: np.fft.fft2(X).real, r"`np\.fft\.fft2` is not followed"),
    "linalg": (lambda X: np.linalg.norm(X, axis=0), r"`np\.linalg\.norm` is not followed"),
    "apply": (lambda X: np.apply_along_axis(sum, 0, X), r"`np\.apply_along_axis` is not followed"),
    "convolve": (lambda X: np.convolve(X[0], K[0]), r"`np\.convolve` is not followed"),
    "mean pad": (lambda X: np.pad(X, 1, mode="mean"), r"`np\.pad` in the mode 'mean' is not followed"),
    "where=": (lambda X: np.add(X, 1, where=PLAIN > 0, out=np.zeros((4, 6))), "`where=` in `np.add`"),
    "torch": (lambda X: torch.tensor(X).numpy(), "not taken for one .* at your line"),
    "torch from NumPy": (lambda X: torch.from_numpy(X).numpy(), "not taken for one"),
    "a plain array": (into_a_plain_array, "at your line `PLAIN"),
    "a plain sum": (lambda X: np.add(X, 1, out=PLAIN.copy()), "written into an array that is not followed"),
    "a plain array's method": (lambda X: PLAIN.T.dot(X[:, 0]), "took the array"),
    "caught": (caught, "at your line `Y\\[0\\] = float"),
    "random": (at_random, "a second call gave another result"),
    "a matrix": (lambda X: np.asarray(np.matrix(X)), "took the array"),
    "views": (lambda X: X.view(np.int64), r"`\.view` is not followed"),
    "asked for its type": (lambda X: X[:2] if isinstance(X, ndarray) else X, "another result"),
    "out of memory": (lambda X: np.broadcast_to(X, (3000, 3000, 4, 6)).sum((2, 3))[:2, :2], "too large to follow"),
}


@pytest.mark.parametrize("name", LOST)
def test_it_says_so(name: str) -> None:
    fn, sentence = LOST[name]
    found = trace(fn)(X)
    assert found.reads is None
    with pytest.raises(ValueError, match="untraced"):
        found.window(0, 0)
    assert found.untraced is not None
    assert re.search(sentence, found.untraced), found.untraced


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (None, "it returned nothing (None) and not an array of numbers"),
        ([[1.0]], "it returned a list and not an array of numbers"),
        (torch.zeros(2), "it returned a Tensor and not an array of numbers"),
        (np.array(["a"]), "it returned an array of <U1 and not an array of numbers"),
    ],
)
def test_what_is_no_array(value: Any, sentence: str) -> None:
    found = trace(lambda X: value)(X)
    assert (found.output is value, found.reads, found.untraced) == (True, None, sentence)


def test_a_large_input() -> None:
    found = trace(lambda X: X)(np.zeros((65, 64)))
    assert found.untraced == "the input has 4160 elements, and at most 4096 are followed"
    assert trace(lambda X: X[:1, :1])(np.zeros((64, 64))).text(0, 0) == "row 0, column 0"


@pytest.mark.parametrize("given", [(), (3.0,), ([[1.0]],), (np.array(["a"]),), (torch.zeros(2),)])
def test_only_an_array_can_be_followed(given: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError, match=r"only an array of real numbers|argument number 0"):
        trace(lambda X: X)(*given)


def test_what_the_function_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        trace(lambda X: 1 / 0)(X)


def test_reading_nothing_is_not_untraced() -> None:
    found = trace(lambda X: np.array([[19.0, 25.0], [37.0, 43.0]]))(X)
    assert (found.untraced, found.text(1, 1)) == (None, "nothing")
    assert found.reads is not None and found.reads.shape == (2, 2, 4, 6)


class TestNothingIsLeftBehind:
    def originals(self) -> list[Any]:
        return [np.zeros, np.array, np.sum, np.empty_like, np.lib.stride_tricks.as_strided, zeros]

    def test_numpy_is_put_back(self) -> None:
        before = self.originals()

        def looks(X: ndarray) -> ndarray:
            HELD.append(self.originals())
            return zeros(2) + X[0, :2]

        HELD.clear()
        assert trace(looks)(X).untraced is None
        assert HELD[0] == before and all(a is not b for a, b in zip(HELD[1], before, strict=True))
        for fn in (lambda X: 1 / 0, python_loop, lambda X: X):
            with contextlib.suppress(ZeroDivisionError):
                trace(fn)(X)
            assert self.originals() == before
            assert current() is None
        assert type(np.zeros(2)) is ndarray

    def test_it_is_put_back_where_the_time_is_over(self) -> None:
        before = self.originals()

        def slow(X: ndarray) -> ndarray:
            while type(np.zeros(2)) is not ndarray:  # only in the second call
                pass
            return X

        outcome = call(trace(slow), X, seconds=0.3)
        assert outcome.timed_out
        assert self.originals() == before
        assert current() is None

    def test_arguments_stay_as_they_are(self) -> None:
        def spoils(X: ndarray, K: ndarray) -> ndarray:
            X *= 2
            K[0] = 7
            return X[:2, :3] * K

        before, weights = X.copy(), K.copy()
        found = trace(spoils)(X, weights)
        assert found.text(1, 2) == "row 1, column 2"
        np.testing.assert_array_equal(X, before)
        np.testing.assert_array_equal(weights, K)

    def test_it_prints_once(self, capsys: pytest.CaptureFixture[str]) -> None:
        def prints(X: ndarray) -> ndarray:
            print("here", f"{X[0, 0]:.2f}")
            return X

        assert trace(prints)(X).untraced is None
        assert capsys.readouterr().out == f"here {X[0, 0]:.2f}\n"

    def test_other_threads_see_plain_arrays(self) -> None:
        seen: list[type] = []

        def fn(X: ndarray) -> ndarray:
            thread = threading.Thread(target=lambda: seen.append(type(np.zeros(3))))
            thread.start()
            thread.join()
            seen.append(type(np.zeros(3)))
            return X

        assert trace(fn)(X).untraced is None
        (thread, own), (other, standin) = seen[:2], seen[2:]
        assert thread is own is other is ndarray
        assert standin is not ndarray

    def test_threads_trace_side_by_side(self) -> None:
        start = threading.Barrier(4)
        found: list[Trace] = []

        def fn(X: ndarray) -> ndarray:
            start.wait(10)
            Y = np.zeros((3, 4))
            for i, j in np.ndindex(3, 4):
                Y[i, j] = (X[i : i + 2, j : j + 3] * K).sum()
            return Y

        threads = [threading.Thread(target=lambda: found.append(trace(fn)(X))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [each.untraced for each in found] == [None] * 4
        assert {each.text(2, 1) for each in found} == {"rows 2–3, columns 1–3"}
        assert type(np.zeros(2)) is ndarray


def test_the_public_name() -> None:
    assert cnnwidgets.trace is trace
    assert "output (4, 6), 24 input elements read" in repr(trace(lambda X: X)(X))
    assert "untraced" in repr(trace(python_loop)(X))
