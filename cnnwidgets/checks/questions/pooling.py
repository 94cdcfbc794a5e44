"""Questions of 05-pooling."""

from cnnwidgets.checks.prediction import Question

QUESTIONS = {
    "pooled_max": Question(
        "X holds 0 to 8 in 3×3. Which four numbers does a maximum over 2×2 give, at stride 1?",
        (4, 5, 7, 8),
        "In each window the number at the bottom right is the largest.",
        (
            ((2, 3, 5, 6), "These are the means of the four windows."),
            ((0, 1, 3, 4), "These are the smallest: top left in each window."),
            ((8, 8, 8, 8), "8 is in the last window only; each window has a maximum of its own."),
            ((8, 12, 20, 24), "These are the sums. The maximum is one of the numbers in the window."),
        ),
    ),
    "pooling_kernel": Question(
        "Average pooling over 2×3 is a correlation with a kernel of 2×3 equal numbers. Which number?",
        1 / 6,
        "Six cells, each with the same weight. No kernel does the same for the maximum.",
        (
            (1, "That is the sum; the mean divides it."),
            (0.25, "That is for a window of 2×2. How many cells has one of 2×3?"),
            (0.5, "That divides by the rows only."),
            (1 / 3, "That divides by the columns only."),
            (6, "The products are added up: six cells times 6 make more than a mean."),
            (0.2, "That divides by rows plus columns. How many cells are under the window?"),
        ),
    ),
    "pooled_shape": Question(
        "X has the shape (6, 28, 28), the window is (2, 2), and no stride is given. Which shape comes out?",
        (6, 14, 14),
        "The stride is the window, so windows lie side by side; every channel keeps a map of its own.",
        (
            ((6, 27, 27), "That is with a stride of 1. A pooling layer that is given none takes its window."),
            ((3, 14, 14), "The channels are not pooled: each is treated by itself."),
            ((14, 14), "Every channel has a map of its own; there are six of them."),
            ((1, 14, 14), "Every channel has a map of its own; there are six of them, not one."),
            ((6, 13, 13), "The first place counts as well, before any move: (28 − 2) / 2 moves and one place."),
        ),
    ),
    "padded_corner": Question(
        "X holds −1 to −9 in 3×3 (−1 top left), padded by one row and column per side. What is the maximum of the 2×2 window "
        "top left?",
        -1,
        "One cell of the four is X[0, 0] = −1, the other three are padding, and padding must never win.",
        (
            (0, "So it would be if the padding were zeros. No cell of X is 0."),
            (
                -5,
                "That is the smallest of the first four cells of X; the window hangs over the corner and holds one of them.",
            ),
        ),
    ),
    "divisors_of_the_corner": Question(
        "X is 4 everywhere, padded by one row and column per side. The 2×2 window top left: what is its mean when the padding "
        "counts, and what when it does not?",
        (1, 4),
        "The sum is 4 either way. Divided by all four cells it is 1, by the one cell of X it is 4.",
        (
            ((4, 1), "The numbers are right. Which of them divides by more cells?"),
            ((4, 4), "The padding is zeros, and when it counts, they pull the mean down."),
            ((1, 1), "Without the padding there is one cell in the window. What is its mean?"),
            ((2, 4), "How many of the four cells of the corner window lie on X?"),
            ((3, 4), "Three cells of the window are padding, one is a cell of X."),
        ),
    ),
    "unmoved_shifts": Question(
        "A map has a line of ones in column c and zeros elsewhere. It is pooled by 2×2 windows at stride 2. The line moves from "
        "column c to c + 1. For which c out of 2, 3, 4, 5 does the pooled map stay the same, smallest first?",
        (2, 4),
        "Windows hold the columns 2 and 3, 4 and 5, 6 and 7. Inside a window the line may move; 3 → 4 and 5 → 6 leave one.",
        (
            ((2, 3, 4, 5), "Draw the windows: some neighbours share one, others do not."),
            ((3, 5), "Windows start at column 0: which pairs of columns are together?"),
            ((), "Inside a window it does not matter where the largest value stands."),
        ),
    ),
}
