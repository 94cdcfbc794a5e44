"""The parts that an exercise is made of: cases, named misconceptions, a reference."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnwidgets.checks.compare import DEFAULT, Tolerance

Candidate = Callable[..., Any]  # what a learner wrote: a function, or a class that makes modules

ANY_WORDS = "…"  # the text of an exception that a variant raises where learners choose words of their own


def plain_call(candidate: Candidate, *arguments: Any) -> Any:
    """How most cases ask: call the function with the arguments."""
    return candidate(*arguments)


@dataclass(frozen=True)
class Case:
    """One question: its arguments, and how to put it to a candidate."""

    name: str
    arguments: dict[str, Any]  #: by the name that a report shows them under
    ask: Callable[..., Any] = plain_call  #: ask(candidate, *arguments) -> a plain value
    public: bool = True  #: whether a report may show it
    tolerance: Tolerance = DEFAULT

    @property
    def size(self) -> int:
        """How many numbers a reader has to look at: the order in which cases are tried."""
        return sum(int(np.size(value)) for value in self.arguments.values())


@dataclass(frozen=True)
class Misconception:
    """A way to be wrong that has a name: a wrong variant of the reference, and words for it."""

    key: str  #: "flipped-kernel"
    title: str  #: "The kernel is flipped", completed by `why`
    why: str  #: what to look at, without giving the solution away
    variants: tuple[Candidate, ...] = ()  #: each computes what somebody with this misconception gets
    fits: Callable[[Case, Any], bool] | None = None  #: instead of variants: whether a returned value shows it


@dataclass(frozen=True)
class Exercise:
    """Everything that a check knows about one name of the course."""

    name: str
    reference: Candidate
    cases: Callable[[], Sequence[Case]]  #: the fixed cases
    random: Callable[[np.random.Generator], Sequence[Case]] = lambda rng: ()
    misconceptions: Sequence[Misconception] = ()
    seconds: float = 2.0  #: the limit of one call
    source: str = ""  #: where in the course it stands

    def ordered_cases(self, seed: int) -> list[Case]:
        """The fixed cases from the smallest to the largest, then the random ones that this seed gives."""
        fixed = sorted(self.cases(), key=lambda case: case.size)
        return fixed + self.random_cases(seed)

    def random_cases(self, seed: int) -> list[Case]:
        """The random cases that this seed gives, from the smallest to the largest."""
        return sorted(self.random(self.generator(seed)), key=lambda case: case.size)

    def generator(self, seed: int) -> np.random.Generator:
        """Random numbers that depend on the seed and the exercise alone."""
        return np.random.default_rng([seed, zlib.crc32(self.name.encode())])
