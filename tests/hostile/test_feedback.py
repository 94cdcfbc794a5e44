"""What hidden tests ask does not reach the feedback page, by whatever way learners' code tries to bring it there.

Everybody is graded twice, by hidden tests that differ in nothing but what they ask: the pages have to be the same.
"""

import os
import re
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from tests.grading.conftest import NAME, grade_all, hand_in

from .course import FULL, hostile_course, paper

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="the sandbox needs Linux")]
OTHERWISE = {"double(-3) == -6": "double(-4) == -8", "triple(5) == 15": "triple(6) == 18", "table(5)": "table(6)"}
# Every learner's `double` is right and keeps what it was asked.
SEEN = """
seen = []
def double(x):
    seen.append(x)
    return 2 * x
def number():
    return sum(abs(x) * 7 ** n for n, x in enumerate(seen) if type(x) is int)"""
RAISES = "def table(n):\n    "
ANSWERS = {
    "text of an exception": {"table": RAISES + "raise ValueError(str(seen))"},
    "name of an exception": {"table": RAISES + "raise type(f'Saw{number()}', (Exception,), {})"},
    "one of Python's exceptions": {
        "table": RAISES + "raise (ValueError, KeyError, IndexError, OSError)[number() % 4]"
    },
    "text in the hidden test": {
        "double": SEEN.replace("return 2", "assert type(x) is not int or x > 0, seen; return 2")
    },
    "name in the hidden test": {
        "double": SEEN.replace(
            "return 2", "if type(x) is int and x < 0: raise type(f'Saw{seen}', (Exception,), {})\n    return 2"
        )
    },
    "printed": {"table": "def table(n):\n    print(seen)\n    return np.outer(range(n), range(n))"},
    "printed and wrong": {"table": "def table(n):\n    print(seen)\n    return n"},
    "name of a class": {
        "net": "def net():\n    return type(f'Saw{number()}', (torch.nn.Module,), {})()",
    },
    "line of the learner's": {
        "table": "def table(n):\n    import linecache\n    line = f'raise ValueError() # {seen}'\n"
        "    linecache.cache['own'] = len(line), None, [line], 'own'\n    exec(compile(line, 'own', 'exec'))",
    },
    "kept in a file": {
        "table": "def table(n):\n    open('seen', 'a').write(str(seen))\n    raise ValueError(open('seen').read())",
    },
    "in the warnings": {"table": "import warnings\ndef table(n):\n    warnings.warn(str(seen))\n    return n"},
    "as a process that ends": {
        "table": "import os\ndef table(n):\n    os._exit(0) if number() % 2 else None\n    return n"
    },
}
LATER = {
    "shown in a later cell": "print(seen)\nseen",
    "raised in a later cell": "raise ValueError(str(seen))",
    "kind of error in a later cell": "raise (ValueError, KeyError, IndexError, OSError)[number() % 4]",
    "whether a later cell fails": "assert number() % 2",
    "number of outputs in a later cell": "from IPython.display import display\nfor n in range(number() % 9):\n"
    "    display(n)",
    "whether a later cell ends": "while number() % 2: pass",
    "whether a later cell dies": "import os\nif number() % 2: os._exit(0)",
}
EVERYBODY = [*ANSWERS, *LATER]


def handed_in(name: str) -> NotebookNode:
    notebook = paper(**({"double": SEEN} | ANSWERS.get(name, {})))
    if name in LATER:
        notebook.cells.append(nbformat.v4.new_code_cell(LATER[name], id="later"))
        notebook.cells.append(nbformat.v4.new_code_cell("1 + 1", id="last"))
    return notebook


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    """Everybody's page, as graded by the one and by the other hidden tests."""
    made = []
    for change in ({}, OTHERWISE):
        course = hostile_course(tmp_path_factory.mktemp("feedback") / "course", change)
        for name in (*EVERYBODY, "honest"):
            hand_in(course, name, paper() if name == "honest" else handed_in(name))
        verdicts = grade_all(course, workers=4)
        assert verdicts["honest"].score == FULL
        folder: Path = course.folder / "feedback"
        made.append({name: (folder / name / NAME / f"{NAME}.html").read_text() for name in verdicts})
    return made


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_page_is_the_same_whatever_hidden_tests_ask(pages: list[dict[str, str]], name: str) -> None:
    assert pages[0][name] == pages[1][name]


@pytest.mark.parametrize("name", ANSWERS)
def test_what_went_wrong_is_on_it_all_the_same(pages: list[dict[str, str]], name: str) -> None:
    text = pages[0][name]
    assert "full points" in text
    if name != "printed":
        assert "no points" in text and "Where it stopped" in text


def test_what_a_visible_test_brings_up_is_shown(pages: list[dict[str, str]]) -> None:
    """Hidden tests come last: until then `double` was asked for the double of 2, and nothing else."""
    text = re.sub("<[^>]*>", "", pages[0]["text of an exception"])
    assert "ValueError: [2]" in text
    assert "in a further test, which is not shown" in pages[0]["name in the hidden test"]
