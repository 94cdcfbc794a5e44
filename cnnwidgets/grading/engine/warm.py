"""What a warm process does before it forks: imports, first uses, one thread, known seeds."""

import contextlib
import gc
import importlib
import random
from typing import Any

from .shell import Shell, make_shell


def warm(imports: list[str]) -> Shell:
    """A shell in a process that has run the statements `imports`, as far as they can be."""
    import numpy as np
    import torch

    shell = make_shell()
    torch.set_num_threads(1)  # a thread pool would not survive the fork
    random.seed(0)
    np.random.seed(0)
    torch.manual_seed(0)
    image = torch.ones(1, 1, 4, 4, requires_grad=True)
    torch.nn.functional.conv2d(image, torch.ones(1, 1, 2, 2)).sum().backward()
    (torch.ones(2, 2) @ torch.ones(2, 2)).sum().item()
    np.random.default_rng(0).normal(size=3) @ np.ones(3)
    shell.run("raise ValueError('warm')")
    shell.run("from IPython.display import HTML, display\ndisplay(HTML('warm'))\n1.0")
    shell.run("def f(x):\n    return x\nf(1)")
    shell.reset(new_session=True)
    for name in ("asyncio", "decimal", "fractions", "tempfile", "unittest.mock", "numpy.testing", "scipy.signal"):
        importlib.import_module(name)
    space: dict[str, Any] = {}
    for statement in imports:
        with contextlib.suppress(Exception):
            exec(statement, space)
    return shell


def freeze() -> None:
    """Keep what there is out of the garbage collector's way, so that forks share it."""
    gc.collect()
    gc.freeze()
