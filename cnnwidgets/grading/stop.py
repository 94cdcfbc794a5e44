"""Ctrl-C while grading: kernels end at once, what is being written is written, and then the run stops."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


class Stop:
    """Whether the user wants to stop."""

    wanted = False

    def check(self) -> None:
        """Raise a `KeyboardInterrupt` if so: to be called where nothing is half done."""
        if self.wanted:
            raise KeyboardInterrupt


@contextmanager
def stoppable(end_kernels: Callable[[], None]) -> Iterator[Stop]:
    """Turn the first Ctrl-C into a wish, told by the `Stop`, and a call of `end_kernels`; the second is Python's own.

    Python's own is raised between any two lines: amid a change to the gradebook, or in a callback that swallows it.
    """
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = signal.getsignal(signal.SIGINT)

    def on_interrupt(_number: int, _frame: FrameType | None) -> None:
        stop.wanted = True
        signal.signal(signal.SIGINT, before)
        end_kernels()

    signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
