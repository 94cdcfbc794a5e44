"""How long `import cnnwidgets` takes, beside a bare Python: ``python benchmarks/import_time.py``."""

import statistics
import subprocess
import sys
import time

RUNS = 11
CODE = {"nothing": "pass", "cnnwidgets": "import cnnwidgets", "cnnwidgets.check": "from cnnwidgets import check"}


def seconds(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    times: dict[str, list[float]] = {name: [] for name in CODE}
    for _ in range(RUNS):  # in turn, so that a drift of the machine meets all of them
        for name, code in CODE.items():
            times[name].append(seconds(code))
    bare = statistics.median(times["nothing"])
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"{name:18} {median * 1000:6.0f} ms, {(median - bare) * 1000:6.0f} ms of it the import")
