"""What grading a submission of 06-lenet takes on one core: ``taskset -c 0 python -m benchmarks.lenet_grading``.

Three submissions, each graded several times by processes that are warm: the right answers, the notebook as it was
handed out, and the slowest honest one, a `modern_lenet` that never learns and is trained to the last epoch. Wall time
and processor time, and the score.
"""

import json
import statistics
import sys
from pathlib import Path
from time import perf_counter

import psutil

from cnnwidgets.grading.bench import Bench
from cnnwidgets.grading.course import open_course
from cnnwidgets.grading.release import assignment_of

ROOT = Path(__file__).parents[1]
NAME = "06-lenet"
RUNS = 3


def submissions() -> dict[str, bytes]:
    """By what they are, as notebooks."""
    right, blank = ((ROOT / folder / NAME / f"{NAME}.ipynb").read_bytes() for folder in ("solutions", "exercises"))
    stuck = json.loads(right)
    cell = next(c for c in stuck["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == "modern_lenet")
    cell["source"] = ["def modern_lenet():\n", "    return lenet()\n"]
    return {"right": right, "as handed out": blank, "never learns": json.dumps(stuck).encode()}


def spent() -> float:
    """Processor seconds of this process and all that it started, those that ended and were waited for too."""
    while True:
        try:
            me = psutil.Process()
            found = [process.cpu_times() for process in (me, *me.children(recursive=True))]
        except psutil.NoSuchProcess:  # one has just ended: its time is its parent's now
            continue
        return sum(each.user + each.system + each.children_user + each.children_system for each in found)


def main() -> int:
    started = perf_counter()
    bench = Bench(assignment_of(open_course(ROOT), NAME))
    print(f"start: {perf_counter() - started:.1f} s, on {len(psutil.Process().cpu_affinity() or [])} core(s)")
    try:
        for what, notebook in submissions().items():
            wall, cpu = [], []
            for _ in range(RUNS):
                before, started = spent(), perf_counter()
                result = bench.grade({"student": "ann", "notebook": notebook, "files": {}})
                wall.append(perf_counter() - started)
                cpu.append(spent() - before)
            score = sum(result["scores"].values())
            print(
                f"{what:<14} score {score:>4g}, wall {statistics.median(wall):5.2f} s (longest {max(wall):5.2f}), "
                f"processor {statistics.median(cpu):5.2f} s (most {max(cpu):5.2f})",
                flush=True,
            )
    finally:
        bench.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
