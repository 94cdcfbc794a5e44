"""Forbids a process, for good, the system calls that no exercise needs: the network, new processes, other processes.

A seccomp filter (see seccomp(2)): what is on the list fails with "operation not permitted". It holds for every thread
and everything that the process may start, and can not be taken back.
"""

import ctypes
import errno
import platform
import struct

# Names are in the manual's section 2; the numbers are those of x86_64 and of the kernel's generic table (aarch64).
_NUMBERS: dict[str, tuple[int | None, int | None]] = {
    # network: only socketpair stays
    "socket": (41, 198), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201), "accept": (43, 202),
    "accept4": (288, 242),
    # new processes
    "fork": (57, None), "vfork": (58, None), "execve": (59, 221), "execveat": (322, 281),
    # other processes: their memory, signals past Landlock's reach, limits, priority
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_getfd": (438, 438), "pidfd_open": (434, 434), "process_madvise": (440, 440), "setrlimit": (160, 164),
    "setpriority": (141, 140), "sched_setaffinity": (203, 122), "sched_setscheduler": (144, 119),
    "sched_setparam": (142, 118), "sched_setattr": (314, 274), "ioprio_set": (251, 30), "migrate_pages": (256, 238),
    "move_pages": (279, 239), "perf_event_open": (298, 241), "setpgid": (109, 154), "kexec_load": (246, 104),
    # what Landlock does not guard: modes, owners, times and attributes of files
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, None),
    "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54), "utime": (132, None), "utimes": (235, None),
    "utimensat": (280, 88), "futimesat": (261, None), "setxattr": (188, 5), "lsetxattr": (189, 6),
    "fsetxattr": (190, 7), "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
    "inotify_init": (253, None), "inotify_init1": (294, 26), "fanotify_init": (300, 262),
    # shared with processes that come later
    "shmget": (29, 194), "shmat": (30, 196), "semget": (64, 190), "msgget": (68, 186), "mq_open": (240, 180),
    "memfd_create": (319, 279), "memfd_secret": (447, 447),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    # the machine
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51), "unshare": (272, 97),
    "setns": (308, 268), "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430), "bpf": (321, 280),
    "userfaultfd": (323, 282), "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "reboot": (169, 142),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106), "swapon": (167, 224),
    "open_by_handle_at": (304, 265), "name_to_handle_at": (303, 264), "sethostname": (170, 161),
    "setdomainname": (171, 162), "settimeofday": (164, 170), "clock_settime": (227, 112), "adjtimex": (159, 171),
    "clock_adjtime": (305, 266), "quotactl": (179, 60), "acct": (163, 89), "syslog": (103, 116), "iopl": (172, None),
    "ioperm": (173, None), "personality": (135, 92), "lookup_dcookie": (212, 18),
}  # fmt: skip
_CLONE, _CLONE3, _PRLIMIT = (56, 220), (435, 435), (302, 261)
_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_LOAD, _EQUAL, _AT_LEAST, _AND, _RETURN = 0x20, 0x15, 0x35, 0x54, 0x06
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_CLONE_THREAD, _X32 = 0x00010000, 0x40000000
_NUMBER, _ARCHITECTURE, _ARGUMENT_0, _ARGUMENT_2 = 0, 4, 16, 32  # offsets in struct seccomp_data


class NoFilter(Exception):
    """The kernel or the machine does not let a process give up system calls."""


def supported() -> bool:
    """Whether there is a table for this machine."""
    return platform.system() == "Linux" and platform.machine() in _ARCHITECTURES


def forbid() -> None:
    """Give the calls up. Raises `NoFilter` where that is not possible."""
    if not supported():
        raise NoFilter(f"no table of system calls for {platform.system()} on {platform.machine()}")
    program = b"".join(struct.pack("<HBBI", *each) for each in _program(*_ARCHITECTURES[platform.machine()]))
    buffer = ctypes.create_string_buffer(program, len(program))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]

    libc = ctypes.CDLL(None, use_errno=True)
    argument = Program(len(program) // 8, ctypes.addressof(buffer))
    if libc.prctl(38, 1, 0, 0, 0) != 0 or libc.prctl(22, 2, ctypes.byref(argument), 0, 0) != 0:
        raise NoFilter(f"the kernel refuses a seccomp filter (errno {ctypes.get_errno()})")


def _program(column: int, architecture: int) -> list[tuple[int, int, int, int]]:
    """The filter as instructions (code, jump if true, jump if false, operand)."""
    refuse = _ERRNO | errno.EPERM
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32),  # the other table of an x86 kernel
        (_RETURN, 0, 0, refuse),
        # clone3 hides its flags in memory: "not implemented" makes libc take clone, which may only make threads
        (_EQUAL, 0, 1, _CLONE3[column]),
        (_RETURN, 0, 0, _ERRNO | errno.ENOSYS),
        (_EQUAL, 0, 4, _CLONE[column]),
        (_LOAD, 0, 0, _ARGUMENT_0),
        (_AND, 0, 0, _CLONE_THREAD),
        (_EQUAL, 0, 5, 0),
        (_RETURN, 0, 0, refuse),
        # prlimit64 may read a limit, of any process; setting one has a new value, which is the third argument
        (_EQUAL, 0, 4, _PRLIMIT[column]),
        (_LOAD, 0, 0, _ARGUMENT_2),
        (_EQUAL, 1, 0, 0),
        (_RETURN, 0, 0, refuse),
        (_RETURN, 0, 0, _ALLOW),
    ]
    for numbers in _NUMBERS.values():
        if numbers[column] is not None:
            steps += [(_EQUAL, 0, 1, numbers[column] or 0), (_RETURN, 0, 0, refuse)]
    return [*steps, (_RETURN, 0, 0, _ALLOW)]
