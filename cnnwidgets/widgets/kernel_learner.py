"""KernelLearner: a kernel learnt by gradient descent, one step at a time, at a rate of the learner's choice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import traitlets
from jaxtyping import Float
from numpy import ndarray
from numpy.typing import ArrayLike

from cnnwidgets import ops
from cnnwidgets.widgets.answers.asking import AskingExplorer
from cnnwidgets.widgets.answers.kernel_answer import kernel_answer
from cnnwidgets.widgets.answers.matrix_answer import Answer
from cnnwidgets.widgets.base import bundle, refuse_unknown
from cnnwidgets.widgets.network.layers import conv
from cnnwidgets.widgets.network.random_weights import random_weights
from cnnwidgets.widgets.traits.arrays import Matrix

EDGE_IMAGE = [[1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0]] * 6
LARGEST = 1000.0  # of an input or kernel entry: what lies beyond only makes the rates tiny
MOST_STEPS = 500
SETTING = ("input", "target", "lr", "steps")
KEYWORDS = (*SETTING, "step", "start", "seed", "predict", "fn", "layout")


class KernelLearner(AskingExplorer[Answer]):
    """Learns a kernel from an input and an output by gradient descent on the summed squared error.

    The output to learn from is ``Y = X ⋆ target``: the true kernel makes it and is then forgotten. Each step moves
    the kernel by −lr times the gradient, ``∂L/∂K = 2 X ⋆ (X ⋆ K − Y)``.

    Parameters
    ----------
    input
        The input X, shape (h, w), 1 to 16 each, entries from −1000 to 1000; the course's 6×8 edge image if left out.
    target
        The true kernel, shape (kh, kw), 1 to 5 each and no larger than the input; ``[[1, −1]]`` if left out. The
        kernel that is learnt has its size.
    lr
        The learning rate, above 0 and at most 100.
    steps
        How many steps a run has, 1 to 500.
    step
        The step on view: after how many steps the kernel is shown. One past the end of the run becomes the last.
    start, seed
        ``"zeros"``, or ``"random"``: small numbers, uniform within ±1/√(kh·kw) as PyTorch starts a layer, by the seed
        (0 to 9999).
    predict
        Whether the learner says what will happen before it is shown: whether the rate works, and which way a weight
        moves next.
    fn
        A function of yours, ``fn(X, Y, kernel_size, steps, lr)``, such as your `learn_kernel`. It is told how far
        from the true kernel it ends. It runs only once the widget is on show.

    Raises
    ------
    TypeError
        For a keyword that there is not.
    traitlets.TraitError
        For a value that can not be, with a sentence that says what can.

    Examples
    --------
    >>> learner = KernelLearner(steps=40, step=40)
    >>> learner.kernel.round(3)
    array([[ 1., -1.]])

    Source: the slide on learning a kernel.
    """

    _esm = bundle("kernel_learner.js")
    _css = bundle("kernel_learner.css")

    FUNCTIONS = "called as fn(X, Y, kernel_size, steps, lr)"

    input = Matrix(EDGE_IMAGE, most=16)
    """The input X as float64, shape (h, w). Assign a new matrix to change it."""

    target = Matrix([[1.0, -1.0]], most=5)
    """The true kernel as float64, shape (kh, kw): what Y is made with. Assign a new matrix to change it."""

    lr = traitlets.Float(0.03).tag(sync=True)
    """The learning rate: how far a step goes, in gradients."""

    steps = traitlets.Int(40).tag(sync=True)
    """How many steps a run has."""

    step = traitlets.Int(0).tag(sync=True)
    """After how many steps the kernel is on view; 0 is the start."""

    start = traitlets.Enum(("zeros", "random"), default_value="zeros").tag(sync=True)
    """What the kernel is before the first step."""

    seed = traitlets.Int(1).tag(sync=True)
    """Which random start; 0 to 9999."""

    predict = traitlets.Bool(False).tag(sync=True)
    """Whether the rate's outcome and each step's direction stay hidden until they are predicted."""

    fn = traitlets.Any(None)
    """Your function ``fn(X, Y, kernel_size, steps, lr)``, or None. Stays in Python."""

    def __init__(
        self,
        input: ArrayLike | None = None,
        target: ArrayLike | None = None,
        *,
        lr: float = 0.03,
        steps: int = 40,
        step: int = 0,
        start: str = "zeros",
        seed: int = 1,
        predict: bool = False,
        fn: Callable[..., Any] | None = None,
        **others: Any,
    ) -> None:
        refuse_unknown(type(self).__name__, others.keys() - {"layout"}, KEYWORDS)
        given = {name: value for name, value in {"input": input, "target": target}.items() if value is not None}
        run = {"lr": lr, "steps": steps, "step": step, "start": start, "seed": seed}
        super().__init__(**given, **run, predict=predict, fn=fn, **others)

    @property
    def kernel_size(self) -> tuple[int, int]:
        """The size (kh, kw) of the kernel that is learnt: the true one's."""
        rows, columns = self.target.shape
        return rows, columns

    @property
    def true_output(self) -> Float[ndarray, "oh ow"]:
        """What is learnt from besides the input: ``Y = X ⋆ target``."""
        return ops.corr2d(self.input, self.target)

    @property
    def start_kernel(self) -> Float[ndarray, "kh kw"]:
        """The kernel before the first step."""
        if self.start == "zeros":
            return np.zeros(self.kernel_size)
        weights = random_weights([conv(1, 1, self.kernel_size, bias=False)], self.seed)
        return weights.astype(np.float64).reshape(self.kernel_size)

    @property
    def run(self) -> ops.Descent:
        """The whole run: the kernel and the loss after every step, and whether it ran away."""
        return ops.descend(self.input, self.true_output, self.start_kernel, self.steps, self.lr)

    @property
    def kernels(self) -> Float[ndarray, "t kh kw"]:
        """The kernel after 0, 1, 2, … steps."""
        return self.run.kernels

    @property
    def kernel(self) -> Float[ndarray, "kh kw"]:
        """The kernel at the step on view."""
        kernels = self.kernels
        kernel: ndarray = kernels[min(self.step, len(kernels) - 1)]
        return kernel

    @property
    def losses(self) -> Float[ndarray, " t"]:
        """The summed squared error after 0, 1, 2, … steps."""
        return self.run.losses

    @property
    def gradient(self) -> Float[ndarray, "kh kw"]:
        """∂L/∂K at the step on view."""
        return ops.error_gradient(self.input, self.kernel, self.true_output)

    @property
    def largest_rate(self) -> float:
        """2/λ, λ the largest eigenvalue of the Hessian: from every start, each smaller rate converges."""
        return ops.largest_rate(self.input, self.kernel_size)

    @property
    def outcome(self) -> str:
        """What becomes of this run: "converges", "oscillates" (and converges), or "diverges"."""
        return ops.outcome(self.input, self.start_kernel, self.target, self.lr)

    @traitlets.validate("input", "target")
    def _sized(self, proposal: Any) -> ndarray:
        name, value = proposal["trait"].name, proposal["value"]
        if np.abs(value).max() > LARGEST:
            raise traitlets.TraitError(f"{name} must hold numbers from −{LARGEST:g} to {LARGEST:g}.")
        image, kernel = (value if each == name else getattr(self, each) for each in ("input", "target"))
        if any(k > n for k, n in zip(kernel.shape, image.shape, strict=True)):
            sizes = " into ".join("×".join(map(str, each.shape)) for each in (kernel, image))
            raise traitlets.TraitError(f"The kernel is larger than the input: {sizes} does not go.")
        return np.asarray(value)

    @traitlets.validate("lr")
    def _rate(self, proposal: Any) -> float:
        if not 0 < proposal["value"] <= 100:
            raise traitlets.TraitError(f"lr must be above 0 and at most 100, not {proposal['value']}.")
        return float(proposal["value"])

    @traitlets.validate("steps")
    def _length(self, proposal: Any) -> int:
        if not 1 <= proposal["value"] <= MOST_STEPS:
            raise traitlets.TraitError(f"steps must be from 1 to {MOST_STEPS}, not {proposal['value']}.")
        return int(proposal["value"])

    @traitlets.validate("seed")
    def _small(self, proposal: Any) -> int:
        if not 0 <= proposal["value"] <= 9999:
            raise traitlets.TraitError(f"seed must be from 0 to 9999, not {proposal['value']}.")
        return int(proposal["value"])

    @traitlets.validate("step")
    def _within(self, proposal: Any) -> int:
        return max(0, min(int(proposal["value"]), self.steps))

    @traitlets.observe("steps")
    def _keep_step(self, _change: Any) -> None:
        self.step = min(self.step, self.steps)

    @traitlets.observe(*SETTING)
    def _another_setting(self, _change: Any) -> None:
        self._run()

    def _setting(self) -> list[Any]:
        return [self.input.tolist(), self.target.tolist(), self.lr, self.steps]

    def _ask(self, fn: Callable[..., Any]) -> Answer:
        return kernel_answer(fn, self.input, self.target, self.steps, self.lr)
