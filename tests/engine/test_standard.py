"""Values of well-known types taken apart and put together again; nothing else can be made of what was sent."""

from typing import Any

import numpy as np
import pytest

from cnnwidgets.grading.engine.standard import LONGEST, apart, known, known_as, together


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("range", [0, LONGEST * 10, 1]),
        ("range", ["a"]),
        ("range", None),
        ("Fraction", [1, 0]),
        ("Counter", 3),
        ("deque", [[1], -1]),
        ("Size", ["a"]),
        ("torch.dtype", "load"),
        ("torch.dtype", "__dict__"),
        ("torch.dtype", 3),
        ("dtype", "O"),
        ("dtype", "V8"),
        ("dtype", ["a"]),
        ("words", [[2], 1, np.zeros(1)]),
        ("words", [[1], -1, np.zeros(1)]),
        ("words", [[2**40], 1, np.zeros(1)]),
        ("words", "text"),
        ("type", "builtins.eval"),
        ("type", "builtins.type"),
        ("type", "os.system"),
        ("type", ["x"]),
        ("named", ["a b", [], []]),
        ("named", ["Point", ["x", "x"], [1, 2]]),
        ("named", ["Point", ["__class__"], [1]]),
        ("named", ["Point", ["x"], [1, 2]]),
        ("eval", "1"),
        ("", None),
    ],
    ids=str,
)
def test_what_makes_no_value_is_refused(name: str, parts: Any) -> None:
    with pytest.raises(ValueError, match=r"makes no|no such kind"):
        together(name, parts)


class Words(str):
    pass


class Numbers(dict):  # type: ignore[type-arg]
    pass


@pytest.mark.parametrize(
    "value", [Words("a"), Numbers(), Words, object(), type, eval, None, 1, "text", [1]], ids=range(10)
)
def test_what_is_of_another_type_is_left_alone(value: Any) -> None:
    assert apart(value) is None


@pytest.mark.parametrize("name", ["builtins.len", "numpy.dot", "torch.nn.ReLU", "torch.nn.functional.relu"])
def test_a_well_known_function_has_a_name(name: str) -> None:
    assert known_as(known(name)) == name


def test_other_functions_have_none() -> None:
    assert known_as(test_other_functions_have_none) is None and known_as(lambda: 0) is None
