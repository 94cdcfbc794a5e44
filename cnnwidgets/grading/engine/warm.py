"""What a warm process does before it forks: imports, first uses, one thread, known seeds."""

import contextlib
import gc
import importlib
import os
import random
from typing import Any

from .shell import Shell, make_shell


def warm(imports: list[str]) -> Shell:
    """A shell in a process that has run the statements `imports`, as far as they can be.

    Nothing is collected as garbage until `freeze`: imports make much that would be looked through for little.
    """
    gc.disable()
    import numpy as np
    import torch

    shell = make_shell()
    torch.set_num_threads(1)  # a thread pool would not survive the fork
    seed()
    os.register_at_fork(after_in_child=lambda: random.seed(0))  # Python's own gets a new seed in every fork
    image = torch.ones(1, 1, 4, 4, requires_grad=True)
    torch.nn.functional.conv2d(image, torch.ones(1, 1, 2, 2)).sum().backward()
    (torch.ones(2, 2) @ torch.ones(2, 2)).sum().item()
    np.random.default_rng(0).normal(size=3) @ np.ones(3)
    shell.run("raise ValueError('warm')")
    shell.run("from IPython.display import HTML, display\ndisplay(HTML('warm'))\n1.0")
    shell.run("def f(x):\n    return x\nf(1)")
    shell.reset(new_session=True)
    for name in ("asyncio", "decimal", "fractions", "tempfile", "numpy.testing"):
        importlib.import_module(name)
    space: dict[str, Any] = {}
    for statement in imports:
        with contextlib.suppress(Exception):
            exec(statement, space)
    return shell


def seed() -> None:
    """Begin the random numbers anew, so that a result depends on nothing that ran before."""
    import numpy as np
    import torch

    random.seed(0)
    np.random.seed(0)  # noqa: NPY002  (what learners' code may use)
    torch.default_generator.manual_seed(0)  # `torch.manual_seed` also takes note of a call stack for each accelerator


def freeze() -> None:
    """Keep what there is out of the garbage collector's way, so that forks share it."""
    gc.collect()
    gc.freeze()
    gc.enable()
