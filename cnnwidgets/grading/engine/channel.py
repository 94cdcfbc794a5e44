"""Messages over a Unix socket: a length, then the bytes that `wire` makes; every wait has an end."""

import select
import signal
import socket
import struct
import threading
from contextlib import nullcontext
from time import monotonic
from typing import Any

from .wire import LARGEST, WireError, decode, encode

ALARM = {signal.SIGALRM}


class Closed(Exception):
    """The other end is gone."""


class Late(Exception):
    """No whole message came in time."""


class Channel:
    """One end of a connection.

    A check's time limit (an alarm signal) may end a wait, but never comes between a byte and its place.
    """

    def __init__(self, sock: socket.socket):
        self.sock = sock
        self.arrived = bytearray()

    def send(self, message: Any, seconds: float | None = None) -> None:
        """Send one message. Raises `WireError`, `Late` or `Closed`."""
        data = encode(message)
        if len(data) > LARGEST:
            raise WireError("the message is too large")
        view = memoryview(struct.pack("<I", len(data)) + data)
        end = None if seconds is None else monotonic() + seconds
        with alarms_held():
            while view:
                try:
                    view = view[self.sock.send(view, socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL) :]
                except BlockingIOError:
                    self._wait(end, select.POLLOUT, alarms=False)  # half a message would spoil all later ones
                except OSError as error:
                    raise Closed(str(error)) from None

    def receive(self, seconds: float | None = None, *, alarms: bool = True) -> Any:
        """The next message. Raises `WireError`, `Late` or `Closed`, and, with `alarms`, what an alarm raises."""
        end = None if seconds is None else monotonic() + seconds
        with alarms_held():
            self._fill(4, end, alarms)
            (size,) = struct.unpack_from("<I", self.arrived)
            if size > LARGEST:
                raise WireError("the message is too large")
            self._fill(4 + size, end, alarms)
            data = bytes(self.arrived[4 : 4 + size])
            del self.arrived[: 4 + size]
        return decode(data)

    def hung_up(self) -> bool:
        """Whether the other end is gone already."""
        ready = select.poll()
        ready.register(self.sock, 0)
        return bool(ready.poll(0))

    def close(self) -> None:
        """Close this end."""
        self.sock.close()

    def _fill(self, size: int, end: float | None, alarms: bool) -> None:
        """Wait until `size` bytes have arrived; what comes stays, also when the wait is cut short."""
        while len(self.arrived) < size:
            if end is not None and monotonic() > end:  # what never stops coming never has to be waited for
                raise Late
            try:
                part = self.sock.recv(max(size - len(self.arrived), 1 << 16), socket.MSG_DONTWAIT)
            except BlockingIOError:
                self._wait(end, select.POLLIN, alarms=alarms)
                continue
            except OSError as error:
                raise Closed(str(error)) from None
            if not part:
                raise Closed("the other end is gone")
            self.arrived += part

    def _wait(self, end: float | None, event: int, *, alarms: bool) -> None:
        left = None if end is None else end - monotonic()
        if left is not None and left <= 0:
            raise Late
        ready = select.poll()
        ready.register(self.sock, event)
        with alarms_let_through() if alarms else nullcontext():
            found = ready.poll(None if left is None else left * 1000 + 1)
        if not found:
            raise Late


class alarms_held:
    """Alarm signals wait until the end of the block; tells whether they waited already."""

    held = False  #: by a block of the main thread, which alone has alarms

    def __enter__(self) -> bool:
        self.mine = _in_main_thread() and not alarms_held.held
        if self.mine:
            _hold()
        return not self.mine

    def __exit__(self, *_: object) -> None:
        if self.mine:
            _let_through()


class alarms_let_through:
    """In `alarms_held`: a place where they may come."""

    def __enter__(self) -> None:
        self.mine = _in_main_thread() and alarms_held.held
        if self.mine:
            _let_through()

    def __exit__(self, *_: object) -> None:
        if self.mine:
            _hold()


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _hold() -> None:
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, ALARM)
    except BaseException:  # one that came just before
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ALARM)
        raise
    alarms_held.held = True


def _let_through() -> None:
    alarms_held.held = False
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ALARM)
