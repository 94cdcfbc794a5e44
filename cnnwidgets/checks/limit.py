"""A time limit around code that may never end."""

from __future__ import annotations

import ctypes
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

AGAIN = 0.005  # seconds after which the limit strikes again: the first one may be swallowed by a bare `except:`


class TooSlow(BaseException):
    """The limit is over. Not an `Exception`, so that an ordinary handler of the learner's does not keep it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises `TooSlow` in the body when it has run for `seconds`.

    In the main thread a timer signal does it, which also wakes a sleeping call. Elsewhere, and on Windows, a
    watching thread does, at the next line of Python that runs.
    """
    in_main = threading.current_thread() is threading.main_thread()
    start = _signal if in_main and hasattr(signal, "setitimer") else _watcher
    over = False

    def strike() -> bool:
        return not over

    stop = start(seconds, strike)
    try:
        yield
    finally:
        while not over:
            with suppress(TooSlow):  # one more strike may come while this one is on its way out
                stop()
                over = True


def _signal(seconds: float, wanted: Callable[[], bool]) -> Callable[[], None]:
    def strike(*_: object) -> None:
        if wanted():
            raise TooSlow

    before = signal.signal(signal.SIGALRM, strike)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)

    def stop() -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

    return stop


def _watcher(seconds: float, wanted: Callable[[], bool]) -> Callable[[], None]:
    watched, ended, lock = threading.get_ident(), threading.Event(), threading.Lock()

    def watch() -> None:
        wait = seconds
        while not ended.wait(wait):
            wait = AGAIN
            with lock:
                if wanted():
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(watched), ctypes.py_object(TooSlow))

    threading.Thread(target=watch, daemon=True).start()

    def stop() -> None:
        ended.set()
        with lock:  # a strike that was decided before this line is taken back
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(watched), None)

    return stop
