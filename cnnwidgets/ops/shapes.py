"""Output sizes along one axis."""


def output_size(n: int, k: int, p: int = 0, s: int = 1, d: int = 1) -> int:
    """How many places a kernel of k fits in n with *total* padding p, stride s and dilation d.

    ``⌊(n − k' + p + s) / s⌋`` with ``k' = d (k − 1) + 1``; 0 where the kernel does not fit at all.
    Source: the stride slide; dilation from the summary of arithmetic in conv_arithmetic.
    """
    reach = d * (k - 1) + 1
    return max(0, (n - reach + p + s) // s)


def covered(n: int, k: int, p: int = 0, s: int = 1, d: int = 1) -> int:
    """How many of the n + p padded rows some window reaches: fewer than all where the stride does not divide."""
    places = output_size(n, k, p, s, d)
    return 0 if places == 0 else (places - 1) * s + d * (k - 1) + 1


def output_size_per_side(n: int, k: int, P: int = 0, S: int = 1) -> int:
    """How many places a kernel of k fits in n with P rows of padding on *each* side and stride S.

    ``⌊(n − k + 2P) / S⌋ + 1``: `output_size` with a total of ``p = 2P``. The floor matters as soon as the stride does
    not divide: (k, P, S) = (3, 1, 2) on 32 gives 16, not 16.5. Source: the summary slide, which leaves the floor out.
    """
    return output_size(n, k, 2 * P, S)


def same_padding(k_h: int, k_w: int) -> tuple[int, int]:
    """The *total* padding per axis, (rows, columns), that keeps the size at stride 1: ``(k_h − 1, k_w − 1)``.

    For an even kernel it is odd, and can not be the same on both sides. Source: the padding slide.
    """
    return k_h - 1, k_w - 1


def layers_until(n: int, k: int, target: int) -> int:
    """How many layers of k×k, without padding and with stride 1, until a side of n is at most `target`.

    Each layer takes k − 1 off: ``max(0, ⌈(n − target) / (k − 1)⌉)``, for k of 2 or more. 32 under 5×5 reaches 4 after
    7 layers. `ValueError` for k = 1, which never shrinks anything. Source: the padding slide.
    """
    if n <= target:
        return 0
    if k < 2:
        raise ValueError("a kernel of 1 does not shrink its input")
    return -((target - n) // (k - 1))
