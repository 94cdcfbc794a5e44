"""Questions of 03-channels."""

from cnnwidgets.checks.prediction import Question

QUESTIONS = {
    "rgb_kernel_shape": Question(
        "A colour image has the shape (3, 32, 32). Which shape has a kernel with a window of 5×5 that makes one output channel of it?",
        (3, 5, 5),
        "Each of the three channels has a table of 5×5 numbers of its own.",
        (
            ((5, 5), "That is enough for one channel. The image has three."),
            ((5, 5, 3), "The numbers are right, the order is not: channels come first, as in the image."),
            ((1, 5, 5), "Then all three channels would share one table, and the layer could not tell red from blue."),
            ((3, 32, 32), "As large as the image, the kernel could not slide at all."),
            ((3, 28, 28), "That looks like the size of an output, not of a kernel."),
            (
                (1, 3, 5, 5),
                "That is the kernel of a layer with one output channel. Here the kernel alone is asked for, three axes.",
            ),
        ),
    ),
    "multi_in_corner": Question(
        "Channel 0 gives 19 at the top left, as before. Channel 1 has X from 1 to 9 and the kernel 1 to 4. What is the output at the top left?",
        56,
        "Channel 1 gives 1×1 + 2×2 + 4×3 + 5×4 = 37, and 19 + 37 = 56.",
        (
            (19, "That is channel 0. Channel 1 is added to it."),
            (37, "That is channel 1. Channel 0 is added to it."),
            (28, "The channels are added up, not averaged."),
            (703, "The channels are added up, not multiplied."),
            (108, "That is what comes out when the channels are added up before they meet their kernels."),
            ((19, 37), "Both are right, and there is one output channel: one number."),
            ((19, 56), "The output has one channel: one number at each place."),
        ),
    ),
    "kernels_for_ten": Question(
        "A layer makes 10 channels of 26×26 out of 6 channels of 28×28. Which shape has its kernel?",
        (10, 6, 3, 3),
        "10 filters, each with 6 tables; 28 − 3 + 1 = 26.",
        (
            ((6, 10, 3, 3), "Output channels come first: K[o] is the filter that makes the output channel o."),
            ((10, 3, 3), "Each filter needs a table for every input channel."),
            ((6, 3, 3), "That is one filter. Ten are needed."),
            ((10, 6, 2, 2), "A window of 2 in 28 has room at 27 places."),
            ((10, 6, 26, 26), "That is the size of the output. Which window fits into 28 at 26 places?"),
            ((60, 3, 3), "There are 60 tables, and two axes to count them: filters and input channels."),
            ((16, 3, 3), "The two numbers of channels have an axis each."),
        ),
    ),
    "pointwise_products": Question(
        "A 1×1 layer with 32 filters on 64 channels: how many multiplications does it take for one pixel?",
        2048,
        "One dot product of length 64 for each of 32 filters.",
        (
            (64, "That is one filter. There are 32."),
            (32, "That is how many numbers come out. Each is a dot product."),
            (96, "Every filter meets every channel: that is a product."),
            (2080, "Those are the layer's parameters, with biases. A bias is added, not multiplied."),
            (1, "A 1×1 kernel has one number for each channel."),
        ),
    ),
    "batch_shape": Question(
        "X has the shape (4, 3, 32, 32) and W the shape (6, 3, 5, 5). Which shape has the output?",
        (4, 6, 28, 28),
        "4 examples stay 4, 6 filters make 6 channels, and 5 fits into 32 at 28 places.",
        (
            ((4, 3, 28, 28), "The 3 input channels are summed over. How many channels come out?"),
            ((6, 4, 28, 28), "Examples come first, then channels."),
            ((4, 6, 27, 27), "Count the places: 32 − 5 + 1."),
            ((4, 6, 32, 32), "Without padding the image shrinks."),
            ((6, 28, 28), "That is one example. There are 4."),
            ((4, 6, 3, 28, 28), "The input channels are added up: their axis is gone."),
            ((4, 18, 28, 28), "A filter sums over its 3 input channels and makes one channel."),
            ((4, 28, 28, 6), "Channels come before rows and columns."),
        ),
    ),
    "layer_parameters": Question(
        "3 channels to 6 with windows of 5×5, with bias: how many numbers does the layer learn?",
        456,
        "Each of 6 filters has 3×5×5 = 75 weights and one bias.",
        (
            (450, "Those are the weights. Each output channel has a bias as well."),
            (156, "Each filter has a table for every input channel."),
            (76, "That is one filter. There are 6."),
            (75, "That is one filter, without its bias. There are 6."),
            (453, "A bias belongs to an output channel, not to an input channel."),
            (451, "Every output channel has a bias of its own."),
            (468, "The bias is added once for each output channel, not for each pair of channels."),
            (357_504, "The size of the output does not matter: the same numbers serve every place."),
            (
                352_800,
                "The size of the output does not matter: the same numbers serve every place. And each output channel has a bias.",
            ),
            (900, "One bias for each output channel, not for each weight."),
        ),
    ),
}
