"""Answers to `layer_shapes` and `count_parameters`."""

import math

import numpy as np
import torch
from torch import nn

from tests.bank import TWO_MISTAKES, UNNAMED, right, wrong

SHAPES, COUNT = "layer_shapes", "count_parameters"


@right(SHAPES)
def loop(net, X):
    result = []
    for layer in net:
        X = layer(X)
        result.append((layer.__class__.__name__, tuple(X.shape)))
    return result


@right(SHAPES)
def by_hooks(net, X):
    seen = []
    hooks = [
        layer.register_forward_hook(lambda layer, _, out: seen.append((type(layer).__name__, tuple(out.shape))))
        for layer in net
    ]
    net(X)
    for hook in hooks:
        hook.remove()
    return seen


@right(SHAPES)
def by_children(net, X):
    table, out = [], X
    with torch.no_grad():
        for _, child in net.named_children():
            out = child(out)
            table += [(child._get_name(), tuple(int(n) for n in out.size()))]
    return table


@right(SHAPES)
def by_slices(net, X):
    net.eval()
    return [(type(net[i]).__name__, tuple(np.int64(n) for n in net[: i + 1](X).shape)) for i in range(len(net))]


@right(SHAPES)
def recursive(net, X):
    if len(net) == 0:
        return []
    out = net[0](X)
    print(out.shape)
    return [(type(net[0]).__name__, (*out.shape,)), *recursive(net[1:], out)]


@wrong(SHAPES, "shape-of-input")
def before_the_layer(net, X):
    result = []
    for layer in net:
        result.append((type(layer).__name__, tuple(X.shape)))
        X = layer(X)
    return result


@wrong(SHAPES, "input-listed")
def starts_with_input(net, X):
    result = [("Input", tuple(X.shape))]
    return result + loop(net, X)


@wrong(SHAPES, "torch-size")
def size_objects(net, X):
    result = []
    for layer in net:
        X = layer(X)
        result.append((type(layer).__name__, X.shape))
    return result


@wrong(SHAPES, "torch-size")
def size_method(net, X):
    result = []
    for layer in net:
        X = layer(X)
        result.append((type(layer).__name__, X.size()))
    return result


@wrong(SHAPES, "shape-as-list")
def lists(net, X):
    return [(name, list(shape)) for name, shape in loop(net, X)]


@wrong(SHAPES, "batch-missing")
def without_batch(net, X):
    result = []
    for layer in net:
        X = layer(X)
        result.append((type(layer).__name__, tuple(X.shape[1:])))
    return result


@wrong(SHAPES, "class-not-name")
def classes(net, X):
    result = []
    for layer in net:
        X = layer(X)
        result.append((type(layer), tuple(X.shape)))
    return result


@wrong(SHAPES, "class-not-name")
def layers_themselves(net, X):
    result = []
    for layer in net:
        X = layer(X)
        result.append((layer, tuple(X.shape)))
    return result


@wrong(SHAPES, "description-for-name")
def described(net, X):
    result = []
    for layer in net:
        X = layer(X)
        result.append((str(layer), tuple(X.shape)))
    return result


@wrong(SHAPES, "number-for-name")
def numbered(net, X):
    result = []
    for name, layer in net.named_children():
        X = layer(X)
        result.append((name, tuple(X.shape)))
    return result


@wrong(SHAPES, "entries-are-lists")
def list_entries(net, X):
    return [[name, shape] for name, shape in loop(net, X)]


@wrong(SHAPES, "input-not-passed-on")
def always_x(net, X):
    result = []
    for layer in net:
        Y = layer(X)
        result.append((type(layer).__name__, tuple(Y.shape)))
    return result


@wrong(SHAPES, "last-layer-only")
def list_in_the_loop(net, X):
    for layer in net:
        result = []
        X = layer(X)
        result.append((type(layer).__name__, tuple(X.shape)))
    return result


@wrong(SHAPES, "last-layer-only")
def returns_at_once(net, X):
    result = []
    for layer in net:
        X = layer(X)
        result.append((type(layer).__name__, tuple(X.shape)))
        return result


@wrong(SHAPES, "prints-not-returns")
def printed(net, X):
    for layer in net:
        X = layer(X)
        print(type(layer).__name__, X.shape)


@wrong(SHAPES, "no-return")
def silent(net, X):
    loop(net, X)


