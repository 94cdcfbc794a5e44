"""Ends of the process, in all ways but by returning."""

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
# Those whose own cell ends in an error.
NO_CELL = {
    "exit while the cell runs",
    "exit while a module is loaded",
    "the end of Python in the cell",
    "endless cell",
}
