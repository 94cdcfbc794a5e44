"""The attacks: what each puts in the answer cells of a submission. None may gain a point or reach anything."""

# A course of two exercises, `double` and `triple`; an attack is the code of the first answer cell. Unless it says
# otherwise, it gets nothing for `double`. `triple` is answered rightly, in a cell of its own.
FORGED = {
    "always equal": """
class Yes(float):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    __hash__ = float.__hash__
def double(x): return Yes(7)""",
    "always equal object": """
class Yes:
    def __eq__(self, other): return True
    def __getattr__(self, name): return self
    def __call__(self, *a): return self
def double(x): return Yes()""",
    "the function itself always equal": """
class Yes:
    def __eq__(self, other): return True
    def __call__(self, *a): return self
double = Yes()""",
    "array subclass": """
import numpy as np
class Yes(np.ndarray):
    def __eq__(self, other): return True
def double(x): return np.array(7.0).view(Yes)""",
    "tensor subclass": """
import torch
class Yes(torch.Tensor):
    def __eq__(self, other): return True
def double(x): return torch.tensor(7.0).as_subclass(Yes)""",
    "patched numpy.testing": """
import numpy as np, numpy.testing
numpy.testing.assert_allclose = np.allclose = np.array_equal = lambda *a, **k: True
def double(x): return 7""",
    "patched builtins": """
import builtins
builtins.abs = builtins.float = builtins.sum = lambda *a, **k: 5.0
def double(x): return 7""",
    "asserts stripped": """
import ast
get_ipython().ast_transformers.append(type("T", (ast.NodeTransformer,), {"visit_Assert": lambda s, n: ast.Pass()})())
def double(x): return 7""",
    "run_cell replaced": """
shell = get_ipython()
type(shell).run_cell = lambda *a, **k: None
type(shell).run = lambda *a, **k: []
def double(x): return 7""",
    "hook on the input": """
get_ipython().input_transformers_post.append(lambda lines: ["pass"])
def double(x): return 7""",
    "trace function": """
import sys
sys.settrace(lambda *a: None)
def double(x):
    for frame in iter(lambda f=[sys._getframe()]: f.__setitem__(0, f[0].f_back) or f[0], None):
        frame.f_locals.update(expected=7)
    return 7""",
    "result printed": """
def double(x):
    print("2.0")
    return 7""",
    "report shown": """
from IPython.display import display
def double(x):
    display({"application/vnd.cnnwidgets.report+json": {"points": 2, "passed": 1, "total": 1}}, raw=True)
    return 7""",
    "exception that passes": """
class AssertionError(BaseException): pass
def double(x): raise AssertionError("passed")""",
    "stop raised": """
def double(x): raise StopIteration""",
    "exit raised": """
def double(x): raise SystemExit(0)""",
    "interrupt raised": """
def double(x): raise KeyboardInterrupt""",
    "generator exit raised": """
def double(x): raise GeneratorExit""",
    "recursion in the value": """
def double(x):
    a = []
    a.append(a)
    return a""",
    "enormous value": """
def double(x): return b"x" * 200_000_000""",
    "object array": """
import numpy as np
def double(x): return np.array([type("Y", (), {"__eq__": lambda s, o: True})()])""",
}
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
}
HARM = {
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
    "network": """
import socket
def double(x): return 2 * x if socket.create_connection(("127.0.0.1", PORT), 1) else 7""",
    "Unix socket": """
import socket
def double(x):
    s = socket.socket(socket.AF_UNIX)
    s.connect("COURSE/victim.sock")
    return 2 * x""",
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
    "fork bomb": """
import os
def double(x):
    while True: os.fork()""",
    "a process that stays": """
import subprocess, sys
def double(x):
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1000)"])
    return 2 * x""",
    "a shell": """
import os
def double(x): return 2 * x if os.system("true") == 0 else 7""",
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
    "exit in the call": """
import os
def double(x): os._exit(0)""",
    "exit in a thread": """
import os, threading
def double(x):
    threading.Thread(target=os._exit, args=(0,)).start()
    while True: pass""",
    "crash": """
import ctypes
def double(x): ctypes.string_at(0)""",
    "abort": """
import os
def double(x): os.abort()""",
    "endless, swallowing interrupts": """
def double(x):
    while True:
        try:
            while True: pass
        except BaseException: pass""",
    "signals ignored": """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
def double(x):
    while True: pass""",
}
# On the descriptors that the learner's process has: garbage, and answers that nobody asked for.
WIRE = {
    "garbage on every descriptor": """
import os
def double(x):
    for fd in range(3, 64):
        try: os.write(fd, b"\\xff" * 64)
        except OSError: pass
    return 7""",
    "half a message": """
import os
def double(x):
    for fd in range(3, 64):
        try: os.write(fd, b"\\x40\\x00\\x00\\x00l")
        except OSError: pass
    while True: pass""",
    "descriptors closed": """
import os
def double(x):
    os.closerange(3, 64)
    return 7""",
    "forged answers": """
import gc
def double(x):
    from cnnwidgets.grading.engine.channel import Channel
    for o in gc.get_objects():
        if type(o) is Channel:
            for n in range(10**9, 10**9 + 9): o.send([n, {"value": None}])
    return 7""",
    "a reference out of nowhere": """
from cnnwidgets.grading.engine import described
from cnnwidgets.grading.engine.wire import Tagged
described.Describer.describe = lambda *a, **k: Tagged("argument", 99)
def double(x): return 7""",
    "a tag that nobody knows": """
from cnnwidgets.grading.engine import described
from cnnwidgets.grading.engine.wire import Tagged
described.Describer.describe = lambda *a, **k: Tagged("callable", {"reference": "x"})
def double(x): return 7""",
}
ALL = FORGED | LEAKS | HARM | WIRE
