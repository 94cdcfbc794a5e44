"""The attacks by family: what each puts in an answer cell. None may gain a point or reach anything."""

# An attack is the code of one answer cell: of `double`, or of the one that `CELLS` says. It gets nothing for that.
# COURSE, PORT, SOCKET and DATAGRAMS are what it could reach; the rest of the notebook is answered rightly.
# How code gets hold of its own end of the conversation with the examiner.
EVIL = """
import gc, os, struct, time
from cnnwidgets.grading.engine import candidate, wire
from cnnwidgets.grading.engine.wire import Tagged
learner = next(each for each in gc.get_objects() if type(each) is candidate.Learner)
line = learner.channel.sock.fileno()
def frame(data): os.write(line, struct.pack("<I", len(data)) + data)
def answer(make): learner.operations["call"] = lambda *a: make()
def message(value):
    return b"l\\2\\0\\0\\0" + wire.encode(learner.number) + b"d\\1\\0\\0\\0" + wire.encode("value") + value
def network(kind, parameters=(), children=(), **settings):
    return {"value": Tagged("network", {"class": kind, "training": True, "settings": settings,
        "parameters": list(parameters), "buffers": [], "children": list(children)})}
"""
EVILS = ("networks", "bytes on the wire", "the protocol")  # the families whose code begins with it

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
    "exception without a name": """
def double(x): raise type("", (Exception,), {})()""",
    "number that is every number": """
class Every(int):
    def __new__(cls, x=0): return int.__new__(cls, 7)
    def __eq__(self, other): return True
    def __sub__(self, other): return 0
    def __abs__(self): return 0
    __hash__ = None
def double(x): return Every()""",
    "type in place of a function": """
double = object""",
}
# In place of the table that is asked for.
VALUES = {
    "loop that ends early": """
asked = []
def table(n):
    asked.append(n)
    if len(asked) == 2: raise StopIteration
    return np.outer(range(n), range(n))""",
    "list of the learner's": """
class Yes:
    shape = (2, 2)
    def tolist(self): return Yes()
    def __eq__(self, other): return True
    def __getitem__(self, at): return Yes()
def table(n): return Yes()""",
    "matrix": """
class Yes(np.matrix):
    def __eq__(self, other): return np.ones((3, 3), bool)
def table(n): return Yes([[7]])""",
    "masked array": """
def table(n): return np.ma.masked_all((n, n))""",
    "structured array": """
def table(n): return np.zeros((n, n), [("a", float)])""",
    "array protocol": """
class Yes:
    __array_priority__ = 1e9
    def __array__(self, *a, **k): return np.zeros((2, 2))
    def __array_ufunc__(self, *a, **k): return np.bool_(True)
    def __array_function__(self, *a, **k): return True
def table(n): return Yes()""",
    "not a number": """
def table(n): return np.full((n, n), np.nan)""",
    "the same array again": """
kept = np.array([[0, 0], [0, 1]])
def table(n): return kept""",
    "one that changes later": """
kept = np.zeros((2, 2), int)
def table(n):
    kept[...] = [[0, 0], [0, 1]] if n == 2 else 9
    return kept if n == 2 else np.outer(range(n), range(n)) + (n != 1)""",
}
# In place of the network that is asked for; those that need it begin with `EVIL`.
NETWORKS = {
    "a forward pass in the settings": """
answer(lambda: network("Linear", forward=7, in_features=2))
def net(): return 7""",
    "a class in the settings": """
answer(lambda: network("Linear", __class__="x", __dict__="y"))
def net(): return 7""",
    "parameters in the settings": """
answer(lambda: network("Linear", _parameters=[], _modules=[]))
def net(): return 7""",
    "the base of all networks": """
answer(lambda: network("Module"))
def net(): return 7""",
    "a class that is none": """
answer(lambda: network("__doc__"))
def net(): return 7""",
    "a function for a class": """
answer(lambda: network("functional"))
def net(): return 7""",
    "a layer that asks for all memory": """
answer(lambda: network("ConstantPad1d", padding=[2**40, 2**40], value=0.0))
def net(): return 7""",
    "layers in layers": """
made = network('Sequential')['value'].value
for n in range(6): made = network('Sequential', children=[['a', made], ['b', made]])['value'].value
answer(lambda: {"value": Tagged("network", made)})
def net(): return 7""",
    "a module with odd names": """
odd = [[name, None, True, None] for name in ("forward", "__class__", "remote_ready", "")]
answer(lambda: {"value": Tagged("module", {"reference": 0, "name": "x", "class": "Linear", "training": True,
    "parameters": odd, "buffers": [["a" + ".a" * 100_000, None, True]], "children": []})})
def net(): return 7
""",
    "a module that always answers": """
class Yes(torch.nn.Module):
    def __call__(self, *a): return Answer()
class Answer:
    def tolist(self): return Answer()
    def __eq__(self, other): return True
def net(): return Yes()""",
    "a tensor subclass": """
class Yes(torch.Tensor):
    def tolist(self): return [[3.0]]
def net():
    return type('M', (torch.nn.Module,), {'forward': lambda s, X: torch.zeros(1, 1).as_subclass(Yes)})()""",
    "weights that were not learnt": """
def net():
    return type('M', (torch.nn.Module,), {'forward': lambda s, X: X.sum(1, keepdim=True)})()""",
    "hooks": """
def net():
    made = torch.nn.Linear(2, 1)
    made.register_forward_hook(lambda m, i, o: i[0].sum(1, keepdim=True))
    return made""",
    "patched torch": """
torch.nn.Linear.forward = lambda self, X: X.sum(1, keepdim=True)
torch.Tensor.tolist = lambda self: [[3.0]]
def net(): return torch.nn.Linear(2, 1)""",
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
EXITS = {
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
    "exit while the cell runs": """
import os
os._exit(0)""",
    "exit while a module is loaded": """
open("gone.py", "w").write("import os; os._exit(0)")
import gone""",
    "the end of Python in the cell": """
raise SystemExit""",
    "quit": """
def double(x): quit()""",
    "a signal to itself": """
import os
def double(x): os.kill(os.getpid(), 9)""",
    "stack overflow": """
import sys
sys.setrecursionlimit(10**9)
def double(x): return repr(__import__("functools").reduce(lambda a, _: [a], range(10**6), []))""",
    "endless cell": """
while True: pass""",
    "asleep": """
import time
def double(x): time.sleep(10**6)""",
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
    "answers without end": """
def double(x):
    data = wire.encode([-1, {}])
    while True: frame(data)""",
    "questions without end": """
def double(x):
    data = wire.encode([learner.number, {'asks': [0, [], {}]}])
    while True: frame(data)""",
    "a message of four gigabytes": """
def double(x):
    os.write(line, b'\\xff' * 4 + b'l' * 1000)
    while True: time.sleep(1)""",
    "a message in single bytes": """
def double(x):
    os.write(line, struct.pack('<I', 1 << 25))
    while True: os.write(line, b'N')""",
    "nested too deeply": """
def double(x):
    frame(b'l\\x01\\0\\0\\0' * 100_000 + b'N')
    return 7""",
    "numbers that collide": """
def double(x):
    one = 2**61 - 1
    many = b''.join(wire.encode(n * one) for n in range(190_000))
    frame(b'e' + struct.pack('<I', 190_000) + many)
    return 7""",
    "an array larger than its bytes": """
def double(x):
    frame(message(b'ad\\2' + struct.pack('<QQ', 2**40, 2**40)))
    return 7""",
    "a truth value that is neither": """
def double(x):
    frame(message(b'n?\\0\\2'))
    return 7""",
    "one answer for all that follow": """
def double(x):
    for n in range(learner.number, learner.number + 100): frame(wire.encode([n, {'value': 7}]))
    return 7""",
}
# Answers of the right form with something wrong in them.
PROTOCOL = {
    "changes of what nobody gave": """
answer(lambda: {"value": 7, "changed": {0: 7, -1: 7, 99: 7, "x": 7}})
def double(x): return 7""",
    "changes that are no dictionary": """
answer(lambda: {"value": 7, "changed": 5})
def double(x): return 7""",
    "a negative number": """
answer(lambda: {"value": Tagged("same", {"number": -(10**9), "value": 7})})
def double(x): return 7""",
    "numbers without end": """
answer(lambda: {"value": Tagged("same", {"number": time.monotonic_ns(), "value": [7] * 999})})
def double(x): return 7""",
    "no number": """
answer(lambda: {"value": Tagged("same", {"number": float("nan"), "value": 7})})
def double(x): return 7""",
    "an argument that was not given": """
answer(lambda: {"value": Tagged("argument", -1)})
def double(x): return 7""",
    "an exception of the examiner's": """
answer(lambda: {"raised": ["TookTooLong", "cnnwidgets.grading.engine.remote", "", ""]})
def double(x): return 7""",
    "an exit by name": """
answer(lambda: {"raised": ["SystemExit", "builtins", "0", ""]})
def double(x): return 7""",
    "an exception with four million lines": """
answer(lambda: {"raised": ["A", "b", "x" * 4_000_000, "y" * 4_000_000]})
def double(x): return 7""",
    "no answer at all": """
answer(lambda: {})
def double(x): return 7""",
    "names that stand for nothing": """
learner.operations['names'] = lambda *a: {'names': [1, 2]}
def double(x): return 7""",
    "names that were not asked for": """
names = learner.names
learner.operations["names"] = lambda asked: {"names": {**names(asked)["names"], "abs": 7, "np": 7}}
def double(x): return 7
""",
    "a fraction from text": """
answer(lambda: {"value": Tagged("standard", ["Fraction", ["1e100000000"]])})
def double(x): return 7""",
    "an endless range": """
answer(lambda: {"value": Tagged("standard", ["range", [0, 2**62, 1]])})
def double(x): return 7""",
    "a tuple with odd fields": """
answer(lambda: {"value": Tagged("standard", ["named", ["x", ["__eq__", "a"], [1, 2]]])})
def double(x): return 7""",
    "a part of torch": """
answer(lambda: {"value": Tagged("standard", ["torch.dtype", "_dynamo"])})
def double(x): return 7""",
    "words of no alphabet": """
answer(lambda: {"value": Tagged("standard", ["words", [[1], 1, np.array([2**32 - 1], "uint32")]])})
def double(x): return 7""",
    "what was printed": """
call = learner.call
learner.operations["call"] = lambda *a: call(*a) | {"printed": [["stdout", "x" * 10**7], ["stderr", 5], 7]}
def double(x): return 7
""",
    "outputs that are none": """
odd = [5, {"output_type": "stream"}, {"output_type": "error", "traceback": 7},
    {"output_type": "execute_result", "data": {"text/plain": 7, 5: "x"}}]
learner.operations["cell"] = lambda *a: {"outputs": odd}
def double(x): return 7
""",
    "outputs of sixty megabytes": """
large = {"output_type": "stream", "name": "stdout", "text": "x" * 60_000_000}
learner.operations["cell"] = lambda *a: {"outputs": [large]}
def double(x): return 7
""",
    "a log of sixty megabytes": """
learner.operations["cell"] = lambda *a: {"outputs": [], "printed": [["stderr", "x" * 60_000_000]]}
def double(x): return 7
""",
    "an object with every attribute": """
class Points:
    def __getattr__(self, name): return self
    def __call__(self, *a, **k): return self
    def __iter__(self): return iter([self] * 2)
def double(x): return Points()""",
    "values without end": """
import itertools
def double(x): return itertools.repeat(2 * x)""",
}
FAMILIES = {
    "forged verdicts": FORGED,
    "values": VALUES,
    "networks": NETWORKS,
    "leaks": LEAKS,
    "theft": THEFT,
    "tampering": TAMPERING,
    "network": NETWORK,
    "signals": SIGNALS,
    "survivors": SURVIVORS,
    "bombs": BOMBS,
    "exits": EXITS,
    "bytes on the wire": WIRE,
    "the protocol": PROTOCOL,
}
CELLS = {"values": "table", "networks": "net"}  # the answer cell of a family, where it is not `double`
# Those whose own cell ends in an error.
NO_CELL = {
    "exit while the cell runs",
    "exit while a module is loaded",
    "the end of Python in the cell",
    "endless cell",
}
