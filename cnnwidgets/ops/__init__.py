"""The course's operations as plain NumPy functions; imports nothing else of the package."""

from cnnwidgets.ops.channels import conv_layer, conv_parameters, corr2d_1x1, corr2d_multi_in, corr2d_multi_in_out
from cnnwidgets.ops.convolution import convolve2d, convolve2d_full, half_turn
from cnnwidgets.ops.correlation import corr2d, corr2d_full, edge_kernel
from cnnwidgets.ops.dense import dense2d, dense_weights, reindex
from cnnwidgets.ops.learning import (
    Descent,
    descend,
    error_gradient,
    error_hessian,
    largest_rate,
    learn_kernel,
    moving_curvatures,
    outcome,
    squared_error,
)
from cnnwidgets.ops.lenet import LENET_SHAPES, lenet_forward, sigmoid
from cnnwidgets.ops.local import local2d, local_weights
from cnnwidgets.ops.padding import dilate_kernel, pad2d, total_to_sides
from cnnwidgets.ops.pooling import pool2d, pool2d_layer
from cnnwidgets.ops.shapes import covered, layers_until, output_size, output_size_per_side, same_padding
from cnnwidgets.ops.transposed import corr2d_transposed, spread2d, transposed_sides, transposed_size
from cnnwidgets.ops.windowed import corr2d_strided, corr2d_windowed

__all__ = [
    "LENET_SHAPES",
    "Descent",
    "conv_layer",
    "conv_parameters",
    "convolve2d",
    "convolve2d_full",
    "corr2d",
    "corr2d_1x1",
    "corr2d_full",
    "corr2d_multi_in",
    "corr2d_multi_in_out",
    "corr2d_strided",
    "corr2d_transposed",
    "corr2d_windowed",
    "covered",
    "dense2d",
    "dense_weights",
    "descend",
    "dilate_kernel",
    "edge_kernel",
    "error_gradient",
    "error_hessian",
    "half_turn",
    "largest_rate",
    "layers_until",
    "learn_kernel",
    "lenet_forward",
    "local2d",
    "local_weights",
    "moving_curvatures",
    "outcome",
    "output_size",
    "output_size_per_side",
    "pad2d",
    "pool2d",
    "pool2d_layer",
    "reindex",
    "same_padding",
    "sigmoid",
    "spread2d",
    "squared_error",
    "total_to_sides",
    "transposed_sides",
    "transposed_size",
]
