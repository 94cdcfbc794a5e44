"""One step of training, and three ways to run it: as it stands, compiled, or captured and replayed by the GPU."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

from .evaluate import as_input
from .recipe import Recipe

HOW = ("auto", "eager", "compiled", "captured")
PRECISIONS = ("float32", "bfloat16")


class Steps:
    """Steps of gradient descent on images X (n, 1, 28, 28) and classes y (n,) that lie on the network's device.

    Nothing here waits for the device: the rate comes, and the sum of the losses stays, as a tensor there.
    """

    def __init__(self, net: nn.Module, X: Tensor, y: Tensor, recipe: Recipe, precision: str, how: str) -> None:
        if precision not in PRECISIONS:
            raise ValueError(f"precision must be one of {', '.join(PRECISIONS)}, not {precision!r}")
        if how not in HOW:
            raise ValueError(f"steps must be one of {', '.join(HOW)}, not {how!r}")
        if how == "captured" and X.device.type != "cuda":
            raise ValueError('only a CUDA device can capture its steps; take steps="auto"')
        self.net, self.X, self.y, self.recipe = net, X, y, recipe
        self.low = precision == "bfloat16"
        self.weights = [p for p in net.parameters() if p.requires_grad]
        self.velocity = [torch.zeros_like(p) for p in self.weights]
        self.rate = torch.zeros((), device=X.device)
        self.loss = torch.zeros((), device=X.device)  #: sum over the examples since it was last set to 0
        self.whole = self._prepared(how)  #: a step on a batch of full size

    def take(self, batch: Tensor, rate: Tensor) -> None:
        """One step on the examples with these numbers, at this rate."""
        self.rate.copy_(rate)
        if len(batch) == self.recipe.batch_size:
            self.whole(batch)
        else:
            self.step(self.net, batch)

    def step(self, net: Callable[[Tensor], Tensor], batch: Tensor) -> None:
        """What a step is: scores, loss, gradient, then the weights move."""
        X, y = as_input(self.X.index_select(0, batch)), self.y.index_select(0, batch)
        with torch.autocast(X.device.type, torch.bfloat16, enabled=self.low):
            scores = net(X)
        loss = nn.functional.cross_entropy(scores.float(), y)
        gradients = torch.autograd.grad(loss, self.weights, allow_unused=True)
        with torch.no_grad():
            self._move(gradients)
            self.loss += loss * len(batch)

    def _move(self, gradients: tuple[Tensor | None, ...]) -> None:
        """All parameters at once: on a GPU the many small ones would take longer than the work."""
        used = [i for i, g in enumerate(gradients) if g is not None]
        weights, velocity = [self.weights[i].data for i in used], [self.velocity[i] for i in used]
        moves = [g for g in gradients if g is not None]
        if self.recipe.weight_decay:
            moves = list(torch._foreach_add(moves, weights, alpha=self.recipe.weight_decay))
        if self.recipe.momentum:
            torch._foreach_mul_(velocity, self.recipe.momentum)
            torch._foreach_add_(velocity, moves)
            moves = velocity
        torch._foreach_sub_(weights, list(torch._foreach_mul(moves, self.rate)))

    def _prepared(self, how: str) -> Callable[[Tensor], None]:
        """A step on a full batch, warm: what the first steps do to network and velocity is undone."""
        captured = self.X.device.type == "cuda" and how != "eager"
        net: Callable[[Tensor], Tensor] = torch.compile(self.net) if how == "compiled" else self.net
        batch = torch.arange(self.recipe.batch_size, device=self.X.device) % len(self.X)
        before = {name: value.clone() for name, value in self.net.state_dict().items()}
        ready = self._captured(net, batch) if captured else self._eager(net, batch)
        self.net.load_state_dict(before)
        for each in (*self.velocity, self.loss):
            each.zero_()
        return ready

    def _eager(self, net: Callable[[Tensor], Tensor], batch: Tensor) -> Callable[[Tensor], None]:
        for _ in range(2):
            self.step(net, batch)
        return lambda batch: self.step(net, batch)

    def _captured(self, net: Callable[[Tensor], Tensor], batch: Tensor) -> Callable[[Tensor], None]:
        """Tells the GPU once what a step consists of. Replays find the batch's numbers where they were then."""
        aside = torch.cuda.Stream(self.X.device)  # type: ignore[no-untyped-call]
        aside.wait_stream(torch.cuda.current_stream(self.X.device))
        with torch.cuda.stream(aside):
            for _ in range(3):
                self.step(net, batch)
        torch.cuda.current_stream(self.X.device).wait_stream(aside)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            self.step(net, batch)

        def replay(numbers: Tensor) -> None:
            batch.copy_(numbers)
            graph.replay()

        return replay
