"""A bench that another process has warmed up: what a test kills need not be started again every time."""

import os
from contextlib import closing
from pathlib import Path
from time import sleep
from typing import Any

from cnnwidgets.grading.author import Assignment
from cnnwidgets.grading.bench import Bench
from cnnwidgets.grading.verdict import Verdict


class Template:
    """Stands for a warm process that somebody else ends."""

    def __init__(self, address: str):
        self.address, self.folder = Path(address), Path(address).parent

    def wait(self) -> None: ...

    def kill(self) -> None: ...

    def close(self) -> None: ...

    def alive(self) -> bool:
        return True


class Lent(Bench):
    """The same bench, with an examiner that is there already."""

    examiners = ""  #: address of its socket

    def _start(self) -> Any:
        return Template(self.examiners), Template(self.examiners)


# Stand-ins for `cluster.grade`, which Dask's workers import from here.


def lent(examiners: str, _: Any, job: dict[str, Any]) -> dict[str, Any]:
    Lent.examiners = examiners
    with closing(Lent(Assignment("", "", ""))) as bench:
        return bench.grade(job)


def deadly(_: Any, job: dict[str, Any]) -> dict[str, Any]:
    if job["student"] == "bob":
        os._exit(1)
    return {"verdict": Verdict(job["student"], "not really graded").as_data()}


def lasting(_: Any, job: dict[str, Any]) -> dict[str, Any]:
    if job["student"] != "ann":
        sleep(2)
    return {"verdict": Verdict(job["student"], "not really graded").as_data()}
