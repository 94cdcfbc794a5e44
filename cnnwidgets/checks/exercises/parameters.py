"""`conv_parameters`: the learnable numbers of a convolutional layer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cnnwidgets.checks.exercise import Case, Exercise, Misconception
from cnnwidgets.ops import conv_parameters


def _case(name: str, *sizes: int, bias: bool | None = None) -> Case:
    arguments = dict(zip(("c_in", "c_out", "k_h", "k_w"), sizes, strict=True))
    return Case(name, arguments if bias is None else {**arguments, "bias": bias})


def parameter_cases() -> Sequence[Case]:
    """The two layers of the slide, a 1×1 layer, a kernel that is not square, and layers without bias."""
    return [
        _case("3 channels to 6, 5×5", 3, 6, 5, 5),
        _case("6 channels to 10, 3×3", 6, 10, 3, 3),
        _case("64 channels to 32, 1×1", 64, 32, 1, 1),
        _case("a kernel of two rows and seven columns", 4, 9, 2, 7),
        _case("3 channels to 6, 5×5, without bias", 3, 6, 5, 5, bias=False),
        _case("with bias, said aloud", 2, 5, 3, 4, bias=True),
    ]


def random_parameters(rng: np.random.Generator) -> Sequence[Case]:
    """Four sizes that all differ."""
    sizes = [[int(n) for n in rng.permutation(np.arange(2, 40))[:4]] for _ in range(4)]
    return [_case(f"random case {n + 1}", *four, bias=n % 2 == 0) for n, four in enumerate(sizes)]


def _count(c_in: int, c_out: int, k_h: int, k_w: int) -> int:
    return conv_parameters(c_in, c_out, k_h, k_w, bias=False)


CONV_PARAMETERS = Exercise(
    "conv_parameters",
    conv_parameters,
    parameter_cases,
    random_parameters,
    (
        Misconception(
            "bias-not-counted",
            "The bias is never counted",
            "with `bias=True`, which is the default, every output channel has one number more",
            (lambda c_in, c_out, k_h, k_w, bias=True: _count(c_in, c_out, k_h, k_w),),
        ),
        Misconception(
            "bias-always-counted",
            "The bias is counted even where there is none",
            "with `bias=False` the layer has weights alone",
            (lambda c_in, c_out, k_h, k_w, bias=True: _count(c_in, c_out, k_h, k_w) + c_out,),
        ),
        Misconception(
            "bias-reversed",
            "The bias is counted where there is none, and not where there is one",
            "look at the condition again",
            (lambda c_in, c_out, k_h, k_w, bias=True: conv_parameters(c_in, c_out, k_h, k_w, not bias),),
        ),
        Misconception(
            "bias-per-input-channel",
            "There is one bias for each input channel",
            "a bias is added to a feature map that comes out of the layer; the weights are as many whichever way round the two numbers of channels are taken, the biases are not",
            (lambda c_in, c_out, k_h, k_w, bias=True: _count(c_in, c_out, k_h, k_w) + bias * c_in,),
        ),
        Misconception(
            "one-bias",
            "There is one bias for the whole layer",
            "every output channel has its own",
            (lambda c_in, c_out, k_h, k_w, bias=True: _count(c_in, c_out, k_h, k_w) + bias,),
        ),
        Misconception(
            "bias-per-kernel",
            "There is one bias for each pair of input and output channel",
            "the bias is added once, after the sum over the input channels",
            (lambda c_in, c_out, k_h, k_w, bias=True: c_in * c_out * (k_h * k_w + bias),),
        ),
        Misconception(
            "bias-per-element",
            "There is a bias for every number of the kernel",
            "the bias is added once, after the sum over the window",
            (
                lambda c_in, c_out, k_h, k_w, bias=True: _count(c_in, c_out, k_h, k_w) * (1 + bias),
                lambda c_in, c_out, k_h, k_w, bias=True: _count(c_in + bias, c_out, k_h, k_w),
            ),
        ),
        Misconception(
            "input-channels-forgotten",
            "The input channels are forgotten",
            "a filter has a kernel of its own for every input channel",
            (lambda c_in, c_out, k_h, k_w, bias=True: conv_parameters(1, c_out, k_h, k_w, bias),),
        ),
        Misconception(
            "output-channels-forgotten",
            "The numbers of one filter only are counted",
            "every output channel has a filter of its own",
            (lambda c_in, c_out, k_h, k_w, bias=True: conv_parameters(c_in, 1, k_h, k_w, bias),),
        ),
        Misconception(
            "channels-added",
            "Input and output channels are added",
            "every output channel has a kernel for every input channel: that is a product",
            (lambda c_in, c_out, k_h, k_w, bias=True: (c_in + c_out) * k_h * k_w + bias * c_out,),
        ),
        Misconception(
            "square-kernel",
            "The kernel is taken for a square",
            "its height and its width may differ",
            (
                lambda c_in, c_out, k_h, k_w, bias=True: conv_parameters(c_in, c_out, k_h, k_h, bias),
                lambda c_in, c_out, k_h, k_w, bias=True: conv_parameters(c_in, c_out, k_w, k_w, bias),
            ),
        ),
        Misconception(
            "hard-coded",
            "It always gives the same number",
            "the number has to be computed from the sizes",
            tuple(lambda *_, n=n: n for n in (456, 450, 550, 2080)),
        ),
    ),
    source="The slide on batches and biases.",
)

EXERCISES = (CONV_PARAMETERS,)
