"""Answers to `output_size`, `output_size_per_side` and `layers_until`."""

import math

import numpy as np
import torch

from tests.bank import TWO_MISTAKES, UNNAMED, right, wrong

TOTAL, SIDES, LAYERS = "output_size", "output_size_per_side", "layers_until"


@right(TOTAL)
def as_on_the_slide(n, k, p=0, s=1):
    return (n - k + p + s) // s


@right(TOTAL)
def with_floor(n, k, p=0, s=1):
    return math.floor((n - k + p + s) / s)


@right(TOTAL)
def counted(n, k, p=0, s=1):
    places, start = 0, 0
    while start + k <= n + p:
        places += 1
        start += s
    return places


@right(TOTAL)
def of_a_range(n, k, p=0, s=1):
    return len(range(0, n + p - k + 1, s))


@right(TOTAL)
def numpy_integer(n, k, p=0, s=1):
    return np.floor_divide(n - k + p, s) + np.int64(1)


@right(SIDES)
def as_on_the_summary(n, k, P=0, S=1):
    return (n - k + 2 * P) // S + 1


@right(SIDES)
def floor_of_all(n, k, P=0, S=1):
    return math.floor((n - k + 2 * P) / S + 1)


@right(SIDES)
def by_the_other(n, k, P=0, S=1):
    return as_on_the_slide(n, k, 2 * P, S)


@right(SIDES)
def ask_torch(n, k, P=0, S=1):
    return torch.nn.functional.conv1d(torch.zeros(1, 1, n), torch.zeros(1, 1, k), stride=S, padding=P).shape[-1]


@right(SIDES)
def int_of_quotient(n, k, P=0, S=1):
    return int((n - k + 2 * P) / S) + 1


@right(SIDES)
def last_start(n, k, P=0, S=1):
    return 1 + max(i for i in range(n + 2 * P) if i * S + k <= n + 2 * P)


