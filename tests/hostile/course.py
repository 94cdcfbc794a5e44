"""The course that attacks are handed in to: four small exercises, one with an array, one with a network."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from nbformat import NotebookNode

from cnnwidgets.grading.course import Course
from tests.grading.conftest import NAME, cell, make_course, source_notebook
from tests.grading.conftest import RIGHT as TINY

TABLE = """def table(n):
    ### BEGIN SOLUTION
    import colorsys
    colorsys.yiq_to_rgb(0, 0, 0)  # what learners must not find out
    return np.outer(range(n), range(n))
    ### END SOLUTION"""
TEST_TABLE = """assert np.allclose(table(2), [[0, 0], [0, 1]])
assert all(map(lambda n: table(n).shape == (n, n), (1, 3)))
one, other = table(2), table(3)
assert one.tolist() == [[0, 0], [0, 1]] and other.tolist()[2] == [0, 2, 4]
### BEGIN HIDDEN TESTS
import colorsys
assert list(colorsys.hls_to_rgb(0, 0, 0)) == [0, 0, 0] and table(5)[4, 3] == 12
### END HIDDEN TESTS
4 * np.mean([np.array_equal(table(n), np.outer(range(n), range(n))) for n in range(1, 5)])"""
NET = """def net():
    ### BEGIN SOLUTION
    made = torch.nn.Linear(2, 1)
    torch.nn.init.ones_(made.weight)
    torch.nn.init.zeros_(made.bias)
    return made
    ### END SOLUTION"""
TEST_NET = """made = net()
assert isinstance(made, torch.nn.Module)
with torch.no_grad():
    assert made(torch.tensor([[1.0, 2.0]])).tolist() == [[3.0]]
    assert made(torch.tensor([[5.0, 2.0], [0.0, 0.0]])).tolist() == [[7.0], [0.0]]
weights = dict(made.named_parameters())
assert weights["weight"].tolist() == [[1.0, 1.0]] and sum(p.numel() for p in weights.values()) == 3"""
RIGHT = TINY | {
    "table": "def table(n):\n    return np.array([[i * j for j in range(n)] for i in range(n)])",
    "net": (
        "def net():\n    made = torch.nn.Linear(2, 1)\n    with torch.no_grad():\n"
        "        made.weight.fill_(1)\n        made.bias.zero_()\n    return made"
    ),
}
FULL = 11.0
# Files that the author hands out; a cell of everybody's reads them.
FILES = {"data/numbers.txt": "12", "words.txt": "yes"}
READS = "assert open('data/numbers.txt').read() == '12' and open('words.txt').read() == 'yes'"


def hostile_source() -> NotebookNode:
    notebook = source_notebook()
    notebook.cells.insert(1, cell("imports", "import numpy as np\nimport torch"))
    notebook.cells.insert(2, cell("files", READS))
    notebook.cells += [
        cell("table", TABLE, solution=True),
        cell("test-table", TEST_TABLE, points=4),
        cell("net", NET, solution=True),
        cell("test-net", TEST_NET, points=2),
    ]
    return notebook


def hostile_course(folder: Path, change: Mapping[str, str] = MappingProxyType({})) -> Course:
    """The course in `folder`, with `change` made in its cells."""
    source = hostile_source()
    for each in source.cells:
        for one, other in change.items():
            each.source = each.source.replace(one, other)
    course = make_course(folder, source)
    for name, content in FILES.items():
        path = course.source(NAME).parent / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content)
    return course


def paper(**answers: str) -> NotebookNode:
    """What a learner hands in: right answers but for those that are given."""
    notebook = hostile_source()
    for each in notebook.cells:
        if each.id in RIGHT:
            each.source = (RIGHT | answers)[each.id]
        elif "### BEGIN HIDDEN TESTS" in each.source:
            lines = each.source.split("\n")
            first, last = lines.index("### BEGIN HIDDEN TESTS"), lines.index("### END HIDDEN TESTS")
            each.source = "\n".join(lines[:first] + lines[last + 1 :])
    return notebook
