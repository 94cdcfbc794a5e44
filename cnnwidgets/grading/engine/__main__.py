"""The warm processes: `python -m cnnwidgets.grading.engine candidate|examiner FOLDER confined|open`.

The folder holds what they are told (`told.json`) and where they work; ADDRESS files in it are their sockets.
"""

import json
import select
import sys
from pathlib import Path
from time import sleep

from ..files import remove

# jsonschema would read a grammar of addresses, for a second or more; notebooks have none that it would check.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]


def main(role: str, folder: Path, confined: bool) -> None:
    """Get warm, then fork for every connection until standard input ends."""
    scratch = folder / "scratch"
    scratch.mkdir(exist_ok=True)
    told = json.loads((folder / "told.json").read_text())
    if role == "candidate":
        from .candidate import template
    else:
        from ..examine import template
    try:
        template(told, folder / "socket", scratch, confined)
    finally:
        if "root" in told and _orphaned():
            _clear(Path(told["root"]))


def _orphaned() -> bool:
    """Whether the grader is gone: nobody has the other end of standard input."""
    end = select.poll()
    end.register(0, 0)
    return any(what & select.POLLHUP for _, what in end.poll(0))


def _clear(root: Path) -> None:
    """Remove what the two warm processes had, for a grader that was killed; the other one may still be leaving."""
    for _ in range(50):
        remove(root)
        if not root.exists():
            return
        sleep(0.1)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3] == "confined")
