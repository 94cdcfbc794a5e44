"""Progress on a terminal, with rate and time left; plain lines, and not too many, where there is none."""

from collections.abc import Callable, Iterable, Iterator
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
from rich.text import Text

from .verdict import Verdict
from .words import duration, plain, points, rate

LINES = 20  # at most, besides one for every submission that is not graded


class Pace:
    """How fast submissions are graded: those that stood from before, and the time to get warm, do not count."""

    def __init__(self, total: int, clock: Callable[[], float] = monotonic) -> None:
        self.left, self.clock = total, clock
        self.since: float | None = None  #: when the first was graded
        self.graded = 0  #: after that one

    def count(self, verdict: Verdict) -> None:
        """Another one is done."""
        self.left -= 1
        if self.since is not None:
            self.graded += 1
        elif verdict.graded_now:
            self.since = self.clock()

    @property
    def per_second(self) -> float | None:
        """Submissions a second; None as long as there is nothing to go by."""
        seconds = self.clock() - self.since if self.since is not None else 0.0
        return self.graded / seconds if self.graded and seconds else None

    def __str__(self) -> str:
        speed = self.per_second
        if not speed:
            return ""
        return f"{rate(speed)}, {duration(max(1, self.left / speed))} left" if self.left else rate(speed)


class PaceColumn(ProgressColumn):
    """Rate and time left, once there is something to go by."""

    def __init__(self, pace: Pace) -> None:
        super().__init__()
        self.pace = pace

    def render(self, task: Task) -> Text:
        """The pace up to now."""
        return Text(str(self.pace) or "starting")


def shown(verdicts: Iterable[Verdict], total: int, console: Console) -> Iterator[Verdict]:
    """The same verdicts, with progress shown on `console` meanwhile."""
    pace = Pace(total)
    if not console.is_terminal:
        every = -(-total // LINES)
        for number, verdict in enumerate(verdicts, 1):
            pace.count(verdict)
            line = _line(verdict) if every == 1 or verdict.reason else ""
            if line or number % every == 0 or number == total:
                console.print(f"{number}/{total} {line or pace}", soft_wrap=True, markup=False, highlight=False)
            yield verdict
        return
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), PaceColumn(pace))
    who = TextColumn("{task.description}", markup=False)  # a name is no markup, whatever is in it
    with Progress(*columns, who, console=console, transient=True) as progress:
        task = progress.add_task("", total=total)
        for verdict in verdicts:
            pace.count(verdict)
            progress.update(task, advance=1, description=plain(verdict.student))
            yield verdict


def _line(verdict: Verdict) -> str:
    student = plain(verdict.student)
    if verdict.reason:
        return f"{student}: not graded: {plain(verdict.reason)}"
    again = "" if verdict.graded_now else " (as before)"
    return f"{student}: {points(verdict.score)}/{points(verdict.max_score)}{again}"
