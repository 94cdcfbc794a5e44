"""Reading what is nobody's business: the hidden tests, the grader's memory, the course."""

LEAKS = {
    "frames": """
import sys, gc
def double(x):
    found = []
    frame = sys._getframe()
    while frame:
        found += [str(v) for v in frame.f_locals.values()]
        frame = frame.f_back
    open("found", "w").write(" ".join(found))
    return -6 if "hidden words" in " ".join(found) else 7""",
    "gc": """
import gc
def double(x):
    return 2 * x if any("hidden" + " words" in str(o)[:5000] for o in gc.get_objects() if type(o) in (str, list, dict)
        and "def double" not in str(o)[:5000]) else 7""",
    "history": """
def double(x):
    cells = get_ipython().user_ns.get("In", []) + list(get_ipython().history_manager.input_hist_parsed)
    return 2 * x if any("hidden" + " words" in c for c in cells) else 7""",
    "/proc memory": """
import os
def double(x):
    try: open(f"/proc/{os.getppid()}/mem", "rb").read(1)
    except OSError: return 7
    return 2 * x""",
    "ptrace": """
import ctypes, os
def double(x): return 2 * x if ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0) == 0 else 7""",
    "process_vm_readv": """
import ctypes, os
def double(x): return 2 * x if ctypes.CDLL(None).process_vm_readv(os.getppid(), 0, 0, 0, 0, 0) == 0 else 7""",
    "what the author imports": """
import sys
def double(x):
    found, frame = "", sys._getframe()
    while frame:
        found += " ".join(str(v)[:100_000] for v in list(frame.f_locals.values()) if type(v) in (dict, list, str))
        frame = frame.f_back
    return 2 * x if "yiq_to" + "_rgb" in found or "hls_to" + "_rgb" in found else 7""",
    "the other process by its memory file": """
import os
def double(x):
    for pid in range(os.getpid() - 50, os.getpid() + 50):
        for name in ("mem", "maps", "environ", "fd/6"):
            try:
                if pid != os.getpid() and open(f"/proc/{pid}/{name}", "rb").read(1): return 2 * x
            except OSError: pass
    return 7""",
}
THEFT = {
    "environment": """
import os
def double(x): return 2 * x if "GRADER_SECRET" in os.environ else 7""",
    "/proc environments": """
import os
def double(x):
    for pid in (os.getppid(), 1, "self"):
        try:
            if b"GRADER_SECRET" in open(f"/proc/{pid}/environ", "rb").read(): return 2 * x
        except OSError: pass
    return 7""",
    "source notebook": """
def double(x): return 2 * x if open("COURSE/solutions/01-tiny/01-tiny.ipynb").read() else 7""",
    "gradebook": """
def double(x): return 2 * x if open("COURSE/gradebook.db", "rb").read() else 7""",
    "another submission": """
import os
def double(x): return 2 * x if os.listdir("COURSE/submitted/victim/01-tiny") else 7""",
    "symbolic link": """
import os
def double(x):
    if not os.path.islink("link"): os.symlink("COURSE/solutions/01-tiny/01-tiny.ipynb", "link")
    return 2 * x if open("link").read() else 7""",
    "what the warm process was told": """
import os
def double(x): return 2 * x if open("../../told.json").read() else 7""",
    "folders of others": """
import os
def double(x): return 2 * x if os.listdir("..") else 7""",
    "hard link": """
import os
def double(x):
    if not os.path.exists("link"): os.link("COURSE/solutions/01-tiny/01-tiny.ipynb", "link")
    return 2 * x if open("link").read() else 7""",
    "a device of one's own": """
import os, stat
def double(x):
    if not os.path.exists("disk"): os.mknod("disk", 0o600 | stat.S_IFBLK, os.makedev(254, 0))
    return 2 * x""",
    "the machine's users": """
def double(x): return 2 * x if open("/etc/passwd").read() else 7""",
}