def slips(exercise, sides):
    """The same slips in either formula; `sides` is 1 for a total padding and 2 for one per side."""

    @wrong(exercise, "ceil-for-floor")
    def ceiling(n, k, p=0, s=1):
        return math.ceil((n - k + sides * p + s) / s)

    @wrong(exercise, "rounded-for-floor")
    def rounding(n, k, p=0, s=1):
        return round((n - k + sides * p + s) / s)

    @wrong(exercise, "rounded-for-floor")
    def half_up(n, k, p=0, s=1):
        return int((n - k + sides * p) / s + 1 + 0.5)

    @wrong(exercise, "no-floor")
    def quotient(n, k, p=0, s=1):
        return (n - k + sides * p) / s + 1

    @wrong(exercise, "float-for-int")
    def numpy_floor(n, k, p=0, s=1):
        return np.floor((n - k + sides * p) / s) + 1

    @wrong(exercise, "float-for-int")
    def float_division(n, k, p=0, s=1):
        return (n - k + sides * p) // float(s) + 1

    @wrong(exercise, "off-by-one")
    def moves(n, k, p=0, s=1):
        return (n - k + sides * p) // s

    @wrong(exercise, "off-by-one")
    def range_too_short(n, k, p=0, s=1):
        return len(range(s, n - k + sides * p + 1, s))

    @wrong(exercise, "one-too-many")
    def both_formulas(n, k, p=0, s=1):
        return (n - k + sides * p + s) // s + 1

    @wrong(exercise, "one-inside-the-floor")
    def plus_one_first(n, k, p=0, s=1):
        return (n - k + sides * p + 1) // s

    @wrong(exercise, "padding-ignored")
    def no_padding(n, k, p=0, s=1):
        return (n - k) // s + 1

    @wrong(exercise, "stride-ignored")
    def no_stride(n, k, p=0, s=1):
        return n - k + sides * p + 1

    @wrong(exercise, "kernel-ignored")
    def no_kernel(n, k, p=0, s=1):
        return (n + sides * p) // s

    @wrong(exercise, "no-return")
    def nothing(n, k, p=0, s=1):
        size = (n - k + sides * p) // s + 1  # noqa: F841

    @wrong(exercise, "prints-not-returns")
    def printed(n, k, p=0, s=1):
        print((n - k + sides * p) // s + 1)

    @wrong(exercise, TWO_MISTAKES)
    def ceiling_without_padding(n, k, p=0, s=1):
        return math.ceil((n - k) / s) + 1

    @wrong(exercise, TWO_MISTAKES)
    def quotient_of_moves(n, k, p=0, s=1):
        return (n - k + sides * p) / s

    @wrong(exercise, UNNAMED)
    def multiplied(n, k, p=0, s=1):
        return (n - k + sides * p) * s + 1

    @wrong(exercise, UNNAMED)
    def as_text(n, k, p=0, s=1):
        return str((n - k + sides * p) // s + 1)


slips(TOTAL, 1)
slips(SIDES, 2)


@wrong(TOTAL, "per-side-for-total")
def summary_formula(n, k, p=0, s=1):
    return (n - k + 2 * p) // s + 1


@wrong(TOTAL, "padding-halved")
def half_of_it(n, k, p=0, s=1):
    return (n - k + p // 2 + s) // s


@wrong(SIDES, "total-for-per-side")
def slide_formula(n, k, P=0, S=1):
    return (n - k + P + S) // S


@wrong(SIDES, "total-for-per-side")
def forgets_the_two(n, k, P=0, S=1):
    return (n - k + P) // S + 1


@wrong(SIDES, "kernel-counted-twice")
def two_of_everything(n, k, P=0, S=1):
    return (n - 2 * (k - P)) // S + 1


@right(LAYERS)
def loop(n, k, target):
    layers = 0
    while n > target:
        n = n - k + 1
        layers += 1
    return layers


@right(LAYERS)
def ceiling(n, k, target):
    return max(0, math.ceil((n - target) / (k - 1)))


@right(LAYERS)
def floor_of_negative(n, k, target):
    return max(0, -((target - n) // (k - 1)))


@right(LAYERS)
def recursive(n, k, target):
    return 0 if n <= target else 1 + recursive(n - (k - 1), k, target)


@right(LAYERS)
def with_arrays(n, k, target):
    X, count = np.zeros((n, n)), np.int64(0)
    while len(X) > target:
        X = X[: 1 - k, : 1 - k]
        count += 1
    return count


@wrong(LAYERS, "strictly-below")
def at_least(n, k, target):
    layers = 0
    while n >= target:
        n -= k - 1
        layers += 1
    return layers


@wrong(LAYERS, "strictly-below")
def floor_plus_one(n, k, target):
    return (n - target) // (k - 1) + 1


@wrong(LAYERS, "floor-for-ceil")
def floor(n, k, target):
    return (n - target) // (k - 1)


@wrong(LAYERS, "floor-for-ceil")
def while_it_fits(n, k, target):
    layers = 0
    while n - (k - 1) >= target:
        n -= k - 1
        layers += 1
    return layers


@wrong(LAYERS, "below-no-layer")
def ceiling_alone(n, k, target):
    return math.ceil((n - target) / (k - 1))


@wrong(LAYERS, "below-no-layer")
def floor_of_negative_alone(n, k, target):
    return -((target - n) // (k - 1))


@wrong(LAYERS, "counts-the-input")
def sizes(n, k, target):
    seen = [n]
    while seen[-1] > target:
        seen.append(seen[-1] - k + 1)
    return len(seen)


@wrong(LAYERS, "off-by-one")
def one_early(n, k, target):
    layers = 0
    n -= k - 1
    while n > target:
        n -= k - 1
        layers += 1
    return layers


@wrong(LAYERS, "off-by-one")
def from_minus_one(n, k, target):
    layers = -1
    while n > target:
        n -= k - 1
        layers += 1
    return layers


@wrong(LAYERS, "k-for-k-minus-one")
def whole_kernel(n, k, target):
    layers = 0
    while n > target:
        n -= k
        layers += 1
    return layers


@wrong(LAYERS, "half-of-the-loss")
def one_side(n, k, target):
    layers = 0
    while n > target:
        n -= k // 2 if k % 2 else k // 2 - 1
        layers += 1
    return layers


@wrong(LAYERS, "fraction-of-a-layer")
def quotient(n, k, target):
    return (n - target) / (k - 1)


@wrong(LAYERS, "float-for-int")
def numpy_ceiling(n, k, target):
    return np.ceil((n - target) / (k - 1))


@wrong(LAYERS, "side-for-count")
def what_is_left(n, k, target):
    while n > target:
        n -= k - 1
    return n


@wrong(LAYERS, "no-return")
def nothing(n, k, target):
    layers = 0
    while n > target:
        n -= k - 1
        layers += 1


@wrong(LAYERS, TWO_MISTAKES)
def whole_kernel_counted_from_one(n, k, target):
    layers = 1
    while n > target:
        n -= k
        layers += 1
    return layers


@wrong(LAYERS, UNNAMED)
def always_seven(n, k, target):
    return 7


@wrong(LAYERS, UNNAMED)
def in_two_steps(n, k, target):
    return (n - k) // target
