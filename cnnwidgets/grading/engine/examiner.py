"""Runs test cells in the trusted process, where the learner's names stand for things in the learner's process."""

import ast
import builtins
from dataclasses import dataclass
from symtable import SymbolTable, symtable
from time import monotonic
from typing import Any

from . import chance
from .patience import processor_time
from .proxies import Understanding
from .remote import Candidate, Gone
from .shell import Shell
from .warm import seed


@dataclass(frozen=True)
class Left:
    """What a part of a test cell leaves behind for the next."""

    names: dict[str, Any]
    chance: list[Any]  #: where the random numbers stand


class Examiner:
    """Runs test cells, each in a namespace of its own."""

    def __init__(self, shell: Shell, prelude: dict[str, str]):
        self.shell, self.prelude = shell, prelude
        self._names: dict[str, frozenset[str]] = {}

    def run(
        self,
        source: str,
        seconds: float,
        candidate: Candidate,
        number: int = 1,
        *,
        whole: str = "",
        left: Left | None = None,
    ) -> tuple[list[dict[str, Any]], bool]:
        """The outputs of one test cell, the notebook's `number`-th, and whether its time ran out.

        Of a cell that is run in parts, `whole` is all of it, and `left` what the part before left behind. An error is
        among the outputs where the learner's process gave no answer, or one that makes no sense.
        """
        candidate.deadline, candidate.seeded = monotonic() + seconds, "seed" in (whole or source)
        self.shell.user_ns.clear()
        self.shell.execution_count = number
        recorder = self.shell.recorder
        if left is None:
            self.shell.init_user_ns()
            seed()
        else:
            self.shell.user_ns.update(left.names)
            chance.go_on_from(left.chance)
        try:
            with processor_time(seconds, KeyboardInterrupt):
                if left is None:
                    self._furnish(whole or source, candidate)
                self.shell.run(source)
        except (Exception, KeyboardInterrupt) as error:
            recorder.clear()
            recorder.fail(type(error).__name__, str(error), [])
        return _plain(recorder.outputs), monotonic() > candidate.deadline

    def left(self) -> Left:
        """What the cell that ran last leaves behind, for a further part of it."""
        return Left(dict(self.shell.user_ns), chance.states())

    def names(self, source: str) -> frozenset[str]:
        """The names that a cell needs; worked out once a cell, before any fork."""
        if source not in self._names:
            self._names[source] = frozenset(free_names(self.shell.transform_cell(source)))
        return self._names[source]

    def _furnish(self, source: str, candidate: Candidate) -> None:
        """Put what the cell uses without defining it in its namespace: trusted imports, then the learner's names."""
        space = self.shell.user_ns
        wanted = self.names(source) - set(space)
        for name in wanted & set(self.prelude):
            exec(self.prelude[name], space)
        names = sorted(wanted - set(self.prelude))
        if names:
            understanding = Understanding(candidate)
            answer = candidate.ask("names", names)
            found = answer["names"] if "names" in answer else understanding.finish(answer)
            if type(found) is not dict:
                raise Gone("it did not say what its names stand for")
            space.update({name: understanding.value(found[name]) for name in names if name in found})


def free_names(source: str) -> set[str]:
    """The names that a cell uses before it binds them itself, without those of Python's own."""
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return set()
    bound: set[str] = set(dir(builtins))
    wanted: set[str] = set()
    for each in statements:
        used, made = _names(symtable(ast.unparse(each), "cell", "exec"))
        if isinstance(each, ast.AugAssign):
            used |= made
        elif not isinstance(each, (ast.Assign, ast.AnnAssign)):  # these two look at the right side first
            used -= made
        wanted |= used - bound
        bound |= made
    return wanted


def _names(table: SymbolTable) -> tuple[set[str], set[str]]:
    """The global names that are used in a scope and all scopes in it, and those that are made there."""
    outermost = table.get_type() == "module"
    known = [each for each in table.get_symbols() if outermost or each.is_global()]
    used = {each.get_name() for each in known if each.is_referenced()}
    made = {each.get_name() for each in known if each.is_assigned() or each.is_imported()}
    for inside in table.get_children():
        more = _names(inside)
        used |= more[0]
        made |= more[1]
    return used, made


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value if value is None or type(value) in (bool, int, float, str) else str(value)
