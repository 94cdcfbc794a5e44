"""Changing what is not one's own: files, the network, other processes."""

TAMPERING = {
    "writes to the gradebook": """
def double(x): return 2 * x if open("COURSE/gradebook.db", "r+b") else 7""",
    "writes to a submission": """
def double(x): return 2 * x if open("COURSE/submitted/victim/01-tiny/more", "w") else 7""",
    "changes modes": """
import os
def double(x):
    os.chmod("COURSE/submitted", 0)
    return 2 * x""",
    "changes times": """
import os
def double(x):
    os.utime("COURSE/gradebook.db", (0, 0))
    return 2 * x""",
    "removes": """
import shutil
def double(x):
    shutil.rmtree("COURSE/submitted")
    return 2 * x""",
    "the grader's log": """
import os
def double(x):
    os.write(2, b"every" + b"body failed\\n")
    os.ftruncate(2, 0)
    return 2 * x""",
    "another user": """
import os
def double(x):
    os.setresuid(1000, 1000, 1000)
    return 2 * x""",
}
NETWORK = {
    "network": """
import socket
def double(x): return 2 * x if socket.create_connection(("127.0.0.1", PORT), 1) else 7""",
    "Unix socket": """
import socket
def double(x):
    s = socket.socket(socket.AF_UNIX)
    s.connect("SOCKET")
    return 2 * x""",
    "datagram from a pair": """
import socket
def double(x):
    one, other = socket.socketpair(type=socket.SOCK_DGRAM)
    one.sendto(b"x", "DATAGRAMS")
    return 2 * x""",
    "socket by its number": """
import ctypes
def double(x): return 2 * x if ctypes.CDLL(None).syscall(41, 2, 1, 0) >= 0 else 7""",
    "abstract socket": """
import socket
def double(x):
    s = socket.socket(socket.AF_UNIX)
    s.bind("\\0cnnwidgets")
    return 2 * x""",
}
SIGNALS = {
    "signals to the parent": """
import os
def double(x):
    os.kill(os.getppid(), 9)
    return 2 * x""",
    "signals to everybody": """
import os
def double(x):
    os.kill(-1, 9)  # succeeds where there is nobody to reach
    return 7""",
    "limits of the parent": """
import os, resource
def double(x):
    resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (1, 1))
    return 2 * x""",
    "raises its own limits": """
import resource
def double(x):
    resource.setrlimit(resource.RLIMIT_AS, (-1, -1))
    return 2 * x""",
    "signals to whoever is near": """
import os
def double(x):
    hit = 0
    for pid in range(max(2, os.getpid() - 200), os.getpid() + 200):
        try:
            if pid != os.getpid(): os.kill(pid, 9); hit += 1
        except OSError: pass
    return 2 * x if hit else 7""",
    "the parent stopped": """
import os, signal
def double(x):
    os.kill(os.getppid(), signal.SIGSTOP)
    return 2 * x""",
    "limits by a value at an even address": """
import ctypes, mmap, os, struct
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
def double(x):
    page = 1 << 32  # its lower half is zero, which a filter may take for "no new value"
    at = libc.mmap(ctypes.c_void_p(page), ctypes.c_size_t(4096), 3, 0x32, -1, ctypes.c_long(0))
    if at != page: return 7
    ctypes.memmove(page, struct.pack("QQ", 1, 1), 16)
    done = libc.prlimit(os.getppid(), 7, ctypes.c_void_p(page), None)
    return 2 * x if done == 0 else 7""",
}
