"""Writes down a run of LeNet on the bundled sample: ``python -m cnnwidgets.training.record_run FILE``.

The file is what the page of widgets shows as a run of training: figures of a real one, with the machine that made it.
"""

import json
import platform
import sys
import time
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from .data import fashion_mnist, scaled
from .lenet import modern_lenet

EPOCHS, BATCH, RATE, SEED = 8, 32, 0.1, 0
EVERY = 4  # steps between two entries


def confusion(net: nn.Module, X: Tensor, y: Tensor) -> Tensor:
    """How often each class (row) got each answer (column), (10, 10)."""
    with torch.no_grad():
        return torch.bincount(y * 10 + net(X).argmax(dim=1), minlength=100).reshape(10, 10)


def record() -> dict[str, Any]:
    """The plan, the steps and the filters at the end, as plain values; a few seconds on a processor."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)  # so small a network is no faster with more
    X, y, X_test, y_test = fashion_mnist(sample=True)
    X, X_test = scaled(X), scaled(X_test)
    net = modern_lenet()
    optimizer = torch.optim.SGD(net.parameters(), lr=RATE)
    steps: list[dict[str, Any]] = []
    seconds, seen = 0.0, 0
    for epoch in range(1, EPOCHS + 1):
        total, before = 0.0, seen
        for number, batch in enumerate(torch.split(torch.randperm(len(X)), BATCH), 1):
            began = time.perf_counter()
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(net(X[batch]), y[batch])
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            seconds += time.perf_counter() - began
            seen, total = seen + len(batch), total + loss.item() * len(batch)
            last = seen - before == len(X)
            if number % EVERY == 0 or last:
                now = {"epoch": epoch, "epochs": EPOCHS, "examples": seen, "seconds": round(seconds, 4)}
                steps.append({**now, "loss": round(total / (seen - before), 4), "accuracy": None, "confusion": None})
        table = confusion(net, X_test, y_test)
        steps[-1] |= {"accuracy": table.trace().item() / table.sum().item(), "confusion": table.tolist()}
    filters = next(net.parameters()).detach()[:, 0]  # the first convolution's weights
    return {
        "made by": f"torch {torch.__version__}, Python {platform.python_version()}, {platform.machine()}",
        "device": "CPU, 1 thread",
        "epochs": EPOCHS,
        "examples": len(X),
        "steps": steps,
        "filters": [[[round(v, 4) for v in row] for row in each] for each in filters.tolist()],
    }


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(record(), separators=(",", ":")) + "\n")
