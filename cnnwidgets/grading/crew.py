"""Who grades submissions side by side: threads that wait for processes of this machine, or a Dask cluster."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import IO, Any, Protocol

from .author import Assignment
from .bench import Bench, NotStarted
from .problem import Problem


class Crew(Protocol):
    """What the queue needs of it."""

    @property
    def workers(self) -> int:
        """How many submissions can be graded side by side now. Raises a `Problem` where that will stay none."""

    def wait(self) -> None:
        """Return when submissions can be graded. Raises a `Problem` where that will not be."""

    def submit(self, job: dict[str, Any]) -> "Future[dict[str, Any]]":
        """Grade a submission as soon as a worker is free; the future may raise `WorkerDied`."""

    def stop(self) -> None:
        """Give up what runs: for when the user wants to stop; called by a signal's handler, amid anything."""

    def close(self) -> None:
        """End everything."""


class Local:
    """Workers on this machine."""

    def __init__(self, assignment: Assignment, workers: int, *, confined: bool, console: IO[str]) -> None:
        self.workers, self.console = workers, console
        self.threads = ThreadPoolExecutor(workers)
        self.bench = Bench(assignment, confined=confined, console=console)

    def wait(self) -> None:
        """Return when the processes are warm."""
        with self._started():
            self.bench.wait()

    def submit(self, job: dict[str, Any]) -> "Future[dict[str, Any]]":
        """Have a thread wait for the submission's own processes."""
        return self.threads.submit(self._grade, job)

    def stop(self) -> None:
        """Kill the processes."""
        self.bench.stop()

    def close(self) -> None:
        """The same; forget what waits, and wait for the threads."""
        self.threads.shutdown(wait=False, cancel_futures=True)
        self.bench.close()
        self.threads.shutdown()

    def _grade(self, job: dict[str, Any]) -> dict[str, Any]:
        with self._started():
            return self.bench.grade(job)

    @contextmanager
    def _started(self) -> Iterator[None]:
        """A machine on which nothing starts is no submission's fault: that ends the run."""
        try:
            yield
        except NotStarted as problem:
            raise Problem(
                f"the processes that grade can not be started: {problem} (see {self.console.name})"
            ) from None
