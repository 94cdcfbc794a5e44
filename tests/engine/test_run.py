"""A notebook from first cell to last: who dies is replaced, who takes too long is stopped, the rest counts."""

import json
from collections.abc import Callable, Iterator
from time import monotonic
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from cnnwidgets.grading.author import Assignment, prelude, to_json
from cnnwidgets.grading.bench import Bench
from cnnwidgets.grading.engine.examiner import free_names
from tests.grading.conftest import cell

pytestmark = pytest.mark.slow
CELL, NOTEBOOK = 1.0, 8.0
PATIENCE = 30.0  # with a machine that does much else
FIRST, SECOND, THIRD = "assert double(2) == 4", "assert triple(2) == 6", "assert double(triple(1)) == 6"
STUBS = ["def double(x):\n    raise NotImplementedError()", "def triple(x):\n    raise NotImplementedError()"]
RIGHT = ["def double(x): return 2 * x", "def triple(x): return 3 * x"]


def notebook(double: str, triple: str, more: str = "") -> NotebookNode:
    made = nbformat.v4.new_notebook()
    made.cells = [
        cell("imports", "import math\nfrom os import path as place"),
        cell("double", double, solution=True),
        cell("test-double", FIRST, points=1),
        cell("triple", triple, solution=True),
        cell("test-triple", SECOND, points=2),
        cell("more", more),
        cell("test-both", THIRD, points=4),
    ]
    return made


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    assignment = Assignment(
        "a", to_json(notebook(*STUBS)), to_json(notebook(*RIGHT)), cell_seconds=CELL, notebook_seconds=NOTEBOOK
    )
    made = Bench(assignment)
    made.wait()
    yield made
    made.close()


Graded = Callable[..., dict[str, Any]]


@pytest.fixture
def graded(bench: Bench) -> Graded:
    def grade(double: str = RIGHT[0], triple: str = RIGHT[1], more: str = "") -> dict[str, Any]:
        job = {"student": "ann", "notebook": to_json(notebook(double, triple, more)).encode(), "files": {}}
        return bench.grade(job)

    return grade


def points(result: dict[str, Any]) -> float:
    return sum(result["scores"].values())


def errors(result: dict[str, Any]) -> dict[str, str]:
    """The first error of every cell that has one, by the cell's id."""
    found = {}
    for each in json.loads(result["notebook"])["cells"]:
        of_cell = [o for o in each.get("outputs", []) if o["output_type"] == "error"]
        if of_cell:
            found[each["id"]] = f"{of_cell[0]['ename']}: {of_cell[0]['evalue']}"
    return found


def test_right_answers_have_every_point(graded: Graded) -> None:
    result = graded()
    assert points(result) == 7 and errors(result) == {}


@pytest.mark.parametrize(
    ("double", "scores"),
    [
        ("def double(x): return x", (0, 2, 0)),
        ("def double(x): raise ValueError('no')", (0, 2, 0)),
        ("def double(x: return", (0, 2, 0)),
        ("twice = 2", (0, 2, 0)),
        ("double = 3", (0, 2, 0)),
        ("def double(x): return 2 * x\nraise ValueError", (1, 2, 4)),
        ("def double(x): return triple(x) - x if x != 2 else 4", (1, 2, 4)),
    ],
)
def test_an_answer_costs_what_depends_on_it(graded: Graded, double: str, scores: tuple[float, ...]) -> None:
    assert tuple(graded(double)["scores"].values()) == scores


@pytest.mark.parametrize("death", ["os._exit(0)", "os.abort()", "ctypes.string_at(0)", "os.kill(os.getpid(), 9)"])
def test_a_function_that_kills_its_process_costs_its_test_and_no_other(graded: Graded, death: str) -> None:
    result = graded(more=f"import os, ctypes\ndef deadly(): {death}", triple=(
        "import os, ctypes\ndef triple(x):\n    if x == 2: " + death + "\n    return 3 * x"))  # fmt: skip
    assert result["scores"] == {"test-double": 1, "test-triple": 0, "test-both": 4}
    assert errors(result) == {
        "test-triple": "DeadKernelError: its Python ended by an exit or a crash while cell test-triple ran"
    }


def test_a_cell_that_kills_its_process_is_not_run_again(graded: Graded) -> None:
    result = graded(triple=f"{RIGHT[1]}\nimport os\nos._exit(1)")
    assert result["scores"] == {"test-double": 1, "test-triple": 0, "test-both": 0}
    assert errors(result)["triple"] == "DeadKernelError: its Python ended by an exit or a crash while cell triple ran"
    assert "NameError" in errors(result)["test-triple"]


