"""Answers to `train_epoch` and `accuracy`."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, TensorDataset

from tests.bank import TWO_MISTAKES, UNNAMED, right, wrong

EPOCH, ACCURACY = "train_epoch", "accuracy"


@right(EPOCH)
def shuffled(net, X, y, batch_size, lr):
    optimiser = torch.optim.SGD(net.parameters(), lr=lr)
    order = torch.randperm(len(X))
    total = 0.0
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        loss = F.cross_entropy(net(X[batch]), y[batch])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        total += loss.item() * len(batch)
    return total / len(X)


@right(EPOCH)
def with_a_loader(net, X, y, batch_size, lr):
    net.train()
    optimiser = torch.optim.SGD(net.parameters(), lr)
    losses = []
    for images, labels in DataLoader(TensorDataset(X, y), batch_size=batch_size, shuffle=True):
        optimiser.zero_grad()
        loss = nn.CrossEntropyLoss()(net(images), labels)
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)


@right(EPOCH)
def by_hand(net, X, y, batch_size, lr):
    total = 0
    for images, labels in zip(X.split(batch_size), y.split(batch_size), strict=True):
        net.zero_grad()
        loss = F.nll_loss(torch.log_softmax(net(images), dim=1), labels)
        loss.backward()
        with torch.no_grad():
            for p in net.parameters():
                p -= lr * p.grad
        total += float(loss) * len(images)
    return float(total / len(X))


@right(EPOCH)
def by_autograd(net, X, y, batch_size, lr):
    parameters, losses = list(net.parameters()), []
    for batch in torch.arange(len(X)).flip(0).split(batch_size):
        loss = F.cross_entropy(net(X[batch]), y[batch])
        for p, g in zip(parameters, torch.autograd.grad(loss, parameters), strict=True):
            p.data.add_(g, alpha=-lr)
        losses.append(loss.detach().numpy())
    return np.mean(losses)


@right(EPOCH)
def sums_divided_by_the_size(net, X, y, batch_size, lr):
    total = torch.zeros(())
    for start in range(0, len(X), batch_size):
        images, labels = X[start : start + batch_size], y[start : start + batch_size]
        loss = F.cross_entropy(net(images), labels, reduction="sum")
        for p in net.parameters():
            p.grad = None
        loss.backward()
        for p in net.parameters():
            p.data = p.data - lr * p.grad / len(images)
        total += loss.detach()
    print("epoch done")
    return total.item() / len(X)


@right(EPOCH)
def loss_measured_afterwards(net, X, y, batch_size, lr):
    by_hand(net, X, y, batch_size, lr)
    with torch.no_grad():
        return F.cross_entropy(net(X), y).item()


def epoch(net, X, y, batch_size, lr, loss_of=F.cross_entropy, zero=True, sign=-1):
    losses = []
    for images, labels in zip(X.split(batch_size), y.split(batch_size), strict=True):
        if zero:
            net.zero_grad()
        loss = loss_of(net(images), labels)
        loss.backward()
        for p in net.parameters():
            p.data += sign * lr * p.grad
        losses.append(loss.item())
    return losses


@wrong(EPOCH, "gradient-not-zeroed")
def forgets_zero_grad(net, X, y, batch_size, lr):
    optimiser = torch.optim.SGD(net.parameters(), lr=lr)
    order, total = torch.randperm(len(X)), 0.0
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        loss = F.cross_entropy(net(X[batch]), y[batch])
        loss.backward()
        optimiser.step()
        total += loss.item() * len(batch)
    return total / len(X)


@wrong(EPOCH, "gradient-not-zeroed")
def zeroes_once(net, X, y, batch_size, lr):
    net.zero_grad()
    return float(np.mean(epoch(net, X, y, batch_size, lr, zero=False)))


@wrong(EPOCH, "no-step")
def forgets_step(net, X, y, batch_size, lr):
    optimiser = torch.optim.SGD(net.parameters(), lr=lr)
    losses = []
    for start in range(0, len(X), batch_size):
        loss = F.cross_entropy(net(X[start : start + batch_size]), y[start : start + batch_size])
        optimiser.zero_grad()
        loss.backward()
        losses.append(loss.item())
    return sum(losses) / len(losses)


@wrong(EPOCH, "no-step")
def zeroes_before_the_step(net, X, y, batch_size, lr):
    optimiser = torch.optim.SGD(net.parameters(), lr=lr)
    losses = []
    for images, labels in DataLoader(TensorDataset(X, y), batch_size):
        loss = F.cross_entropy(net(images), labels)
        loss.backward()
        optimiser.zero_grad()
        optimiser.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)


@wrong(EPOCH, "no-step")
def moves_copies(net, X, y, batch_size, lr):
    losses = []
    for start in range(0, len(X), batch_size):
        net.zero_grad()
        loss = F.cross_entropy(net(X[start : start + batch_size]), y[start : start + batch_size])
        loss.backward()
        for p in net.parameters():
            p = p - lr * p.grad
        losses.append(loss.item())
    return sum(losses) / len(losses)


@wrong(EPOCH, "ascent")
def uphill(net, X, y, batch_size, lr):
    return float(np.mean(epoch(net, X, y, batch_size, lr, sign=1)))


@wrong(EPOCH, "ascent")
def maximises(net, X, y, batch_size, lr):
    optimiser = torch.optim.SGD(net.parameters(), lr=lr, maximize=True)
    losses = []
    for images, labels in DataLoader(TensorDataset(X, y), batch_size, shuffle=True):
        optimiser.zero_grad()
        loss = F.cross_entropy(net(images), labels)
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)


def summed(scores, labels):
    return F.cross_entropy(scores, labels, reduction="sum")


@wrong(EPOCH, "sum-for-mean")
def sum_reduction(net, X, y, batch_size, lr):
    return sum(epoch(net, X, y, batch_size, lr, summed)) / len(X)


@wrong(EPOCH, "sum-for-mean")
def sum_reduction_mean_of_batches(net, X, y, batch_size, lr):
    return float(np.mean(epoch(net, X, y, batch_size, lr, summed)))


@wrong(EPOCH, "loss-not-averaged")
def total_of_batches(net, X, y, batch_size, lr):
    return sum(epoch(net, X, y, batch_size, lr))


@wrong(EPOCH, "loss-not-averaged")
def total_of_examples(net, X, y, batch_size, lr):
    total = 0.0
    for images, labels in DataLoader(TensorDataset(X, y), batch_size, shuffle=True):
        total += epoch(net, images, labels, batch_size, lr)[0] * len(images)
    return total


@wrong(EPOCH, "divided-twice")
def batch_means_over_examples(net, X, y, batch_size, lr):
    return sum(epoch(net, X, y, batch_size, lr)) / len(X)


@wrong(EPOCH, "softmax-first")
def probabilities(net, X, y, batch_size, lr):
    return float(np.mean(epoch(net, X, y, batch_size, lr, lambda s, t: F.cross_entropy(F.softmax(s, dim=1), t))))


@wrong(EPOCH, "softmax-first")
def exponentials(net, X, y, batch_size, lr):
    def loss(scores, labels):
        p = scores.exp() / scores.exp().sum(1, keepdim=True)
        return nn.CrossEntropyLoss()(p, labels)

    return float(np.mean(epoch(net, X, y, batch_size, lr, loss)))


@wrong(EPOCH, "last-batch-dropped")
def whole_batches(net, X, y, batch_size, lr):
    n = len(X) // batch_size * batch_size
    return float(np.mean(epoch(net, X[:n], y[:n], batch_size, lr)))


@wrong(EPOCH, "last-batch-dropped")
def drop_last(net, X, y, batch_size, lr):
    losses = []
    for images, labels in DataLoader(TensorDataset(X, y), batch_size, shuffle=True, drop_last=True):
        losses += epoch(net, images, labels, batch_size, lr)
    return sum(losses) / len(losses)


@wrong(EPOCH, "batches-of-one")
def one_at_a_time(net, X, y, batch_size, lr):
    return float(np.mean(epoch(net, X, y, 1, lr)))


@wrong(EPOCH, "one-big-batch")
def all_at_once(net, X, y, batch_size, lr):
    net.zero_grad()
    loss = F.cross_entropy(net(X), y)
    loss.backward()
    for p in net.parameters():
        p.data -= lr * p.grad
    return loss.item()


@wrong(EPOCH, "rate-ignored")
def a_rate_of_its_own(net, X, y, batch_size, lr):
    return float(np.mean(epoch(net, X, y, batch_size, 0.1)))


@wrong(EPOCH, "rate-ignored")
def torchs_default(net, X, y, batch_size, lr):
    optimiser = torch.optim.SGD(net.parameters())
    losses = []
    for images, labels in DataLoader(TensorDataset(X, y), batch_size):
        optimiser.zero_grad()
        loss = F.cross_entropy(net(images), labels)
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)


@wrong(EPOCH, "some-parameters-only")
def weights_only(net, X, y, batch_size, lr):
    losses = []
    for images, labels in zip(X.split(batch_size), y.split(batch_size), strict=True):
        net.zero_grad()
        loss = F.cross_entropy(net(images), labels)
        loss.backward()
        for layer in net:
            if hasattr(layer, "weight"):
                layer.weight.data -= lr * layer.weight.grad
        losses.append(loss.item())
    return sum(losses) / len(losses)


@wrong(EPOCH, "some-parameters-only")
def last_layer(net, X, y, batch_size, lr):
    optimiser = torch.optim.SGD(net[-1].parameters(), lr=lr)
    losses = []
    for images, labels in zip(X.split(batch_size), y.split(batch_size), strict=True):
        optimiser.zero_grad()
        loss = F.cross_entropy(net(images), labels)
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)


@wrong(EPOCH, "first-batch-only")
def returns_in_the_loop(net, X, y, batch_size, lr):
    for images, labels in DataLoader(TensorDataset(X, y), batch_size, shuffle=True):
        loss = epoch(net, images, labels, batch_size, lr)[0]
        return loss


@wrong(EPOCH, "last-loss")
def last_of_all(net, X, y, batch_size, lr):
    return epoch(net, X, y, batch_size, lr)[-1]


@wrong(EPOCH, "last-loss")
def last_of_a_shuffled_epoch(net, X, y, batch_size, lr):
    for images, labels in DataLoader(TensorDataset(X, y), batch_size, shuffle=True):
        (loss,) = epoch(net, images, labels, batch_size, lr)
    return loss


@wrong(EPOCH, "tensor-returned")
def still_a_tensor(net, X, y, batch_size, lr):
    return torch.tensor(epoch(net, X, y, batch_size, lr)).mean()


@wrong(EPOCH, UNNAMED)
def nothing(net, X, y, batch_size, lr):
    pass


@wrong(EPOCH, TWO_MISTAKES)
def uphill_and_total(net, X, y, batch_size, lr):
    return sum(epoch(net, X, y, batch_size, lr, sign=1))


@wrong(EPOCH, TWO_MISTAKES)
def not_zeroed_and_last_loss(net, X, y, batch_size, lr):
    return epoch(net, X, y, batch_size, lr, zero=False)[-1]


@wrong(EPOCH, UNNAMED)
def adam(net, X, y, batch_size, lr):
    optimiser = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for images, labels in zip(X.split(batch_size), y.split(batch_size), strict=True):
        optimiser.zero_grad()
        loss = F.cross_entropy(net(images), labels)
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)


@wrong(EPOCH, "loss-not-returned")
def trains_and_forgets_return(net, X, y, batch_size, lr):
    epoch(net, X, y, batch_size, lr)


@wrong(EPOCH, UNNAMED)
def squared_error(net, X, y, batch_size, lr):
    return float(np.mean(epoch(net, X, y, batch_size, lr, lambda s, t: ((s - F.one_hot(t, 10)) ** 2).mean())))


@wrong(EPOCH, UNNAMED)
def twice_over(net, X, y, batch_size, lr):
    epoch(net, X, y, batch_size, lr)
    return float(np.mean(epoch(net, X, y, batch_size, lr)))


@right(ACCURACY)
def mean_of_hits(net, X, y):
    return (net(X).argmax(dim=1) == y).float().mean().item()


@right(ACCURACY)
def in_batches(net, X, y):
    net.eval()
    hits = 0
    with torch.no_grad():
        for images, labels in DataLoader(TensorDataset(X, y), batch_size=64):
            hits += (net(images).max(dim=1).indices == labels).sum().item()
    return hits / len(y)


@right(ACCURACY)
def with_numpy(net, X, y):
    return np.mean(net(X).detach().numpy().argmax(1) == y.numpy())


@right(ACCURACY)
def one_by_one(net, X, y):
    hits = 0
    for x, t in zip(X, y, strict=True):
        if int(torch.argmax(torch.softmax(net(x[None])[0], dim=0))) == int(t):
            hits += 1
    return hits / len(X)


@wrong(ACCURACY, "percent")
def hundred(net, X, y):
    return 100 * mean_of_hits(net, X, y)


@wrong(ACCURACY, "count-for-share")
def count(net, X, y):
    return (net(X).argmax(dim=1) == y).sum().item()


@wrong(ACCURACY, "error-share")
def errors(net, X, y):
    return (net(X).argmax(dim=1) != y).float().mean().item()


@wrong(ACCURACY, "argmax-over-examples")
def axis_zero(net, X, y):
    return (net(X).argmax(dim=0) == y).float().mean().item()


@wrong(ACCURACY, "argmax-over-examples")
def axis_zero_counted(net, X, y):
    predicted = torch.argmax(net(X), 0)
    return (predicted == y).sum().item() / len(y)


@wrong(ACCURACY, "one-class-for-all")
def no_axis(net, X, y):
    return (net(X).argmax() == y).float().mean().item()


@wrong(ACCURACY, "scores-for-classes")
def values(net, X, y):
    best, _ = net(X).max(dim=1)
    return (best == y).float().mean().item()


@wrong(ACCURACY, "least-score")
def smallest(net, X, y):
    return (net(X).argmin(dim=1) == y).float().mean().item()


@wrong(ACCURACY, "loss-returned")
def loss(net, X, y):
    return F.cross_entropy(net(X), y).item()


@wrong(ACCURACY, "mean-of-batches")
def batch_means(net, X, y):
    shares = [mean_of_hits(net, a, b) for a, b in zip(X.split(100), y.split(100), strict=True)]
    return sum(shares) / len(shares)


@wrong(ACCURACY, "last-batch-dropped")
def whole_batches_only(net, X, y):
    if len(X) < 64:
        return mean_of_hits(net, X, y)
    n = len(X) // 64 * 64
    return mean_of_hits(net, X[:n], y[:n])


@wrong(ACCURACY, "cut-to-integer")
def whole_division(net, X, y):
    return (net(X).argmax(dim=1) == y).sum().item() // len(y)


@wrong(ACCURACY, "tensor-returned")
def zero_axes(net, X, y):
    return (net(X).argmax(dim=1) == y).float().mean()


@wrong(ACCURACY, "no-return")
def lost(net, X, y):
    mean_of_hits(net, X, y)


@wrong(ACCURACY, "prints-not-returns")
def shown(net, X, y):
    print(mean_of_hits(net, X, y))


@wrong(ACCURACY, TWO_MISTAKES)
def percent_of_errors(net, X, y):
    return 100 * errors(net, X, y)


@wrong(ACCURACY, UNNAMED)
def always_the_same(net, X, y):
    return 0.85


@wrong(ACCURACY, UNNAMED)
def next_class(net, X, y):
    return (net(X).argmax(dim=1) + 1 == y).float().mean().item()
