"""Honest code of every habit, graded in the sandbox: it scores as it should, whatever else it does."""

import os
from pathlib import Path

import pytest
from nbformat import NotebookNode

from cnnwidgets.grading.course import open_course
from cnnwidgets.grading.verdict import Exercise, Verdict

from .conftest import NAME, RIGHT, answered, cell, grade_all, hand_in, make_course, source_notebook

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="the sandbox needs Linux")]

# What the first answer cell holds; it is worth 2 points, and the second exercise is answered rightly.
HABITS = {
    "warns": "import warnings\ndef double(x):\n    warnings.warn('careful')\n    return 2 * x",
    "deprecated": "import warnings\nwarnings.simplefilter('always')\nwarnings.warn('old', DeprecationWarning)\n"
    "def double(x): return 2 * x",
    "prints": "print('hello')\ndef double(x):\n    print('doubling', x, flush=True)\n    return 2 * x\n"
    "print(double(1))",
    "writes to stderr": "import sys\ndef double(x):\n    sys.stderr.write('psst')\n    return 2 * x",
    "logs": "import logging\nlogging.basicConfig(level='INFO')\n"
    "def double(x):\n    logging.info(x)\n    return 2 * x",
    "plots": "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('two')\nplt.show()\n"
    "def double(x):\n    fig, ax = plt.subplots()\n    ax.imshow([[x]])\n    return 2 * x",
    "plots inline": "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.hist([1, 2, 2])\n"
    "def double(x): return 2 * x",
    "saves a figure": "import matplotlib.pyplot as plt\nplt.plot([1]); plt.savefig('figure.png'); plt.close()\n"
    "def double(x): return 2 * x",
    "torch with threads": "import torch\ntorch.set_num_threads(4)\nA = torch.randn(700, 700)\nB = (A @ A.T).sum()\n"
    "def double(x):\n    return (torch.ones(300, 300) @ torch.full((300, 1), 2.0 * x))[0].item() / 300",
    "torch, learning": "import torch\nw = torch.zeros(1, requires_grad=True)\no = torch.optim.Adam([w], lr=0.1)\n"
    "for _ in range(300):\n    o.zero_grad(); ((w - 2) ** 2).backward(); o.step()\n"
    "def double(x): return x * round(w.item())",
    "a loader of data": "import torch\nfrom torch.utils.data import DataLoader, TensorDataset\n"
    "batches = list(DataLoader(TensorDataset(torch.arange(6)), batch_size=2, shuffle=True))\n"
    "def double(x): return x * len(batches) - x",
    "threads": "import threading\ndef double(x):\n    found = []\n"
    "    each = [threading.Thread(target=lambda: found.append(x)) for _ in range(2)]\n"
    "    [t.start() for t in each]; [t.join() for t in each]\n    return sum(found)",
    "a pool of threads": "from concurrent.futures import ThreadPoolExecutor\n"
    "def double(x):\n    with ThreadPoolExecutor(4) as pool:\n        return sum(pool.map(int, [x, x]))",
    "asynchronous": "import asyncio\nasync def twice(x):\n    await asyncio.sleep(0)\n    return 2 * x\n"
    "known = {n: await twice(n) for n in (2, -3)}\ndef double(x): return known[x]",
    "files": "from pathlib import Path\nPath('notes').mkdir(exist_ok=True)\n"
    "with open('notes/a.txt', 'w') as file: file.write('2')\n"
    "def double(x): return x * int(open('notes/a.txt').read())",
    "temporary files": "import tempfile\ndef double(x):\n    with tempfile.TemporaryFile('w+') as file:\n"
    "        file.write(str(2 * x)); file.seek(0)\n        return int(file.read())",
    "arrays on disk": "import numpy as np\nnp.save('two.npy', np.array(2))\n"
    "def double(x): return int(x * np.load('two.npy'))",
    "pickles": "import pickle\ndef double(x): return 2 * pickle.loads(pickle.dumps(x))",
    "its own data": "factor = int(open('data/factor.txt').read())\ndef double(x): return factor * x",
    "its own module": "from mine import twice\ndef double(x): return twice(x)",
    "the author's data": "one = float(open('one.txt').read())\ndef double(x): return int((one + one) * x)",
    "the author's module": "import given\ndef double(x): return given.TWO * x",
    "writes a module": "%%writefile other.py\ndef twice(x): return 2 * x",
    "magics": "%time 1 + 1\n%precision 3\ndef double(x): return 2 * x\n%timeit -n1 -r1 double(1)",
    "a cell's magic": "%%time\ndef double(x): return 2 * x",
    "asks for help": "len?\ndef double(x): return 2 * x",
    "a command": "!ls\nx = !pwd\n%pip install nothing\ndef double(x): return 2 * x",
    "input": "def double(x): return 2 * x\nname = input('Your name? ')",
    "an error at the end": "def double(x): return 2 * x\ndouble(None)",
    "long lines": "def double(x): return 2 * x\n'x' * 10_000",
    "unicode": "π = 2\ndef double(x):\n    'Verdoppelt ×2 😀'\n    return π * x",
    "type hints": "from __future__ import annotations\nfrom typing import TypeVar\nN = TypeVar('N', int, float)\n"
    "def double(x: N) -> N: return 2 * x",
    "a decorator": "from functools import lru_cache\n@lru_cache\ndef double(x): return 2 * x",
    "a partial": "from functools import partial\nimport operator\ndouble = partial(operator.mul, 2)",
    "a callable object": "class Times:\n    def __init__(self, n): self.n = n\n"
    "    def __call__(self, x): return self.n * x\ndouble = Times(2)",
    "NumPy's numbers": "import numpy as np\ndef double(x): return np.int64(2) * x",
    "a float": "def double(x): return 2.0 * x",
    "an array of no axes": "import numpy as np\ndef double(x): return np.array(2 * x)",
    "a tensor": "import torch\ndef double(x): return torch.tensor(2 * x)",
    "global state": "calls = 0\ndef double(x):\n    global calls\n    calls += 1\n    return 2 * x",
    "deletes": "x = 3\ndel x\ndef double(x): return 2 * x",
    "changes folder": "import os\nos.makedirs('deep', exist_ok=True)\nos.chdir('deep')\ndef double(x): return 2 * x",
    "a seed": "import random\nrandom.seed(1); random.random()\ndef double(x): return 2 * x",
    "SciPy": "from scipy.signal import convolve\ndef double(x): return int(convolve([x], [2])[0])",
    "widgets": "import ipywidgets\nfrom IPython.display import display\ndisplay(ipywidgets.IntSlider())\n"
    "def double(x): return 2 * x",
    "HTML": "from IPython.display import HTML, Markdown, display, clear_output\n"
    "display(HTML('<b>2</b>'), Markdown('*2*'))\nclear_output()\ndef double(x): return 2 * x",
    "rich": "from rich import print\nprint('[bold]two[/bold]')\ndef double(x): return 2 * x",
    "progress": "from time import sleep\ndef double(x):\n    for n in range(3):\n"
    "        print(n, end='\\r'); sleep(0.01)\n    return 2 * x",
    "big memory": "import numpy as np\nX = np.ones((8192, 8192))\ndef double(x): return int(2 * x * X[0, 0])",
    "half a second": "import time\ndef double(x):\n    time.sleep(0.5)\n    return 2 * x",
}  # fmt: skip
FILES = {"data/factor.txt": "2", "mine.py": "def twice(x): return 2 * x"}
GIVEN = {"one.txt": "1.0", "given.py": "TWO = 2"}

