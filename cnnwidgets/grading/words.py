"""Figures and names as they are read: points, numbers of things, times, rates; text that does nothing."""

import unicodedata

_ACTING = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # controls, direction, halves of characters, line ends
_JOINERS = {"\N{ZERO WIDTH NON-JOINER}", "\N{ZERO WIDTH JOINER}"}  # which names are written with


def points(value: float) -> str:
    """Points without needless zeros: 4, 2.5, 1.33."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def count(number: int, noun: str) -> str:
    """How many of something: 1 submission, 2 submissions."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def duration(seconds: float) -> str:
    """A time, as exactly as anybody wants to know: 0.08 s, 4.2 s, 48 s, 3 min 20 s, 2 h 5 min."""
    if seconds < 59.5:
        digits = 2 if seconds < 0.995 else 1 if seconds < 9.95 else 0
        return f"{seconds:.{digits}f} s"
    whole = round(seconds)
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def rate(per_second: float) -> str:
    """How many in a time in which there are at least a few: 12 a second, 40 a minute, 5 an hour."""
    if per_second >= 1.5:
        return f"{per_second:.0f} a second"
    return f"{60 * per_second:.0f} a minute" if per_second >= 1.5 / 60 else f"{3600 * per_second:.0f} an hour"


def plain(text: str) -> str:
    """Text of a learner's for a terminal: nothing in it is a command to the terminal, or breaks the line."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _acts(each) else each for each in text)


def _acts(character: str) -> bool:
    return unicodedata.category(character) in _ACTING and character not in _JOINERS
