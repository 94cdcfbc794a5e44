"""Forbids a process, for good, the system calls that no exercise needs: the network, new processes, other processes.

A seccomp filter (see seccomp(2)): what is on the list fails with "operation not permitted". It holds for every thread
and everything that the process may start, and can not be taken back.
"""

import ctypes
import errno
import platform
import socket
import struct

# Names are in the manual's section 2; the numbers are those of x86_64 and of the kernel's generic table (aarch64).
_NUMBERS: dict[str, tuple[int | None, int | None]] = {
    # network: only pairs of stream sockets stay
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
    "kexec_file_load": (320, 294),
    # what Landlock does not guard: modes, owners, times and attributes of files
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, None),
    "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54), "utime": (132, None), "utimes": (235, None),
    "utimensat": (280, 88), "futimesat": (261, None), "setxattr": (188, 5), "lsetxattr": (189, 6),
    "fsetxattr": (190, 7), "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
    "inotify_init": (253, None), "inotify_init1": (294, 26), "fanotify_init": (300, 262),
    # devices, which whoever is root may make anywhere
    "mknod": (133, None), "mknodat": (259, 33),
    # who this is; a change would also take back the order to end with the parent
    "setuid": (105, 146), "setgid": (106, 144), "setreuid": (113, 145), "setregid": (114, 143),
    "setresuid": (117, 147), "setresgid": (119, 149), "setfsuid": (122, 151), "setfsgid": (123, 152),
    "setgroups": (116, 159), "capset": (126, 91),
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
_CLONE, _CLONE3, _PRLIMIT, _PRCTL, _SOCKETPAIR = (56, 220), (435, 435), (302, 261), (157, 167), (53, 199)
_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_LOAD, _EQUAL, _AT_LEAST, _AND, _RETURN = 0x20, 0x15, 0x35, 0x54, 0x06
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_CLONE_THREAD, _X32, _PR_SET_PDEATHSIG = 0x00010000, 0x40000000, 1
_NUMBER, _ARCHITECTURE = 0, 4  # offsets in struct seccomp_data; then those of the halves of the first arguments
_LOW, _HIGH = (16, 24, 32), (20, 28, 36)
_CAPABILITIES = 0x20080522  # version 3 of the kernel's structures


class NoFilter(Exception):
    """The kernel or the machine does not let a process give up system calls."""


def supported() -> bool:
    """Whether there is a table for this machine."""
    return platform.system() == "Linux" and platform.machine() in _ARCHITECTURES


def forbid() -> None:
    """Give them up, and what the process may do only because it is root's. Raises `NoFilter` where that fails."""
    if not supported():
        raise NoFilter(f"no table of system calls for {platform.system()} on {platform.machine()}")
    program = b"".join(struct.pack("<HBBI", *each) for each in _program(*_ARCHITECTURES[platform.machine()]))
    buffer = ctypes.create_string_buffer(program, len(program))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]

    libc = ctypes.CDLL(None, use_errno=True)
    if libc.capset(struct.pack("<Ii", _CAPABILITIES, 0), bytes(24)) != 0:
        raise NoFilter(f"the kernel does not let a process give up capabilities (errno {ctypes.get_errno()})")
    argument = Program(len(program) // 8, ctypes.addressof(buffer))
    if libc.prctl(38, 1, 0, 0, 0) != 0 or libc.prctl(22, 2, ctypes.byref(argument), 0, 0) != 0:
        raise NoFilter(f"the kernel refuses a seccomp filter (errno {ctypes.get_errno()})")


def _program(column: int, architecture: int) -> list[tuple[int, int, int, int]]:
    """The filter as instructions (code, jump if true, jump if false, operand)."""
    refuse, allow = (_RETURN, 0, 0, _ERRNO | errno.EPERM), (_RETURN, 0, 0, _ALLOW)
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32),  # the other table of an x86 kernel
        refuse,
    ]
    special = {
        # clone3 hides its flags in memory: "not implemented" makes libc take clone, which may only make threads
        _CLONE3: [(_RETURN, 0, 0, _ERRNO | errno.ENOSYS)],
        _CLONE: [(_LOAD, 0, 0, _LOW[0]), (_AND, 0, 0, _CLONE_THREAD), (_EQUAL, 0, 1, 0), refuse, allow],
        # it may read a limit, of any process; setting one has a new value, at the address in both halves of the third
        _PRLIMIT: [
            (_LOAD, 0, 0, _LOW[2]),
            (_EQUAL, 0, 2, 0),
            (_LOAD, 0, 0, _HIGH[2]),
            (_EQUAL, 1, 0, 0),
            refuse,
            allow,
        ],
        # the order to end with the parent stays
        _PRCTL: [(_LOAD, 0, 0, _LOW[0]), (_EQUAL, 0, 1, _PR_SET_PDEATHSIG), refuse, allow],
        # a pair of datagram sockets could send to any socket there is
        _SOCKETPAIR: [(_LOAD, 0, 0, _LOW[1]), (_AND, 0, 0, 0xF), (_EQUAL, 1, 0, socket.SOCK_STREAM), refuse, allow],
    }
    for numbers, block in special.items():
        steps += [(_EQUAL, 0, len(block), numbers[column]), *block]
    for either in _NUMBERS.values():
        if either[column] is not None:
            steps += [(_EQUAL, 0, 1, either[column] or 0), refuse]
    return [*steps, allow]
