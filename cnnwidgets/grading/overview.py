"""The class in figures: what all verdicts say together. Plain data, in the order of the report; nothing of HTML."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, median

from .verdict import BLANK, SET_ASIDE, WAITS, Exercise, Verdict

_SLOWEST = 5
_STEPS = (10, 12, 8, 9, 11, 7, 6, 13, 14, 15, 5)  # a histogram's: the first that goes into the points without rest


class State(StrEnum):
    """What became of one answer."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    BLANK = "blank"
    WAITS = "waits"


@dataclass(frozen=True)
class Histogram:
    """How many scores lie in each of equal steps below full points, and how many are full points."""

    steps: tuple[int, ...]
    full: int


@dataclass(frozen=True)
class Row:
    """How the class did in one exercise."""

    name: str
    max_points: float
    counts: dict[State, int]
    mean: float | None  #: without points that a person has yet to give


@dataclass(frozen=True)
class Misconception:
    """One misconception, and everybody who holds it."""

    title: str
    holders: tuple[str, ...]
    exercises: dict[str, int]  #: how many show it in each, the most first
    example: str | None  #: one counterexample: the HTML of a check's report
    source: tuple[str, str] | None  #: the student and the exercise that it is from


@dataclass(frozen=True)
class Note:
    """What is noted of one submission: in a few words, and in which exercise where it is about one alone."""

    student: str
    detail: str = ""
    exercise: str | None = None


@dataclass(frozen=True)
class Times:
    """Seconds that submissions took."""

    total: float
    median: float
    slowest: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Overview:
    """Everything that the report shows."""

    verdicts: list[Verdict]  #: the best first, those without a score last
    graded: list[Verdict]
    most: float  #: points to be had
    average: float | None
    median: float | None
    histogram: Histogram | None
    exercises: list[Row]
    misconceptions: list[Misconception]
    not_graded: list[Note]
    set_aside: list[Note]
    waiting: dict[str, list[Note]]  #: cells that a person has to score, by exercise
    remarks: dict[str, list[Note]]  #: by what is remarked
    times: Times | None


def overview(verdicts: Sequence[Verdict], order: Iterable[str] = ()) -> Overview:
    """The class in figures; `order` names the exercises as the notebook has them."""
    ranked = sorted(verdicts, key=lambda each: (not each.graded, -each.score, each.student))
    graded = [each for each in ranked if each.graded]
    scores = [each.score for each in graded]
    most = max((each.max_score for each in graded), default=0.0)
    by_name = sorted(graded, key=lambda each: each.student)
    refused = sorted((each for each in verdicts if not each.graded), key=lambda each: each.student)
    reasons = [(each.student, *_split(each.reason or "")) for each in refused]
    return Overview(
        verdicts=ranked,
        graded=graded,
        most=most,
        average=fmean(scores) if scores else None,
        median=median(scores) if scores else None,
        histogram=histogram(scores, most) if most else None,
        exercises=_exercises(by_name, order),
        misconceptions=_misconceptions(by_name),
        not_graded=[Note(each.student, each.reason or "") for each in refused if not _set_aside(each)],
        set_aside=[Note(student, why) for student, what, why in reasons if what == SET_ASIDE],
        waiting=_waiting(by_name),
        remarks=_remarks(by_name),
        times=_times(by_name),
    )


def state(exercise: Exercise) -> State:
    """What became of one answer; a person's points count as much as a check's."""
    said = (exercise.remark or "").split(", ")
    if WAITS in said:
        return State.WAITS
    if BLANK in said:
        return State.BLANK
    if exercise.points >= exercise.max_points:
        return State.RIGHT
    return State.PARTLY if exercise.points > 0 else State.WRONG


