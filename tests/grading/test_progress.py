"""What is told while a class is graded: a sensible rate, few lines in a file, and nothing that a name can break."""

import io

import pytest
from rich.console import Console

from cnnwidgets.grading.progress import LINES, Pace, shown
from cnnwidgets.grading.verdict import Exercise, Verdict
from cnnwidgets.grading.words import duration, plain, rate


def right(student: str, now: bool = True) -> Verdict:
    return Verdict(student, None, (Exercise("double", 2.0, 2.0),), graded_now=now)


def lines(verdicts: list[Verdict], terminal: bool = False) -> list[str]:
    out = io.StringIO()
    console = Console(file=out, force_terminal=terminal, width=60)
    assert list(shown(iter(verdicts), len(verdicts), console)) == verdicts
    return out.getvalue().splitlines()


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_small_class_is_told_one_by_one() -> None:
    found = lines([right("ann"), right("bob", now=False), Verdict("cy", "the file is not JSON")])
    assert found == ["1/3 ann: 2/2", "2/3 bob: 2/2 (as before)", "3/3 cy: not graded: the file is not JSON"]


@pytest.mark.parametrize("size", [20, 21, 39, 299, 1000])
def test_a_large_class_takes_few_lines_and_the_last_is_told(size: int) -> None:
    found = lines([right(f"s{n}") for n in range(size)])
    assert LINES / 2 < len(found) <= LINES
    assert found[-1].startswith(f"{size}/{size} ")


def test_of_a_large_class_every_refusal_is_told() -> None:
    refused = {7, 50, 99, 100}
    found = lines([Verdict(f"s{n}", "torn") if n in refused else right(f"s{n}") for n in range(1, 101)])
    assert [line for line in found if "torn" in line] == [f"{n}/100 s{n}: not graded: torn" for n in sorted(refused)]
    assert len(found) == LINES + 2  # two of them where a line is due anyway


def test_the_pace_counts_neither_getting_warm_nor_what_stood_from_before() -> None:
    clock = Clock()
    pace = Pace(110, clock)
    for n in range(50):
        pace.count(right(f"old{n}", now=False))
    assert str(pace) == ""
    clock.now = 9.0  # until everything has started
    pace.count(right("first"))
    assert str(pace) == ""
    for n in range(19):
        clock.now += 0.1
        pace.count(right(f"new{n}"))
    assert str(pace) == "10 a second, 4.0 s left"


def test_the_pace_at_the_end_has_nothing_left() -> None:
    clock = Clock()
    pace = Pace(3, clock)
    for _ in range(3):
        pace.count(right("ann"))
        clock.now += 2
    assert str(pace) == "20 a minute"


@pytest.mark.parametrize(
    ("per_second", "words"),
    [(12.4, "12 a second"), (1.5, "2 a second"), (1.2, "72 a minute"), (0.1, "6 a minute"), (0.002, "7 an hour")],
)
def test_a_rate_is_a_number_that_one_can_read(per_second: float, words: str) -> None:
    assert rate(per_second) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0832, "0.08 s"),
        (0.997, "1.0 s"),
        (9.96, "10 s"),
        (59.4, "59 s"),
        (59.6, "1 min 0 s"),
        (3599.7, "1 h 0 min"),
        (7500, "2 h 5 min"),
    ],
)
def test_a_time_is_as_exact_as_it_is_worth(seconds: float, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize("terminal", [False, True])
@pytest.mark.parametrize("name", ["[/x]", "[bold]x[/]", "a\x1b]0;title\x07b", "a\nb\u2028c", "\udce9"])
def test_a_name_is_a_name(name: str, terminal: bool) -> None:
    """Neither rich's markup, nor a command to the terminal, nor the end of the line."""
    text = "\n".join(lines([right(name), Verdict(name, f"its name is {name}")], terminal))
    assert "\x1b]" not in text and "\x07" not in text
    text.encode()
    if not terminal:
        assert text.count("\n") == 1 and f"1/2 {plain(name)}: 2/2" in text


def test_names_as_people_write_them_stay_as_they_are() -> None:
    for name in ("O'Neil [2]", "Dvořák", "山田 太郎", "می‌خواهم", "👩‍💻"):
        assert plain(name) == name
