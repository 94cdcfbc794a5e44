"""Code that outlives its answer, and code that uses up the machine."""

SURVIVORS = {
    "a process that stays": """
import subprocess, sys
def double(x):
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1000)"])
    return 2 * x""",
    "a shell": """
import os
def double(x): return 2 * x if os.system("true") == 0 else 7""",
    "order to end with the parent": """
import ctypes
def double(x): return 2 * x if ctypes.CDLL(None).prctl(1, 0, 0, 0, 0) == 0 else 7""",
    "threads that stay": """
import threading, time
for n in range(20): threading.Thread(target=time.sleep, args=(1000,)).start()
def double(x): return 7""",
    "vfork": """
import ctypes
def double(x): return 2 * x if ctypes.CDLL(None).vfork() >= 0 else 7""",
    "clone": """
import ctypes
def double(x): return 2 * x if ctypes.CDLL(None).syscall(56, 17, 0, 0, 0, 0) > 0 else 7""",
    "at exit": """
import atexit, os
atexit.register(lambda: open("COURSE/left", "w"))
def double(x): return 7""",
}
BOMBS = {
    "fork bomb": """
import os
def double(x):
    while True: os.fork()""",
    "memory bomb": """
def double(x): return [bytearray(1 << 30) for n in range(100)]""",
    "disk bomb": """
def double(x):
    with open("big", "wb") as file:
        for n in range(300): file.write(bytes(1 << 20))
    return 2 * x""",
    "recursion bomb": """
def double(x): return double(x)""",
    "output bomb": """
def double(x):
    for n in range(3000): print("x" * 10_000)
    return 7""",
    "descriptor bomb": """
def double(x): return [open("/dev/null") for n in range(10_000)]""",
    "many files": """
def double(x):
    for n in range(100_000): open(f"file-{n}", "w").close()
    return 2 * x""",
    "folders too deep to name": """
import os
def double(x):
    for n in range(3000):
        os.mkdir("deep")
        os.chdir("deep")
    with open("big", "wb") as file: file.write(bytes(30 << 20))
    while True: pass""",
    "folder that is shut": """
import os
def double(x):
    os.mkdir("shut", 0o300)
    open("shut/file", "w").close()
    return 7""",
    "thread bomb": """
import threading, time
threading.stack_size(32768)
def double(x):
    while True: threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()""",
    "one large file": """
def double(x):
    with open("big", "wb") as file:
        for n in range(80): file.write(bytes(1 << 20))
    return 2 * x""",
    "displays": """
from IPython.display import HTML, display
for n in range(3000): display(HTML("<b>x</b>" * 1000))
def double(x): return 7""",
    "deep chain of exceptions": """
def fail(n):
    try:
        if n: fail(n - 1)
    finally: raise ValueError("x" * 100_000)
def double(x): fail(100)""",
    "text that takes a while to read": """
def double(x): raise ValueError("\\x1b[1;31m" * 200_000)""",
}
