"""The arguments of one call, numbered alike on both sides: what is changed or handed back finds its object."""

from typing import Any

from numpy import ndarray

from . import networks, optimisers


class Parcel:
    """What a function is given that it can change, in the order in which it is met; `own` is a module that is run."""

    def __init__(self, *own: Any) -> None:
        self.own = own
        self.objects: list[Any] = []
        self.numbers: dict[int, int] = {}
        self.functions: list[Any] = []  #: the test's own functions, which the learner's may call

    def add(self, value: Any) -> None:
        """Number an object, if it can be changed."""
        if is_mutable(value):
            self.numbers[id(value)] = len(self.objects)
            self.objects.append(value)

    def number(self, value: Any) -> int | None:
        """The number of this very object."""
        return self.numbers.get(id(value))

    def leaves(self) -> list[Any]:
        """The tensors in it that want a gradient."""
        found: list[Any] = []
        for each in [*self.own, *self.objects]:
            if networks.is_network(each):
                found += [weight for weight in each.parameters() if weight.requires_grad]
            elif getattr(each, "requires_grad", False) is True:
                found.append(each)
        return found


def is_mutable(value: Any) -> bool:
    """Whether a function can change this."""
    import torch

    if type(value) is ndarray:
        return value.dtype.kind not in "OU"
    known = type(value) in (list, dict, set, bytearray) or optimisers.is_optimiser(value)
    return known or isinstance(value, (torch.Tensor, torch.nn.Module))
