"""One warm process for learners' code, and what the trusted process sees of what it holds."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from cnnwidgets.grading.bench import Template
from cnnwidgets.grading.engine import forks
from cnnwidgets.grading.engine.proxies import Understanding
from cnnwidgets.grading.engine.remote import Candidate

SECONDS = 300.0  # patience with a machine that does much else


class Learner:
    """A learner's process; `learner.double` is what a test cell gets for that name."""

    def __init__(self, address: Path):
        channel, pid, self.folder = forks.connect(address)
        self.candidate = Candidate(channel, pid)
        self.understanding = Understanding(self.candidate)

    def run(self, source: str) -> list[dict[str, Any]]:
        """Run a cell of the learner's."""
        self.candidate.deadline = monotonic() + SECONDS
        outputs: list[dict[str, Any]] = self.candidate.ask("cell", source)["outputs"]
        return outputs

    def __getattr__(self, name: str) -> Any:
        found = self.candidate.ask("names", [name])["names"]
        if name not in found:
            raise AttributeError(name)
        return self.understanding.value(found[name])


@pytest.fixture(scope="session")
def warm() -> Iterator[Template]:
    """The process that learners' processes are forked from, sandbox and all."""
    with tempfile.TemporaryDirectory() as folder:
        template = Template(
            "candidate", Path(folder) / "candidate", {"imports": [], "cells": []}, confined=True, console=None
        )
        try:
            template.wait()
            yield template
        finally:
            template.close()


@pytest.fixture
def told(warm: Template) -> Iterator[Callable[[str], Learner]]:
    """Give it a learner's code; it gives back the learner."""
    learners = []

    def tell(source: str) -> Learner:
        learner = Learner(warm.address)
        learners.append(learner)
        assert [each for each in learner.run(source) if each["output_type"] == "error"] == []
        return learner

    yield tell
    for each in learners:
        each.candidate.channel.close()
