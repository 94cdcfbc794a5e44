"""Progress on a terminal, with rate and time left; plain lines where there is none."""

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from .tables import points
from .verdict import Verdict


class RateColumn(ProgressColumn):
    """Submissions a minute, once there is something to go by."""

    def render(self, task: Task) -> Text:
        """The rate since the start."""
        if not task.completed or not task.elapsed:
            return Text("")
        return Text(f"{60 * task.completed / task.elapsed:.0f} a minute")


def shown(verdicts: Iterable[Verdict], total: int, console: Console) -> Iterator[Verdict]:
    """The same verdicts, with progress shown on `console` meanwhile."""
    if not console.is_terminal:
        for number, verdict in enumerate(verdicts, 1):
            console.print(f"{number}/{total} {_line(verdict)}", soft_wrap=True, markup=False, highlight=False)
            yield verdict
        return
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), RateColumn(), TimeRemainingColumn())
    with Progress(*columns, TextColumn("left  {task.description}"), console=console, transient=True) as progress:
        task = progress.add_task("", total=total)
        for verdict in verdicts:
            progress.update(task, advance=1, description=verdict.student)
            yield verdict


def _line(verdict: Verdict) -> str:
    if verdict.reason:
        return f"{verdict.student}: not graded: {verdict.reason}"
    again = "" if verdict.graded_now else " (as before)"
    return f"{verdict.student}: {points(verdict.score)}/{points(verdict.max_score)}{again}"
