"""The line to the examiner: bytes that are no message, and messages of the right form that are wrong."""

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
