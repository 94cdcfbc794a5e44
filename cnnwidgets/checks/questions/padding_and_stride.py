"""Questions of 04-padding-and-stride."""

from cnnwidgets.checks.prediction import Question

COUNT_ONCE = "P is per side, and there are two sides: 2P rows come on top of the 32."
SAME = "What goes in comes out: a row is lost for every row of zeros that was added."

QUESTIONS = {
    "side_after_layers": Question(
        "A 32×32 image goes through seven layers of 5×5, without padding. How many rows has the result?",
        4,
        "Each layer takes 5 − 1 = 4 rows off, seven layers take 28.",
        (
            (-3, "That would be 5 rows a layer. A kernel of 5 fits in 32 rows at 28 places."),
            (0, "Count once more: how many rows does one layer take off?"),
            (28, "That is after the first layer; each of the other six takes off as much."),
            (18, "That would be 2 rows a layer. It shrinks at the top and at the bottom."),
            (8, "That is one layer less."),
        ),
    ),
    "odd_total": Question(
        "In the explorer the padding is (3, 2) in total. How many rows of zeros are above the input, and how many below?",
        (2, 1),
        "⌈3/2⌉ = 2 above and ⌊3/2⌋ = 1 below: the course puts the odd row on top.",
        (
            ((1, 2), "These are the two halves. Look where the odd row is in the explorer."),
            ((3, 3), "That would be 3 on each side, 6 in all. Here 3 is the total."),
            ((1.5, 1.5), "There is no half row of zeros: one side gets one more."),
            ((1, 1), "That is the padding of the columns, or an odd row lost: rows have 3 in all."),
            ((3, 0), "The total goes to both sides, as evenly as it can."),
        ),
    ),
    "total_of_two_per_side": Question(
        "PyTorch's padding=2 stands for P = 2 on each side. Which total p is that?",
        4,
        "Two rows above and two below: p = 2P.",
        (
            (2, "That is one side of it."),
            (1, "Half of 2 would be a side's share if 2 were the total. Here it is the other way round."),
        ),
    ),
    "strided_shape": Question(
        "X has 3 rows and 3 columns, K is 2×2, the padding (2, 2) in total, the stride (3, 2). Which shape has the output?",
        (2, 2),
        "5 rows and 5 columns after padding; 3 places are left to move: one step of 3 down, one step of 2 right.",
        (
            ((4, 4), "That is with a stride of 1. Now the window skips places."),
            ((1, 1), "The first place counts as well, before any move."),
            (
                (2, 3),
                "The padding is the total: there are 5 columns. Where a window would start in column 4, is there another under it?",
            ),
            ((1, 2), "Without a move the window has one place already; how many moves of 3 does 5 − 2 = 3 allow?"),
        ),
    ),
    "setting_3_1_1": Question(
        "Setting (k, P, S) = (3, 1, 1) on 32 rows: how many rows come out?",
        32,
        SAME,
        (
            (30, "That is without the padding."),
            (31, "Either one side's padding is missing, or the first place, which takes no move."),
            (33, "Count the kernel: 34 rows are there after padding. At how many places does a kernel of 3 fit?"),
            (34, "That is the padded input; the kernel has to fit in it as a whole."),
        ),
    ),
    "setting_5_2_1": Question(
        "Setting (5, 2, 1) on 32 rows: how many rows come out?",
        32,
        "Two rows on each side make up for the four that a kernel of 5 takes off.",
        (
            (28, "That is without the padding."),
            (30, COUNT_ONCE),
            (31, "The first place counts as well: (32 − 5 + 4) / 1 moves, and one place before any of them."),
            (36, "That is the padded input; the kernel has to fit in it as a whole."),
        ),
    ),
    "setting_1_0_1": Question(
        "Setting (1, 0, 1) on 32 rows: how many rows come out?",
        32,
        "A kernel of one number fits on every row. It can not see neighbours, but it can mix channels.",
        (
            (31, "How much does a kernel of 1 take off? k − 1."),
            (1, "The kernel is 1 large; it has a place on every row."),
            (30, "That would be a kernel of 3."),
        ),
    ),
    "setting_3_1_2": Question(
        "Setting (3, 1, 2) on 32 rows: how many rows come out?",
        16,
        "⌊(32 − 3 + 2) / 2⌋ + 1 = ⌊15.5⌋ + 1 = 16. The last row of padding is never touched.",
        (
            (16.5, "So says the formula without its floor. There is no half row."),
            (17, "Rounded up, the last window would hang over the end of the padding."),
            (15.5, "So says the formula without its floor and without the first place, which takes no move."),
            (15, "That is the number of moves; the first place takes none."),
            (32, "That is with a stride of 1."),
        ),
    ),
}
