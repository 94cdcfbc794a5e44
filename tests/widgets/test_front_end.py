"""The front end's types, unit tests and size: `tsc` and vitest, run once each, on vectors written just before."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from cnnwidgets.widgets.base import STATIC
from cnnwidgets.widgets.live import rules_of
from tests.vectors import write_vectors

JS = Path(__file__).parents[2] / "js"
MOST = 40 * 1024  # bytes of a bundle, gzipped
LINES = 150  # of what a failing script says


def run(script: str, *arguments: str) -> str:
    """What a script of ``js/package.json`` says; the test fails with just that where the script does."""
    environment = {name: value for name, value in os.environ.items() if name != "FORCE_COLOR"} | {"NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, str(JS / "node.py"), script, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=environment,
    )
    if done.returncode:
        lines = [line for line in done.stdout.splitlines() if "✓" not in line]
        if len(lines) > LINES:
            lines[LINES - 20 : -20] = ["", "…", ""]
        pytest.fail(f"`python js/node.py {script}` failed:\n" + "\n".join(lines), pytrace=False)
    return done.stdout


def test_types() -> None:
    run("check")


def test_units() -> None:
    counts = write_vectors()
    named = counts.pop("cases")  # those that have a name, all of them
    assert named == 16 and min(counts.values()) >= 500
    assert "passed" in run("test")


@pytest.mark.parametrize("source", sorted(JS.glob("*.tsx")), ids=lambda path: path.stem)
def test_a_bundle_is_small(source: Path) -> None:
    assert len(gzip.compress((STATIC / f"{source.stem}.js").read_bytes(), 9)) <= MOST


def test_vectors_are_the_same_each_time(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        write_vectors(tmp_path / folder)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_no_selector_means_two_things() -> None:
    """A notebook with two widgets loads the styles of both: rules that differ would change each other's looks."""
    meant: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for path in STATIC.glob("*_*.css"):
        for rule in rules_of(path.read_text(encoding="utf-8")):
            selector, _, body = rule.partition("{")
            if not selector.startswith("@"):
                meant[selector][body].add(path.stem)
    clashes = {
        selector: bodies
        for selector, bodies in meant.items()
        if any(not one & other for one, other in combinations(bodies.values(), 2))
    }
    assert clashes == {}
