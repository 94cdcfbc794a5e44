"""The wire: whatever may be sent arrives as it was; everything else, and every garbage, is a sentence."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cnnwidgets.grading.engine.wire import DEEPEST, DTYPES, LARGEST, Tagged, WireError, decode, encode

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**80), 2**80)
    | st.floats()
    | st.text(max_size=20)
    | st.binary(max_size=20)
    | st.complex_numbers(allow_nan=False)
)
KINDS = st.sampled_from([np.dtype(code) for code in DTYPES])
ARRAYS = KINDS.flatmap(
    lambda kind: hnp.arrays(kind, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
)
VALUES = st.recursive(
    SCALARS | ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=4)
        | st.builds(Tagged, st.text(max_size=5), inner)
        | st.frozensets(st.integers(), max_size=3)
    ),
    max_leaves=10,
)


def same(a: Any, b: Any) -> bool:
    if type(a) is not type(b):
        return False
    if isinstance(a, (np.ndarray, np.generic)):
        return bool(a.shape == b.shape and a.dtype == b.dtype and np.array_equal(a, b, equal_nan=True))
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[k], b[k]) for k in a)
    if isinstance(a, Tagged):
        return a.tag == b.tag and same(a.value, b.value)
    return bool(a == b) or (isinstance(a, float) and math.isnan(a) and math.isnan(b))


@settings(max_examples=200, deadline=None)
@given(VALUES)
def test_what_is_sent_arrives(value: Any) -> None:
    assert same(decode(encode(value)), value)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_garbage_is_refused_or_plain(data: bytes) -> None:
    try:
        value = decode(data)
    except WireError:
        return
    encode(value)


@settings(max_examples=300, deadline=None)
@given(VALUES, st.data())
def test_damage_is_refused_or_plain(value: Any, data: st.DataObject) -> None:
    text = bytearray(encode(value))
    at = data.draw(st.integers(0, len(text) - 1))
    text[at] = data.draw(st.integers(0, 255))
    try:
        decode(bytes(text[: data.draw(st.integers(at, len(text)))]))
    except WireError as error:
        assert str(error)


class Sub(np.ndarray):
    pass


class Liar(int):
    pass


def nested(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (object(), "type object"),
        (Liar(3), "type Liar"),
        (np.zeros(2).view(Sub), "type Sub"),
        (np.array([object()]), "array of object"),
        (np.zeros(2, [("a", int)]), "can not be sent"),
        (np.array(["text"]), "numbers only"),
        (np.datetime64("2020-01-01"), "can not be sent"),
        (np.broadcast_to(0.0, (LARGEST, 2)), "too large"),
        (nested(DEEPEST + 2), "too deeply"),
        ([0] * 300_000, "too large"),
        (b"x" * (LARGEST + 1), "too large"),
        (1 << 20_000, "digits"),
        (lambda: 0, "type function"),
        (type, "type type"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_what_is_no_data_is_refused_with_a_sentence(value: Any, words: str) -> None:
    with pytest.raises(WireError, match=words):
        encode(value)


def test_a_message_that_claims_too_much_is_refused() -> None:
    for text in (
        b"l\xff\xff\xff\xff",
        b"ad\x02" + b"\xff" * 16,
        b"s\xff\xff\xff\x7f",
        b"g" * 100,
        b"aO\x00" + bytes(8),
        b"d\x01\x00\x00\x00l\x00\x00\x00\x00N",
    ):
        with pytest.raises(WireError):
            decode(text)


def test_a_cycle_is_too_deep() -> None:
    ring: list[Any] = []
    ring.append(ring)
    with pytest.raises(WireError, match="deeply"):
        encode(ring)
