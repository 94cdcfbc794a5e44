"""Whether the check of `modern_lenet` tells a net that learns from one that does not.

``python -m benchmarks.thresholds`` trains every network as the check does, on the bundled sample, with 20 seeds, but
to the last epoch, and says how many would be judged wrongly.
"""

import argparse
import sys
from collections.abc import Callable
from time import process_time

import torch
from torch import nn

from cnnwidgets import training
from cnnwidgets.checks.exercises.modern import BATCH_SIZE, EPOCHS, RATE, WANTED


def changed(net: nn.Sequential, old: type[nn.Module], new: Callable[[], nn.Module]) -> nn.Sequential:
    """The network with new() in place of every layer of the class old."""
    return nn.Sequential(*[new() if isinstance(layer, old) else layer for layer in net])


LEARN: dict[str, Callable[[], nn.Module]] = {
    "ReLU, max pooling": training.modern_lenet,
    "ReLU, average pooling": lambda: changed(training.lenet(), nn.Sigmoid, nn.ReLU),
    "ReLU, max pooling, Xavier": lambda: training.xavier(training.modern_lenet()),
    "tanh, average pooling": lambda: changed(training.lenet(), nn.Sigmoid, nn.Tanh),
    "tanh, max pooling": lambda: changed(training.modern_lenet(), nn.ReLU, nn.Tanh),
}
DO_NOT: dict[str, Callable[[], nn.Module]] = {
    "sigmoid, average pooling": training.lenet,
    "sigmoid, max pooling": lambda: changed(training.modern_lenet(), nn.ReLU, nn.Sigmoid),
    "sigmoid, average pooling, Xavier": lambda: training.xavier(training.lenet()),
    "ReLU, max pooling, a softmax at the end": lambda: nn.Sequential(*training.modern_lenet(), nn.Softmax(dim=1)),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    given = parser.parse_args()
    torch.set_num_threads(1)
    X, y, X_test, y_test = training.fashion_mnist(sample=True)
    X, X_test = training.scaled(X), training.scaled(X_test)
    print(f"{EPOCHS} epochs in batches of {BATCH_SIZE} at rate {RATE}, {WANTED:.0%} wanted; {given.seeds} seeds")
    print(
        f"{'network':<42}{'best share right: smallest, mean, largest':>44}{'first epoch':>13}{'CPU s':>7}{'wrong':>7}"
    )
    errors = 0
    for learns, nets in ((True, LEARN), (False, DO_NOT)):
        for name, make in nets.items():
            best, first, seconds = [], [], process_time()
            for seed in range(given.seeds):
                torch.manual_seed(seed)
                net, shares = make(), []
                for _ in range(EPOCHS):
                    training.train_epoch(net, X, y, BATCH_SIZE, RATE)
                    shares.append(training.accuracy(net, X_test, y_test))
                best.append(max(shares))
                first.append(next((i for i, share in enumerate(shares, 1) if share >= WANTED), 0))
            wrong = sum((share >= WANTED) != learns for share in best)
            errors += wrong
            each = (process_time() - seconds) / given.seeds
            span = f"{min(best):.1%}  {sum(best) / len(best):.1%}  {max(best):.1%}"
            latest = f"{min(first)} to {max(first)}" if learns else "none" if not any(first) else "some"
            print(f"{name:<42}{span:>44}{latest:>13}{each:>7.1f}{wrong:>7}", flush=True)
    print(f"{errors} of {given.seeds * (len(LEARN) + len(DO_NOT))} judged wrongly")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
