"""Torch's own optimisers as descriptions: the class by name, its state, and whose weights it learns."""

from typing import Any

from . import networks
from .wire import WireError


def is_optimiser(value: Any) -> bool:
    """Whether this is an optimiser of torch's own."""
    from torch import optim

    return isinstance(value, optim.Optimizer) and getattr(optim, type(value).__name__, None) is type(value)


def describe(optimiser: Any, objects: list[Any]) -> dict[str, Any]:
    """The optimiser, whose weights are found in `objects`. Raises a `WireError` where they are not."""
    places: dict[int, list[int]] = {}
    for number, each in enumerate(objects):
        for position, weight in enumerate(each.parameters() if networks.is_network(each) else [each]):
            places.setdefault(id(weight), [number, position])
    groups = [[places.get(id(weight)) for weight in group["params"]] for group in optimiser.param_groups]
    if any(place is None for group in groups for place in group):
        raise WireError("an optimiser can not be sent before the network whose weights it learns")
    return {"class": type(optimiser).__name__, "groups": groups, "state": optimiser.state_dict()}


def build(found: dict[str, Any], objects: list[Any]) -> Any:
    """The optimiser that a description means, for weights in `objects`."""
    from torch import optim

    def weight(number: int, position: int) -> Any:
        each = objects[number]
        return list(each.parameters())[position] if networks.is_network(each) else each

    groups = [{"params": [weight(*place) for place in group]} for group in found["groups"]]
    made = getattr(optim, found["class"])(groups)
    made.load_state_dict(found["state"])
    return made
