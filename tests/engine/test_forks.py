"""The process that forks for every connection: each child alone in a folder, and nobody outlives their reason."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from cnnwidgets.grading.engine.channel import Channel, Closed
from cnnwidgets.grading.engine.forks import connect

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs Linux")

# A child says back what it hears; some words it takes for orders.
ECHO = """
import os, signal, sys
from pathlib import Path
from cnnwidgets.grading.engine import forks
from cnnwidgets.grading.engine.channel import Channel, Closed

def become(sock, folder):
    channel = Channel(sock)
    while True:
        try:
            heard = channel.receive()
        except Closed:
            return
        if heard == "die":
            os._exit(3)
        if heard == "deaf":
            signal.pause()
        if heard == "ids":
            heard = [os.getpid(), os.getppid(), os.getcwd(), os.environ["HOME"], sorted(os.listdir("/proc/self/fd"))]
        if heard == "much":
            for n in range(forks.FILES // 1000 + 2):
                for m in range(1000):
                    Path(f"{n}-{m}").touch()
        if heard == "large":
            for n in range(9):
                with open(f"{n}", "wb") as file:
                    file.write(bytes(forks.DISK // 8))
        channel.send(heard)

forks.FILES, forks.DISK = 2000, 2**24
forks.serve(Path(sys.argv[1]), become, Path(sys.argv[2]))
"""


class Echo:
    """The template, started by us."""

    def __init__(self, folder: Path):
        self.address, self.scratch = folder / "socket", folder / "scratch"
        self.scratch.mkdir()
        self.process = subprocess.Popen(
            [sys.executable, "-c", ECHO, str(self.address), str(self.scratch)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self.process.stdout and self.process.stdout.readline() == b"ready\n"

    def child(self) -> tuple[Channel, int, Path]:
        return connect(self.address, 5)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            assert stream
            stream.close()


@pytest.fixture
def echo(tmp_path: Path) -> Iterator[Echo]:
    made = Echo(tmp_path)
    yield made
    made.close()


def soon(happens: Callable[[], bool], seconds: float = 5.0) -> bool:
    end = monotonic() + seconds
    while not happens() and monotonic() < end:
        sleep(0.01)
    return happens()


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_every_connection_has_a_child_and_a_folder_of_its_own(echo: Echo) -> None:
    children = [echo.child() for _ in range(3)]
    for n, (channel, _, _) in enumerate(children):
        channel.send(n)
    assert [channel.receive(5) for channel, _, _ in children] == [0, 1, 2]
    assert len({pid for _, pid, _ in children}) == len({folder for _, _, folder in children}) == 3
    for channel, pid, folder in children:
        channel.send("ids")
        assert channel.receive(5)[:4] == [pid, echo.process.pid, str(folder), str(folder)]


def test_a_child_has_no_descriptor_of_another(echo: Echo) -> None:
    _first, second = echo.child(), echo.child()
    second[0].send("ids")
    handles = second[0].receive(5)[4]
    assert len(handles) <= 5  # standard input, output and error, its connection, and the listing itself


def test_a_child_ends_with_its_connection_and_leaves_nothing(echo: Echo) -> None:
    channel, pid, folder = echo.child()
    (folder / "left").write_text("behind")
    channel.close()
    assert soon(lambda: not alive(pid) and not folder.exists())


def test_a_child_that_does_not_listen_ends_too(echo: Echo) -> None:
    channel, pid, folder = echo.child()
    channel.send("deaf")
    channel.close()
    assert soon(lambda: not alive(pid) and not folder.exists())


def test_a_child_that_dies_closes_its_connection_and_no_other(echo: Echo) -> None:
    (one, _, folder), (two, _, _) = echo.child(), echo.child()
    one.send("die")
    with pytest.raises(Closed):
        one.receive(5)
    assert soon(lambda: not folder.exists())
    two.send("still here")
    assert two.receive(5) == "still here"


@pytest.mark.parametrize("order", ["much", "large"])
def test_a_child_that_writes_too_much_is_ended(echo: Echo, order: str) -> None:
    channel, pid, folder = echo.child()
    channel.send(order)
    assert soon(lambda: not alive(pid) and not folder.exists())


def test_it_is_found_out_also_while_others_come_and_go(echo: Echo) -> None:
    channel, pid, _ = echo.child()
    channel.send("large")

    def found_out() -> bool:
        echo.child()[0].close()
        return not alive(pid)

    assert soon(found_out)


def test_children_die_with_the_warm_process(echo: Echo) -> None:
    children = [echo.child() for _ in range(2)]
    children[0][0].send("deaf")
    echo.process.send_signal(signal.SIGKILL)
    echo.process.wait()
    assert soon(lambda: not any(alive(pid) for _, pid, _ in children))
    with pytest.raises((OSError, Closed)):
        echo.child()


def test_it_ends_with_whoever_started_it_and_clears_up(echo: Echo) -> None:
    channel, pid, folder = echo.child()
    channel.send("deaf")
    assert echo.process.stdin
    echo.process.stdin.close()
    assert echo.process.wait(5) == 0
    assert not alive(pid)
    assert not folder.exists()


def test_nobody_home_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        connect(tmp_path / "nobody", 1)


def test_a_child_that_was_never_asked_anything_still_ends(echo: Echo) -> None:
    for _ in range(20):
        echo.child()[0].close()
    assert soon(lambda: not list(echo.scratch.iterdir()))
    assert not [each for each in Path("/proc").iterdir() if _parent(each) == echo.process.pid]


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0
