"""Messages over a Unix socket: a length, then the bytes that `wire` makes; every wait has an end."""

import select
import socket
import struct
from time import monotonic
from typing import Any

from .wire import LARGEST, WireError, decode, encode


class Closed(Exception):
    """The other end is gone."""


class Late(Exception):
    """No whole message came in time."""


class Channel:
    """One end of a connection."""

    def __init__(self, sock: socket.socket):
        self.sock = sock

    def send(self, message: Any, seconds: float | None = None) -> None:
        """Send one message. Raises `WireError`, `Late` or `Closed`."""
        data = encode(message)
        if len(data) > LARGEST:
            raise WireError("the message is too large")
        view = memoryview(struct.pack("<I", len(data)) + data)
        end = None if seconds is None else monotonic() + seconds
        while view:
            self._wait(end, write=True)
            try:
                view = view[self.sock.send(view, socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise Closed(str(error)) from None

    def receive(self, seconds: float | None = None) -> Any:
        """The next message. Raises `WireError`, `Late` or `Closed`."""
        end = None if seconds is None else monotonic() + seconds
        (size,) = struct.unpack("<I", self._read(4, end))
        if size > LARGEST:
            raise WireError("the message is too large")
        return decode(self._read(size, end))

    def close(self) -> None:
        """Close this end."""
        self.sock.close()

    def _read(self, size: int, end: float | None) -> bytes:
        data = bytearray()
        while len(data) < size:
            self._wait(end, write=False)
            try:
                part = self.sock.recv(min(size - len(data), 1 << 20), socket.MSG_DONTWAIT)
            except BlockingIOError:
                continue
            except OSError as error:
                raise Closed(str(error)) from None
            if not part:
                raise Closed("the other end is gone")
            data += part
        return bytes(data)

    def _wait(self, end: float | None, *, write: bool) -> None:
        left = None if end is None else end - monotonic()
        if left is not None and left <= 0:
            raise Late
        ready = select.poll()
        ready.register(self.sock, select.POLLOUT if write else select.POLLIN)
        if not ready.poll(None if left is None else left * 1000 + 1):
            raise Late
