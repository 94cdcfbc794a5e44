"""TrainingMonitor: loss and accuracy as they come, the pace, filters and confusions, and a button that stops."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import traitlets
from jaxtyping import Float, Int
from numpy import ndarray
from numpy.typing import ArrayLike

from cnnwidgets.widgets.base import Explorer, bundle, refuse_unknown
from cnnwidgets.widgets.monitor.asked import running_kernel, stop_is_waiting
from cnnwidgets.widgets.monitor.curve import Curve
from cnnwidgets.widgets.monitor.filters import first_filters, to_browser
from cnnwidgets.widgets.monitor.pace import Pace
from cnnwidgets.widgets.monitor.terminal import Terminal
from cnnwidgets.widgets.monitor.words import mixups

GARMENTS = ("T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot")
KEYWORDS = ("total", "net", "classes", "device", "layout")
PAUSE = 0.1  # seconds between two updates of what is shown: ten a second
GLANCE = 0.05  # seconds between two looks for a press on Stop
NOTHING = {"epoch": None, "epochs": None, "loss": None, "accuracy": None, "accuracy_at": None} | {
    "examples": 0,
    "total": None,
    "seconds": 0.0,
    "rate": None,
    "left": None,
    "device": "",
}


class TrainingMonitor(Explorer):
    """Shows a training run while it runs; on a terminal, where there is no front end, too.

    It follows `cnnwidgets.training.fit` (``fit(…, monitor=TrainingMonitor())``) and any loop of yours::

        monitor = TrainingMonitor(total=epochs * len(X))
        display(monitor)
        for images, classes in batches:
            …
            monitor.log(loss=loss, examples=len(images))
            if monitor.stopped:
                break

    What is shown changes at most ten times a second, however often it is told something.

    Parameters
    ----------
    total
        How many examples a loop of yours will see, for the time left.
    net
        The network whose first filters are shown: anything with torch's `modules`. `fit` tells its own.
    classes
        The names of the classes in the confusion matrix; Fashion-MNIST's if left out.
    device
        Where it runs, in words. `fit` tells it itself.

    Raises
    ------
    TypeError
        For a keyword that there is not.
    """

    _esm = bundle("training_monitor.js")
    _css = bundle("training_monitor.css")

    _stop: bool
    _glanced: float
    _quiet = False  # whether nothing is shown on a terminal either

    _status = traitlets.Enum(("waiting", "running", "ended"), default_value="waiting").tag(sync=True)
    _ended = traitlets.Unicode("").tag(sync=True)
    _now = traitlets.Dict(NOTHING).tag(sync=True)
    _curve = traitlets.Dict(Curve().to_browser()).tag(sync=True)
    _filters: traitlets.TraitType[Any, Any] = traitlets.List().tag(sync=True)
    _confusion: traitlets.TraitType[Any, Any] = traitlets.List().tag(sync=True)
    _classes: traitlets.TraitType[Any, Any] = traitlets.List(list(GARMENTS)).tag(sync=True)

    def __init__(
        self,
        *,
        total: int | None = None,
        net: Any = None,
        classes: Sequence[str] | None = None,
        device: str = "",
        **others: Any,
    ) -> None:
        refuse_unknown(type(self).__name__, others.keys() - {"layout"}, KEYWORDS)
        self._total, self._net, self._device = total, net, device
        self._terminal: Terminal | None = None
        self._waits = False
        self._empty()
        super().__init__(_classes=list(classes or GARMENTS), **others)

    # what a loop of the learner's own calls

    def log(
        self,
        *,
        loss: float,
        accuracy: float | None = None,
        examples: int = 1,
        confusion: ArrayLike | None = None,
    ) -> None:
        """One step was made.

        `loss` is a number (or a tensor of one: reading it waits for its device); `accuracy` the share right, 0 to 1,
        where it was measured; `examples` how many examples this step saw; `confusion` (n, n), row: true class,
        column: answer. After a run has ended the curve goes on; `clear` begins a new one.
        """
        if self._status != "running":
            self._begin()
        seen = self._latest["examples"] + int(examples)
        self._note(seen, float(loss), None if accuracy is None else float(accuracy), confusion)
        self._latest["seconds"] = time.monotonic() - self._began
        self._pace.add(self._latest["seconds"], seen)
        self._show()

    def clear(self) -> None:
        """Forgets the run."""
        self._empty()
        self._status = "waiting"
        self._publish()

    @property
    def stopped(self) -> bool:
        """Whether Stop was pressed: end the loop after this step. True until another run begins.

        Reading it looks for a press, at most twenty times a second; that is how one is noticed while a cell runs.
        """
        if not self._stop and self._status == "running" and self.comm is not None:
            now = time.monotonic()
            if now - self._glanced >= GLANCE:
                self._glanced = now
                if stop_is_waiting(self.comm.comm_id):
                    self._stop = True
        return self._stop

    @property
    def examples(self) -> Int[ndarray, " n"]:
        """How many examples had been seen at each point of the curve (thinned where it is long)."""
        return np.array([point[0] for point in self._points.points], dtype=np.int64)

    @property
    def losses(self) -> Float[ndarray, " n"]:
        """The loss at each point of the curve."""
        return np.array([point[1] for point in self._points.points], dtype=np.float64)

    @property
    def accuracies(self) -> Float[ndarray, " n"]:
        """The accuracy at each point of the curve; NaN where it was not measured."""
        return np.array([np.nan if point[2] is None else point[2] for point in self._points.points])

    # what `fit` calls (see `cnnwidgets.training.progress`); told by name, so that nothing of torch is imported here

    def start(self, net: Any, plan: Any) -> None:
        """Training begins: the network, and the plan with `epochs`, `examples` (an epoch) and `device`."""
        self._empty()
        self._net, self._total = net, plan.epochs * plan.examples
        self._latest |= {"epochs": plan.epochs, "device": plan.device, "total": self._total}
        self._begin()
        self._show()

    def update(self, step: Any) -> None:
        """Training has come this far: `epoch`, `loss`, `accuracy`, `confusion`, `examples`, `seconds`, `device`."""
        if self._status != "running":
            self._begin()
        told = {"epoch": step.epoch, "epochs": step.epochs, "seconds": float(step.seconds), "device": step.device}
        self._latest |= told
        self._note(int(step.examples), float(step.loss), step.accuracy, step.confusion)
        self._pace.add(float(step.seconds), int(step.examples))
        self._show()

    def finish(self, history: Any = None) -> None:
        """Training is over; `history.ended`, where there is one, says why. A loop of your own may call it too."""
        ended = getattr(history, "ended", "") or ("stopped" if self._stop else "done")
        self._end(ended)

    # the run

    def _empty(self) -> None:
        self._points, self._pace = Curve(), Pace()
        self._latest: dict[str, Any] = {**NOTHING, "total": self._total, "device": self._device}
        self._matrix: ndarray | None = None
        self._stop = False
        self._sent = self._glanced = 0.0

    def _begin(self) -> None:
        self._stop = False
        self._began = time.monotonic() - self._latest["seconds"]
        self._pace = Pace()
        self._pace.add(self._latest["seconds"], self._latest["examples"])
        self._ended, self._status = "", "running"
        if not self._waits and threading.current_thread() is threading.main_thread():
            self._waits = _when_the_cell_ends(self._cell_ended)

    def _note(self, examples: int, loss: float, accuracy: float | None, confusion: ArrayLike | None) -> None:
        self._points.add(examples, loss, accuracy)
        self._latest |= {"examples": examples, "loss": loss if np.isfinite(loss) else None}
        if accuracy is not None and np.isfinite(accuracy):
            self._latest |= {"accuracy": float(accuracy), "accuracy_at": examples}
        if confusion is not None:
            self._matrix = np.array(confusion, dtype=np.int64)

    def _end(self, ended: str) -> None:
        if self._status != "running":
            return
        self._ended, self._status = ended, "ended"
        self._publish()
        if self._terminal is not None:
            self._terminal.close(self._now, ended)
            self._terminal = None

    # what is shown

    def _show(self) -> None:
        """Shows the run as it stands, unless that was done just now: then a later call does it, or the run's end."""
        if time.monotonic() - self._sent >= PAUSE:
            self._publish()

    def _cell_ended(self, _result: Any = None) -> None:
        """A loop that does not call `finish` has ended when its cell has."""
        self._waits = False
        if self._status == "running":
            self._end("stopped" if self._stop else "the cell has ended")

    def _publish(self) -> None:
        self._sent = time.monotonic()
        if "NBGRADER_EXECUTION" in os.environ:
            return
        rate, total = self._pace.rate, self._latest["total"]
        left = max(0, total - self._latest["examples"]) / rate if rate and total is not None else None
        with self.hold_sync():
            self._now = {**self._latest, "rate": rate, "left": left}
            self._curve = self._points.to_browser()
            self._confusion = [] if self._matrix is None else self._matrix.tolist()
            self._filters = [] if self._net is None else to_browser(first_filters(self._net))
        if running_kernel() is None and self._status == "running" and not self._quiet:
            self._terminal = self._terminal or Terminal()
            words = [] if self._matrix is None else mixups(self._matrix, self._classes)
            self._terminal.show(self._now, self._curve["loss"], words)

    def _heard(self, widget: Any, content: Any, buffers: Any) -> None:
        super()._heard(widget, content, buffers)
        # A press that was noticed while the cell ran comes once more after it: the run is over by then.
        if isinstance(content, dict) and content.get("type") == "stop" and self._status == "running":
            self._stop = True


def _when_the_cell_ends(do: Any) -> bool:
    """Runs ``do(result)`` once, after the cell that is running now; returns whether it will: in a kernel."""
    kernel = running_kernel()
    if kernel is None:
        return False
    events = kernel.shell.events

    def once(result: Any) -> None:
        events.unregister("post_run_cell", once)
        do(result)

    events.register("post_run_cell", once)
    return True