# What a test cell ends with, of 2 points, and what it is worth; `double` is right, and `n` is what a test counted.
CREDIT: dict[str, tuple[str, float]] = {
    "all": ("2", 2),
    "half": ("n / 4", 1),
    "numpy": ("np.float64(n) / 4", 1),
    "float32": ("np.float32(0.25) * n", 1),
    "integer": ("np.sum([n > 1])", 1),
    "nan": ("np.float64('nan')", 0),
    "plain-nan": ("float('nan')", 0),
    "infinite": ("float('inf')", 0),
    "negative": ("-1", 0),
    "too-much": ("n * 1.0", 0),
    "nothing": ("None", 2),
    "true": ("n > 1", 2),
    "text": ("'1'", 2),
    "quiet": ("n / 4;", 2),
    "failed": ("assert n == 5\n1", 0),
    "printed": ("print(1)", 2),
    "warned": ("import warnings\nwarnings.warn('loud')\nn / 4", 1),
}  # fmt: skip


def student(habit: str) -> str:
    return habit.replace(" ", "-").replace(",", "").replace("'", "")


def with_source(notebook: NotebookNode, **sources: str) -> NotebookNode:
    for each in notebook.cells:
        each.source = sources.get(each.id, each.source)
    return notebook


def put(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


@pytest.fixture(scope="module")
def habits(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verdict]:
    course = make_course(tmp_path_factory.mktemp("honest") / "course")
    longer = (
        (course.folder / "nbgrader_config.py").read_text().replace("c.Execute.timeout = 2", "c.Execute.timeout = 15")
    )
    (course.folder / "nbgrader_config.py").write_text(longer)
    put(course.source(NAME).parent, GIVEN)
    for habit, code in HABITS.items():
        notebook = answered(code, RIGHT["triple"])
        if habit == "writes a module":
            notebook.cells.insert(2, cell("more", "from other import twice as double"))
        put(hand_in(course, student(habit), notebook).parent, FILES)
    return grade_all(open_course(course.folder))


@pytest.mark.parametrize("habit", HABITS)
def test_honest_code_has_its_points(habits: dict[str, Verdict], habit: str) -> None:
    verdict = habits[student(habit)]
    assert verdict.reason is None
    double, triple = verdict.exercises
    assert (double.points, triple.points) == (2, 3), double


@pytest.fixture(scope="module")
def credits(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Exercise]:
    """One assignment with a test cell for each way to end."""
    source = source_notebook()
    source.cells = source.cells[:2]
    for name, (end, _) in CREDIT.items():
        test = f"import numpy as np\nn = sum(double(k) == 2 * k for k in range(4))\n{end}"
        source.cells.append(cell(f"test-{name}", test, points=2))
    course = make_course(tmp_path_factory.mktemp("credit") / "course", source)
    handed_in = with_source(source, double=RIGHT["double"])
    hand_in(course, "ann", handed_in)
    return {each.name: each for each in grade_all(course)["ann"].exercises}


@pytest.mark.parametrize("name", CREDIT)
def test_what_a_test_ends_with_is_what_it_is_worth(credits: dict[str, Exercise], name: str) -> None:
    assert credits[name].points == CREDIT[name][1]


@pytest.mark.parametrize(("name", "said"), [("nan", "nan of 2"), ("negative", "-1 of 2"), ("too-much", "4.0 of 2")])
def test_an_impossible_number_is_told(credits: dict[str, Exercise], name: str, said: str) -> None:
    assert said in (credits[name].summary or "")
