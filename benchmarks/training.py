"""The textbook loop and `fit` in one run: examples a second and accuracy; and how long each accuracy takes.

python benchmarks/training.py --data data                     the deck's network, five seeds, two epochs each
python benchmarks/training.py --to-accuracy --data data       the fastest recipe to each accuracy, warm-up apart

`data` is a folder with Fashion-MNIST as torchvision or the IDX files lay it out; nothing is downloaded. The results
are printed with device, versions and command, and written as JSON where `--json FILE` asks for it.
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from time import perf_counter

import torch
import torchvision
from torch import nn
from torch.utils.data import DataLoader
from torchvision.transforms import ToTensor

try:
    from cnnwidgets import training
except ImportError:  # a bare GPU machine: torch, torchvision and NumPy are enough
    sys.path.insert(0, str(Path(__file__).parents[1] / "cnnwidgets"))
    import training

NETS: dict[str, Callable[[], nn.Module]] = {
    "deck": lambda: training.xavier(training.lenet()),
    "modern": training.modern_lenet,
}
#: From the least work to the most: what they reach is measured, not promised.
LADDER = [replace(training.MODERN, epochs=epochs) for epochs in (1, 2, 4, 8, 12, 20)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, help="the folder (what CNNWIDGETS_DATA names, or a copy on this machine)"
    )
    parser.add_argument("--device", default="auto")
    parser.add_argument("--net", choices=NETS, default="deck")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--batch-size", type=int, default=256)
    parser.add_argument("--lr", type=float, default=0.9)
    parser.add_argument("--precision", choices=("float32", "bfloat16"), default="float32")
    parser.add_argument("--steps", choices=("auto", "eager", "compiled", "captured"), default="auto", help="of `fit`")
    parser.add_argument("--workers", type=int, default=0, help="of the textbook loop's DataLoader")
    parser.add_argument("--to-accuracy", action="store_true", help="the recipes instead, on the modern network")
    parser.add_argument("--recipes", type=int, nargs="+", metavar="EPOCHS", help="only the recipes of so many epochs")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    data, where = training.fashion_mnist(given.data), training.choose(given.device)
    about = {
        "device": training.in_words(where),
        "versions": f"torch {torch.__version__}, torchvision {torchvision.__version__}",
        "data": str(data),
        "command": " ".join(["python", *sys.argv]),
    }
    for name, value in about.items():
        print(f"{name:<9}{value}")
    rows = to_accuracy(given, data, where) if given.to_accuracy else side_by_side(given, data, where)
    if given.json:
        given.json.write_text(json.dumps(about | {"rows": rows}, indent=1))
    return 0


def side_by_side(given: argparse.Namespace, data: training.Dataset, where: torch.device) -> list[dict[str, object]]:
    """Both ways, seed by seed in turn, so that a drift of the machine meets both."""
    recipe = training.Recipe(epochs=given.epochs, batch_size=given.batch_size, lr=given.lr)
    same = f"{recipe.epochs} epochs, batches of {recipe.batch_size}, rate {recipe.lr}, {given.precision}"
    print(f"\n{given.net} network, {same}")
    print(f"{'seed':>4}{'textbook, ex/s':>17}{'right':>9}{'fit, ex/s':>13}{'right':>9}{'times':>8}")
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        root = as_torchvision(data, Path(folder))
        for seed in range(given.seeds):
            torch.manual_seed(seed)
            net = NETS[given.net]().to(where)
            speed, right = textbook(net, root, recipe, where, given.precision, given.workers, seed)
            torch.manual_seed(seed)
            net = NETS[given.net]()
            history = training.fit(
                net, data, recipe, device=where, precision=given.precision, steps=given.steps, seed=seed
            )
            ours, our_right = history.examples_per_second, float(history.accuracy[-1])
            rows.append(
                {"seed": seed, "textbook": speed, "textbook_right": right, "fit": ours, "fit_right": our_right}
            )
            print(
                f"{seed:>4}{speed:>17,.0f}{right:>9.4f}{ours:>13,.0f}{our_right:>9.4f}{ours / speed:>8.2f}",
                flush=True,
            )
    means = {name: statistics.fmean(float(str(row[name])) for row in rows) for name in rows[0]}
    times = [float(str(row["fit"])) / float(str(row["textbook"])) for row in rows]
    print(
        f"mean{means['textbook']:>17,.0f}{means['textbook_right']:>9.4f}{means['fit']:>13,.0f}{means['fit_right']:>9.4f}"
        f"{means['fit'] / means['textbook']:>8.2f}   (median of the ratios {statistics.median(times):.2f})"
    )
    return rows


def textbook(
    net: nn.Module, root: Path, recipe: training.Recipe, where: torch.device, precision: str, workers: int, seed: int
) -> tuple[float, float]:
    """The loop of every first tutorial; examples a second, the first epoch's start apart, and the share right."""
    train = torchvision.datasets.FashionMNIST(root, train=True, transform=ToTensor())
    test = torchvision.datasets.FashionMNIST(root, train=False, transform=ToTensor())
    order = torch.Generator().manual_seed(seed)
    batches = DataLoader(train, recipe.batch_size, shuffle=True, generator=order, num_workers=workers)
    optimiser = torch.optim.SGD(net.parameters(), lr=recipe.lr)

    def step(X: torch.Tensor, y: torch.Tensor) -> float:
        X, y = X.to(where), y.to(where)
        optimiser.zero_grad()
        with torch.autocast(where.type, torch.bfloat16, enabled=precision == "bfloat16"):
            loss = nn.functional.cross_entropy(net(X), y)
        loss.backward()
        optimiser.step()
        return loss.item()

    before = {name: value.clone() for name, value in net.state_dict().items()}
    for _ in range(2):  # warm-up
        step(torch.zeros(recipe.batch_size, 1, 28, 28), torch.zeros(recipe.batch_size, dtype=torch.long))
    net.load_state_dict(before)
    training.synchronize(where)
    started = perf_counter()
    for _ in range(recipe.epochs):
        total = 0.0
        for X, y in batches:
            total += step(X, y) * len(y)
    training.synchronize(where)
    seconds = perf_counter() - started
    right = 0
    with torch.no_grad():
        for X, y in DataLoader(test, 1000):
            right += int((net(X.to(where)).argmax(dim=1).cpu() == y).sum())
    return recipe.epochs * len(train) / seconds, right / len(test)


