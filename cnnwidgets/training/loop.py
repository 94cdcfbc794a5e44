"""The training loop in its plainest form, the share right, and Xavier's initialisation."""

import torch
from torch import Tensor, nn


def train_epoch(net: nn.Module, X: Tensor, y: Tensor, batch_size: int, lr: float) -> float:
    """One epoch of minibatch gradient descent on the cross-entropy, in a new random order.

    X (n, 1, 28, 28) and y (n,), class numbers, on the net's device; the last batch may be smaller. Returns the mean
    loss over the examples, each as it was when its turn came. Source: the slides on training LeNet.
    """
    net.train()
    parameters = list(net.parameters())
    total = torch.zeros((), device=X.device)
    for batch in torch.split(torch.randperm(len(X), device=X.device), batch_size):
        net.zero_grad()
        loss = nn.functional.cross_entropy(net(X[batch]), y[batch])
        loss.backward()  # type: ignore[no-untyped-call]
        with torch.no_grad():  # by hand: the first torch.optim.SGD of a process takes seconds to load
            for p in parameters:
                if p.grad is not None:
                    p.sub_(lr * p.grad)
        total += loss.detach() * len(batch)  # stays on the device: reading it at every step would wait for it
    return float(total / len(X))


def accuracy(net: nn.Module, X: Tensor, y: Tensor, batch_size: int = 1000) -> float:
    """The share of examples whose largest score is at the right class, 0 to 1; X (n, 1, 28, 28) and y (n,)."""
    net.eval()
    right = torch.zeros((), device=X.device)
    with torch.no_grad():
        for images, classes in zip(torch.split(X, batch_size), torch.split(y, batch_size), strict=True):
            right += (net(images).argmax(dim=1) == classes).sum()
    return float(right / len(X))


def xavier(net: nn.Module) -> nn.Module:
    """Draws the weights of every linear and convolutional layer anew by Xavier's rule; biases stay. Returns the net.

    Uniform with variance 2 / (fan in + fan out), so that signals keep their size on the way forward and gradients on
    the way back. Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
    networks", 2010.
    """
    for layer in net.modules():
        if isinstance(layer, nn.Linear | nn.Conv2d):
            nn.init.xavier_uniform_(layer.weight)
    return net
