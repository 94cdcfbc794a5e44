"""Shuts a process in: what it may read and write, which system calls it has, and how much of everything."""

import resource
import site
import sys
import sysconfig
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from . import syscalls


class NotConfined(Exception):
    """The sandbox can not be had here; the text says what is missing."""


@dataclass(frozen=True)
class Limits:
    """How much one submission may use."""

    memory: int = 3 * 2**30  #: bytes of address space beyond what the warm process has
    processor: int = 120  #: seconds of processor time
    file_size: int = 32 * 2**20  #: bytes of one file; with the next, what files that were deleted can still hold
    files: int = 64  #: open at a time


def available() -> None:
    """Raise `NotConfined` where this machine has no sandbox."""
    try:
        import sandlock
    except ImportError as error:
        raise NotConfined(f"the package sandlock is not installed, or does not run here ({error})") from None
    if not syscalls.supported():
        raise NotConfined("system calls can only be filtered on Linux, on x86_64 and aarch64")
    have, need = sandlock.landlock_abi_version(), sandlock.min_landlock_abi()
    if have < need:
        raise NotConfined(f"the kernel has Landlock {max(have, 0)}, where {need} is needed (Linux 6.12 or later)")


@cache
def readable() -> list[str]:
    """The interpreter, its libraries and fonts: what learners' code may read besides its own folder."""
    package = Path(__file__).resolve().parents[2]
    found = [sys.prefix, sys.base_prefix, sysconfig.get_path("stdlib"), sysconfig.get_path("purelib"), str(package)]
    found += [*site.getsitepackages(), "/usr/lib", "/usr/lib64", "/usr/share/fonts", "/usr/share/zoneinfo", "/lib"]
    found += ["/lib64", "/dev/null", "/dev/urandom", "/dev/zero", "/sys/devices/system/cpu", "/etc/ld.so.cache"]
    return sorted({str(Path(each).resolve()) for each in found if Path(each).exists()})


def enclose(scratch: Path) -> None:
    """Let this process write nothing but `scratch`, and signal no process outside. Raises `NotConfined`."""
    import sandlock

    try:
        sandlock.confine(sandlock.Sandbox(fs_readable=readable(), fs_writable=[str(scratch), "/dev/null"]))
    except sandlock.SandlockError as error:
        raise NotConfined(str(error)) from error


def confine(scratch: Path) -> None:
    """The same, and no system calls beyond what exercises need: for the process of one submission."""
    enclose(scratch)
    try:
        syscalls.forbid()
    except syscalls.NoFilter as error:
        raise NotConfined(str(error)) from error


def address_space() -> int:
    """Bytes of address space of this process; to be asked before it is shut in."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def limit(limits: Limits, base: int) -> None:
    """Bound what this process can use; `base` is the address space of the warm process."""
    bound_memory(base + limits.memory)
    _set(resource.RLIMIT_FSIZE, limits.file_size)
    _set(resource.RLIMIT_NOFILE, limits.files)
    _set(resource.RLIMIT_CORE, 0)
    used = resource.getrusage(resource.RUSAGE_SELF)
    _set(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + limits.processor)


def bound_memory(most: int) -> None:
    """Bound the address space of this process, in bytes."""
    _set(resource.RLIMIT_AS, most)


def _set(which: int, value: int) -> None:
    hard = resource.getrlimit(which)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (value, value))
