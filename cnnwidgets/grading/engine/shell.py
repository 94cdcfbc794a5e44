"""An IPython shell that keeps what a cell shows as a notebook's outputs, with a bound on each kind."""

import sys
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

# Of one cell: characters of stdout and of stderr, of everything shown, of one line of a traceback; lines; outputs.
STREAM_LIMIT, SHOWN_LIMIT, LINE_LIMIT, LINES, OUTPUTS = 100_000, 2_000_000, 4_000, 60, 1000
TRIMMED = "... Output truncated ..."
TRANSFORMED = 500  # cells that are kept as Python


class Recorder:
    """The outputs of the cell that runs."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Begin a new cell."""
        self.outputs: list[dict[str, Any]] = []
        self.room = {"stdout": STREAM_LIMIT, "stderr": STREAM_LIMIT, "shown": SHOWN_LIMIT}

    def write(self, name: str, text: str) -> None:
        """Text on stdout or stderr, as far as there is room."""
        room = self.room[name]
        if room <= 0 or not text:
            return
        self.room[name] = room - len(text)
        if len(text) > room:
            text = f"{text[:room]}\n{TRIMMED}\n"
        last = self.outputs[-1] if self.outputs else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        else:
            self._add({"output_type": "stream", "name": name, "text": text})

    def show(self, kind: str, data: dict[str, Any], metadata: dict[str, Any], **more: Any) -> None:
        """Something displayed (kind `display_data`), or the value of the last line (`execute_result`)."""
        data = {key: _text(value) for key, value in data.items() if type(key) is str}
        size = sum(len(str(value)) for value in data.values())
        if self.room["shown"] < size:
            if kind == "display_data":
                return
            data = {"text/plain": str(data.get("text/plain", ""))[:1000]}
        self.room["shown"] -= size
        self._add({"output_type": kind, "data": data, "metadata": {}, **more})

    def fail(self, name: str, text: str, lines: list[str]) -> None:
        """The error that ended the cell; always has room."""
        self.outputs.append(
            {
                "output_type": "error",
                "ename": name[:200],
                "evalue": _shorten(text),
                "traceback": [_shorten(line.rstrip("\n")) for line in lines][-LINES:],
            }
        )

    def _add(self, output: dict[str, Any]) -> None:
        if len(self.outputs) < OUTPUTS or output["output_type"] == "execute_result":
            self.outputs.append(output)


class Stream:
    """Stands in for stdout or stderr."""

    encoding, errors = "utf-8", "replace"

    def __init__(self, recorder: Recorder, name: str):
        self.recorder, self.name = recorder, name

    def write(self, text: str) -> int:
        """Keep text."""
        self.recorder.write(self.name, str(text))
        return len(text)

    def writelines(self, lines: Any) -> None:
        """Keep lines."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        """No."""
        return False


class _Publisher(DisplayPublisher):
    recorder: Recorder

    def publish(
        self,
        data: Any,
        metadata: Any = None,
        source: Any = None,
        *,
        transient: Any = None,
        update: Any = False,
        **_: Any,
    ) -> None:
        self.recorder.show("display_data", dict(data), dict(metadata or {}))


class _Hook(DisplayHook):
    recorder: Recorder

    def write_output_prompt(self) -> None: ...

    def finish_displayhook(self) -> None: ...

    def quiet(self) -> bool:
        source = getattr(self.shell, "source", "")
        return bool(self.semicolon_at_end_of_expression(source))

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        count = getattr(self.shell, "execution_count", None)
        self.recorder.show("execute_result", dict(format_dict), dict(md_dict or {}), execution_count=count)


class Shell(InteractiveShell):
    """The shell; `run` gives the outputs of one cell."""

    source = ""

    def init_display_pub(self) -> None:
        """Displayed things are recorded."""
        self.recorder = Recorder()
        self.display_pub = _Publisher(parent=self, shell=self)
        self.display_pub.recorder = self.recorder

    def init_displayhook(self) -> None:
        """So is the value of the last line."""
        self.displayhook = _Hook(parent=self, shell=self)
        self.displayhook.recorder = self.recorder
        from IPython.core.display_trap import DisplayTrap

        self.display_trap = DisplayTrap(hook=self.displayhook)

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        name = type.__dict__["__name__"].__get__(etype)
        try:
            text = str(evalue)
        except Exception:
            text = ""
        self.recorder.fail(name, text, stb)

    def transform_cell(self, raw_cell: str) -> str:
        """Magics as Python; worked out once for a cell that runs again and again, such as a test."""
        known: dict[str, str] = self.__dict__.setdefault("_transformed", {})
        if raw_cell not in known:
            if len(known) >= TRANSFORMED:
                known.clear()
            known[raw_cell] = super().transform_cell(raw_cell)
        return known[raw_cell]

    def should_run_async(
        self, raw_cell: str, *, transformed_cell: Any = None, preprocessing_exc_tuple: Any = None
    ) -> bool:
        """Whether it awaits something; only a cell that says so is compiled to find out."""
        return ("await" in raw_cell or "async" in raw_cell) and super().should_run_async(
            raw_cell, transformed_cell=transformed_cell, preprocessing_exc_tuple=preprocessing_exc_tuple
        )

    def enable_gui(self, gui: Any = None) -> None:
        """There are no windows; pictures are shown all the same."""

    def system(self, cmd: str) -> None:
        """What `!command` does: nothing but to say so, since the rest of the cell may be an answer."""
        print(f"(not run while grading: {cmd:.200})", file=sys.stderr)
        self.user_ns["_exit_code"] = 1

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:
        """What `x = !command` does."""
        self.system(cmd)
        return [] if split else ""

    def run(self, source: str) -> list[dict[str, Any]]:
        """Run one cell and return its outputs; never raises but for an interrupt at the very edge."""
        self.recorder.clear()
        self.source = source
        before = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = Stream(self.recorder, "stdout"), Stream(self.recorder, "stderr")
        try:
            self.run_cell(source, store_history=False)
        except BaseException as error:  # what IPython itself lets through
            self.recorder.fail(type(error).__name__, "the cell ended the shell", [])
        finally:
            sys.stdout, sys.stderr = before
            self.execution_count += 1
        return self.recorder.outputs


def make_shell() -> Shell:
    """The one shell of this process, without history or colours, and without a thread of its own."""
    config = Config()
    config.HistoryManager.enabled = False
    config.HistoryManager.hist_file = ":memory:"
    config.InteractiveShell.autocall = 0
    config.InteractiveShell.xmode = "Plain"  # the others look through every module there is, 40 ms a traceback
    shell: Shell = Shell.instance(config=config, colors="Neutral")
    return shell


def _text(value: Any) -> Any:
    """What a MIME type holds, as plain data."""
    if isinstance(value, bytes):
        import base64

        return base64.b64encode(value).decode()
    return value


def _shorten(line: str) -> str:
    return line if len(line) <= LINE_LIMIT else f"{line[:LINE_LIMIT]} {TRIMMED}"
