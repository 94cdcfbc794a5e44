"""What an instructor sees at the end: tables that fit the terminal, and the same as data."""

from collections import Counter
from statistics import fmean, median
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .assign import Released
from .verdict import BLANK, Exercise, Verdict
from .words import count, plain, points

_ROOM_FOR_EXERCISES = 100  # columns
_MISCONCEPTIONS = 8  # lines of them below the table


def class_table(console: Console, assignment: str, verdicts: list[Verdict]) -> Table:
    """One row a submission: score, scores by exercise where there is room, and what stands out."""
    names = list(dict.fromkeys(each.name for verdict in verdicts for each in verdict.exercises))
    wide = console.width >= _ROOM_FOR_EXERCISES + 2 * len(names)
    table = Table(
        title=assignment, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 1)
    )
    table.add_column("student", no_wrap=True, overflow="ellipsis", max_width=18)
    table.add_column("score", justify="right", no_wrap=True)
    if wide:
        for name in names:
            table.add_column(_narrow(name), justify="right")
    table.add_column("what stands out", ratio=1)
    for verdict in verdicts:
        got = {each.name: each for each in verdict.exercises}
        score = f"{points(verdict.score)}/{points(verdict.max_score)}" if verdict.graded else "not graded"
        style = (
            "green" if verdict.graded and verdict.score == verdict.max_score else "" if verdict.graded else "bold red"
        )
        row = [Text(plain(verdict.student)), Text(score, style=style)]
        row += [_points_of(got.get(name)) for name in names] if wide else []
        table.add_row(*row, standing_out(verdict))
    return table


def standing_out(verdict: Verdict) -> Text:
    """Misconceptions by name, then other failures and remarks, a few words each."""
    if verdict.reason:
        return Text(plain(verdict.reason), style="red")
    found: dict[str, list[str]] = {}  # the same finding once, with all exercises that show it
    for each in verdict.exercises:
        what = _finding(each)
        if what:
            found.setdefault(what, []).append(each.name)
    lines = [Text.assemble((", ".join(names), "bold"), f": {plain(what)}") for what, names in found.items()]
    blank = [each.name for each in verdict.exercises if each.remark == BLANK]
    if blank:
        everything = len(blank) == len(verdict.exercises)
        lines.append(Text("nothing answered" if everything else f"blank: {', '.join(blank)}", style="dim"))
    lines += [Text(plain(remark), style="dim") for remark in verdict.remarks]
    if verdict.late_penalty:
        lines.append(Text(f"late: −{points(verdict.late_penalty)}", style="dim"))
    return Text("\n").join(lines)


def _finding(exercise: Exercise) -> str | None:
    """What is to be said of one exercise, in a few words; None where it is right, or blank."""
    if exercise.remark == BLANK:
        return None
    if exercise.misconception:
        return _lower(exercise.misconception)
    if exercise.remark:
        return exercise.remark
    if exercise.points < exercise.max_points:
        return _short((exercise.summary or "not right").removeprefix(f"{exercise.name} "))
    return None


def class_summary(verdicts: list[Verdict]) -> list[str]:
    """The class in a few lines: how many, the median, the misconceptions that most learners share."""
    graded = [verdict.score for verdict in verdicts if verdict.graded]
    lines = []
    if graded:
        most = max(verdict.max_score for verdict in verdicts)
        lines.append(f"{count(len(graded), 'submission')} graded, median {points(median(graded))} of {points(most)}")
    failed = len(verdicts) - len(graded)
    if failed:
        needs = "it needs" if failed == 1 else "they need"
        lines.append(f"{count(failed, 'submission')} not graded: {needs} a person")
    held = Counter(title for verdict in verdicts for title in verdict.misconceptions)
    if held:
        lines.append("misconceptions, and how many learners hold them:")
        lines += [f"  {number:>3}  {_lower(title)}" for title, number in held.most_common(_MISCONCEPTIONS)]
    if len(held) > _MISCONCEPTIONS:
        lines.append(f"       and {len(held) - _MISCONCEPTIONS} more")
    return lines


def as_data(assignment: str, verdicts: list[Verdict]) -> dict[str, Any]:
    """The table as plain data, for JSON."""
    scores = [verdict.score for verdict in verdicts if verdict.graded]
    held = Counter(title for verdict in verdicts for title in verdict.misconceptions)
    return {
        "assignment": assignment,
        "graded": sum(verdict.graded for verdict in verdicts),
        "not_graded": sum(not verdict.graded for verdict in verdicts),
        "average": fmean(scores) if scores else None,
        "median": median(scores) if scores else None,
        "misconceptions": dict(held.most_common()),  # how many learners hold each
        "submissions": [verdict.as_data() for verdict in verdicts],
    }


def release_table(released: list[Released]) -> Table:
    """One row a released assignment."""
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    table.add_column("assignment")
    table.add_column("tests", justify="right")
    table.add_column("points", justify="right")
    table.add_column("release")
    for each in released:
        table.add_row(each.name, str(each.tests), points(each.points), "changed" if each.changed else "as before")
    return table


def _points_of(exercise: Exercise | None) -> Text:
    if exercise is None or exercise.remark == BLANK:
        return Text("–", style="dim")
    full = exercise.points >= exercise.max_points
    return Text(points(exercise.points), style="green" if full else "red" if not exercise.points else "yellow")


def _narrow(name: str) -> Text:
    return Text(name.replace("_", "\n"), justify="right")


def _lower(title: str) -> str:
    """A title in the middle of a line: without its capital, unless that belongs to a name."""
    return title[:1].lower() + title[1:] if title[1:2].islower() or title[1:2] == " " else title


def _short(sentence: str, limit: int = 90) -> str:
    return sentence if len(sentence) <= limit else f"{sentence[: limit - 1].rstrip()}…"
