"""Who grades submissions side by side: threads that wait for processes of this machine, or a Dask cluster."""

from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO, Any, Protocol

from .author import Assignment
from .bench import Bench, NotStarted, WorkerDied
from .problem import Problem


class Crew(Protocol):
    """What the queue needs of it."""

    workers: int

    def wait(self) -> None:
        """Return when submissions can be graded. Raises a `Problem` where that will not be."""

    def submit(self, job: dict[str, Any]) -> "Future[dict[str, Any]]":
        """Grade a submission as soon as a worker is free; the future may raise `WorkerDied`."""

    def stop(self) -> None:
        """Kill everything that runs: for when the user wants to stop."""

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
        try:
            self.bench.wait()
        except NotStarted as problem:
            raise Problem(
                f"the processes that grade can not be started: {problem} (see {self.console.name})"
            ) from None

    def submit(self, job: dict[str, Any]) -> "Future[dict[str, Any]]":
        """Have a thread wait for the submission's own processes."""
        return self.threads.submit(self._grade, job)

    def stop(self) -> None:
        """Kill the processes, and forget what waits."""
        self.threads.shutdown(wait=False, cancel_futures=True)
        self.bench.close()

    def close(self) -> None:
        """The same, and wait for the threads."""
        self.stop()
        self.threads.shutdown()

    def _grade(self, job: dict[str, Any]) -> dict[str, Any]:
        try:
            return self.bench.grade(job)
        except NotStarted as problem:
            raise WorkerDied(str(problem)) from None
