"""Questions of 02-correlation."""

from cnnwidgets.checks.prediction import Question

QUESTIONS = {
    "valid_shape": Question(
        "X has the shape (5, 8) and K the shape (2, 3). Which shape has the output?",
        (4, 6),
        "A kernel of 2 rows fits in 5 rows at 4 places, and 3 columns in 8 at 6 places.",
        (
            ((5, 8), "As large as the input it could only be if the kernel hung over the edge; it stays inside."),
            (
                (3, 5),
                "Count the places: in 3 cells there is room for a kernel of 2 at two places, one more than 3 − 2.",
            ),
            (
                (6, 10),
                "That many places there are when it is enough that kernel and input touch. Here all of it must fit.",
            ),
            ((6, 4), "The numbers are right, the order is not: rows come first."),
            ((3, 7), "Rows go with rows: the kernel's 2 rows shorten the 5 rows, its 3 columns the 8 columns."),
            (
                (2, 2),
                "That is how often the kernel fits side by side. It moves by one cell at a time, so the places overlap.",
            ),
        ),
    ),
    "edge_columns": Question(
        "In which two columns of the output is [[1, −1]] on the edge image not 0, counted from 0?",
        (1, 5),
        "Y[i, 1] sees the light column 1 and the dark column 2; Y[i, 5] sees the dark column 5 and the light column 6.",
        (
            (
                (2, 6),
                "The output cell j looks at the columns j and j + 1: it stands where the window starts, not where it ends.",
            ),
            (
                (1, 6),
                "The first is right. For the second, where does the window start that holds the last dark column?",
            ),
            (
                (2, 5),
                "The second is right. For the first, where does the window start that holds the first dark column?",
            ),
            ((5, 1), "These are the columns; write them from left to right."),
        ),
    ),
    "convolution_values": Question(
        "Correlation gave 19, 25, 37, 43. Which four numbers does convolution give?",
        (5, 11, 23, 29),
        "Top left: 3×0 + 2×1 + 1×3 + 0×4 = 5, with the kernel turned by a half turn.",
        (
            (
                (19, 25, 37, 43),
                "That would hold for a kernel that a half turn leaves unchanged. What stands top left after the turn?",
            ),
            (
                (17, 23, 35, 41),
                "That is the kernel transposed, or mirrored. A half turn takes the number top left to the bottom right.",
            ),
            ((7, 13, 25, 31), "Only the rows are reversed. A half turn reverses rows and columns."),
            ((43, 37, 25, 19), "The output is not turned, the kernel is."),
        ),
    ),
    "impulse_under_correlation": Question(
        "An impulse, and a kernel that holds 1 to 9, row by row: which nine numbers stand in the middle under correlation?",
        (9, 8, 7, 6, 5, 4, 3, 2, 1),
        "The first window that touches the 1 does so with its last number, the 9.",
        (
            (
                (1, 2, 3, 4, 5, 6, 7, 8, 9),
                "Think of the first window that touches the 1, coming from the top left: which of its numbers lies on it?",
            ),
            ((7, 8, 9, 4, 5, 6, 1, 2, 3), "Rows are reversed, and within a row the columns are as well."),
        ),
    ),
}
