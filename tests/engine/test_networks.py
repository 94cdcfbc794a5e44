"""Torch's own networks as descriptions: built again they are the same networks; anything else is no description."""

import sys
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from cnnwidgets.grading.engine import networks
from cnnwidgets.grading.engine.wire import WireError, decode, encode

IMAGE, ROWS, WORDS = (2, 3, 8, 8), (4, 6), (2, 5)


def image(*layers: nn.Module) -> tuple[nn.Module, torch.Tensor]:
    torch.manual_seed(1)
    return nn.Sequential(*layers), torch.randn(IMAGE)


def rows(*layers: nn.Module) -> tuple[nn.Module, torch.Tensor]:
    torch.manual_seed(2)
    return nn.Sequential(*layers), torch.randn(ROWS)


NETWORKS = {
    "Linear": lambda: rows(nn.Linear(6, 3)),
    "no bias": lambda: rows(nn.Linear(6, 3, bias=False)),
    "activations": lambda: rows(
        nn.ReLU(), nn.Sigmoid(), nn.Tanh(), nn.GELU(), nn.SiLU(), nn.LeakyReLU(0.3), nn.ELU(), nn.Softplus()
    ),
    "PReLU": lambda: rows(nn.PReLU()),
    "Softmax": lambda: rows(nn.Softmax(dim=1), nn.LogSoftmax(dim=1)),
    "Conv2d": lambda: image(nn.Conv2d(3, 6, 3, stride=2, padding=1)),
    "Conv2d of many settings": lambda: image(
        nn.Conv2d(3, 6, (3, 2), (2, 1), "valid", dilation=2, groups=3, bias=False, padding_mode="reflect")
    ),
    "Conv2d same": lambda: image(nn.Conv2d(3, 3, 3, padding="same", padding_mode="circular")),
    "ConvTranspose2d": lambda: image(nn.ConvTranspose2d(3, 2, 2, stride=2)),
    "Conv1d": lambda: (nn.Conv1d(3, 4, 3), torch.randn(2, 3, 9)),
    "pooling": lambda: image(nn.MaxPool2d(2, padding=1), nn.AvgPool2d(2), nn.AdaptiveAvgPool2d((1, 1))),
    "padding": lambda: image(nn.ZeroPad2d(1), nn.ReflectionPad2d((1, 0, 2, 1)), nn.Upsample(scale_factor=2)),
    "BatchNorm2d": lambda: image(nn.BatchNorm2d(3, momentum=0.3)),
    "BatchNorm without a memory": lambda: image(nn.BatchNorm2d(3, affine=False, track_running_stats=False)),
    "norms": lambda: image(nn.GroupNorm(3, 3), nn.InstanceNorm2d(3), nn.LayerNorm([3, 8, 8])),
    "shapes": lambda: image(nn.Flatten(), nn.Unflatten(1, (3, 64)), nn.Identity()),
    "Dropout": lambda: image(nn.Dropout(0.5), nn.Dropout2d(0.5)),
    "Embedding": lambda: (nn.Embedding(10, 3, padding_idx=0), torch.arange(10)),
    "nested": lambda: image(
        nn.Sequential(nn.Conv2d(3, 4, 3), nn.Sequential(nn.BatchNorm2d(4), nn.ReLU())), nn.Flatten()
    ),
    "frozen": lambda: rows(nn.Linear(6, 6).requires_grad_(False), nn.Linear(6, 1)),
    "one layer": lambda: (nn.Linear(6, 2), torch.randn(ROWS)),
    "double precision": lambda: (nn.Linear(6, 2).double(), torch.randn(ROWS).double()),
}  # fmt: skip


def sent(net: nn.Module) -> nn.Module:
    """The network as it arrives."""
    built: nn.Module = networks.build(decode(encode(networks.describe(net))))
    return built


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("training", [True, False], ids=["training", "evaluating"])
def test_a_network_arrives_as_it_was(name: str, training: bool) -> None:
    net, x = NETWORKS[name]()
    net.train(training)
    twin = sent(net)
    assert repr(twin) == repr(net)
    assert [type(each) for each in twin.modules()] == [type(each) for each in net.modules()]
    assert [each.training for each in twin.modules()] == [each.training for each in net.modules()]
    assert [(n, p.requires_grad, p.dtype) for n, p in twin.named_parameters()] == [
        (n, p.requires_grad, p.dtype) for n, p in net.named_parameters()
    ]
    for both in ((net, twin), (net, twin)):  # the second time with what the first has left in the buffers
        torch.manual_seed(0)
        ours = both[0](x)
        torch.manual_seed(0)
        theirs = both[1](x)
        assert torch.equal(ours, theirs)
        assert all(torch.equal(a, b) for a, b in zip(net.buffers(), twin.buffers(), strict=True))


@pytest.mark.parametrize("name", ["nested", "BatchNorm2d", "Conv2d of many settings"])
def test_its_gradients_and_its_training_are_the_same(name: str) -> None:
    net, x = NETWORKS[name]()
    twin = sent(net)
    for each in (net, twin):
        optimiser = torch.optim.SGD(each.parameters(), lr=0.1, momentum=0.9)
        for _ in range(3):
            optimiser.zero_grad()
            each(x).square().mean().backward()
            optimiser.step()
    assert all(torch.equal(net.state_dict()[key], twin.state_dict()[key]) for key in net.state_dict())


