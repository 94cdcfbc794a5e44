"""The course's operations as plain NumPy functions; imports nothing else of the package."""

from cnnwidgets.ops.convolution import convolve2d, convolve2d_full, half_turn
from cnnwidgets.ops.correlation import corr2d, corr2d_full, edge_kernel
from cnnwidgets.ops.learning import learn_kernel
from cnnwidgets.ops.padding import dilate_kernel, pad2d, total_to_sides
from cnnwidgets.ops.shapes import covered, output_size
from cnnwidgets.ops.windowed import corr2d_windowed

__all__ = [
    "convolve2d",
    "convolve2d_full",
    "corr2d",
    "corr2d_full",
    "corr2d_windowed",
    "covered",
    "dilate_kernel",
    "edge_kernel",
    "half_turn",
    "learn_kernel",
    "output_size",
    "pad2d",
    "total_to_sides",
]
