"""Answers to `lenet`."""

from collections import OrderedDict

import torch
from torch import nn

from tests.bank import TWO_MISTAKES, UNNAMED, right, wrong

LENET = "lenet"


@right(LENET)
def table():
    return nn.Sequential(
        nn.Conv2d(1, 6, kernel_size=5, padding=2),
        nn.Sigmoid(),
        nn.AvgPool2d(kernel_size=2, stride=2),
        nn.Conv2d(6, 16, kernel_size=5),
        nn.Sigmoid(),
        nn.AvgPool2d(kernel_size=2, stride=2),
        nn.Flatten(),
        nn.Linear(16 * 5 * 5, 120),
        nn.Sigmoid(),
        nn.Linear(120, 84),
        nn.Sigmoid(),
        nn.Linear(84, 10),
    )


@right(LENET)
def named():
    print("building LeNet")
    return nn.Sequential(
        OrderedDict(
            c1=nn.Conv2d(1, 6, (5, 5), padding=(2, 2)),
            a1=nn.Sigmoid(),
            s2=nn.AvgPool2d(2),
            c3=nn.Conv2d(6, 16, (5, 5)),
            a3=nn.Sigmoid(),
            s4=nn.AvgPool2d(2),
            flat=nn.Flatten(),
            f5=nn.Linear(400, 120),
            a5=nn.Sigmoid(),
            f6=nn.Linear(120, 84),
            a6=nn.Sigmoid(),
            out=nn.Linear(84, 10),
        )
    )


@right(LENET)
def grown():
    layers, channels = [], 1
    for out, padding in ((6, 2), (16, 0)):
        layers += [nn.Conv2d(channels, out, 5, padding=padding), nn.Sigmoid(), nn.AvgPool2d(2)]
        channels = out
    layers.append(nn.Flatten())
    for a, b in ((400, 120), (120, 84)):
        layers += [nn.Linear(a, b), nn.Sigmoid()]
    return nn.Sequential(*layers, nn.Linear(84, 10))


@right(LENET)
def same_padding_and_xavier():
    net = table()
    net[0] = nn.Conv2d(1, 6, 5, padding="same")
    for layer in net:
        if isinstance(layer, nn.Linear):
            nn.init.xavier_uniform_(layer.weight)
    return net


@right(LENET)
def in_two_parts():
    net = table()
    return nn.Sequential(net[:6], nn.Sequential(*net[6:]))


def changed(**layers):
    """The table with some layers replaced; None takes one out."""
    net = list(table())
    for place, layer in layers.items():
        net[int(place[1:])] = layer
    return nn.Sequential(*[layer for layer in net if layer is not None])


@wrong(LENET, "padding-forgotten")
def no_padding():
    return changed(_0=nn.Conv2d(1, 6, 5))


@wrong(LENET, "padding-forgotten")
def no_padding_made_to_fit():
    return changed(_0=nn.Conv2d(1, 6, 5), _7=nn.Linear(16 * 4 * 4, 120))


@wrong(LENET, "second-padding")
def padded_twice():
    return changed(_3=nn.Conv2d(6, 16, 5, padding=2), _7=nn.Linear(16 * 7 * 7, 120))


@wrong(LENET, "max-pooling")
def max_pool():
    return changed(_2=nn.MaxPool2d(2), _5=nn.MaxPool2d(2))


@wrong(LENET, "pooling-stride-1")
def stride_one():
    return changed(_2=nn.AvgPool2d(2, stride=1), _5=nn.AvgPool2d(2, stride=1))


@wrong(LENET, "pooling-stride-1")
def stride_one_made_to_fit():
    return changed(_2=nn.AvgPool2d(2, 1), _5=nn.AvgPool2d(2, 1), _7=nn.Linear(16 * 22 * 22, 120))


@wrong(LENET, "relu-for-sigmoid")
def relu():
    return changed(_1=nn.ReLU(), _4=nn.ReLU(), _8=nn.ReLU(), _10=nn.ReLU())


@wrong(LENET, "relu-for-sigmoid")
def relu_in_front():
    return changed(_1=nn.ReLU(), _4=nn.ReLU())


