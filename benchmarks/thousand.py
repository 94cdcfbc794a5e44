"""A class of a thousand in one run, one in ten hostile: everybody has a verdict, and memory stays bounded.

python benchmarks/thousand.py [--submissions 1000] [--workers 2]
"""

import argparse
import os
import sys
import tempfile
import threading
from collections import Counter
from pathlib import Path
from time import perf_counter, sleep

import nbformat

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.grading import NAME, ROOT, make_class
from cnnwidgets.grading.course import open_course
from cnnwidgets.grading.grade import grading
from cnnwidgets.grading.log import logged_to
from cnnwidgets.grading.notebooks import named_cells, read_notebook
from tests.hostile.attacks import CELLS, EVIL, EVILS, FAMILIES

SECONDS = 5  # for one cell: most of what the hostile take is waiting for this
EVERY = 10


def main() -> int:
    """Grade them, and say what it took; the exit status says whether all is as it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder) / "course"
        hostile = make(course, given.submissions)
        memory = Memory()
        started = perf_counter()
        with logged_to(None), memory:
            verdicts = {each.student: each for each in run(course, given.workers)}
        seconds = perf_counter() - started
        handed_in = {path.name for path in (course / "submitted").iterdir()}
    graded = [each for each in verdicts.values() if each.graded]
    gained = [name for name in hostile if verdicts[name].graded and verdicts[name].exercises[0].points]
    honest = Counter(verdict.score for name, verdict in verdicts.items() if name.startswith("chen-"))
    print(f"{len(verdicts)} verdicts on {len(handed_in)} submissions, {len(hostile)} of them hostile")
    print(f"{len(graded)} graded, {len(verdicts) - len(graded)} with a reason why not; {seconds:.0f} s in all")
    print(f"{given.workers} workers")
    print(f"hostile with points for what they attacked: {gained or 'none'}")
    print(f"scores of the learner who is always right: {dict(honest)}")
    print(f"largest memory, MiB: {', '.join(f'{who} {most / 2**20:.0f}' for who, most in memory.most.items())}")
    return 0 if set(verdicts) == handed_in and not gained and set(honest) == {20.0} else 1


def make(course: Path, count: int) -> list[str]:
    """The class of the other benchmark, where every tenth submission is an attack on the first exercise."""
    make_class(course, count)
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(f"\nc.Execute.timeout = {SECONDS}\n")
    attacks = [(family, name) for family, named in FAMILIES.items() for name in named]
    hostile = []
    for number, folder in enumerate(sorted((course / "submitted").iterdir())):
        if number % EVERY:
            continue
        family, name = attacks[number // EVERY % len(attacks)]
        code = (EVIL if family in EVILS else "") + FAMILIES[family][name]
        notebook = read_notebook(ROOT / "exercises" / NAME / f"{NAME}.ipynb")
        for word, value in {"COURSE": course, "PORT": 9, "SOCKET": course / "s", "DATAGRAMS": course / "d"}.items():
            code = code.replace(word, str(value))
        attacked = CELLS.get(family, "double")
        dict(named_cells(notebook))["corr2d"].source = f"{code.strip()}\n\ncorr2d = {attacked}  # {name}, {number}"
        folder.rename(folder.with_name(f"hostile-{number:04}"))
        hostile.append(f"hostile-{number:04}")
        nbformat.write(notebook, folder.with_name(f"hostile-{number:04}") / NAME / f"{NAME}.ipynb")
    return hostile


def run(course: Path, workers: int) -> list:  # type: ignore[type-arg]
    """All verdicts, with a line now and then."""
    found = []
    for number, verdict in enumerate(grading(open_course(course), NAME, workers=workers).verdicts(), 1):
        found.append(verdict)
        if number % 100 == 0:
            print(f"  {number} …", flush=True)
    return found


class Memory(threading.Thread):
    """Watches how much memory the grader and each kind of its processes take at most."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most: dict[str, int] = {}
        self.over = False

    def run(self) -> None:
        """Look four times a second."""
        while not self.over:
            now: Counter[str] = Counter()
            for process in Path("/proc").iterdir():
                if process.name.isdigit():
                    who = self._who(process)
                    if who:
                        now[who] += self._own(process)
            for who, size in now.items():
                self.most[who] = max(self.most.get(who, 0), size)
            sleep(0.25)

    @staticmethod
    def _who(process: Path) -> str | None:
        if process.name == str(os.getpid()):
            return "grader"
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            return None
        return next((f"{r}s in all" for r in ("candidate", "examiner") if r.encode() in words), None)

    @staticmethod
    def _own(process: Path) -> int:
        """Bytes that the process shares with no other."""
        try:
            lines = (process / "smaps_rollup").read_text().splitlines()
        except OSError:
            return 0
        return 1024 * sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))

    def __enter__(self) -> "Memory":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over = True
        self.join()


if __name__ == "__main__":
    sys.exit(main())
