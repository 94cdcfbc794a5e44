"""Questions of 06-lenet."""

from cnnwidgets.checks.prediction import Question

QUESTIONS = {
    "lenet_first_convolution": Question(
        "One image of shape (1, 1, 28, 28) meets 6 kernels of 5×5, with 2 rows and columns of zeros on each side. Which shape comes out?",
        (1, 6, 28, 28),
        "28 + 4 − 5 + 1 = 28 rows and columns, one map for each of the 6 kernels, and still one image.",
        (
            ((1, 6, 24, 24), "That is without the zeros: four more rows make room for four more places."),
            ((1, 6, 26, 26), "2 on each side makes 4 in all."),
            ((6, 28, 28), "The first number says how many images there are, and it stays."),
            ((6, 1, 28, 28), "The image comes first, then its channels: there is one image, with 6 maps."),
            ((1, 1, 28, 28), "Each kernel gives a map of its own."),
            ((1, 28, 28, 6), "The channels stand before rows and columns."),
        ),
    ),
    "lenet_first_pooling": Question(
        "Then the mean of each 2×2 window, at stride 2. Which shape?",
        (1, 6, 14, 14),
        "The windows lie side by side: 14 in a row of 28. Every channel keeps its map.",
        (
            ((1, 6, 27, 27), "That is for windows that overlap; they move by 2."),
            ((1, 3, 14, 14), "The channels are not pooled."),
            ((1, 6, 13, 13), "28 / 2 windows stand side by side, the first of them included."),
            ((1, 6, 28, 28), "Four numbers become one."),
        ),
    ),
    "lenet_second_convolution": Question(
        "16 kernels of 5×5 follow, without padding. Which shape?",
        (1, 16, 10, 10),
        "14 − 5 + 1 = 10, and one map for each of the 16 kernels; each kernel reads all 6 channels.",
        (
            ((1, 16, 14, 14), "Only the first convolution has padding."),
            ((1, 16, 9, 9), "Count the places: 14 − 5 and one more."),
            ((1, 96, 10, 10), "A kernel reads all 6 channels and adds the results up: one map a kernel."),
            ((1, 6, 10, 10), "There are as many maps as kernels."),
            ((1, 22, 10, 10), "The new maps take the place of the old ones, they do not join them."),
        ),
    ),
    "lenet_second_pooling": Question(
        "And pooling as before. Which shape?",
        (1, 16, 5, 5),
        "Half of 10 rows and columns, in each of the 16 channels.",
        (
            ((1, 16, 9, 9), "That is for windows that overlap; they move by 2."),
            ((1, 8, 5, 5), "The channels are not pooled."),
            ((1, 16, 4, 4), "10 / 2 windows stand side by side, the first of them included."),
        ),
    ),
    "lenet_flat": Question(
        "All of that in one row for each image. Which shape?",
        (1, 400),
        "16 channels of 5×5 are 400 numbers. So many the first linear layer takes.",
        (
            ((400,), "The axis of the images stays: one row for each of them."),
            ((1, 25), "All 16 channels go into the row."),
            ((16, 25), "Rows and columns are laid out, and the channels are not yet."),
            ((1, 80), "The channels hold 5×5 numbers each, not 5."),
            ((1, 26), "The sizes are multiplied, not added."),
        ),
    ),
    "parameters_first_convolution": Question(
        "How many parameters has the first convolution: 6 kernels of 5×5 on one channel, and biases?",
        156,
        "6 × 25 weights and 6 biases.",
        (
            (150, "These are the weights. One bias for each kernel comes on top."),
            (151, "There is not one bias for the layer, but one for each kernel."),
            (26, "That is one kernel with its bias; there are 6."),
            (300, "A bias belongs to a kernel, not to each of its numbers."),
            (4854, "A bias belongs to a kernel, and serves all of its map."),
        ),
    ),
    "parameters_second_convolution": Question(
        "And the second: 16 kernels of 5×5 on 6 channels?",
        2416,
        "16 kernels with 6 × 25 weights each, and 16 biases.",
        (
            (2400, "These are the weights. One bias for each kernel comes on top."),
            (416, "A kernel has 25 numbers for every one of the 6 channels that it reads."),
            (2401, "There is not one bias for the layer, but one for each kernel."),
            (2406, "The biases go with what comes out: 16 maps, not 6."),
            (2496, "A kernel has one bias, and not one for each channel that it reads."),
        ),
    ),
    "parameters_first_linear": Question(
        "The linear layer from 400 numbers to 120?",
        48120,
        "Every output has 400 weights and a bias: 120 × 401. Nearly four fifths of the network are here.",
        (
            (48000, "These are the weights. One bias for each output comes on top."),
            (48400, "The biases go with the 120 outputs, not with the 400 inputs."),
            (520, "Every output reads every input: the sizes are multiplied."),
        ),
    ),
    "parameters_second_linear": Question(
        "From 120 to 84?",
        10164,
        "84 × 121.",
        (
            (10080, "These are the weights. One bias for each output comes on top."),
            (10200, "The biases go with the 84 outputs, not with the 120 inputs."),
            (204, "Every output reads every input: the sizes are multiplied."),
        ),
    ),
    "parameters_last_linear": Question(
        "And from 84 to 10?",
        850,
        "10 × 85. With sigmoids and pooling, which learn nothing, that is all.",
        (
            (840, "These are the weights. One bias for each output comes on top."),
            (924, "The biases go with the 10 outputs, not with the 84 inputs."),
            (94, "Every output reads every input: the sizes are multiplied."),
        ),
    ),
    "untrained_loss": Question(
        "A network that knows nothing gives each of ten classes the same probability. How large is its cross-entropy, to four decimals?",
        2.3026,
        "−log(1/10) = log 10. A loss that stays there says that nothing has been learnt.",
        (
            (0.1, "That is the probability of the right class. The loss is minus its logarithm."),
            (1.0, "The logarithm is the natural one."),
            (-2.3026, "The logarithm of a probability is negative, and the loss is minus that."),
            (0.1054, "That is minus the logarithm of 0.9. The right class has the probability 0.1."),
            (2.3, "That is right so far. Four decimals are asked for: `np.log` has them."),
        ),
    ),
    "steps_of_an_epoch": Question(
        "2000 images in batches of 32: how many steps does an epoch make?",
        63,
        "62 batches of 32 are 1984 images; the last 16 make a batch of their own.",
        (
            (62, "After 62 batches there are 16 images left, and an epoch sees every one."),
            (62.5, "A step is made or not: the half batch at the end counts as one."),
            (64, "63 batches of 32 are already more than 2000."),
            (2000, "A batch makes one step, not each of its images."),
            (32, "That is how many images a batch has."),
        ),
    ),
}
