"""`cnnwidgets train`: weights that another network can take, a run that goes on, one sentence for every mistake."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from rich.console import Console
from safetensors import safe_open
from safetensors.torch import load_file

from cnnwidgets import training
from cnnwidgets.cli import main
from cnnwidgets.train import Shown, train

SAMPLE = ["train", "--sample", "--device", "cpu"]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CNNWIDGETS_DATA", raising=False)
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.mark.parametrize("net", ["deck", "modern"])
def test_the_weights_are_those_of_the_network_that_was_tested(net: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*SAMPLE, "--net", net, "--epochs", "2", "--into", "w.safetensors", "--picture", "m.png"]) == 0
    said = capsys.readouterr().out
    assert "2000 images to learn from" in said
    assert "CPU, 1 thread" in said
    assert "examples a second" in said
    made = training.lenet() if net == "deck" else training.modern_lenet()
    made.load_state_dict(load_file("w.safetensors"))
    images = training.fashion_mnist(sample=True)
    share = training.accuracy(made, training.scaled(images.X_test), images.y_test)
    assert f"{share:.2%} of 500 test images right" in said
    with safe_open("w.safetensors", "pt") as file:
        about = file.metadata()
    assert (about["net"], about["epochs"], float(about["accuracy"])) == (net, "2", pytest.approx(share))
    assert Path("m.png").read_bytes().startswith(b"\x89PNG")
    assert sorted(p.name for p in Path().iterdir()) == ["m.png", "w.safetensors"]


def test_the_modern_network_learns_on_the_sample() -> None:
    assert main([*SAMPLE, "--epochs", "6"]) == 0
    with safe_open("lenet-modern.safetensors", "pt") as file:
        assert float(file.metadata()["accuracy"]) > 0.65


@pytest.mark.slow
def test_interrupted_it_goes_on_with_the_same_command_to_the_same_weights() -> None:
    command = [sys.executable, "-m", "cnnwidgets.cli", *SAMPLE, "--epochs", "6"]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as run:
        assert run.stdout is not None
        for line in run.stdout:
            if line.split()[:1] == ["2"]:
                run.send_signal(signal.SIGINT)
                break
        _, error = run.communicate()
    assert run.returncode == 130
    assert error.strip() == "cnnwidgets: stopped; run the same command again to go on"
    assert not Path("lenet-modern.safetensors").exists()
    assert Path("lenet-modern.safetensors.checkpoint").exists()
    again = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    assert "going on after epoch" in again.stdout
    assert not Path("lenet-modern.safetensors.checkpoint").exists()
    assert main([*SAMPLE, "--epochs", "6", "--into", "whole.safetensors"]) == 0
    whole, parts = load_file("whole.safetensors"), load_file("lenet-modern.safetensors")
    assert all(torch.equal(whole[name], parts[name]) for name in whole)


MISTAKES = {
    "no such device": (["--device", "tpu"], "there is no device 'tpu'; choose one of auto, cpu, cuda, mps"),
    "not here": (["--device", "cuda:77"], "this machine has no device 'cuda:77'"),
    "no data": (["--data", "nowhere"], "the folder nowhere does not hold Fashion-MNIST; wanted: train-images"),
    "damaged data": (["--data", "damaged"], "is not an IDX file of images"),
    "into a folder": (["--into", "damaged"], "damaged is a folder, not a file"),
    "into nowhere": (["--into", "a/b.safetensors"], "a/b.safetensors can not be written: there is no folder a"),
    "picture of no kind": (["--picture", "m.xyz"], "m.xyz can not be drawn: PNG, PDF and SVG can"),
    "another run": (["--epochs", "3"], "is of another run, with other epochs; name another file, or remove it"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_sentence(mistake: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments, sentence = MISTAKES[mistake]
    Path("damaged").mkdir()
    for name in (
        "train-images-idx3-ubyte",
        "train-labels-idx1-ubyte",
        "t10k-images-idx3-ubyte",
        "t10k-labels-idx1-ubyte",
    ):
        Path("damaged", name).write_bytes(b"<html>")
    if mistake == "another run":
        torch.manual_seed(0)
        checkpoint = "lenet-modern.safetensors.checkpoint"
        recipe = training.Recipe(**{**vars(training.MODERN), "epochs": 1, "batch_size": 32})
        training.fit(training.modern_lenet(), training.fashion_mnist(sample=True), recipe, checkpoint=checkpoint)
    sample = [] if "--data" in arguments else ["--sample"]
    assert main(["train", *sample, *arguments]) == 2
    error = capsys.readouterr().err
    assert sentence in error and error.startswith("cnnwidgets: ")
    assert error.count("\n") == 1 and "Traceback" not in error
    assert not Path("lenet-modern.safetensors").exists()


def test_on_a_terminal_there_is_a_bar_with_rate_and_time_left() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=100, color_system=None)
    shown = Shown(console)
    plan = training.Plan(epochs=4, first=1, steps=10, examples=100, batch_size=10, device="CPU")
    shown.start(torch.nn.Identity(), plan)
    for step, right in ((5, None), (10, 0.51)):
        shown.update(training.Step(1, 4, step, 10, 1.25, right, None, 10 * step, 0.1 * step, "CPU"))
    shown.bar.refresh()
    shown.finish(training.History())
    said = console.file.getvalue()
    assert "epoch 1/4" in said and "loss 1.250, 100 examples a second, 3 s left" in said
    assert "    1   1.250  51.00%                 100" in said


def test_plain_output_has_no_bar(tmp_path: Path) -> None:
    console = Console(file=io.StringIO(), width=100)
    assert train("modern", epochs=1, device="cpu", sample=True, console=console) == 0
    said = console.file.getvalue()
    assert "━" not in said and "\x1b" not in said
    assert len([line for line in said.split("\n") if line.strip().startswith("1 ")]) == 1
