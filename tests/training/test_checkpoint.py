"""A run that is killed at any moment goes on from its last epoch, to the weights of one that was left alone."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

from cnnwidgets import training
from cnnwidgets.training import Dataset, Recipe, fit
from tests.training.test_fit import few, made, same

RUN = """
import sys, torch
from cnnwidgets import training
torch.set_num_threads(1)
torch.manual_seed(3)
net = torch.nn.Sequential(*training.modern_lenet()[:-1], torch.nn.Dropout(0.2), torch.nn.Linear(84, 10))
recipe = training.Recipe(epochs=6, batch_size=32, lr=0.05, momentum=0.9, schedule="one-cycle", held_out=200)

class Told:
    stopped = False
    def start(self, net, plan): print("first", plan.first, flush=True)
    def update(self, step): print("epoch", step.epoch, flush=True)
    def finish(self, history): pass

history = training.fit(
    net, training.fashion_mnist(sample=True), recipe, device="cpu", seed=4, monitor=Told(), checkpoint=sys.argv[1]
)
kept = {"net": net.state_dict(), "loss": history.loss.tolist(), "accuracy": history.accuracy.tolist()}
torch.save(kept, sys.argv[2])
"""


def start(folder: Path, name: str, to: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", RUN, str(folder / f"{name}.checkpoint"), str(folder / to)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"OMP_NUM_THREADS": "1"})


@pytest.mark.slow
def test_killed_at_random_moments_it_ends_with_the_same_weights(tmp_path: Path) -> None:
    """Really killed, three times, at moments that no test chooses; the last time it is left to finish."""
    started = time.monotonic()
    with start(tmp_path, "whole", "whole.pt") as whole:
        told = whole.communicate()[0].split("\n")
    assert whole.returncode == 0
    assert told[0] == "first 1"
    takes = time.monotonic() - started

    firsts, killed = [], 0
    for _ in range(30):
        with start(tmp_path, "killed", "killed.pt") as process:
            assert process.stdout is not None
            firsts.append(int(process.stdout.readline().split()[1]))  # the run is on: it has loaded, and gone on
            if killed < 3:
                time.sleep(random.uniform(0.0, 0.5 * takes))
                process.send_signal(signal.SIGKILL)
            process.communicate()
            if process.returncode == 0:
                break
            assert process.returncode == -signal.SIGKILL
            killed += 1
    assert killed >= 1, "it was over before it could be killed"
    assert firsts == sorted(firsts)

    wanted, got = (torch.load(tmp_path / f"{name}.pt", weights_only=True) for name in ("whole", "killed"))
    for name, value in wanted["net"].items():
        assert torch.equal(got["net"][name], value), name
    assert got["loss"] == wanted["loss"]
    assert got["accuracy"] == wanted["accuracy"]


RECIPE = Recipe(epochs=4, batch_size=64, lr=0.05, momentum=0.9, schedule="one-cycle")


class StopAfter(training.Monitor):
    """Stops at the end of an epoch."""

    stopped = False  # type: ignore[assignment]

    def __init__(self, epoch: int) -> None:
        self.epoch = epoch

    def start(self, net: torch.nn.Module, plan: training.Plan) -> None:
        self.first = plan.first

    def update(self, step: training.Step) -> None:
        self.stopped = step.epoch == self.epoch and step.accuracy is not None

    def finish(self, history: training.History) -> None:
        pass


@pytest.mark.parametrize("after", [1, 2, 3])
def test_stopped_after_each_epoch_it_goes_on_to_the_same(images: Dataset, tmp_path: Path, after: int) -> None:
    data, file = few(images), tmp_path / "deep" / "run.checkpoint"
    whole, parts = made(), made()
    undisturbed = fit(whole, data, RECIPE)
    assert len(fit(parts, data, RECIPE, monitor=StopAfter(after), checkpoint=file)) == after
    fresh, monitor = made(seed=99), StopAfter(0)  # whatever weights it starts from
    history = fit(fresh, data, RECIPE, monitor=monitor, checkpoint=file)
    assert monitor.first == after + 1
    assert same(fresh, whole)
    assert history.loss.tolist() == undisturbed.loss.tolist()
    assert (len(history.seconds), history.ended) == (4, "all epochs done")
    assert [p.name for p in file.parent.iterdir()] == ["run.checkpoint"]


def test_a_run_that_is_done_is_not_done_again(images: Dataset, tmp_path: Path) -> None:
    net, again, file = made(), made(), tmp_path / "run"
    first = fit(net, few(images), RECIPE, checkpoint=file)
    content = file.read_bytes()
    second = fit(again, few(images), RECIPE, checkpoint=file)
    assert same(net, again)
    assert second.loss.tolist() == first.loss.tolist()
    assert file.read_bytes() == content


DAMAGE = {
    "empty": lambda content: b"",
    "cut off": lambda content: content[: len(content) // 2],
    "garbled": lambda content: content[:200] + bytes(64) + content[264:],
    "another file": lambda content: b"PK\x03\x04 of something else",
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_checkpoint_is_told_in_a_sentence(images: Dataset, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "run"
    fit(made(), few(images), Recipe(epochs=1), checkpoint=file)
    file.write_bytes(DAMAGE[kind](file.read_bytes()))
    with pytest.raises(ValueError, match="is no checkpoint that can be read; remove it to start anew"):
        fit(made(), few(images), Recipe(epochs=1), checkpoint=file)


def test_a_file_that_runs_code_when_it_is_unpacked_does_not(images: Dataset, tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self):
            return (Path.touch, (tmp_path / "ran",))

    torch.save({"format": Evil()}, tmp_path / "run")
    with pytest.raises(ValueError, match="is no checkpoint"):
        fit(made(), few(images), checkpoint=tmp_path / "run")
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("what", ["lr", "seed", "images", "network"])
def test_the_checkpoint_of_another_run_is_refused_and_kept(images: Dataset, tmp_path: Path, what: str) -> None:
    file = tmp_path / "run"
    fit(made(), few(images), Recipe(epochs=1), checkpoint=file)
    content = file.read_bytes()
    net = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(784, 10)) if what == "network" else made()
    data = few(images, 299) if what == "images" else few(images)
    recipe = Recipe(epochs=1, lr=0.2 if what == "lr" else 0.1)
    with pytest.raises(ValueError, match=f"is of another run, with other {what}; name another file"):
        fit(net, data, recipe, seed=int(what == "seed"), checkpoint=file)
    assert file.read_bytes() == content
