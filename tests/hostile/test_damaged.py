"""Notebooks damaged at random: every one gets a verdict or a refusal in one line, and nobody else is touched."""

import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from cnnwidgets.grading.course import Course
from cnnwidgets.grading.verdict import Verdict
from tests.grading.conftest import NAME, RIGHT, answered, grade_all, hand_in, make_course

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="the sandbox needs Linux")]
MANY = 500
HONEST = ("aa-before", "damaged-250-neighbour", "zz-after")
FULL = 5
JUNK = [
    None, True, False, 0, -1, 1.5, 2**70, -(2**4000), float("nan"), float("inf"), "", "x", "\ud800", "\x00", "code",
    "test-double", "double", "### END HIDDEN TESTS", "<script>alert(1)</script>", [], {}, [[]], [None], {"": None},
    ["a", 1], {"grade_id": "test-double"}, [{}], "y" * 100_000, {"output_type": "stream"}, [{"output_type": 3}],
]  # fmt: skip


def flipped(data: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(chance.choice((1, 3, 30))):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def cut(data: bytes, chance: random.Random) -> bytes:
    first, last = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:first] if chance.random() < 0.3 else data[:first] + data[last:]


def stuffed(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    more = (chance.randbytes(9), b"[" * 5000, b'{"a":' * 3000, b"9" * 6000, data, b"\xef\xbb\xbf", b",")
    return data[:at] + chance.choice(more) + data[at:]


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a JSON document: what holds it, and under which key."""
    found: list[tuple[Any, Any]] = []
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        found += [(value, key), *places(value[key])]
    return found


def replaced(document: Any, chance: random.Random) -> None:
    holder, key = chance.choice(places(document))
    holder[key] = chance.choice(JUNK)


def removed(document: Any, chance: random.Random) -> None:
    holder, key = chance.choice(places(document))
    del holder[key]


def renamed(document: Any, chance: random.Random) -> None:
    holder, key = chance.choice([each for each in places(document) if isinstance(each[0], dict)])
    name = chance.choice(("outputs", "source", "metadata", "cell_type", "id", "nbgrader", "attachments"))
    holder[name] = holder.pop(key)


def shuffled(document: Any, chance: random.Random) -> None:
    (one, a), (other, b) = chance.choice(places(document)), chance.choice(places(document))
    one[a], other[b] = other[b], json.loads(json.dumps(one[a]))


def repeated(document: Any, chance: random.Random) -> None:
    lists = [holder[key] for holder, key in places(document) if isinstance(holder[key], list) and holder[key]]
    for each in [chance.choice(lists)] if lists else []:
        each.extend(json.loads(json.dumps(each)) * chance.choice((1, 20)))


def wrapped(document: Any, chance: random.Random) -> None:
    holder, key = chance.choice(places(document))
    holder[key] = chance.choice(([holder[key]], {"source": holder[key]}, {key: holder[key]}))


BYTES: tuple[Callable[[bytes, random.Random], bytes], ...] = (flipped, cut, stuffed)
STRUCTURE: tuple[Callable[[Any, random.Random], None], ...] = (
    replaced, replaced, removed, renamed, shuffled, repeated, wrapped,
)  # fmt: skip


def damaged(seed: int) -> bytes:
    """A right notebook, with outputs, after one to four accidents; the same for the same seed."""
    chance = random.Random(seed)
    notebook = answered(**RIGHT)
    notebook.cells[2].outputs = [nbformat.v4.new_output("stream", text="hello"), nbformat.v4.new_output("error")]
    document = json.loads(json.dumps(notebook))
    for _ in range(chance.randrange(1, 4) if seed % 3 else 0):
        chance.choice(STRUCTURE)(document, chance)
        if not places(document):
            break
    data = json.dumps(document, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    return data if seed % 3 == 2 else chance.choice(BYTES)(data, chance)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, dict[str, Verdict]]:
    course = make_course(tmp_path_factory.mktemp("damaged") / "course")
    for name in HONEST:
        hand_in(course, name, answered(**RIGHT))
    for seed in range(MANY):
        path = course.folder / "submitted" / f"damaged-{seed:03}" / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(damaged(seed))
    return course, grade_all(course)


def test_none_is_lost(graded: tuple) -> None:
    assert set(graded[1]) == {f"damaged-{seed:03}" for seed in range(MANY)} | set(HONEST)


def test_every_one_has_a_score_or_a_reason_in_one_line(graded: tuple) -> None:
    for name, verdict in graded[1].items():
        if verdict.graded:
            assert 0 <= verdict.score <= FULL == verdict.max_score, name
        else:
            assert verdict.reason and len(verdict.reason) < 400 and "\n" not in verdict.reason, name


def test_none_ends_the_process_that_grades_it(graded: tuple) -> None:
    assert [name for name, verdict in graded[1].items() if "set aside" in (verdict.reason or "")] == []


def test_both_kinds_are_among_them(graded: tuple) -> None:
    scores = [verdict.score for name, verdict in graded[1].items() if verdict.graded and name not in HONEST]
    assert len(scores) > MANY / 5 and {0, 3, 5} <= set(scores)
    assert len({verdict.reason for verdict in graded[1].values() if verdict.reason}) > 10


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_one_among_them_keeps_its_score(graded: tuple, name: str) -> None:
    assert graded[1][name].score == FULL


def test_what_is_written_for_a_graded_one_can_be_opened(graded: tuple) -> None:
    course, verdicts = graded
    for name, verdict in verdicts.items():
        written = [course.folder / step / name / NAME / f"{NAME}.{kind}"
                   for step, kind in (("autograded", "ipynb"), ("feedback", "html"))]  # fmt: skip
        assert [path.is_file() for path in written] == [verdict.graded] * 2, name
        if verdict.graded:
            nbformat.validate(nbformat.reads(Path(written[0]).read_text(encoding="utf-8"), as_version=4))
