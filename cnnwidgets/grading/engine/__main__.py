"""The warm processes: `python -m cnnwidgets.grading.engine candidate|examiner FOLDER confined|open`.

The folder holds what they are told (`told.json`) and where they work; ADDRESS files in it are their sockets.
"""

import json
import sys
from pathlib import Path


def main(role: str, folder: Path, confined: bool) -> None:
    """Get warm, then fork for every connection until standard input ends."""
    scratch = folder / "scratch"
    scratch.mkdir(exist_ok=True)
    told = json.loads((folder / "told.json").read_text())
    if role == "candidate":
        from .candidate import template
    else:
        from ..examine import template
    template(told, folder / "socket", scratch, confined)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3] == "confined")
