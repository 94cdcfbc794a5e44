"""The workers that run submissions side by side, each in its own forks of one pair of warm processes."""

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import IO

from .course import Course
from .engine import Outcome
from .problem import Problem
from .warm.notebook import run_notebook
from .warm.pair import NotStarted, Pair
from .warm.trusted import Trusted


class Crew:
    """Threads that each drive a submission. Raises a `Problem` where the warm processes do not start."""

    def __init__(self, workers: int, course: Course, trusted: Trusted, *, confined: bool, console: IO[str]):
        self.course, self.stopped = course, False
        self.threads = ThreadPoolExecutor(workers)
        self.pair = Pair(trusted, confined=confined, console=console)
        try:
            self.pair.warm()
        except NotStarted as problem:
            self.close()
            raise Problem(f"the processes that grade can not be started: {problem} (see {console.name})") from problem
        except BaseException:
            self.close()
            raise

    def submit(self, notebook: Path) -> Future[Outcome]:
        """Run a notebook as soon as a worker is free."""
        return self.threads.submit(self._run, notebook)

    def stop(self) -> None:
        """Kill everything that runs: for when the user wants to stop."""
        self.stopped = True
        self.pair.kill()

    def close(self) -> None:
        """End everything, at once."""
        self.threads.shutdown(wait=False, cancel_futures=True)
        self.stop()
        self.threads.shutdown()
        self.pair.close()

    def _run(self, notebook: Path) -> Outcome:
        if self.stopped:
            return Outcome(0.0, "it was stopped by the user")
        return run_notebook(notebook, self.course, self.pair)