@wrong(LENET, "tanh-for-sigmoid")
def tanh():
    return changed(_1=nn.Tanh(), _4=nn.Tanh(), _8=nn.Tanh(), _10=nn.Tanh())


@wrong(LENET, "sigmoid-missing")
def no_sigmoid_at_all():
    return changed(_1=None, _4=None, _8=None, _10=None)


@wrong(LENET, "sigmoid-missing")
def second_forgotten():
    return changed(_4=None)


@wrong(LENET, "sigmoid-missing")
def last_forgotten():
    return changed(_10=None)


@wrong(LENET, "softmax-at-the-end")
def softmax():
    return nn.Sequential(*table(), nn.Softmax(dim=1))


@wrong(LENET, "softmax-at-the-end")
def log_softmax():
    return nn.Sequential(*table(), nn.LogSoftmax(dim=-1))


@wrong(LENET, "sigmoid-at-the-end")
def five_sigmoids():
    return nn.Sequential(*table(), nn.Sigmoid())


@wrong(LENET, "wrong-channels")
def swapped_channels():
    return changed(_0=nn.Conv2d(1, 16, 5, padding=2), _3=nn.Conv2d(16, 6, 5), _7=nn.Linear(150, 120))


@wrong(LENET, "wrong-channels")
def wider():
    return changed(_0=nn.Conv2d(1, 16, 5, padding=2), _3=nn.Conv2d(16, 32, 5), _7=nn.Linear(800, 120))


@wrong(LENET, "wrong-kernel")
def three_by_three():
    return changed(_0=nn.Conv2d(1, 6, 3, padding=1), _3=nn.Conv2d(6, 16, 3), _7=nn.Linear(16 * 6 * 6, 120))


@wrong(LENET, "hidden-swapped")
def widths_swapped():
    return changed(_7=nn.Linear(400, 84), _9=nn.Linear(84, 120), _11=nn.Linear(120, 10))


@wrong(LENET, "linear-layer-missing")
def one_hidden():
    return changed(_9=None, _10=None, _11=nn.Linear(120, 10))


@wrong(LENET, "no-flatten")
def maps_left_as_they_are():
    return changed(_6=None)


@wrong(LENET, "no-biases")
def biasless_convolutions():
    return changed(_0=nn.Conv2d(1, 6, 5, padding=2, bias=False), _3=nn.Conv2d(6, 16, 5, bias=False))


@wrong(LENET, "no-biases")
def biasless():
    return changed(
        _0=nn.Conv2d(1, 6, 5, padding=2, bias=False),
        _3=nn.Conv2d(6, 16, 5, bias=False),
        _7=nn.Linear(400, 120, bias=False),
        _9=nn.Linear(120, 84, bias=False),
        _11=nn.Linear(84, 10, bias=False),
    )


@wrong(LENET, "no-return")
def nothing():
    table()


@wrong(LENET, "prints-not-returns")
def printed():
    print(table())


@wrong(LENET, TWO_MISTAKES)
def relu_and_max():
    return changed(_1=nn.ReLU(), _4=nn.ReLU(), _8=nn.ReLU(), _10=nn.ReLU(), _2=nn.MaxPool2d(2), _5=nn.MaxPool2d(2))


@wrong(LENET, TWO_MISTAKES)
def max_and_softmax():
    return nn.Sequential(*max_pool(), nn.Softmax(dim=1))


@wrong(LENET, UNNAMED)
def layers_in_a_list():
    return list(table())


class Module(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = table()

    def forward(self, X):
        return self.net(X)


@wrong(LENET, UNNAMED)
def a_module_of_its_own():
    return Module()


@wrong(LENET, UNNAMED)
def with_dropout():
    torch.manual_seed(3)
    return nn.Sequential(*table()[:10], nn.Sigmoid(), nn.Dropout(0.5), nn.Linear(84, 10))


@wrong(LENET, "padding-forgotten")
def too_little_padding():
    return changed(_0=nn.Conv2d(1, 6, 5, padding=1), _7=nn.Linear(16 * 4 * 4, 120))
