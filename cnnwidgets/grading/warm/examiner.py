"""The trusted process: runs test cells, in which the learner's names stand for things in the learner's process."""

import ast
import builtins
import socket
from time import monotonic
from typing import Any

from .channel import Channel, Closed
from .remote import Candidate, Gone


def serve(grader: socket.socket, learner: socket.socket, request: dict[str, Any]) -> None:
    """Run the test cells that the grader sends, one after the other."""
    from IPython import get_ipython

    channel = Channel(grader)
    candidate = Candidate(Channel(learner), int(request["candidate"]))
    candidate.number = 10**9  # apart from the grader's own
    examiner = Examiner(get_ipython(), candidate, dict(request["prelude"]))
    while True:
        try:
            source, seconds = channel.receive()
            channel.send(examiner.run(source, seconds))
        except Closed:
            return


class Examiner:
    """Runs test cells, each in a namespace of its own."""

    def __init__(self, shell: Any, candidate: Candidate, prelude: dict[str, str]):
        self.shell, self.candidate, self.prelude = shell, candidate, prelude

    def run(self, source: str, seconds: float) -> dict[str, Any]:
        """The outputs of one test cell; with an error among them where the learner's process failed."""
        self.candidate.deadline = monotonic() + seconds
        self.shell.user_ns.clear()
        self.shell.init_user_ns()
        recorder = self.shell.recorder
        try:
            self._furnish(source)
            outputs = self.shell.run(source)
        except Exception as error:  # no answer, or one that makes no sense: the cell fails
            recorder.clear()
            outputs = recorder.outputs
            recorder.fail(type(error).__name__, str(error), [])
        late = monotonic() > self.candidate.deadline
        return {"outputs": _plain(outputs), "lost": self.candidate.lost, "late": late}

    def _furnish(self, source: str) -> None:
        """Put what the cell uses without defining it in its namespace: trusted imports, then the learner's names."""
        wanted = free_names(self.shell.transform_cell(source))
        space = self.shell.user_ns
        wanted -= set(space)
        for name in wanted & set(self.prelude):
            exec(self.prelude[name], space)
        names = sorted(wanted - set(self.prelude))
        if names:
            answer = self.candidate.ask("names", names)
            found = answer.get("names")
            if type(found) is not dict:
                raise Gone("it did not say what its names stand for")
            space.update({name: self.candidate.understand(found[name]) for name in names if name in found})


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


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value if value is None or type(value) in (bool, int, float, str) else str(value)
