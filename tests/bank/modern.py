"""Answers to `modern_lenet`: each is trained, so there are few."""

import torch
from torch import nn

from tests.bank import TWO_MISTAKES, UNNAMED, right, wrong
from tests.bank.lenet import changed, table

MODERN = "modern_lenet"


@right(MODERN)
def relu_and_max():
    return changed(_1=nn.ReLU(), _4=nn.ReLU(), _8=nn.ReLU(), _10=nn.ReLU(), _2=nn.MaxPool2d(2), _5=nn.MaxPool2d(2))


@right(MODERN)
def relu_alone():
    return changed(_1=nn.ReLU(), _4=nn.ReLU(), _8=nn.ReLU(), _10=nn.ReLU())


@right(MODERN)
def tanh_and_xavier():
    net = changed(_1=nn.Tanh(), _4=nn.Tanh(), _8=nn.Tanh(), _10=nn.Tanh())
    for layer in net:
        if hasattr(layer, "weight"):
            nn.init.xavier_uniform_(layer.weight)
    return net


class Batchnormed(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1, self.c2 = nn.Conv2d(1, 8, 3, padding=1), nn.Conv2d(8, 16, 3, padding=1)
        self.n1, self.n2 = nn.BatchNorm2d(8), nn.BatchNorm2d(16)
        self.head = nn.Linear(16, 10)

    def forward(self, X):
        X = nn.functional.max_pool2d(torch.relu(self.n1(self.c1(X))), 2)
        X = torch.relu(self.n2(self.c2(X))).amax(dim=(2, 3))
        return self.head(X)


@right(MODERN)
def batch_norm():
    print("a net of its own")
    return Batchnormed()


@wrong(MODERN, "sits-at-10-percent")
def the_old_one():
    return table()


@wrong(MODERN, "sits-at-10-percent")
def only_the_pooling():
    return changed(_2=nn.MaxPool2d(2), _5=nn.MaxPool2d(2))


@wrong(MODERN, "sits-at-10-percent")
def only_the_initialisation():
    net = table()
    for layer in net:
        if hasattr(layer, "weight"):
            nn.init.xavier_uniform_(layer.weight)
    return net


@wrong(MODERN, "sits-at-10-percent")
def zeros():
    net = relu_and_max()
    for p in net.parameters():
        nn.init.zeros_(p)
    return net


@wrong(MODERN, "learns-slowly")
def four_numbers():
    return nn.Sequential(nn.AvgPool2d(14), nn.Flatten(), nn.Linear(4, 10))


class Detached(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = relu_and_max()

    def forward(self, X):
        return self.net(X).detach()


@wrong(MODERN, "no-gradient")
def cut_off():
    return Detached()


class PlainList(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = list(relu_and_max())

    def forward(self, X):
        for layer in self.layers:
            X = layer(X)
        return X


@wrong(MODERN, "not-registered")
def layers_in_a_list():
    return PlainList()


@wrong(MODERN, "no-return")
def nothing():
    relu_and_max()


@wrong(MODERN, TWO_MISTAKES)
def squeezed_features():
    return nn.Sequential(*relu_and_max()[:-1], nn.Sigmoid(), nn.Linear(84, 5))


@wrong(MODERN, UNNAMED)
def the_class():
    return nn.Sequential


@wrong(MODERN, UNNAMED)
def eleven_scores():
    return nn.Sequential(*relu_and_max()[:-1], nn.Linear(84, 11))


@wrong(MODERN, UNNAMED)
def flattened_too_early():
    return nn.Sequential(nn.Flatten(), *relu_and_max())
