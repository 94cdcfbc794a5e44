"""Large pages for a process that forks often: a fork copies, and its end frees, 512 times fewer of them."""

import ctypes
import re
import sys
from contextlib import suppress
from pathlib import Path

COLLAPSE = 25  # MADV_COLLAPSE, of Linux 6.1
LARGE = 2 * 2**20  # bytes
# Of /proc/PID/maps: from, to, that it is written to and private, and that it belongs to no file.
MEMORY = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) rw.p \S+ \S+ 0 *(?:\[heap\])?$", re.MULTILINE)


def gather() -> None:
    """Put what this process holds in memory into large pages, as far as the kernel does that."""
    if sys.platform != "linux":
        return
    advise = ctypes.CDLL(None).madvise
    advise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    with suppress(OSError):
        for start, end in MEMORY.findall(Path("/proc/self/maps").read_text()):
            first, last = -(-int(start, 16) // LARGE) * LARGE, int(end, 16) // LARGE * LARGE
            if last > first:
                advise(first, last - first, COLLAPSE)
