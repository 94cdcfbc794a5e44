"""No check trusts what it is given: anything but an answer fails with a sentence, and nothing crashes."""

from __future__ import annotations

import itertools
import sys
import time
from dataclasses import replace

import numpy as np
import pytest

from cnnwidgets import check
from cnnwidgets.checks.exercises import MODULES
from cnnwidgets.checks.namespace import Check


class AlwaysEqual:
    """Equal to everything, and lies about its class."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]
    __class__ = np.ndarray  # type: ignore[assignment]
    shape = (2, 2)
    dtype = np.dtype(float)

    def __array__(self, *args: object, **kwargs: object) -> np.ndarray:
        return np.array([[19.0, 25.0], [37.0, 43.0]])


class Forged(np.ndarray):
    """An array whose differences are always zero."""

    def __sub__(self, other: object) -> np.ndarray:
        return np.zeros(1)

    __rsub__ = __sub__

    def __abs__(self) -> np.ndarray:
        return np.zeros(1)

    def astype(self, *args: object, **kwargs: object) -> np.ndarray:
        raise SystemExit("caught you")


class Loud(Exception):
    def __str__(self) -> str:
        return "x" * 10_000_000


class Mute(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no text for you")


class Meta(type):
    @property
    def __name__(cls) -> str:  # type: ignore[override]
        raise RuntimeError("no name for you")

    @property
    def __module__(cls) -> str:  # type: ignore[override]
        raise RuntimeError("no module for you")


class Nameless(metaclass=Meta):
    pass


def raising(problem: BaseException):
    def fn(*_, **__):
        raise problem

    return fn


def recursive(*arguments, **named):
    return recursive(*arguments, **named)


def endless(*_, **__):
    while True:
        try:
            time.sleep(0.01)
        except:  # noqa: E722 - a bare except that swallows the first strike of the time limit
            time.sleep(0.01)


calls = itertools.count()

HOSTILE = {
    "no function": 42,
    "none": None,
    "returns none": lambda *_, **__: None,
    "returns itself": lambda *_, **__: check,
    "a string": lambda *_, **__: "19 25 37 43",
    "ragged list": lambda *_, **__: [[19, 25], [37]],
    "list": lambda *_, **__: [[19, 25], [37, 43]],
    "nan": lambda *_, **__: np.full((2, 2), np.nan),
    "infinite": lambda *_, **__: np.full((2, 2), np.inf),
    "complex": lambda *_, **__: np.array([[19, 25], [37, 43]], dtype=complex),
    "objects": lambda *_, **__: np.array([[AlwaysEqual()] * 2] * 2, dtype=object),
    "strings": lambda *_, **__: np.array([["19", "25"], ["37", "43"]]),
    "structured": lambda *_, **__: np.zeros((2, 2), dtype=[("a", float)]),
    "endless iterator": lambda *_, **__: itertools.count(),
    "always equal": lambda *_, **__: AlwaysEqual(),
    "array subclass": lambda *_, **__: np.array([[19.0, 25.0], [37.0, 43.0]]).view(Forged),
    "matrix": lambda *_, **__: np.asmatrix([[19.0, 25.0], [37.0, 43.0]]),
    "nameless type": lambda *_, **__: Nameless(),
    "huge message": raising(Loud()),
    "no message": raising(Mute()),
    "exit": lambda *_, **__: sys.exit(0),
    "generator exit": raising(GeneratorExit()),
    "recursion": recursive,
    "other answers": lambda *_, **__: np.full((2, 2), float(next(calls))),
    "wrong signature": lambda: None,
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("name", MODULES)
def test_hostile_values_fail_with_a_sentence(name: str, kind: str) -> None:
    report = getattr(check, name).report(HOSTILE[kind], points=3)
    assert report.points == 0.0
    assert type(report.points) is float
    assert not report.verdict.right
    assert report.failure.startswith(name)
    assert report.failure.endswith(".")
    assert len(report.failure) < 600
    bundle = report._repr_mimebundle_()
    assert len(bundle["text/html"]) < 20_000
    assert len(bundle["text/plain"]) < 5_000


@pytest.mark.parametrize("name", MODULES)
def test_a_call_that_never_ends_is_ended(name: str) -> None:
    report = Check(replace(getattr(check, name).exercise, seconds=0.1)).report(endless)
    assert report.points == 0.0
    assert "did not come back" in report.failure


def numbers_in(values):
    """The arrays and tensors that a function was given, and the weights of a network."""
    for value in values:
        if isinstance(value, np.ndarray):
            yield value
        elif isinstance(value, dict):
            yield from numbers_in(value.values())
        elif hasattr(value, "state_dict"):
            yield from numbers_in(value.state_dict().values())
        elif hasattr(value, "detach"):
            yield value.detach().numpy()


def mutating(reference):
    """A right answer that spoils what it was given, after the result is there."""

    def answer(*given, **named):
        result = reference(*given, **named)
        for array in numbers_in([*given, *named.values()]):
            array += 1
        return result

    if not isinstance(reference, type):
        return answer
    forward = mutating(reference.forward)
    return type("Spoils", (reference,), {"forward": lambda self, X: forward(self, X)})


NOTHING_TO_SPOIL = {
    *("dense_weights", "local_weights", "edge_kernel", "conv_parameters", "output_size", "output_size_per_side"),
    *("same_padding", "layers_until", "lenet", "modern_lenet"),
}


@pytest.mark.parametrize("name", [name for name in MODULES if name not in NOTHING_TO_SPOIL])
def test_an_answer_that_changes_its_input_fails(name: str) -> None:
    one = getattr(check, name)
    report = one.report(mutating(one.exercise.reference), points=3)
    assert not report.verdict.right
    assert report.points < 3
    assert report.failure.startswith(name) and report.failure.endswith(".")


@pytest.mark.parametrize("name", MODULES)
def test_an_answer_that_is_right_only_once_fails(name: str) -> None:
    reference, seen = getattr(check, name).exercise.reference, set()

    def once(*given, **named):
        key = repr([*given, *named.values()]) + repr([a.tobytes() for a in numbers_in([*given, *named.values()])])
        if key in seen:
            return None
        seen.add(key)
        return reference(*given, **named)

    report = getattr(check, name).report(once, points=3)
    assert not report.verdict.right
    assert report.points < 3
    assert report.failure.startswith(name) and report.failure.endswith(".")


def test_the_user_can_still_interrupt() -> None:
    with pytest.raises(KeyboardInterrupt):
        check.corr2d.report(raising(KeyboardInterrupt()))


def test_a_class_that_lies_is_seen_through() -> None:
    report = check.corr2d.report(lambda X, K: AlwaysEqual())
    assert "AlwaysEqual" in report.failure


def test_markup_in_a_message_stays_text() -> None:
    report = check.corr2d.report(raising(ValueError("<script>alert(1)</script>")))
    html = report._repr_mimebundle_()["text/html"]
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
