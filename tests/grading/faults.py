"""The steps of grading, by name, and a grader that kills itself at one of them."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import reduce
from importlib import import_module
from itertools import count
from pathlib import Path
from unittest.mock import patch

from cnnwidgets.grading import crew
from cnnwidgets.grading.course import open_course
from cnnwidgets.grading.grade import grading
from cnnwidgets.grading.log import logged_to

from .lent import Lent

BEFORE, AFTER = "before", "after"
# What is called at a step, and whether the grader dies before or after it has done its work; in the order of a run.
STEPS = {
    "amid the making of the gradebook": ("nbgrader.api:Gradebook.check_course", BEFORE),
    "with an empty gradebook": ("cnnwidgets.grading.book:Book._make", AFTER),
    "amid the registering of the assignment": ("nbgrader.api:Gradebook.update_or_create_assignment", AFTER),
    "amid the registering of its cells": ("nbgrader.api:Gradebook.update_or_create_grade_cell", AFTER),
    "with the assignment registered": ("cnnwidgets.grading.book:Book.register", AFTER),
    "with warm processes": ("cnnwidgets.grading.crew:Local.wait", AFTER),
    "with a note struck out": ("cnnwidgets.grading.ledger:Ledger.strike", AFTER),
    "with a submission handed out": ("cnnwidgets.grading.crew:Local.submit", AFTER),
    "with a result": ("cnnwidgets.grading.grade:Queue._finish", BEFORE),
    "amid the transaction": ("cnnwidgets.grading.book:Book._penalise", BEFORE),
    "before the commit": ("cnnwidgets.grading.book:Book._penalise", AFTER),
    "between gradebook and notebook": ("cnnwidgets.grading.book:Book.record", AFTER),
    "with a new folder beside the old": ("cnnwidgets.grading.grade:put_in_place", BEFORE),
    "amid the exchange of folders": ("pathlib:Path.rename", AFTER),
    "with the old folder not cleared": ("cnnwidgets.grading.grade:put_in_place", AFTER),
    "between files": ("cnnwidgets.grading.grade:Grading.put", AFTER),
    "with a page to be kept": ("cnnwidgets.grading.ledger:Ledger.keep", BEFORE),
    "with a note half written": ("pathlib:Path.replace", BEFORE),
    "with a note": ("cnnwidgets.grading.ledger:Ledger.enter", AFTER),
    "with scores taken back": ("cnnwidgets.grading.book:Book.forget", AFTER),
    "with a submission given up": ("cnnwidgets.grading.grade:Queue._give_up", AFTER),
}


@contextmanager
def borrowing(examiners: str) -> Iterator[None]:
    """Grade with the warm processes of somebody else."""
    with patch.object(crew, "Bench", Lent), patch.object(Lent, "examiners", examiners):
        yield


def grade_until(folder: Path, name: str, examiners: str, step: str, number: int) -> None:
    """Grade, one submission at a time, and die when a step comes for the `number`th time."""
    target, when = STEPS[step]
    module, path = target.split(":")
    *owners, attribute = path.split(".")
    owner = reduce(getattr, owners, import_module(module))
    work, calls = getattr(owner, attribute), count(1)

    def armed(*args: object, **named: object) -> object:
        last = next(calls) == number
        if last and when == BEFORE:
            os.kill(os.getpid(), signal.SIGKILL)
        result = work(*args, **named)
        if last:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, attribute, armed)
    with logged_to(None), borrowing(examiners):
        list(grading(open_course(folder), name, workers=1).verdicts())
