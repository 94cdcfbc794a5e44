"""Prints the bank's figures: ``python -m tests.bank``."""

from collections import Counter

from rich.console import Console
from rich.table import Table

from cnnwidgets import check
from tests.bank import TWO_MISTAKES, UNNAMED, answers

COLUMNS = "exercise", "right", "rejected", "wrong", "accepted", "labelled", "diagnosed", "others", "guessed"


def figures() -> dict[str, Counter[str]]:
    """By exercise, how many answers there are of each kind and what became of them."""
    table: dict[str, Counter[str]] = {}
    for answer in answers():
        count = table.setdefault(answer.exercise, Counter())
        report = getattr(check, answer.exercise).report(answer.candidate)
        key = report.misconception and report.misconception.key
        if answer.label is None:
            count["right"] += 1
            count["rejected"] += not report.verdict.right
            continue
        count["wrong"] += 1
        count["accepted"] += report.verdict.right
        named = answer.label not in (TWO_MISTAKES, UNNAMED)
        count["labelled" if named else "others"] += 1
        count["diagnosed"] += named and key == answer.label
        count["guessed"] += not named and key is not None
    return table


if __name__ == "__main__":
    shown = Table(*COLUMNS)
    whole: Counter[str] = Counter()
    for exercise, count in sorted(figures().items()):
        shown.add_row(exercise, *(str(count[c]) for c in COLUMNS[1:]))
        whole += count
    shown.add_section()
    shown.add_row("all", *(str(whole[c]) for c in COLUMNS[1:]))
    Console().print(shown)
