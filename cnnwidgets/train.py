"""`cnnwidgets train`: trains a LeNet on Fashion-MNIST before one's eyes, and keeps its weights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from cnnwidgets.grading.problem import Problem

NAMES = {"deck": "LeNet as in the deck, Xavier's initialisation", "modern": "LeNet with ReLU and max pooling"}

SMALL = 10_000  # images to learn from
DRAWN = (".png", ".pdf", ".svg")


def train(
    net: str = "modern",
    *,
    epochs: int | None = None,
    device: str = "auto",
    data: Path | None = None,
    sample: bool = False,
    seed: int = 0,
    precision: str = "float32",
    into: Path | None = None,
    picture: Path | None = None,
    console: Console | None = None,
) -> int:
    """Train "deck" or "modern" by its recipe, write weights (safetensors) to `into`; returns 0.

    Stopped or killed, the same command goes on after the last epoch that was done. A `Problem` for a device, a folder
    or a file that can not be used.
    """
    import torch

    from cnnwidgets import training

    console = console or Console()
    path = into or Path(f"lenet-{net}.safetensors")
    for file in (path, picture):
        if file is not None and file.is_dir():
            raise Problem(f"{file} is a folder, not a file")
        if file is not None and not file.parent.is_dir():
            raise Problem(f"{file} can not be written: there is no folder {file.parent}")
    if picture is not None and picture.suffix.lower() not in DRAWN:
        raise Problem(f"{picture} can not be drawn: PNG, PDF and SVG can")
    recipe = training.DECK if net == "deck" else training.MODERN
    checkpoint = path.with_name(f"{path.name}.checkpoint")
    try:
        where = training.choose(device)
        images = training.fashion_mnist(data, sample=sample)
        console.print(f"{NAMES[net]}, on {training.in_words(where)}", highlight=False, markup=False, soft_wrap=True)
        console.print(str(images), highlight=False, markup=False, soft_wrap=True)
        recipe = replace(recipe, epochs=epochs or recipe.epochs)
        if len(images.X_train) < SMALL:  # enough steps to learn in, nonetheless
            recipe = replace(recipe, batch_size=32)
        torch.manual_seed(seed)
        made = training.xavier(training.lenet()) if net == "deck" else training.modern_lenet()
        shown = Shown(console)
        history = training.fit(
            made, images, recipe, device=where, precision=precision, seed=seed, monitor=shown, checkpoint=checkpoint
        )
    except (ValueError, FileNotFoundError) as problem:
        raise Problem(str(problem)) from problem
    told = {"net": net, "epochs": len(history), "seed": seed, "device": history.device, "data": images.source}
    _save(made, path, told | {"accuracy": history.accuracy[-1]})
    checkpoint.unlink(missing_ok=True)
    console.print(
        f"[bold]{history.accuracy[-1]:.2%}[/bold] of {len(images.X_test)} test images right, "
        f"[bold]{history.examples_per_second:,.0f}[/bold] examples a second on {history.device} "
        f"({history.seconds.sum():.1f} s of training, {history.warm_up:.1f} s to warm up)",
        highlight=False,
        soft_wrap=True,
    )
    console.print(f"weights    {path}", highlight=False, markup=False, soft_wrap=True)
    if picture is not None:
        training.mistakes(made, images.X_test, images.y_test).savefig(picture, dpi=120)
        console.print(f"mistakes   {picture}", highlight=False, markup=False, soft_wrap=True)
    return 0


def _save(net: Any, path: Path, about: dict[str, Any]) -> None:
    """Weights by the names of the state dict, with what they are in the file's head; whole or not at all."""
    from safetensors.torch import save_file

    half = path.with_name(f"{path.name}.part")
    weights = {name: value.detach().cpu().contiguous() for name, value in net.state_dict().items()}
    save_file(weights, half, metadata={name: str(value) for name, value in about.items()})
    half.replace(path)


class Shown:
    """Follows training on a terminal: a bar, and a line an epoch; the lines alone where there is no terminal."""

    stopped = False

    def __init__(self, console: Console) -> None:
        self.console = console
        columns = (TextColumn("epoch {task.fields[epoch]}"), BarColumn(), TextColumn("{task.fields[about]}"))
        self.bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)

    def start(self, net: Any, plan: Any) -> None:
        """A head for the lines, and the bar."""
        done = (plan.first - 1) * plan.steps
        if done:
            self.console.print(f"going on after epoch {plan.first - 1}", highlight=False)
        self.console.print("[dim]epoch    loss   right   examples a second[/dim]", highlight=False)
        self.task = self.bar.add_task("", total=plan.epochs * plan.steps, completed=done, epoch=plan.first, about="")
        self.bar.start()

    def update(self, step: Any) -> None:
        """The bar moves on; at the end of an epoch a line stays."""
        speed = step.examples / step.seconds if step.seconds else 0.0
        done = (step.epoch - 1) * step.steps + step.step
        left = (step.epochs * step.steps - done) * step.seconds / done
        about = f"loss {step.loss:.3f}, {speed:,.0f} examples a second, {left:.0f} s left"
        self.bar.update(self.task, completed=done, epoch=f"{step.epoch}/{step.epochs}", about=about)
        if step.accuracy is not None:
            line = f"{step.epoch:>5}  {step.loss:6.3f}  {step.accuracy:6.2%}  {speed:18,.0f}"
            self.console.print(line, highlight=False)

    def finish(self, history: Any) -> None:
        """The bar goes."""
        self.bar.stop()
