"""Runs test cells in the trusted process, where the learner's names stand for things in the learner's process."""

import ast
import builtins
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from .proxies import Understanding
from .remote import Candidate, Gone
from .shell import Shell


class Examiner:
    """Runs test cells, each in a namespace of its own."""

    def __init__(self, shell: Shell, prelude: dict[str, str]):
        self.shell, self.prelude = shell, prelude

    def run(self, source: str, seconds: float, candidate: Candidate) -> tuple[list[dict[str, Any]], bool]:
        """The outputs of one test cell, and whether its time ran out.

        An error is among them where the learner's process gave no answer, or one that makes no sense.
        """
        candidate.deadline = monotonic() + seconds
        self.shell.user_ns.clear()
        self.shell.init_user_ns()
        recorder = self.shell.recorder
        try:
            with _processor_time(seconds):
                self._furnish(source, candidate)
                self.shell.run(source)
        except (Exception, KeyboardInterrupt) as error:
            recorder.clear()
            recorder.fail(type(error).__name__, str(error), [])
        return _plain(recorder.outputs), monotonic() > candidate.deadline

    def _furnish(self, source: str, candidate: Candidate) -> None:
        """Put what the cell uses without defining it in its namespace: trusted imports, then the learner's names."""
        wanted = free_names(self.shell.transform_cell(source))
        space = self.shell.user_ns
        wanted -= set(space)
        for name in wanted & set(self.prelude):
            exec(self.prelude[name], space)
        names = sorted(wanted - set(self.prelude))
        if names:
            answer = candidate.ask("names", names)
            found = answer.get("names")
            if type(found) is not dict:
                raise Gone("it did not say what its names stand for")
            understanding = Understanding(candidate)
            space.update({name: understanding.value(found[name]) for name in names if name in found})


def free_names(source: str) -> set[str]:
    """The names that a cell uses and neither binds nor finds among Python's own."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return set()
    bound: set[str] = set()
    used: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else bound).add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            bound.add(node.name)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, ast.alias):
            bound.add((node.asname or node.name).split(".")[0])
        elif isinstance(node, ast.ExceptHandler) and node.name:
            bound.add(node.name)
    return used - bound - set(dir(builtins))


@contextmanager
def _processor_time(seconds: float) -> Iterator[None]:
    """Interrupts the body once it has computed for so long; what it waits for has limits of its own."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGVTALRM, interrupt)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value if value is None or type(value) in (bool, int, float, str) else str(value)
