"""Answers to the exercises that count weights: `dense_weights`, `local_weights`, `conv_parameters`."""

import math

import numpy as np
import torch

from tests.bank import TWO_MISTAKES, UNNAMED, right, wrong

DENSE, LOCAL, CONV = "dense_weights", "local_weights", "conv_parameters"


@right(DENSE)
def product(height, width, channels, hidden):
    return height * width * channels * hidden


@right(DENSE)
def step_by_step(height, width, channels, hidden):
    inputs = height * width * channels
    print("numbers in the image:", inputs)
    return inputs * hidden


@right(DENSE)
def numpy_product(*sizes):
    return np.prod(sizes, dtype=np.int64)


@right(DENSE)
def on_the_meta_device(height, width, channels, hidden):
    return torch.empty(hidden, math.prod((height, width, channels)), device="meta").numel()


@wrong(DENSE, "channels-forgotten")
def grey(height, width, channels, hidden):
    return height * width * hidden


@wrong(DENSE, "hidden-forgotten")
def inputs_only(height, width, channels, hidden):
    return math.prod([height, width, channels])


@wrong(DENSE, "hidden-added")
def plus_hidden(height, width, channels, hidden):
    return sum([height * width * channels, hidden])


@wrong(DENSE, "bias-counted")
def with_bias(height, width, channels, hidden):
    return (height * width * channels + 1) * hidden


@wrong(DENSE, "sides-added")
def rim(height, width, channels, hidden):
    return (height + width) * channels * hidden


@wrong(DENSE, "square-image")
def square(height, width, channels, hidden):
    return height**2 * channels * hidden


@wrong(DENSE, "hidden-per-pixel")
def to_itself(height, width, channels, hidden):
    return (height * width * channels) * (height * width * channels)


@wrong(DENSE, "bytes-counted")
def float32_bytes(height, width, channels, hidden):
    return 4 * height * width * channels * hidden


@wrong(DENSE, "hard-coded")
def three_billion(height, width, channels, hidden):
    return 3 * 10**9


@wrong(DENSE, "prints-not-returns")
def says_so(height, width, channels, hidden):
    print(height * width * channels * hidden)


@wrong(DENSE, TWO_MISTAKES)
def grey_with_bias(height, width, channels, hidden):
    return height * width * hidden + hidden


@wrong(DENSE, UNNAMED)
def a_float(height, width, channels, hidden):
    return height * width * channels * hidden / 1


@wrong(DENSE, UNNAMED)
def all_added(height, width, channels, hidden):
    return height + width + channels + hidden


@right(LOCAL)
def squared(delta):
    return (2 * delta + 1) ** 2


@right(LOCAL)
def counted(delta):
    return (
        len([(a, b) for a in range(-delta, delta + 1) for b in range(-delta, delta + 1)])
        if delta < 20
        else (4 * delta * delta + 4 * delta + 1)
    )


@right(LOCAL)
def of_numpy(delta):
    side = np.arange(-delta, delta + 1).size
    return np.int64(side) * side


@wrong(LOCAL, "approximated")
def from_the_slide(delta):
    return 4 * delta**2


@wrong(LOCAL, "approximated")
def no_middle_row(delta):
    return (2 * delta) ** 2


@wrong(LOCAL, "one-axis-only")
def one_side(delta):
    return 2 * delta + 1


@wrong(LOCAL, "one-direction-only")
def one_quarter(delta):
    return (delta + 1) ** 2


@wrong(LOCAL, "last-offset-missed")
def minus_one(delta):
    return (2 * delta - 1) ** 2


@wrong(LOCAL, "bias-counted")
def and_bias(delta):
    return (2 * delta + 1) ** 2 + 1


@wrong(LOCAL, "middle-not-counted")
def neighbours(delta):
    return (2 * delta + 1) * (2 * delta + 1) - 1


@wrong(LOCAL, UNNAMED)
def true_division(delta):
    return (2 * delta + 1) ** 2.0


@wrong(LOCAL, UNNAMED)
def xor(delta):
    return 2 * delta + 1 ^ 2


