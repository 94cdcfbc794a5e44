"""Questions of 01-why-convolution."""

from cnnwidgets.checks.prediction import Question

QUESTIONS = {
    "megapixel_weights": Question(
        "A colour image of 1000×1000 pixels goes into one fully connected layer with 1000 hidden units. How many weights has it?",
        3_000_000_000,
        "Each of the 1000 hidden units has a weight for every one of the 3 000 000 numbers.",
        (
            (3_000_001_000, "That counts the 1000 biases as well; the question is for the weights."),
            (1_000_000_000, "That is a grey image. How many numbers is one pixel of a colour image?"),
            (
                3_000_000,
                "That is how many numbers go in. How many weights has one hidden unit, and how many units are there?",
            ),
            (3_001_000, "Inputs and hidden units are not added: every unit is connected with every input."),
            (
                1_000_000,
                "That is how many pixels there are. Each is several numbers, and every hidden unit is connected with all.",
            ),
        ),
    ),
    "megapixel_gigabytes": Question(
        "How many gigabytes (10⁹ bytes) do these weights take, at 4 bytes each?",
        12,
        "3·10⁹ weights of 4 bytes are 12·10⁹ bytes, before a single gradient is stored.",
        (
            (3, "That would be one byte for each weight."),
            (24, "That would be 8 bytes each, as NumPy takes by default; here it is 4."),
            (12_000_000_000, "That is the number of bytes. How many gigabytes is that?"),
            (96, "That is in gigabits: 4 bytes are 32 bits."),
            (0.75, "The 4 bytes are for each weight: the two numbers are multiplied."),
        ),
    ),
    "stored_offset": Question(
        "An image of 3×4 pixels. The weight W[1, 2, 0, 3] goes from the input pixel (0, 3) to the output pixel (1, 2). At V[1, 2, ?, ?] it is stored. Which two indices?",
        (1, 4),
        "The offset is (−1, 1); h − 1 = 2 and w − 1 = 3 are added to it.",
        (
            ((-1, 1), "That is the offset. What is added to it, so that no index is negative?"),
            ((0, 3), "That is the input pixel itself. How far is it from (1, 2)?"),
            ((3, 2), "The signs are reversed: a is what is added to i to get to the input pixel."),
            ((2, 4), "Look at the rows again: from row 1 to row 0 it is one row up."),
            ((4, 1), "The numbers are right, the order is not: rows come first."),
            ((2, 5), "Between two rows of 3 there is a distance of at most 2: h − 1 is added, not h."),
            ((2, 3), "That is where the offset (0, 0) is stored."),
        ),
    ),
    "shared_weights": Question(
        "A grey image of 1000×1000 pixels in and out, and weights that depend on the offset alone. How many weights are that?",
        3_996_001,
        "There are 1999 offsets of rows, from −999 to 999, and as many of columns.",
        (
            (4_000_000, "Nearly: that is the slide's rounding. How many whole numbers are there from −999 to 999?"),
            (1_000_000, "Offsets may be negative as well: count from the far left to the far right."),
            (
                1_000_000_000_000,
                "That is the dense layer, with a table of weights for every output pixel. Now there is one table for all.",
            ),
            (1999, "That is one axis. Offsets of rows and of columns are chosen independently of each other."),
            (3998, "The offsets of rows and of columns are not added: every pair is possible."),
            (3_992_004, "There are 1999 offsets along an axis: −999 to 999, and the 0 counts."),
        ),
    ),
    "local_table": Question(
        "If only pixels up to Δ = 10 rows and columns away count, how many weights are left?",
        441,
        "Offsets from −10 to 10 are 21 along each axis, and 21² = 441.",
        (
            (400, "That is 4Δ², the slide's rounding. The offset 0 counts as well."),
            (100, "That is Δ². Offsets go both ways, up and down, left and right."),
            (121, "That is a table of offsets from 0 to Δ. There are negative ones as well."),
            (21, "That is one axis."),
            (20, "That is one axis, and without the pixel itself."),
            (42, "The two axes are not added: every pair of offsets has a weight."),
            (361, "Both −10 and 10 belong to it."),
            (440, "The pixel itself has a weight, too."),
        ),
    ),
}
