"""Runs a prepared notebook in a Jupyter kernel: nbgrader's own `Execute`, with bounds on time and output.

This is the one place where learners' code is started. It knows no gradebook and no assignment: a notebook goes
in, the same notebook with outputs comes out, or a reason why not.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import IO, Any, ClassVar

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbgrader.preprocessors import Execute
from traitlets import Integer

from .course import Course
from .notebooks import tags

# In a cell's outputs: what nbgrader itself writes for a cell that ran into its time limit.
TIMED_OUT = "CellTimeoutError"
TRIMMED = "... Output truncated ..."
# Of one cell: characters of stdout and of stderr, of everything shown, and of one line of a traceback.
STREAM_LIMIT, SHOWN_LIMIT, LINE_LIMIT = 100_000, 2_000_000, 4_000


class KernelDied(Exception):
    """The learner's kernel ended while a cell ran; the text says which cell."""


@dataclass(frozen=True)
class Outcome:
    """How a run ended: `failure` is None, or the reason why there is no result."""

    seconds: float
    failure: str | None = None


class BoundedExecute(Execute):  # type: ignore[misc]
    """nbgrader's `Execute`, where a flood is dropped as it comes and a notebook has a time of its own."""

    notebook_timeout = Integer(
        120, help="Seconds for the whole notebook; cells that come later are not run and fail."
    ).tag(config=True)

    # Nothing of the kernel is needed any more: kill it, where a graceful end costs half a second.
    shutdown_kernel = "immediate"
    running: ClassVar[set["BoundedExecute"]] = set()
    console: IO[str] | None = None
    stopped = False

    def preprocess(self, nb: NotebookNode, resources: Any = None, km: Any = None) -> Any:
        """Run all cells of `nb` in one kernel."""
        self.deadline = monotonic() + self.notebook_timeout
        self.running.add(self)
        try:
            return super().preprocess(nb, resources, km)
        finally:
            self.running.discard(self)

    def setup_kernel(self, **kwargs: Any) -> Any:
        """Start the kernel with its own stdout and stderr off the screen, and told that this is grading."""
        env = {**os.environ, "NBGRADER_EXECUTION": "autograde", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
        return super().setup_kernel(env=env, stdout=self.console, stderr=self.console, **kwargs)

    def preprocess_cell(self, cell: NotebookNode, resources: Any, index: int) -> Any:
        """Run one cell, unless the notebook has had its time."""
        self.room: dict[str, int] = {}
        if cell.cell_type != "code" or monotonic() < self.deadline:
            if self.stopped:
                raise KernelDied("it was stopped by the user")
            try:
                return super().preprocess_cell(cell, resources, index)
            except DeadKernelError as error:
                where = tags(cell).get("grade_id") or f"number {index + 1}"
                raise KernelDied(f"its Python died while cell {where} ran") from error
        why = f"not run: the notebook had used its {self.notebook_timeout} seconds"
        cell.outputs = [
            nbformat.v4.new_output(  # type: ignore[no-untyped-call]
                "error", ename=TIMED_OUT, evalue=why, traceback=[f"{TIMED_OUT}: {why}"]
            )
        ]
        return cell, resources

    def output(self, outs: list[Any], msg: dict[str, Any], display_id: str | None, cell_index: int) -> Any:
        """Take one message of output, as far as there is room; what gives or takes points always has room."""
        content, kind = msg["content"], msg["msg_type"]
        if kind == "stream":
            content["text"] = self._fit(content["text"], content["name"], STREAM_LIMIT)
            if not content["text"]:
                return None
        elif kind == "display_data":
            size = sum(len(str(value)) for value in content["data"].values())
            if self.room.setdefault("shown", SHOWN_LIMIT) < size:
                return None
            self.room["shown"] -= size
        elif kind == "error":
            content["evalue"] = _shorten(content["evalue"])
            content["traceback"] = [_shorten(line) for line in content["traceback"]]
        return super().output(outs, msg, display_id, cell_index)

    def _fit(self, text: str, name: str, limit: int) -> str:
        """As much of `text` as there is room for in the stream `name` of this cell."""
        room = self.room.setdefault(name, limit)
        self.room[name] = room - len(text)
        if len(text) <= room:
            return text
        return f"{text[:room]}\n{TRIMMED}\n" if room > 0 else ""


def run_notebook(path: Path, course: Course, console: IO[str] | None = None) -> Outcome:
    """Run the notebook at `path` in its own folder and write the outputs into it.

    `console` takes what the kernel process itself prints. Safe to call from several threads at once.
    """
    started = monotonic()
    executor = BoundedExecute(config=course.config, log=course.log)
    executor.console = console
    failure = None
    try:
        notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
        notebook, _ = executor.preprocess(notebook, {"metadata": {"path": str(path.parent)}})
        nbformat.write(notebook, path)  # type: ignore[no-untyped-call]
    except KernelDied as error:
        failure = str(error)
    except CellTimeoutError:
        failure = "its code did not end, and could not be interrupted"
    except Exception as error:
        course.log.exception("could not run %s", path)
        failure = f"it could not be run: {type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
    return Outcome(monotonic() - started, failure)


def stop_all() -> None:
    """Kill every kernel that runs: for when the user wants to stop."""
    for executor in list(BoundedExecute.running):
        executor.stopped = True
        process = getattr(getattr(executor.km, "provisioner", None), "process", None)
        if process is not None:
            process.kill()


def _shorten(line: str) -> str:
    return line if len(line) <= LINE_LIMIT else f"{line[:LINE_LIMIT]} {TRIMMED}"