def as_torchvision(data: training.Dataset, root: Path) -> Path:
    """The same images where torchvision's dataset looks for them."""
    raw = root / "FashionMNIST" / "raw"
    raw.mkdir(parents=True)
    for part, X, y in (("train", data.X_train, data.y_train), ("t10k", data.X_test, data.y_test)):
        for name, values in ((f"{part}-images-idx3-ubyte", X[:, 0]), (f"{part}-labels-idx1-ubyte", y)):
            head = bytes([0, 0, 8, values.dim()]) + b"".join(n.to_bytes(4, "big") for n in values.shape)
            (raw / name).write_bytes(head + values.to(torch.uint8).numpy().tobytes())
    return root


def to_accuracy(given: argparse.Namespace, data: training.Dataset, where: torch.device) -> list[dict[str, object]]:
    """What each recipe reaches after its last epoch, and the time that its steps take, warm-up and tests apart."""
    print(f"\nmodern network, {given.precision}, {given.seeds} seeds: mean (smallest to largest)")
    print(f"{'epochs':>6}{'batch':>7}{'rate':>7}{'right':>27}{'seconds':>10}{'warm-up':>9}")
    rows: list[dict[str, object]] = []
    for recipe in (each for each in LADDER if each.epochs in (given.recipes or [each.epochs])):
        histories = []
        for seed in range(given.seeds):
            torch.manual_seed(seed)
            net = training.modern_lenet()
            histories.append(training.fit(net, data, recipe, device=where, precision=given.precision, seed=seed))
        right = [float(history.accuracy[-1]) for history in histories]
        seconds = [float(history.seconds.sum()) for history in histories]
        warm = [history.warm_up for history in histories]
        rows.append(asdict(recipe) | {"right": right, "seconds": seconds, "warm_up": warm})
        span = f"{statistics.fmean(right):.4f} ({min(right):.4f} to {max(right):.4f})"
        print(
            f"{recipe.epochs:>6}{recipe.batch_size:>7}{recipe.lr:>7}{span:>27}{statistics.fmean(seconds):>10.2f}"
            f"{statistics.fmean(warm):>9.2f}",
            flush=True,
        )
    return rows


if __name__ == "__main__":
    sys.exit(main())