def test_its_state_dict_loads() -> None:
    net, x = NETWORKS["nested"]()
    other, _ = NETWORKS["nested"]()
    with torch.no_grad():
        for each in other.parameters():
            each.zero_()
    twin = sent(net)
    twin.load_state_dict(other.state_dict())
    assert torch.equal(twin(x), other(x))
    assert list(twin.state_dict()) == list(net.state_dict())


def test_a_copy_shares_no_memory() -> None:
    net, _ = NETWORKS["BatchNorm2d"]()
    twin = sent(net)
    with torch.no_grad():
        for each in [*net.parameters(), *net.buffers()]:
            each += 1
    assert not any(torch.equal(net.state_dict()[key], twin.state_dict()[key]) for key in net.state_dict())


class Mine(nn.Linear):
    """A class of the learner's."""


class Linear(nn.Module):
    """One that has the name of torch's own."""


def hooked() -> nn.Module:
    net = nn.Linear(2, 2)
    net.register_forward_hook(lambda *_: torch.zeros(2))
    return net


def patched() -> nn.Module:
    net = nn.Linear(2, 2)
    net.forward = lambda x: x  # type: ignore[method-assign]
    return net


def shared() -> nn.Module:
    layer = nn.Linear(2, 2)
    return nn.Sequential(layer, nn.ReLU(), layer)


def tied() -> nn.Module:
    net = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2))
    net[1].weight = net[0].weight
    return net


def endless() -> nn.Module:
    net = nn.Sequential()
    net.add_module("again", net)
    return net


def deep() -> nn.Module:
    net: nn.Module = nn.ReLU()
    for _ in range(networks.DEEPEST + 2):
        net = nn.Sequential(net)
    return net


@pytest.mark.parametrize(
    "make",
    [
        lambda: Mine(2, 2),
        lambda: nn.Sequential(nn.ReLU(), Mine(2, 2)),
        Linear,
        hooked,
        patched,
        shared,
        tied,
        endless,
        deep,
        lambda: nn.LSTM(2, 2),
        lambda: nn.TransformerEncoderLayer(4, 2),
        lambda: torch.nn.utils.parametrizations.weight_norm(nn.Linear(2, 2)),
        lambda: nn.LazyLinear(2),
    ],
    ids=["subclass", "subclass inside", "same name", "hook", "patched", "shared", "tied", "endless", "deep", "LSTM",
         "transformer", "parametrized", "lazy"],
)  # fmt: skip
def test_what_is_not_made_of_torchs_own_layers_is_not_described(make: Any) -> None:
    assert networks.describe(make()) is None


def description(**changes: Any) -> dict[str, Any]:
    found = networks.describe(nn.Linear(2, 3))
    assert found
    return found | changes


@pytest.mark.parametrize(
    "evil",
    [
        description(**{"class": "Module.__init__"}),
        description(**{"class": "functional"}),
        description(**{"class": "Parameter"}),
        description(**{"class": "__dict__"}),
        description(**{"class": ["Linear"]}),
        description(settings={"forward": 1, "__class__": "x"}),
        description(settings={"_forward_hooks": {"1": 1}}),
        description(settings={"_modules": {}}),
        description(settings={"training": "no"}),
        description(settings={"a b": 1}),
        description(settings={1: 1}),
        description(settings={"size": {"a": 1}}),
        description(settings={"forward": 3}),
        description(settings={"_call_impl": 3}),
        description(settings={"in_features": np.float64(1)}),
        description(settings=[]),
        description(settings=None),
        description(parameters=[["weight", "text", True]]),
        description(parameters=[["weight", np.zeros(2, int), True]]),
        description(parameters=[["a.b", np.zeros(2), True]]),
        description(parameters=[["", np.zeros(2), True]]),
        description(parameters=[["in_features", np.zeros(2), True]]),
        description(parameters=[["forward", np.zeros(2), True]]),
        description(parameters=[["weight"]]),
        description(parameters=3),
        description(buffers=[["weight", [0.0], False]]),
        description(children=[["forward", description()]]),
        description(children=[["a.b", description()]]),
        description(children=[["one", "text"]]),
        description(children=[["one", {}]]),
        {},
        None,
        "Linear",
    ],
    ids=lambda value: str(value)[:60] if not isinstance(value, dict) else None,
)
def test_an_evil_description_builds_nothing(evil: Any) -> None:
    with pytest.raises(ValueError):
        networks.build(evil)


def test_a_description_that_is_endless_builds_nothing() -> None:
    found = description()
    found["children"] = [["again", found]]
    with pytest.raises(WireError):
        encode(found)
    with pytest.raises(ValueError):
        networks.build(found)


def test_a_state_that_does_not_fit_is_left_out() -> None:
    net, _ = NETWORKS["BatchNorm2d"]()
    before = networks.state(net)
    networks.set_state(
        net, {"0.weight": np.zeros(5), "nobody": np.zeros(3), "0.bias": [0.0] * 3, "0.running_var": "x"}
    )
    assert all(np.array_equal(before[key], each) for key, each in networks.state(net).items())
    networks.set_state(net, {"0.weight": np.full(3, 7.0, np.float32)})
    assert networks.state(net)["0.weight"].tolist() == [7, 7, 7]


def test_torch_is_not_needed_to_ask_for_a_class() -> None:
    assert networks.is_network(nn.ReLU()) and not networks.is_network(sys)
