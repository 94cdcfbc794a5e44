"""LeNet in numbers, and the same network three times: in torch, in NumPy, and as the checks write it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from cnnwidgets import check, ops, training
from cnnwidgets.checks.exercises import nets

FOLDER = Path(training.__file__).parent
DECK = [
    ("Conv2d", (1, 6, 28, 28)),
    ("Sigmoid", (1, 6, 28, 28)),
    ("AvgPool2d", (1, 6, 14, 14)),
    ("Conv2d", (1, 16, 10, 10)),
    ("Sigmoid", (1, 16, 10, 10)),
    ("AvgPool2d", (1, 16, 5, 5)),
    ("Flatten", (1, 400)),
    ("Linear", (1, 120)),
    ("Sigmoid", (1, 120)),
    ("Linear", (1, 84)),
    ("Sigmoid", (1, 84)),
    ("Linear", (1, 10)),
]


def test_the_decks_table() -> None:
    assert training.layer_shapes(training.lenet(), torch.zeros(1, 1, 28, 28)) == DECK


def test_parameters() -> None:
    net = training.lenet()
    assert training.count_parameters(net) == training.count_parameters(training.modern_lenet()) == 61_706
    assert {name: tuple(p.shape) for name, p in net.named_parameters()} == ops.LENET_SHAPES


def test_the_modern_one_has_relu_and_max_pooling() -> None:
    names = [name for name, _ in training.layer_shapes(training.modern_lenet(), torch.zeros(1, 1, 28, 28))]
    assert names == [n.replace("Sigmoid", "ReLU").replace("AvgPool2d", "MaxPool2d") for n, _ in DECK]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("gain", [0.3, 1.0, 40.0])
def test_numpy_and_torch_agree(dtype: type, gain: float) -> None:
    torch.manual_seed(1)
    net = training.xavier(training.lenet()).to(torch.float64)
    with torch.no_grad():
        for p in net.parameters():
            p *= gain
    X = np.random.default_rng(2).random((3, 1, 28, 28))
    weights = {name: p.detach().numpy().astype(dtype) for name, p in net.named_parameters()}
    expected = net(torch.as_tensor(X)).detach().numpy()
    got = ops.lenet_forward(X.astype(dtype), weights)
    assert got.shape == (3, 10)
    np.testing.assert_allclose(got, expected, rtol=1e-5, atol=1e-5 * np.abs(expected).max())


def test_the_checks_write_the_same_network() -> None:
    ours, theirs = training.lenet(), nets.build(nets.LENET)
    theirs.load_state_dict(ours.state_dict())
    X = torch.rand(2, 1, 28, 28)
    assert torch.equal(ours(X), theirs(X))


def test_a_network_written_as_text_is_the_same_each_time_and_leaves_the_random_numbers_alone() -> None:
    before = torch.random.get_rng_state()
    one, two = nets.build(nets.LENET), nets.build(nets.LENET)
    assert all(torch.equal(p, q) for p, q in zip(one.parameters(), two.parameters(), strict=True))
    assert torch.equal(torch.random.get_rng_state(), before)


@pytest.mark.parametrize("name", ["lenet", "layer_shapes", "count_parameters", "train_epoch", "accuracy"])
def test_what_the_package_offers_passes_its_own_checks(name: str) -> None:
    report = getattr(check, name).report(getattr(training, name))
    assert report.verdict.right, str(report)


def test_xavier_draws_weights_of_the_right_spread_and_leaves_biases() -> None:
    net = nn.Sequential(nn.Conv2d(3, 8, 5), nn.ReLU(), nn.Flatten(), nn.Linear(300, 500))
    biases = [net[0].bias.clone(), net[3].bias.clone()]
    assert training.xavier(net) is net
    assert torch.equal(net[0].bias, biases[0])
    assert torch.equal(net[3].bias, biases[1])
    assert float(net[3].weight.detach().var()) == pytest.approx(2 / 800, rel=0.05)
    assert float(net[0].weight.detach().var()) == pytest.approx(2 / (75 + 200), rel=0.2)


ALLOWED = {"torch", "torchvision", "numpy", *sys.stdlib_module_names}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_imports(path: Path) -> None:
    """Pictures are drawn with matplotlib, which is imported when one is drawn: training does without."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        allowed = ALLOWED if node in tree.body else ALLOWED | {"matplotlib"}
        if isinstance(node, ast.Import):
            assert {alias.name.split(".")[0] for alias in node.names} <= allowed
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 1 or (node.module or "").split(".")[0] in allowed


def test_it_runs_without_the_rest_of_the_package() -> None:
    code = (
        "import sys; sys.modules['lazy_loader'] = None; import training; print(training.fashion_mnist(sample=True))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=FOLDER.parent, capture_output=True, text=True, check=False
    )
    assert "2000 images" in done.stdout, done.stderr
