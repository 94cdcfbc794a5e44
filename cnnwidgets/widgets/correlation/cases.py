"""The named cases of convolution arithmetic, read from the file that the front end is built with."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "cases.json"


def cases() -> dict[tuple[str, bool], dict[str, Any]]:
    """What each case sets, by its name and whether it is transposed.

    They are those of conv_arithmetic's films: no, arbitrary, half and full padding without strides; strides without
    padding, with padding, and with padding where the stride does not divide; dilation; and the transpose of each,
    which starts from the size that the first ends with. All are square. The file has, for every case, n, k, *total*
    padding p, stride s, dilation d and output padding a, and one table each that inputs and kernels are cut out of.
    """
    data = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        (case["name"], case["mode"] == "transposed"): {
            "input": _corner(data["input"], case["n"]),
            "kernel": _corner(data["kernel"], case["k"]),
            "padding": (case["p"], case["p"]),
            "stride": (case["s"], case["s"]),
            "dilation": (case["d"], case["d"]),
            "output_padding": (case["a"], case["a"]),
            "mode": case["mode"],
        }
        for case in data["cases"]
    }


def case(name: str, transposed: bool = False) -> dict[str, Any]:
    """What the case called `name` (such as "Padding, strides") sets; `ValueError` lists those that there are."""
    known = cases()
    names = [each for each, other in known if other == transposed]
    for each in names:
        if each.casefold() == name.casefold():
            return known[each, transposed]
    near = difflib.get_close_matches(name.casefold(), [each.casefold() for each in names], n=1)
    meant = next((f" Did you mean {each!r}?" for each in names if [each.casefold()] == near), "")
    raise ValueError(f"There is no case {name!r}.{meant} There are {', '.join(map(repr, names))}.")


def _corner(table: list[list[float]], size: int) -> list[list[float]]:
    return [row[:size] for row in table[:size]]
