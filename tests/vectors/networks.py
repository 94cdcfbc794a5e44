"""What NetworkExplorer's forward pass is compared with: every kind of layer, and whole networks, run by torch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

SEED = 19_981_101
EACH = 500  # cases of every kind
NETWORKS = 24

Case = dict[str, Any]


def layers() -> list[Case]:
    """A layer as Python describes it, its weights, an input, and torch's output; sides and settings all differ."""
    import torch  # here: the other vectors do without

    rng = np.random.default_rng(SEED)
    with torch.no_grad(), torch.random.fork_rng():
        torch.manual_seed(SEED)
        return [_case(make(rng), rng) for make in MAKERS.values() for _ in range(EACH)]


def networks_and_layers() -> list[Case]:
    """Whole networks first, then layers one by one."""
    return networks() + layers()


def networks() -> list[Case]:
    """Small networks of many layers, the course's two with random weights among them, and every layer's output."""
    import torch
    from torch import nn

    from cnnwidgets.widgets.network.layers import NETWORKS as KNOWN
    from cnnwidgets.widgets.network.layers import described, weight_shapes
    from cnnwidgets.widgets.network.random_weights import random_weights

    rng = np.random.default_rng(SEED + 1)
    cases = []
    with torch.no_grad(), torch.random.fork_rng():
        torch.manual_seed(SEED)
        for number in range(NETWORKS):
            net, size = _network(rng, number)
            layers, weights = described(net)
            image = rng.integers(0, 256, size)
            cases.append(_run(net, layers, weights, image, None))
        for seed, (name, layers) in enumerate(KNOWN.items(), 7):
            weights = random_weights(layers, seed)
            net = _built(name)
            parts = np.split(weights, np.cumsum([np.prod(s) for layer in layers for s in weight_shapes(layer)])[:-1])
            for p, values in zip(net.parameters(), parts, strict=True):
                p.copy_(torch.from_numpy(values).reshape(p.shape))
            assert isinstance(net, nn.Sequential)
            cases.append(_run(net, layers, weights, rng.integers(0, 256, (28, 28)), seed))
    return cases


def _run(net: Any, layers: list[Case], weights: np.ndarray, image: np.ndarray, seed: int | None) -> Case:
    import torch

    X = torch.from_numpy(image.astype(np.float32) / 255)[None, None]
    outputs = []
    for layer in _flat(net):
        X = layer(X)
        outputs.append(_tensor(X[0]))
    held = {"seed": seed} if seed is not None else {"weights": _floats(weights)}
    return {"layers": layers, **held, "image": image.ravel().tolist(), "size": list(image.shape), "outputs": outputs}


def _flat(net: Any) -> Iterator[Any]:
    from torch import nn

    for each in net:
        yield from _flat(each) if isinstance(each, nn.Sequential) else [each]


def _built(name: str) -> Any:
    from cnnwidgets.training import lenet, modern_lenet

    return {"lenet": lenet, "modern": modern_lenet}[name]().eval()


def _network(rng: np.random.Generator, number: int) -> tuple[Any, tuple[int, int]]:
    """Convolution, activation and pooling twice, then linear layers; every size by chance, none of them square."""
    from torch import nn

    high, wide = (int(n) for n in rng.choice(np.arange(9, 20), 2, replace=False))
    act = [nn.Sigmoid, nn.ReLU, nn.Tanh][number % 3]
    a, b = int(rng.integers(2, 4)), int(rng.integers(4, 6))
    pools = [nn.AvgPool2d((2, 3), padding=(1, 0)), nn.MaxPool2d((3, 2), stride=(1, 2))]
    front = nn.Sequential(
        nn.Sequential(nn.Conv2d(1, a, (3, 2), padding=(1, 2)), act(), pools[number % 2]),
        *(nn.Conv2d(a, b, (2, 3), padding="same", bias=number % 4 > 0), nn.Dropout(), act(), nn.Flatten()),
    ).eval()
    import torch

    flat = front(torch.zeros(1, 1, high, wide)).shape[1]
    back = [nn.Linear(flat, 7), act(), nn.Linear(7, 5, bias=False), *([nn.Softmax(dim=1)] if number % 2 else [])]
    return nn.Sequential(front, *back).eval(), (high, wide)


