"""A run on disk after every epoch: written whole or not at all, and gone on with only by the run that it is of."""

from __future__ import annotations

import os
import zlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from .history import History
from .recipe import Recipe

FORMAT = "cnnwidgets training 1"


class Checkpoint:
    """The file of one run, or of none where there is no path. `of`: what has to be the same for a run to go on."""

    def __init__(
        self,
        path: str | os.PathLike[str] | None,
        net: nn.Module,
        X: Tensor,
        y: Tensor,
        recipe: Recipe,
        precision: str,
        seed: int,
        velocity: list[Tensor],
    ) -> None:
        self.path, self.net, self.velocity = Path(path) if path is not None else None, net, velocity
        self.of: dict[str, Any] = {}
        if self.path:
            self.of = {
                "network": [[name, list(value.shape)] for name, value in net.state_dict().items()],
                "images": [list(X.shape), _sum(X), _sum(y)],
                **asdict(recipe),
                "precision": precision,
                "seed": seed,
            }

    def save(self, history: History) -> None:
        """Writes beside the file, then puts it in its place: a kill at any moment leaves the old one or the new."""
        if not self.path:
            return
        held = {
            "format": FORMAT,
            "of": self.of,
            "net": {name: value.cpu() for name, value in self.net.state_dict().items()},
            "velocity": [value.cpu() for value in self.velocity],
            "history": history.as_values(),
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_name(f"{self.path.name}.part")
        with beside.open("wb") as file:
            torch.save(held, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path)

    def load(self) -> History | None:
        """Puts network and velocity where they were after the last epoch; None where there is no file yet.

        `ValueError` with a sentence for a file that is damaged, or of another run.
        """
        if not self.path or not self.path.exists():
            return None
        try:
            held = torch.load(self.path, map_location="cpu", weights_only=True)
            known = held["format"] == FORMAT
        except OSError:
            raise
        except Exception:  # whatever a damaged file makes of unpacking
            known = False
        if not known:
            raise ValueError(f"{self.path} is no checkpoint that can be read; remove it to start anew")
        different = [name for name, value in self.of.items() if held["of"].get(name) != value]
        if different:
            raise ValueError(
                f"{self.path} is of another run, with other {', '.join(different)}; name another file, or remove it"
            )
        self.net.load_state_dict(held["net"])
        with torch.no_grad():
            for value, was in zip(self.velocity, held["velocity"], strict=True):
                value.copy_(was)
        return History.of(held["history"])


def _sum(values: Tensor) -> int:
    return zlib.crc32(values.cpu().contiguous().numpy().tobytes())
