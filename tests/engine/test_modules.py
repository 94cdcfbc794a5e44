"""A module of the learner's stands here as a module: the same results, gradients and training as in one process."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn

from .conftest import Learner

pytestmark = pytest.mark.slow
Told = Callable[[str], Learner]

MODULES = """
import torch
from torch import nn

class Scale(nn.Module):
    "Scales, then maps."
    def __init__(self, size=3):
        super().__init__()
        self.size = size
        self.weight = nn.Parameter(torch.full((size,), 2.0))
        self.inner = nn.Sequential(nn.Linear(size, 2), nn.Tanh())
    def forward(self, x): return self.inner(x * self.weight)
    def energy(self): return float(self.weight.detach().square().sum())

class Norm(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.norm = nn.Linear(3, 4, bias=False), nn.BatchNorm1d(4)
        self.register_buffer("calls", torch.zeros(1))
        self.register_buffer("hidden", torch.ones(2), persistent=False)
    def forward(self, x):
        self.calls += 1
        return self.norm(self.first(x))

class Drop(nn.Dropout):
    def forward(self, x): return x * 0 if self.training else x

class Both(nn.Module):
    def forward(self, a, b=None, *, scale=1.0): return (a * scale, a if b is None else a + b)

class Deep(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList([Scale(), Scale()])
        self.named = nn.ModuleDict({"last": nn.Linear(2, 1)})
    def forward(self, x): return self.named["last"](self.blocks[0](x) + self.blocks[1](x))

class Tied(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(3, 3), nn.Linear(3, 3)
        self.b.weight = self.a.weight
    def forward(self, x): return self.b(self.a(x))

class Pile(nn.Sequential):
    def __init__(self): super().__init__(nn.Linear(3, 2), nn.ReLU())

class MyLinear(nn.Linear):
    def __init__(self): super().__init__(3, 2)
    def forward(self, x): return super().forward(x) * 2

class Reshape(nn.Module):
    def forward(self, x): return x.reshape(-1, 3)

def mixed():
    torch.manual_seed(5)
    return nn.Sequential(Reshape(), nn.Linear(3, 3), Scale(), nn.Linear(2, 1))

def made(name):
    torch.manual_seed(7)
    return globals()[name]()

def step(net, X, rate=0.1):
    net.train()
    net(X).square().mean().backward()
    with torch.no_grad():
        for p in net.parameters():
            p -= rate * p.grad
            p.grad = None
    return net
"""
NETS = ["Scale", "Norm", "Deep", "Tied", "Pile", "MyLinear"]


@pytest.fixture(scope="module")
def learner(warm: Any) -> Learner:
    made = Learner(warm.address)
    made.run(MODULES)
    return made


@pytest.fixture(scope="module")
def here() -> dict[str, Any]:
    """The same code, run in this process."""
    space: dict[str, Any] = {"__name__": "learner"}
    exec(MODULES, space)
    return space


@pytest.fixture(params=NETS)
def pair(request: pytest.FixtureRequest, learner: Learner, here: dict[str, Any]) -> tuple[Any, Any]:
    """What stands for the learner's module, and the same module made here."""
    return learner.made(request.param), here["made"](request.param)


def inputs() -> torch.Tensor:
    return torch.randn(5, 3, generator=torch.Generator().manual_seed(1)).requires_grad_()


def same_state(a: nn.Module, b: nn.Module, within: float = 1e-6) -> None:
    assert list(a.state_dict()) == list(b.state_dict())
    for key, each in b.state_dict().items():
        assert torch.allclose(a.state_dict()[key], each, atol=within), key


def test_it_is_a_module_with_the_same_names(pair: tuple[Any, Any]) -> None:
    there, local = pair
    assert isinstance(there, nn.Module) and type(there).__name__ == type(local).__name__
    assert [(n, p.shape) for n, p in there.named_parameters()] == [(n, p.shape) for n, p in local.named_parameters()]
    assert [n for n, _ in there.named_buffers()] == [n for n, _ in local.named_buffers()]
    assert there.training
    same_state(local, there)


def test_it_gives_the_same(pair: tuple[Any, Any]) -> None:
    there, local = pair
    for mode in (True, True, False):
        assert torch.allclose(there.train(mode)(inputs()), local.train(mode)(inputs()), atol=1e-6)
        same_state(there, local)  # buffers too


def test_its_gradients_are_the_same(pair: tuple[Any, Any]) -> None:
    found = []
    for net in pair:
        x = inputs()
        (net(x) * torch.arange(5.0)[:, None]).sum().backward()
        assert x.grad is not None
        found.append([x.grad, *(p.grad for p in net.parameters())])
    assert len(found[0]) == len(found[1])
    for theirs, ours in zip(*found, strict=True):
        assert torch.allclose(theirs, ours, atol=1e-5)


@pytest.mark.parametrize("optimiser", [torch.optim.SGD, torch.optim.Adam])
def test_training_it_gives_the_same_weights(pair: tuple[Any, Any], optimiser: Any) -> None:
    losses: list[list[float]] = []
    for net in pair:
        optimise = optimiser(net.parameters(), lr=0.05)
        losses.append([])
        for _ in range(5):
            optimise.zero_grad()
            loss = (net(inputs().detach()) - 1).square().mean()
            loss.backward()
            optimise.step()
            losses[-1].append(loss.item())
    assert losses[0] == pytest.approx(losses[1], rel=1e-4)
    assert losses[0][-1] < losses[0][0]
    same_state(*pair, within=1e-3)


def test_a_function_of_the_learners_trains_it(pair: tuple[Any, Any], learner: Learner, here: dict[str, Any]) -> None:
    there, local = pair
    for _ in range(2):
        assert learner.step(there, inputs().detach()) is there
        here["step"](local, inputs().detach())
    same_state(there, local)
    assert torch.allclose(there(inputs()), local(inputs()), atol=1e-5)


def test_a_state_loads(pair: tuple[Any, Any]) -> None:
    there, local = pair
    state = {key: torch.full_like(each, 0.25) for key, each in local.state_dict().items()}
    for net in pair:
        net.load_state_dict(state)
    assert torch.allclose(there.eval()(inputs()), local.eval()(inputs()), atol=1e-6)


def test_evaluation_is_another_mode(learner: Learner) -> None:
    net, x = learner.Drop(), torch.ones(2)
    assert isinstance(net, nn.Dropout)
    assert net(x).tolist() == [0, 0]
    assert net.eval()(x).tolist() == [1, 1]
    assert net.train()(x).tolist() == [0, 0]


def test_a_frozen_weight_gets_no_gradient(learner: Learner) -> None:
    net = learner.made("Scale")
    net.weight.requires_grad_(False)
    net(inputs()).sum().backward()
    assert net.weight.grad is None and net.inner[0].weight.grad is not None


def test_no_gradient_is_made_where_none_is_wanted(learner: Learner) -> None:
    net = learner.made("Scale")
    with torch.no_grad():
        assert not net(inputs()).requires_grad


def test_several_inputs_keywords_and_outputs(learner: Learner) -> None:
    net, x = learner.Both(), torch.ones(2, requires_grad=True)
    doubled, added = net(x, b=torch.ones(2), scale=2.0)
    assert (doubled.tolist(), added.tolist()) == ([2, 2], [2, 2])
    (doubled.sum() + added.sum()).backward()
    assert x.grad is not None and x.grad.tolist() == [3, 3]


def test_its_layers_are_layers(learner: Learner) -> None:
    net = learner.made("Scale")
    assert isinstance(net.inner, nn.Sequential) and isinstance(net.inner[0], nn.Linear)
    assert [type(each).__name__ for each in net.modules()] == ["Scale", "Sequential", "Linear", "Tanh"]
    assert net.inner[0].weight is dict(net.named_parameters())["inner.0.weight"]
    assert net.inner(torch.ones(1, 3)).shape == (1, 2)
    deep = learner.made("Deep")
    assert isinstance(deep.blocks, nn.ModuleList) and len(deep.blocks) == 2
    assert deep.blocks[0](inputs()).shape == (5, 2)
    assert len(learner.made("Pile")) == 2 and isinstance(learner.made("Pile")[1], nn.ReLU)
    assert isinstance(learner.made("MyLinear"), nn.Linear) and learner.made("MyLinear").in_features == 3


def test_its_attributes_methods_and_class_are_the_learners(learner: Learner) -> None:
    net = learner.made("Scale")
    assert net.size == 3 and net.energy() == 12
    with torch.no_grad():
        net.weight.zero_()
    assert net.energy() == 0
    assert isinstance(net, learner.Scale) and not isinstance(net, learner.Norm) and not isinstance(3, learner.Scale)
    assert not hasattr(net, "nothing")
    assert learner.Scale.__doc__ == "Scales, then maps."
    assert learner.Scale(size=4)(torch.ones(1, 4)).shape == (1, 2)


def test_torchs_container_with_a_learners_layer_is_torchs(learner: Learner, here: dict[str, Any]) -> None:
    there, local = learner.mixed(), here["mixed"]()
    assert type(there) is nn.Sequential and len(there) == 4
    assert type(there[0]).__name__ == "Reshape" and type(there[1]) is nn.Linear
    x = torch.arange(12.0).reshape(2, 6) / 12
    for net in (there, local):
        optimise = torch.optim.SGD(net.parameters(), lr=0.1)
        for _ in range(3):
            optimise.zero_grad()
            net(x).square().mean().backward()
            optimise.step()
    same_state(there, local)
    assert learner.step(there, x) is there
    here["step"](local, x)
    same_state(there, local)


def test_a_deep_copy_is_a_module_of_its_own(learner: Learner) -> None:
    net = learner.made("Scale")
    with torch.no_grad():
        net.weight.fill_(5)
    other = copy.deepcopy(net)
    with torch.no_grad():
        net.weight.zero_()
    assert other.weight.tolist() == [5, 5, 5]
    assert other(torch.ones(1, 3)).tolist() != net(torch.ones(1, 3)).tolist()


def test_what_the_learner_changes_is_not_overwritten_by_what_was_here(learner: Learner) -> None:
    learner.run("kept = Scale()\ndef reset():\n    with torch.no_grad(): kept.weight.zero_()")
    net = learner.kept
    learner.reset()
    assert torch.allclose(net(torch.ones(1, 3)), net.inner(torch.zeros(1, 3)))


def test_the_learners_error_in_forward_arrives(learner: Learner) -> None:
    with pytest.raises(RuntimeError, match=r"must match the size|shapes cannot"):
        learner.made("Scale")(torch.ones(1, 7))
