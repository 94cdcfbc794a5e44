"""Takes hidden tests out of what learners see: from the cells, and from the errors that they end with."""

import ast
import re
from dataclasses import dataclass, field

from nbformat import NotebookNode

from .regions import REGION, split, without_hidden_tests

HIDDEN_REMARK = "# (further tests, not shown)"
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_LINE_NUMBER = re.compile(r"^\s*(-+>\s*)?\d+\s?")


@dataclass(frozen=True)
class Secrets:
    """What of a test cell is not to be seen."""

    lines: frozenset[str] = frozenset()
    sentences: frozenset[str] = field(default_factory=frozenset)  #: what its assertions say to learners, word by word

    def __bool__(self) -> bool:
        return bool(self.lines)

    def taken_out(self, output: NotebookNode) -> NotebookNode:
        """The same output; of an error only its kind, the author's own words, and lines that everybody may see."""
        if not self or output.output_type != "error":
            return output
        said = output.evalue if output.evalue in self.sentences else ""
        text = "\n".join(self._without(each) for each in output.traceback)
        if not self._from_hidden(output):
            return NotebookNode(output_type="error", ename=output.ename, evalue=output.evalue, traceback=[text])
        last = f"{output.ename}: {said}" if said else f"{output.ename} in a further test, which is not shown"
        return NotebookNode(output_type="error", ename=output.ename, evalue=said, traceback=[last])

    def _from_hidden(self, output: NotebookNode) -> bool:
        """Whether the error came while hidden lines ran: then one of them stands marked in the traceback."""
        for line in "\n".join(output.traceback).split("\n"):
            plain = _ANSI.sub("", line)
            if re.match(r"\s*-+>", plain) and _LINE_NUMBER.sub("", plain).strip() in self.lines:
                return True
        return False

    def _without(self, traceback: str) -> str:
        kept = []
        for line in traceback.split("\n"):
            code = _LINE_NUMBER.sub("", _ANSI.sub("", line)).strip()
            if code not in self.lines and not (code and REGION.search(code)):
                kept.append(line)
        return "\n".join(kept)


def hidden_in(source: str) -> Secrets:
    """What of a test cell's code is hidden."""
    lines = frozenset(line.strip() for kind, line in split(source) if kind and line.strip())
    return Secrets(lines, frozenset(_sentences(source)) if lines else frozenset())


def without_marks(source: str) -> str:
    """A cell without hidden tests and without the marks of regions."""
    source = without_hidden_tests(source, HIDDEN_REMARK)
    return "\n".join(line for line in source.split("\n") if not REGION.search(line))


def _sentences(source: str) -> list[str]:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []
    said = [node.msg for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    return [each.value for each in said if isinstance(each, ast.Constant) and isinstance(each.value, str)]
