"""Bundles the widgets' front end while the package is built, so that `pip install .` needs no manual step."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
STATIC = ROOT / "cnnwidgets" / "widgets" / "static"


def _node() -> ModuleType:
    """`js/node.py`, which is no module of any package."""
    spec = importlib.util.spec_from_file_location("node", ROOT / "js" / "node.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def up_to_date() -> bool:
    """Whether every bundle is newer than every source (an unpacked source distribution brings its bundles along)."""
    sources = [p for p in (ROOT / "js").rglob("*") if p.is_file() and not {"node_modules", "vectors"} & {*p.parts}]
    sources += (ROOT / "cnnwidgets" / "widgets").rglob("*.json")  # what Python and the front end both read
    entries = list((ROOT / "js").glob("*.tsx"))
    bundles = [STATIC / f"{p.stem}.js" for p in entries]
    if not all(p.exists() for p in bundles):
        return False
    if (ROOT / "PKG-INFO").exists():  # a source distribution: its bundles were built from these very sources
        return True
    return min(p.stat().st_mtime for p in bundles) >= max(p.stat().st_mtime for p in sources)


class BundleWidgets(BuildHookInterface[Any]):
    """Runs esbuild before the wheel, the editable install or the source distribution is put together."""

    def dependencies(self) -> list[str]:
        """Node from PyPI, where it is needed and the machine has none."""
        node = _node()
        return [] if up_to_date() or node.machine_has_node() else [node.REQUIREMENT]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds the bundles into `cnnwidgets/widgets/static/` unless they are up to date."""
        if up_to_date():
            return
        node = _node()
        try:
            node.install()
            node.npm("run", "--silent", "build")
        except Exception as problem:
            print(f"The widgets' front end could not be built: {problem}", file=sys.stderr)
            raise