def histogram(scores: Iterable[float], most: float) -> Histogram:
    """Scores counted in steps; the steps are whole points wherever that is possible."""
    number = next((n for n in _STEPS if most % n == 0), None) or (int(most) if most in range(1, 5) else 10)
    steps, full = [0] * number, 0
    for score in scores:
        if score >= most:
            full += 1
        else:  # a rounding error below a step's edge belongs to the step
            steps[min(int(score / most * number + 1e-9), number - 1)] += 1
    return Histogram(tuple(steps), full)


def _exercises(graded: list[Verdict], order: Iterable[str]) -> list[Row]:
    found: dict[str, list[Exercise]] = {name: [] for name in order}
    for verdict in graded:
        for each in verdict.exercises:
            found.setdefault(each.name, []).append(each)
    rows = []
    for name, answers in found.items():
        if not answers:
            continue
        counts = Counter(map(state, answers))
        known = [each.points for each in answers if state(each) != State.WAITS]
        rows.append(
            Row(
                name,
                max(each.max_points for each in answers),
                {each: counts[each] for each in State},
                fmean(known) if known else None,
            )
        )
    return rows


def _misconceptions(graded: list[Verdict]) -> list[Misconception]:
    """The most widespread first."""
    shown: dict[str, list[tuple[str, Exercise]]] = {}
    for verdict in graded:
        for each in verdict.exercises:
            if each.misconception:
                shown.setdefault(each.misconception, []).append((verdict.student, each))
    made = []
    for title, cases in shown.items():
        exercises = Counter(each.name for _, each in cases)
        often = exercises.most_common(1)[0][0]
        # The one that most learners can be shown: of the exercise in which it is most frequent.
        telling = sorted((case for case in cases if case[1].example), key=lambda case: case[1].name != often)
        student, example = telling[0] if telling else ("", None)
        made.append(
            Misconception(
                title,
                tuple(dict.fromkeys(student for student, _ in cases)),
                dict(exercises.most_common()),
                example.example if example else None,
                (student, example.name) if example else None,
            )
        )
    return sorted(made, key=lambda each: (-len(each.holders), each.title))


def _waiting(graded: list[Verdict]) -> dict[str, list[Note]]:
    found: dict[str, list[Note]] = {}
    for verdict in graded:
        for each in verdict.exercises:
            if state(each) == State.WAITS:
                found.setdefault(each.name, []).append(Note(verdict.student, exercise=each.name))
    return found


def _remarks(graded: list[Verdict]) -> dict[str, list[Note]]:
    """What else was done or happened to submissions, the same under one heading."""
    found: dict[str, list[Note]] = {}
    for verdict in graded:
        for remark in verdict.remarks:
            what, detail = _split(remark)
            found.setdefault(what, []).append(Note(verdict.student, detail))
        for each in verdict.exercises:
            for remark in (each.remark or "").split(", "):
                if remark and remark not in (BLANK, WAITS):
                    found.setdefault(remark, []).append(Note(verdict.student, each.name, each.name))
        if verdict.late_penalty:
            taken = f"{verdict.late_penalty:.2f}".rstrip("0").rstrip(".")
            found.setdefault("handed in late, points taken off", []).append(Note(verdict.student, f"−{taken}"))
    return found


def _times(graded: list[Verdict]) -> Times | None:
    seconds = [(each.student, each.seconds) for each in graded if each.seconds > 0]
    if not seconds:
        return None
    slowest = sorted(seconds, key=lambda each: -each[1])[:_SLOWEST]
    taken = [each for _, each in seconds]
    return Times(sum(taken), median(taken), tuple(slowest))


def _set_aside(verdict: Verdict) -> bool:
    return _split(verdict.reason or "")[0] == SET_ASIDE


def _split(remark: str) -> tuple[str, str]:
    """What is remarked, and the rest: which cells, or what was found there (in brackets, which may hold anything)."""
    bracket = remark.find(" (")
    colon = remark.find(": ")
    if bracket != -1 and (colon == -1 or bracket < colon):
        return remark[:bracket], remark[bracket + 1 :]
    what, _, detail = remark.partition(": ")
    return what, detail
