"""Trains both networks on the whole set for the explorers: ``python -m cnnwidgets.training.make_weights``.

Adam on the cross-entropy, with a rate that falls to nothing along half a cosine; Xavier's start, and a seed. It takes
some minutes. The weights are kept as float16, 115 KB a network, with the share of the test images that these rounded
weights get right.
"""

import math
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from .data import fashion_mnist, scaled
from .lenet import lenet, modern_lenet
from .loop import accuracy, xavier

FOLDER = Path(__file__).parent / "weights"
BATCH = 256
SEED = 0

#: For each network: what makes it, how many epochs, and the rate at the start.
RECIPES = {"lenet": (lenet, 14, 6e-3), "modern": (modern_lenet, 8, 3e-3)}


def trained(net: nn.Module, X: Tensor, y: Tensor, epochs: int, lr: float) -> nn.Module:
    """The net after so many epochs on images X (n, 1, 28, 28), 0 to 1, of the classes y (n,)."""
    steps = epochs * math.ceil(len(X) / BATCH)
    optimiser = torch.optim.Adam(net.parameters(), lr)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    net.train()
    for epoch in range(1, epochs + 1):
        total = 0.0
        for batch in torch.split(torch.randperm(len(X)), BATCH):
            optimiser.zero_grad()
            loss = nn.functional.cross_entropy(net(X[batch]), y[batch])
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
            total += float(loss.detach()) * len(batch)
        print(f"  epoch {epoch}: loss {total / len(X):.4f}", flush=True)
    return net


def rounded(net: nn.Module) -> np.ndarray:
    """Puts the weights that float16 keeps into the net; returns them as one run, layer by layer."""
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(p.half().float())
    return np.concatenate([p.detach().numpy().ravel() for p in net.parameters()]).astype(np.float16)


if __name__ == "__main__":
    data = fashion_mnist()
    if len(data.X_train) != 60000:
        raise SystemExit("the weights come from the full set, and there is no copy of it here")
    X, y, X_test, y_test = scaled(data.X_train), data.y_train, scaled(data.X_test), data.y_test
    FOLDER.mkdir(exist_ok=True)
    for name, (make, epochs, lr) in RECIPES.items():
        print(name)
        torch.manual_seed(SEED)
        net = trained(xavier(make()), X, y, epochs, lr)
        weights = rounded(net)
        share = accuracy(net, X_test, y_test)
        path = FOLDER / f"{name}.npz"
        np.savez_compressed(path, weights=weights, accuracy=share)
        print(f"{path}: {path.stat().st_size} bytes, {share:.2%} of {len(y_test)} test images right")