def test_one_that_dies_again_and_again_is_given_up(graded: Graded) -> None:
    deadly = "import os\ndef double(x): os._exit(1)"
    result = graded(deadly, "import os\ndef triple(x): os._exit(1)", "import os\nos._exit(1)")
    assert points(result) == 0
    assert errors(result)["test-both"].startswith("DeadKernelError")
    assert len(errors(result)) == 4


@pytest.mark.parametrize(
    "endless",
    ["while True: pass", "import time; time.sleep(60)", "while True:\n        try: import time; time.sleep(1)\n"
     "        except BaseException: pass", "sum(x for _ in iter(int, 1))"],
    ids=["loop", "sleep", "swallows", "generator"],
)  # fmt: skip
def test_a_function_that_does_not_end_is_stopped(graded: Graded, endless: str) -> None:
    started = monotonic()
    result = graded(double=f"def double(x):\n    {endless}\n    return 2 * x if x == 6 else 0")
    assert result["scores"] == {"test-double": 0, "test-triple": 2, "test-both": 0}
    assert errors(result)["test-double"].startswith("CellTimeoutError")
    assert result["verdict"]["exercises"][0]["remark"] == "timed out"
    assert monotonic() - started < 2 * (CELL + 1) + PATIENCE


def test_a_cell_that_does_not_end_is_stopped_and_keeps_what_it_had(graded: Graded) -> None:
    result = graded(triple=f"{RIGHT[1]}\nwhile True: pass")
    assert points(result) == 7
    assert errors(result)["triple"].startswith(("CellTimeoutError", "KeyboardInterrupt"))


def test_a_notebook_has_a_time_of_its_own(graded: Graded) -> None:
    bad = "def double(x):\n    while True:\n        try: all(iter(lambda: 1, 0))\n        except BaseException: pass"
    started = monotonic()
    result = graded(bad, more="import time\n" + "time.sleep(0.9)\n" * 2)
    assert monotonic() - started < NOTEBOOK + 2 * CELL + PATIENCE
    assert result["scores"]["test-triple"] == 2


def test_what_had_run_is_run_again_in_a_new_process(graded: Graded) -> None:
    """State that earlier cells left is there for later ones, also after a death."""
    result = graded(
        double="import os\nfactor = 2\ndef double(x):\n    if x == 2: os._exit(1)\n    return factor * x",
        more="factor = 1 * factor",
    )
    assert result["scores"] == {"test-double": 0, "test-triple": 2, "test-both": 4}


def test_files_of_a_process_do_not_reach_the_next(graded: Graded) -> None:
    again = "import os\nfound = os.path.exists('mark')\nopen('mark', 'w').close()\n"
    for _ in range(2):
        assert points(graded(again + "def double(x): return 2 * x if not found else 0")) == 7


def test_every_submission_starts_with_the_same_random_numbers(graded: Graded) -> None:
    import_and_show = "import random, numpy, torch\nrandom.random(), numpy.random.rand(), torch.rand(1).item()"
    first, second = (graded(more=import_and_show)["notebook"] for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("assert double(2) == 4", {"double"}),
        ("import numpy as np\nnp.zeros(2)", set()),
        ("from a import b as c\nc(d)", {"d"}),
        ("for n in numbers: f(n)", {"numbers", "f"}),
        ("assert [f(n) for n in range(3)] == [0]", {"f"}),
        ("def helper(x): return f(x) + g\nhelper(1)", {"f", "g"}),
        ("try: f()\nexcept ValueError as error: print(error)", {"f"}),
        ("X = X + 1", {"X"}),
        ("X += 1", {"X"}),
        ("def helper(double): return double(1)\nhelper(double)", {"double"}),
        ("(lambda double: double(1))(double)", {"double"}),
        ("assert all(f(x) for x in xs) and x == 3", {"f", "xs", "x"}),
        ("with open('f') as file: read(file)", {"read"}),
        ("class Case:\n    value = f(1)\n    def run(self): return value", {"f", "value"}),
        ("def helper():\n    global count\n    count = 1\nhelper()", set()),
        ("f(1", set()),
        ("found = None\nfound = f(found)", {"f"}),
        ("print(len('abs'))", set()),
    ],
)
def test_the_names_that_a_test_needs(source: str, names: set[str]) -> None:
    assert free_names(source) == names


def test_an_import_of_an_answer_cell_is_no_trusted_one() -> None:
    made = nbformat.v4.new_notebook()
    made.cells = [
        cell("a", "import evil as np", solution=True),
        cell("b", "import numpy as np, os.path\nfrom math import *\nfrom math import tau as full"),
    ]
    assert prelude(made) == {
        "np": "import numpy as np",
        "os": "import os.path",
        "full": "from math import tau as full",
    }