@wrong(SHAPES, TWO_MISTAKES)
def before_and_without_batch(net, X):
    result = []
    for layer in net:
        result.append((type(layer).__name__, tuple(X.shape[1:])))
        X = layer(X)
    return result


@wrong(SHAPES, UNNAMED)
def dictionary(net, X):
    return dict(loop(net, X))


@wrong(SHAPES, UNNAMED)
def as_tuple(net, X):
    return tuple(loop(net, X))


@wrong(SHAPES, UNNAMED)
def deck(net, X):
    return [("Conv2d", (1, 6, 28, 28)), ("Sigmoid", (1, 6, 28, 28)), ("Linear", (1, 10))]


@wrong(SHAPES, UNNAMED)
def small_letters(net, X):
    return [(name.lower(), shape) for name, shape in loop(net, X)]


@right(COUNT)
def numel(net):
    return sum(p.numel() for p in net.parameters())


@right(COUNT)
def products(net):
    total = 0
    for p in net.parameters():
        total += math.prod(p.shape)
    return total


@right(COUNT)
def by_numpy(net):
    return np.sum([p.detach().numpy().size for _, p in net.named_parameters()])


@right(COUNT)
def one_vector(net):
    return len(nn.utils.parameters_to_vector(net.parameters()))


@wrong(COUNT, "weights-only")
def weights(net):
    return sum(layer.weight.numel() for layer in net if hasattr(layer, "weight"))


@wrong(COUNT, "weights-only")
def tables_only(net):
    return sum(p.numel() for name, p in net.named_parameters() if "weight" in name)


@wrong(COUNT, "biases-only")
def biases(net):
    return sum(p.numel() for name, p in net.named_parameters() if "bias" in name)


@wrong(COUNT, "tensors-counted")
def how_many_tensors(net):
    return len(list(net.parameters()))


@wrong(COUNT, "tensors-counted")
def one_each(net):
    count = 0
    for _ in net.parameters():
        count += 1
    return count


@wrong(COUNT, "first-axis")
def lengths(net):
    return sum(len(p) for p in net.parameters())


@wrong(COUNT, "axes-added")
def sums_of_axes(net):
    total = 0
    for p in net.parameters():
        for n in p.shape:
            total += n
    return total


@wrong(COUNT, "layers-counted")
def layers(net):
    return len(net)


@wrong(COUNT, "layers-counted")
def modules(net):
    return len(list(net.modules()))


@wrong(COUNT, "linear-only")
def linear(net):
    return sum(p.numel() for layer in net if isinstance(layer, nn.Linear) for p in layer.parameters())


@wrong(COUNT, "convolutions-only")
def convolutions(net):
    return sum(p.numel() for layer in net if isinstance(layer, nn.Conv2d) for p in layer.parameters())


@wrong(COUNT, "some-layers-only")
def the_two_kinds(net):
    total = 0
    for layer in net:
        if type(layer) in (nn.Conv2d, nn.Linear):
            total += layer.weight.numel()
            if layer.bias is not None:
                total += layer.bias.numel()
    return total


@wrong(COUNT, "buffers-counted")
def state(net):
    return sum(v.numel() for v in net.state_dict().values())


@wrong(COUNT, "last-layer-only")
def overwritten(net):
    for p in net.parameters():
        total = p.numel()
    return total


@wrong(COUNT, "last-layer-only")
def returns_early(net):
    total = 0
    for p in net.parameters():
        total += p.numel()
        return total


@wrong(COUNT, "hard-coded")
def known(net):
    return 61_706


@wrong(COUNT, "prints-not-returns")
def shown(net):
    print(numel(net))


@wrong(COUNT, "no-return")
def lost(net):
    numel(net)


@wrong(COUNT, TWO_MISTAKES)
def lengths_of_weights(net):
    return sum(len(p) for name, p in net.named_parameters() if "weight" in name)


@wrong(COUNT, UNNAMED)
def text(net):
    return f"{numel(net)} parameters"


@wrong(COUNT, UNNAMED)
def in_bytes(net):
    return sum(p.numel() * p.element_size() for p in net.parameters())


@wrong(COUNT, UNNAMED)
def as_float(net):
    return sum(torch.tensor(p.shape).prod().float().item() for p in net.parameters())
