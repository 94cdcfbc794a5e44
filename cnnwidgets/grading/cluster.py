"""Grading on a Dask cluster: every worker keeps warm processes of its own, and Dask hands out the submissions.

The first half runs where `cnnwidgets grade` runs, the second on the workers. A worker that dies costs nothing: Dask
gives what it had to another. Code for the workers goes by name, so they need the same cnnwidgets.
"""

import asyncio
import atexit
import hashlib
import json
import logging
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import Any

from .. import __version__
from . import author
from .bench import Bench, NotStarted, WorkerDied
from .engine.confine import NotConfined, available
from .files import digest
from .problem import Problem

REACHED = 8.0  # seconds in which a scheduler has to answer
PATIENCE = 30.0  # seconds that a cluster may be without workers
LOOK = 1.0  # seconds between two looks at how many there are
KEPT = 2  # assignments that a worker keeps warm
_NOISY = ("distributed", "distributed.client", "tornado", "tornado.application")


class Cluster:
    """Workers of a Dask cluster (see `crew.Crew`)."""

    def __init__(self, assignment: author.Assignment, address: str, *, confined: bool) -> None:
        self.address, self.stopped = address, False
        self.client = _client(address)
        self.told = {"assignment": assignment.as_data(), "confined": confined, "code": code(), "version": __version__}
        self.told["key"] = hashlib.sha256(json.dumps(self.told).encode()).hexdigest()
        # The result of a task, unlike scattered data, is made again where the worker that held it is lost.
        self.sent = self.client.submit(dict, self.told, key=f"cnnwidgets-{self.told['key']}")
        self.running: set[Any] = set()
        self.threads, self.looked, self.seen = 0, 0.0, monotonic()

    @property
    def workers(self) -> int:
        """Threads of all workers now, at least 1. Raises a `Problem` where there have been none for long."""
        now = monotonic()
        if now - self.looked > LOOK and self.client.status == "running":
            with suppress(Exception):  # where the scheduler is gone, what was submitted fails
                self.threads = sum(self.client.nthreads().values())
            self.looked = monotonic()
            if self.threads:
                self.seen = self.looked
        if now - self.seen > PATIENCE:
            raise Problem(
                f"the scheduler {self.address} has no workers: start some (dask worker {self.address}), "
                "then run the same command again"
            )
        return max(1, self.threads)

    def wait(self) -> None:
        """Return when there is a worker, and every worker there is can grade."""
        while self.workers and not self.threads and not self.stopped:
            sleep(0.1)
        found = {} if self.stopped else self.client.run(unfit, self.told | {"assignment": None}, on_error="return")
        for worker, fault in found.items():
            if isinstance(fault, OSError):  # it left just now
                continue
            if isinstance(fault, Exception):
                fault = f"it can not load cnnwidgets {__version__} ({fault}): install cnnwidgets[instructor,cluster]"
            if fault:
                raise Problem(f"the worker {worker} can not grade: {fault}")

    def submit(self, job: dict[str, Any]) -> "Future[dict[str, Any]]":
        """Have the cluster grade a submission."""
        try:
            task = self.client.submit(grade, self.sent, job, pure=False)
        except Exception as error:
            raise self._lost() from error
        future: Future[dict[str, Any]] = Future()
        self.running.add(task)
        self.client.loop.add_callback(self._bring, task, future)
        return future

    def stop(self) -> None:
        """Wait for nothing more; what waits is cancelled when the crew is closed."""
        self.stopped = True

    def close(self) -> None:
        """Cancel what waits, and let the workers end their processes."""
        with suppress(Exception):
            if self.client.status == "running":
                self.client.cancel([*self.running, self.sent])
                self.client.run(leave, self.told["key"], on_error="ignore")
        with suppress(Exception):
            self.client.close(REACHED)

    async def _bring(self, task: Any, future: "Future[dict[str, Any]]") -> None:
        """Hand on what comes of a task."""
        try:
            result = await task
        except BaseException as error:
            future.set_exception(self._meaning(error))
        else:
            future.set_result(result)
        self.running.discard(task)

    def _meaning(self, error: BaseException) -> Exception:
        """What Dask's errors mean to the queue."""
        from distributed import KilledWorker

        if isinstance(error, (Problem, WorkerDied)):
            return error
        if isinstance(error, KilledWorker):
            return WorkerDied("the workers of the cluster that graded it died")
        if isinstance(error, (CancelledError, asyncio.CancelledError)):
            if self.client.status != "running":
                return self._lost()
            return WorkerDied("the cluster gave it up")
        return Problem(f"the cluster {self.address} can not grade: {type(error).__name__}: {error}")

    def _lost(self) -> Problem:
        return Problem(f"the scheduler {self.address} is gone; run the same command again to go on once there is one")