@right(CONV)
def weights_and_biases(c_in, c_out, k_h, k_w, bias=True):
    count = c_out * c_in * k_h * k_w
    if bias:
        count += c_out
    return count


@right(CONV)
def per_filter(c_in, c_out, k_h, k_w, bias=True):
    return c_out * (c_in * k_h * k_w + int(bias))


@right(CONV)
def asks_torch(c_in, c_out, k_h, k_w, bias=True):
    layer = torch.nn.Conv2d(c_in, c_out, (k_h, k_w), bias=bias, device="meta")
    return sum(p.numel() for p in layer.parameters())


@right(CONV)
def of_arrays(c_in, c_out, k_h, k_w, bias=True):
    arrays = [np.empty((c_out, c_in, k_h, k_w))] + [np.empty(c_out)] * bias
    return sum(a.size for a in arrays)


@wrong(CONV, "bias-not-counted")
def weights(c_in, c_out, k_h, k_w, bias=True):
    return c_in * c_out * k_h * k_w


@wrong(CONV, "bias-always-counted")
def bias_unread(c_in, c_out, k_h, k_w, bias=True):
    return (c_in * k_h * k_w + 1) * c_out


@wrong(CONV, "bias-reversed")
def if_not(c_in, c_out, k_h, k_w, bias=True):
    n = c_in * c_out * k_h * k_w
    return n if bias else n + c_out


@wrong(CONV, "bias-per-input-channel")
def of_the_input(c_in, c_out, k_h, k_w, bias=True):
    return c_in * c_out * k_h * k_w + (c_in if bias else 0)


@wrong(CONV, "one-bias")
def plus_one(c_in, c_out, k_h, k_w, bias=True):
    return c_in * c_out * k_h * k_w + (1 if bias else 0)


@wrong(CONV, "bias-per-kernel")
def every_table(c_in, c_out, k_h, k_w, bias=True):
    return c_in * c_out * (k_h * k_w + 1) if bias else c_in * c_out * k_h * k_w


@wrong(CONV, "bias-per-element")
def twice(c_in, c_out, k_h, k_w, bias=True):
    n = c_in * c_out * k_h * k_w
    return 2 * n if bias else n


@wrong(CONV, "input-channels-forgotten")
def flat_filters(c_in, c_out, k_h, k_w, bias=True):
    return c_out * k_h * k_w + (c_out if bias else 0)


@wrong(CONV, "output-channels-forgotten")
def one_filter(c_in, c_out, k_h, k_w, bias=True):
    return c_in * k_h * k_w + (1 if bias else 0)


@wrong(CONV, "bias-per-input-channel")
def other_way(c_in, c_out, k_h, k_w, bias=True):
    return weights_and_biases(c_out, c_in, k_h, k_w, bias)


@wrong(CONV, "channels-added")
def sum_of_channels(c_in, c_out, k_h, k_w, bias=True):
    return (c_in + c_out) * k_h * k_w + (c_out if bias else 0)


@wrong(CONV, "square-kernel")
def height_twice(c_in, c_out, k_h, k_w, bias=True):
    return c_out * (c_in * k_h**2 + bias)


@wrong(CONV, "hard-coded")
def first_layer(c_in, c_out, k_h, k_w, bias=True):
    return 456


@wrong(CONV, "no-return")
def forgets(c_in, c_out, k_h, k_w, bias=True):
    c_out * (c_in * k_h * k_w + bias)


@wrong(CONV, TWO_MISTAKES)
def flat_without_bias(c_in, c_out, k_h, k_w, bias=True):
    return c_out * k_h * k_w


@wrong(CONV, TWO_MISTAKES)
def times_the_output(c_in, c_out, k_h, k_w, bias=True):
    return c_out * c_in * k_h * k_w * 28 * 28 + (c_out if bias else 0)


@wrong(CONV, UNNAMED)
def no_default(c_in, c_out, k_h, k_w, bias):
    return c_out * (c_in * k_h * k_w + bias)
