"""Forged verdicts: answers that call themselves right, and code that would change how one is judged."""

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