def _client(address: str) -> Any:
    """A connection to the scheduler. Raises a `Problem`."""
    try:
        from distributed import Client, Security
        from distributed.comm import connect
    except ImportError:
        raise Problem("grading on a cluster needs Dask: pip install 'cnnwidgets[cluster]'") from None
    for name in _NOISY:
        logging.getLogger(name).handlers = logging.getLogger("cnnwidgets.grading").handlers[:]

    async def reach() -> None:
        connection = await connect(address, REACHED, **Security().get_connection_args("client"))
        await connection.close()

    def connected() -> Any:
        asyncio.run(reach())  # a `Client` of an impossible address hangs when it is thrown away
        return Client(address, timeout=REACHED, set_as_default=False, name="cnnwidgets")

    try:
        with ThreadPoolExecutor(1) as thread:  # this thread may have an event loop already, as a notebook's has
            return thread.submit(connected).result()
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        raise Problem(f"there is no scheduler to be reached at {address!r}: {error}") from error


# What follows runs on the workers.


@dataclass
class Place:
    """The warm processes for one assignment."""

    bench: Bench
    users: int = 0
    leaving: bool = False  #: whether they end with their last user


_places: dict[str, Place] = {}
_lock = Lock()


def grade(told: dict[str, Any], job: dict[str, Any]) -> dict[str, Any]:
    """Grade one submission on this worker."""
    fault = unfit(told)  # this worker may have come after the others were asked
    if fault:
        raise Problem(f"a worker of the cluster can not grade: {fault}")
    with _place(told) as bench:
        try:
            return bench.grade(job)
        except NotStarted as problem:
            raise Problem(f"a worker of the cluster can not start the processes that grade: {problem}") from None


def unfit(told: dict[str, Any]) -> str | None:
    """Why this worker can not grade, if so."""
    if told["code"] != code():
        return f"it has other code of cnnwidgets ({__version__}) than is used here ({told['version']})"
    if told["confined"]:
        try:
            available()
        except NotConfined as missing:
            return (
                f"learners' code can not be shut in there: {missing}. --unsafe-no-sandbox grades without a sandbox: "
                "their code can then do whatever the worker can"
            )
    return None


def leave(key: str) -> None:
    """End the processes for an assignment, at once or when nobody uses them any more."""
    with _lock:
        if key in _places:
            _places[key].leaving = True
            _close([key])


@cache
def code() -> str:
    """A hash of all of the package's code."""
    return digest(*sorted(Path(__file__).parents[1].rglob("*.py")))


@contextmanager
def _place(told: dict[str, Any]) -> Iterator[Bench]:
    """The warm processes for an assignment; those that nobody uses make room."""
    key = told["key"]
    with _lock:
        if key not in _places:
            _close([each for each in _places if not _places[each].users][: max(0, len(_places) - KEPT + 1)])
            _places[key] = Place(Bench(author.from_data(told["assignment"]), confined=told["confined"]))
        place = _places[key]
        place.users, place.leaving = place.users + 1, False
    try:
        yield place.bench
    finally:
        with _lock:
            place.users -= 1
            if place.leaving:
                _close([key])


def _close(keys: list[str]) -> None:
    for key in keys:
        if not _places[key].users:
            _places.pop(key).bench.close()


@atexit.register
def _close_all() -> None:
    for place in _places.values():
        place.bench.close()
