"""Downloads as they are: torchvision's own code against a server here, and processes that reach no network at all."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import torchvision

from cnnwidgets.training import data, fashion_mnist
from tests.training.test_data import write_set

ROOT = Path(__file__).parents[2]


class Quiet(SimpleHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        super().do_GET()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a small set in four packed files, which torchvision takes for Fashion-MNIST's server."""
    folder = tmp_path / "server"
    write_set(folder, packed=True)
    sums = [(p.name, hashlib.md5(p.read_bytes()).hexdigest()) for p in sorted(folder.iterdir())]
    handler = type("Handler", (Quiet,), {"asked": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        known = torchvision.datasets.FashionMNIST
        monkeypatch.setattr(known, "mirrors", [f"http://127.0.0.1:{serving.server_address[1]}/"])
        monkeypatch.setattr(known, "resources", sums)
        monkeypatch.setattr(data, "PLACES", (str(tmp_path / "cache"),))
        monkeypatch.setattr(data, "CACHE", tmp_path / "cache")
        monkeypatch.delenv(data.VARIABLE, raising=False)
        monkeypatch.setattr(Quiet, "where", handler, raising=False)
        yield folder
        serving.shutdown()


def test_a_download_shows_how_far_it_is_and_the_next_time_it_is_there(
    server: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    found = fashion_mnist()
    assert (len(found.X_train), len(found.X_test)) == (10, 5)
    said = capfd.readouterr().err
    assert f"downloading about 30 MB to {tmp_path / 'cache'}" in said
    assert "100" in said and "%" in said  # torchvision's own bar
    shutil.rmtree(server)
    again = fashion_mnist()
    assert (again.X_train == found.X_train).all()
    assert "downloading" not in capfd.readouterr().err


def test_a_download_that_was_cut_off_is_made_anew(server: Path, tmp_path: Path) -> None:
    fashion_mnist()
    half = tmp_path / "cache" / "FashionMNIST" / "raw" / "train-images-idx3-ubyte"
    half.write_bytes(half.read_bytes()[:1000])
    (half.parent / f"{half.name}.gz").unlink()
    with pytest.warns(UserWarning, match="passed over: .*is damaged: it should hold"):
        found = fashion_mnist()
    assert len(found.X_train) == 10
    assert str(tmp_path / "cache") in found.source


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda p: p.write_bytes(gzip.compress(b"something else")), "RuntimeError"),
        (lambda p: p.unlink(), "404"),
        (lambda p: p.write_bytes(p.read_bytes()[:-30]), "RuntimeError"),
    ],
    ids=["another file", "not found", "cut off"],
)
def test_a_download_that_is_not_what_it_should_be_gives_the_sample_and_says_so(server: Path, spoil, sentence) -> None:
    spoil(server / "train-images-idx3-ubyte.gz")
    found = fashion_mnist()
    assert len(found.X_train) == 2000
    assert "could not be downloaded" in found.source and sentence in found.source
    assert "\n" not in found.source


def test_the_timeout_of_others_sockets_stays(server: Path) -> None:
    import socket

    before = socket.getdefaulttimeout()
    fashion_mnist()
    assert socket.getdefaulttimeout() == before


CODE = """
from cnnwidgets.training import data
data.PLACES = ()
print(data.fashion_mnist())
"""
CUT = """
import errno, os, socket
def refuse(*_, **__):
    raise OSError(errno.ENETUNREACH, os.strerror(errno.ENETUNREACH))
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
"""


def without_network(home: Path, *arguments: str, cut: str = "namespace") -> subprocess.CompletedProcess[str]:
    """A process in a network namespace of its own, which reaches nothing; or one whose sockets all fail."""
    command = [sys.executable, *arguments]
    if cut == "namespace":
        command = ["unshare", "--map-root-user", "--net", *command]
    environment = os.environ | {"HOME": str(home), "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    environment.pop(data.VARIABLE, None)
    return subprocess.run(command, capture_output=True, text=True, cwd=home, env=environment, check=False)


def namespaces() -> bool:
    command = ["unshare", "--map-root-user", "--net", "true"]
    return bool(shutil.which("unshare")) and subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("cut", ["sockets", "namespace"])
def test_without_a_network_it_is_the_sample_and_says_why(tmp_path: Path, cut: str) -> None:
    if cut == "namespace" and not namespaces():
        pytest.skip("this machine gives no network namespace")
    done = without_network(tmp_path, "-c", (CUT if cut == "sockets" else "") + CODE, cut=cut)
    assert done.returncode == 0, done.stderr
    assert "2000 images to learn from" in done.stdout
    assert "could not be downloaded" in done.stdout
    assert "Network is unreachable" in done.stdout or "name resolution" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_without_a_network_training_runs_on_the_sample(tmp_path: Path) -> None:
    if not namespaces():
        pytest.skip("this machine gives no network namespace")
    done = without_network(tmp_path, "-m", "cnnwidgets.cli", "train", "--sample", "--epochs", "1", "--device", "cpu")
    assert done.returncode == 0, done.stderr
    assert "the sample that comes with cnnwidgets" in done.stdout
    assert (tmp_path / "lenet-modern.safetensors").stat().st_size > 4 * 61_706
