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
