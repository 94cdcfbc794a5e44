"""A warm process that forks a child for every connection to its socket, and ends the child with the connection.

It runs nobody's code itself and has one thread. The child's first message is its process id, written before the
child begins. When whoever started the process goes (its standard input ends), it goes, and its children with it.
"""

import ctypes
import os
import select
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from ..files import remove
from .channel import Channel

TICK = 0.2  # seconds between two looks at what the children have taken
DISK, FILES = 256 * 2**20, 20_000  # bytes and entries that one child's folder may hold
THREADS = 256  # of one child
READY = b"ready\n"
HUNG_UP = select.POLLHUP | getattr(select, "POLLRDHUP", 0)


@dataclass
class Child:
    """A fork that serves a connection, in a folder of its own."""

    pid: int
    connection: socket.socket
    folder: Path
    gone: bool = False  #: whether it has ended and been waited for


def serve(address: Path, become: Callable[[socket.socket, Path], None], scratch: Path) -> None:
    """Fork for every connection until standard input ends; the child calls `become(connection, folder)`."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(address))
    listener.listen(64)
    bell, hammer = socket.socketpair()  # rings when a child has ended
    hammer.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(hammer.fileno(), warn_on_full_buffer=False)
    os.write(1, READY)
    children: list[Child] = []
    looked = monotonic()
    while True:
        waiting = select.poll()
        for each in (0, listener, bell):
            waiting.register(each, select.POLLIN)
        for child in children:
            waiting.register(child.connection, HUNG_UP)
        found = {handle for handle, _ in waiting.poll(TICK * 1000 if children else None)}
        if 0 in found and not os.read(0, 1024):
            break
        if bell.fileno() in found:
            bell.recv(1024)
        for child in children:
            child.gone = os.waitpid(child.pid, os.WNOHANG)[0] != 0
        look = monotonic() - looked > TICK  # also amid the coming and going of others
        looked = monotonic() if look else looked
        over = [c for c in children if c.gone or c.connection.fileno() in found or (look and _too_much(c))]
        for child in over:
            children.remove(child)
            _end(child)
        if listener.fileno() in found:
            with suppress(OSError):  # no process, no room on the disk: whoever asked is hung up on, and may ask again
                children.append(_fork([listener, bell, hammer], children, become, scratch))
    for child in children:
        _end(child)


def connect(address: Path, seconds: float = 30.0) -> tuple[Channel, int, Path]:
    """A channel to a fork of its own, the fork's process id and its folder.

    Raises `OSError` or `Closed` where the warm process is gone.
    """
    sock = socket.socket(socket.AF_UNIX)
    try:
        sock.settimeout(seconds)
        sock.connect(str(address))
        sock.settimeout(None)
        channel = Channel(sock)
        pid, folder = channel.receive(seconds)
    except BaseException:
        sock.close()
        raise
    return channel, int(pid), Path(folder)


def _fork(
    own: list[socket.socket], others: list[Child], become: Callable[[socket.socket, Path], None], scratch: Path
) -> Child:
    connection, _ = own[0].accept()
    folder = Path(tempfile.mkdtemp(dir=scratch))
    pid = os.fork()
    if pid == 0:
        code = 1
        with suppress(BaseException):
            if sys.platform == "linux":
                ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: not without the warm process
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for each in [*own, *(other.connection for other in others)]:  # none of the child's business
                each.close()
            null = os.open(os.devnull, os.O_RDWR)
            os.dup2(null, 0)
            os.dup2(null, 1)
            os.close(null)
            os.chdir(folder)
            os.environ["HOME"] = os.environ["TMPDIR"] = str(folder)
            os.environ["MPLCONFIGDIR"] = str(folder / ".matplotlib")
            tempfile.tempdir = None
            become(connection, folder)
            code = 0
        os._exit(code)
    with suppress(Exception):  # whoever asked may be gone already
        Channel(connection).send([pid, str(folder)], 5)
    return Child(pid, connection, folder)


def _end(child: Child) -> None:
    if not child.gone:
        os.kill(child.pid, signal.SIGKILL)
        os.waitpid(child.pid, 0)
    child.connection.close()
    remove(child.folder)


def _too_much(child: Child) -> bool:
    """Whether a child has started or written more than it may, or hides what it has written."""
    with suppress(OSError):
        if Path(f"/proc/{child.pid}/task").stat().st_nlink - 2 > THREADS:  # Linux counts them so
            return True
    size = entries = 0
    folders = [str(child.folder)]
    while folders:
        try:
            with os.scandir(folders.pop()) as found:
                for entry in found:
                    entries += 1
                    size += entry.stat(follow_symlinks=False).st_blocks * 512
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    if size > DISK or entries > FILES:
                        return True
        except FileNotFoundError:  # removed meanwhile
            continue
        except OSError:  # shut by its mode, or deeper than a path may be long
            return True
    return False
