"""The deck's figures on all of Fashion-MNIST, several seeds each: ``python -m benchmarks.deck --seeds 5``.

Three networks with Xavier's initialisation, trained for ten epochs by the plain loop that learners write. A line of
JSON an epoch goes to the file that is named, so that a run that is broken off goes on where it was; figures are in
docs/training.md.
"""

import argparse
import json
import time
from pathlib import Path

import torch

from cnnwidgets import training

EPOCHS = 10
RUNS = {  # the network, the rate, the batch size
    "sigmoid, lr 0.1, batch 128": (training.lenet, 0.1, 128),
    "sigmoid, lr 0.9, batch 256": (training.lenet, 0.9, 256),
    "ReLU and max pooling, lr 0.2, batch 128": (training.modern_lenet, 0.2, 128),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--to", type=Path, default=Path("build/deck.jsonl"))
    given = parser.parse_args()
    given.to.parent.mkdir(parents=True, exist_ok=True)
    data = training.fashion_mnist()
    print(data, flush=True)
    if len(data.X_train) != 60000:
        raise SystemExit("the figures are for the whole set, and there is no copy of it here")
    there = [json.loads(line) for line in given.to.read_text().splitlines()] if given.to.exists() else []
    done = {(run["name"], run["seed"]) for run in there}
    for seed in range(given.seeds):
        for name in RUNS:
            if (name, seed) not in done:
                result = one(name, seed, data)
                with given.to.open("a") as file:
                    file.write(json.dumps(result) + "\n")
                there.append(result)
                print(f"seed {seed}, {name}: {' '.join(f'{a:.3f}' for a in result['accuracy'])}", flush=True)
    for name in RUNS:
        rows = torch.tensor([run["accuracy"] for run in there if run["name"] == name])
        print(f"\n{name}, {len(rows)} seeds, test accuracy after each epoch: mean, smallest, largest")
        for what in (rows.mean(0), rows.amin(0), rows.amax(0)):
            print("  " + " ".join(f"{a:.3f}" for a in what.tolist()))


def one(name: str, seed: int, data: training.Dataset) -> dict[str, object]:
    make, lr, batch_size = RUNS[name]
    torch.manual_seed(seed)
    net = training.xavier(make())
    X, X_test = training.scaled(data.X_train), training.scaled(data.X_test)
    losses, accuracies, start = [], [], time.perf_counter()
    for _ in range(EPOCHS):
        losses.append(training.train_epoch(net, X, data.y_train, batch_size, lr))
        accuracies.append(training.accuracy(net, X_test, data.y_test))
    seconds = round(time.perf_counter() - start, 1)
    return {"name": name, "seed": seed, "loss": losses, "accuracy": accuracies, "seconds": seconds}


if __name__ == "__main__":
    main()