def _case(made: tuple[Any, tuple[int, ...]], rng: np.random.Generator) -> Case:
    import torch

    from cnnwidgets.widgets.network.layers import described

    module, shape = made
    X = rng.integers(-256, 257, shape) / 64  # floats of few digits, exact in float32 and as text
    [layer], weights = described(module.eval())
    output = module(torch.from_numpy(X.astype(np.float32))[None])[0]
    return {
        "layer": layer,
        "weights": _floats(weights),
        "input": {"shape": list(shape), "data": X.ravel().tolist()},
        "output": _tensor(output),
    }


def _tensor(X: Any) -> Case:
    return {"shape": list(X.shape), "data": _floats(X.numpy().ravel())}


def _floats(values: np.ndarray) -> list[float]:
    """Float32 as short text: seven digits are nearer than the tolerance of the comparison by far."""
    return [float(f"{value:.7g}") for value in values]


def _sides(rng: np.random.Generator) -> tuple[int, int, int]:
    c, h, w = rng.choice(np.arange(1, 9), 3, replace=False)
    return int(min(c, 4)), int(h) + 2, int(w) + 2


def _pair(rng: np.random.Generator, least: int, most: int) -> tuple[int, int]:
    a, b = rng.choice(np.arange(least, most + 1), 2, replace=False)
    return int(a), int(b)


def _conv(rng: np.random.Generator) -> tuple[Any, tuple[int, ...]]:
    from torch import nn

    c, h, w = _sides(rng)
    kernel, dilation, stride = _pair(rng, 1, 3), _pair(rng, 1, 2), _pair(rng, 1, 3)
    padding: Any = _pair(rng, 0, 3)
    if rng.integers(4) == 0:
        padding, stride = "same", (1, 1)
    elif any(n + 2 * p <= d * (k - 1) for n, p, d, k in zip((h, w), padding, dilation, kernel, strict=True)):
        dilation = (1, 1)
    out = c % 3 + 1
    return nn.Conv2d(c, out, kernel, stride, padding, dilation, bias=bool(rng.integers(2))), (c, h, w)


def _pool(mode: str) -> Callable[[np.random.Generator], tuple[Any, tuple[int, ...]]]:
    def make(rng: np.random.Generator) -> tuple[Any, tuple[int, ...]]:
        from torch import nn

        kernel = _pair(rng, 1, 3)
        padding = tuple(int(rng.integers(k // 2 + 1)) for k in kernel)
        stride = None if rng.integers(2) else _pair(rng, 1, 3)
        if mode == "max":
            return nn.MaxPool2d(kernel, stride, padding), _sides(rng)
        return nn.AvgPool2d(kernel, stride, padding, count_include_pad=bool(rng.integers(2))), _sides(rng)

    return make


def _simple(
    name: str, flat: bool = False, **options: Any
) -> Callable[[np.random.Generator], tuple[Any, tuple[int, ...]]]:
    def make(rng: np.random.Generator) -> tuple[Any, tuple[int, ...]]:
        from torch import nn

        return getattr(nn, name)(**options), (int(rng.integers(1, 30)),) if flat else _sides(rng)

    return make


def _linear(rng: np.random.Generator) -> tuple[Any, tuple[int, ...]]:
    from torch import nn

    inputs, outputs = _pair(rng, 1, 24)
    return nn.Linear(inputs, outputs, bias=bool(rng.integers(2))), (inputs,)


MAKERS: dict[str, Callable[[np.random.Generator], tuple[Any, tuple[int, ...]]]] = {
    "conv": _conv,
    "avg_pool": _pool("avg"),
    "max_pool": _pool("max"),
    "linear": _linear,
    "sigmoid": _simple("Sigmoid"),
    "relu": _simple("ReLU"),
    "tanh": _simple("Tanh"),
    "flatten": _simple("Flatten"),
    "softmax": _simple("Softmax", flat=True, dim=1),
    "identity": _simple("Dropout"),
}
