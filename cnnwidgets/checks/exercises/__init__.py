"""The exercises of the course, one module a topic: their cases, and the misconceptions they know."""

#: Which module holds an exercise.
MODULES = {
    "corr2d": "correlation",
    "Conv2D": "layer",
    "edge_kernel": "edges",
    "learn_kernel": "edges",
    "convolve2d": "convolution",
    "corr2d_full": "full",
    "convolve2d_full": "full",
}
