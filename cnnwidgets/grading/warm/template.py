"""A warm process that forks one child a submission: `python -m cnnwidgets.grading.warm.template ROLE FOLDER`.

Its standard input is a socket on which the grader asks for `warm`, `fork` and `end`, one message a packet. It runs
nobody's code itself and has one thread. When the grader goes, it goes, and its children with it.
"""

import ast
import contextlib
import ctypes
import importlib
import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

MESSAGE = 1 << 17


def main(role: str, folder: str, confined: bool) -> None:
    """Serve until the grader is gone."""
    control = socket.socket(fileno=os.dup(0))
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(null, number)
    os.chdir(folder)
    from .shell import make_shell

    make_shell()
    _warm_torch()
    base = None
    if confined and role == "candidate":
        from . import confine

        confine.available()
        base = confine.address_space()
        confine.enclose(Path(folder))
    children: set[int] = set()
    _reply(control, {"ready": True})
    while True:
        data, handles, _, _ = socket.recv_fds(control, MESSAGE, 2)
        if not data:
            break
        request = json.loads(data)
        if request["do"] == "warm":
            _warm(request["cells"])
            _reply(control, {"warm": True})
        elif request["do"] == "fork":
            child = os.fork()
            if child == 0:
                control.close()
                _become(role, request, handles, base)
            children.add(child)
            _reply(control, {"pid": child})
        elif request["do"] == "end" and request["pid"] in children:
            os.kill(request["pid"], signal.SIGKILL)
            _, status = os.waitpid(request["pid"], 0)
            children.discard(request["pid"])
            _reply(control, {"status": status})
        for handle in handles:
            os.close(handle)
    for child in children:
        os.kill(child, signal.SIGKILL)


def _become(role: str, request: dict[str, Any], handles: list[int], base: int | None) -> None:
    """The child's whole life."""
    code = 1
    with contextlib.suppress(BaseException):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: not without the template
        sockets = [socket.socket(fileno=handle) for handle in handles]
        folder = Path(request["folder"])
        os.chdir(folder)
        os.environ["HOME"] = os.environ["TMPDIR"] = str(folder)
        import tempfile

        tempfile.tempdir = None
        if role == "candidate":
            from . import candidate

            candidate.serve(sockets[0], folder, base)
        else:
            from . import examiner

            examiner.serve(sockets[0], sockets[1], request)
        code = 0
    os._exit(code)


def _warm(cells: list[str]) -> None:
    """Import what trusted cells import, and look up what they take from it (`check.corr2d`)."""
    for source in cells:
        try:
            tree = ast.parse(source)
        except SyntaxError:
            continue
        found: dict[str, Any] = {}
        for node in ast.walk(tree):
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                with contextlib.suppress(Exception):
                    exec(compile(ast.Module([node], []), "<warm>", "exec"), found)
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in found:
                with contextlib.suppress(Exception):
                    getattr(found[node.value.id], node.attr)


def _warm_torch() -> None:
    """Everything that a first use would do in every child again."""
    import numpy as np
    import torch

    torch.set_num_threads(1)
    image = torch.ones(4, 4, requires_grad=True)
    (image @ image).sum()
    torch.nn.functional.conv2d(torch.ones(1, 1, 4, 4), torch.ones(1, 1, 2, 2))
    np.random.default_rng(0).normal(size=3) @ np.ones(3)
    from IPython import get_ipython

    get_ipython().run("raise ValueError('warm')")
    get_ipython().run("from IPython.display import HTML, display\ndisplay(HTML('warm'))\n1.0")
    get_ipython().reset(new_session=True)
    for name in ("asyncio", "decimal", "fractions", "random", "tempfile"):
        importlib.import_module(name)


def _reply(control: socket.socket, message: dict[str, Any]) -> None:
    control.send(json.dumps(message).encode())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3] == "confined")
