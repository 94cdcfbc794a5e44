"""Odd values, in place of the table that is asked for."""

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
