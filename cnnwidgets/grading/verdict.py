"""What came of one submission: the scores, the findings of the checks, or the reason why there are none."""

from dataclasses import asdict, dataclass
from typing import Any

BLANK = "blank"
WAITS = "waits for a person"  # a cell whose points a person gives
SET_ASIDE = "set aside for a person"  # a submission that ended the process which graded it


@dataclass(frozen=True)
class Exercise:
    """One test cell: the points given, and what its check found."""

    name: str
    points: float
    max_points: float
    misconception: str | None = None  #: the title of the misconception that the answer shows
    summary: str | None = None  #: one sentence: how it failed, or that it is right
    remark: str | None = None  #: "timed out", "blank", "test cell put back", …
    example: str | None = None  #: the counterexample that the check shows, as HTML
    cell: str = ""  #: the cell that gives the points, by its name in the notebook


@dataclass(frozen=True)
class Verdict:
    """One submission, graded or with the reason why not."""

    student: str
    reason: str | None = None  #: why it is not graded; None where it is
    exercises: tuple[Exercise, ...] = ()
    remarks: tuple[str, ...] = ()
    late_penalty: float = 0.0
    graded_now: bool = True  #: False where an earlier result still holds
    seconds: float = 0.0  #: time that grading it took

    @property
    def graded(self) -> bool:
        """Whether there is a score."""
        return self.reason is None

    @property
    def score(self) -> float:
        """Points in all."""
        return max(0.0, sum(each.points for each in self.exercises) - self.late_penalty)

    @property
    def max_score(self) -> float:
        """Points to be had."""
        return sum(each.max_points for each in self.exercises)

    @property
    def misconceptions(self) -> list[str]:
        """The titles of what the checks named, each once."""
        return list(dict.fromkeys(each.misconception for each in self.exercises if each.misconception))

    def as_data(self, *, examples: bool = False) -> dict[str, Any]:
        """The same as plain data, for JSON; the counterexamples, which are pages of HTML, only if asked for."""
        data = asdict(self)
        left_out = set() if examples else {"example"}
        data["exercises"] = [{k: v for k, v in each.items() if k not in left_out} for each in data["exercises"]]
        data["remarks"] = list(self.remarks)
        extra = {"graded": self.graded, "score": self.score, "max_score": self.max_score}
        return data | extra

    @classmethod
    def from_data(cls, data: dict[str, Any], *, now: bool = True) -> "Verdict":
        """The verdict that `as_data` gave."""
        return cls(
            student=data["student"],
            reason=data["reason"],
            exercises=tuple(Exercise(**each) for each in data["exercises"]),
            remarks=tuple(data["remarks"]),
            late_penalty=data["late_penalty"],
            graded_now=now,
            seconds=data["seconds"],
        )
