"""An instructor's own notebook, with plain assertions of many kinds and no check: the scores are stock nbgrader's."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from cnnwidgets.grading.course import Course, open_course
from cnnwidgets.grading.verdict import Verdict

from .conftest import NAME, cell, grade_all, write
from .stock import Scores, graded_by_stock, scores

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="the sandbox needs Linux")]

# By exercise: the right answer, a wrong one (both complete code), and the test.
EXERCISES: dict[str, tuple[str, str, str]] = {
    "arrays": (
        "def normalise(X):\n    return (X - X.mean()) / X.std()",
        "def normalise(X):\n    return X - X.mean()",
        "X = np.arange(6.0).reshape(2, 3)\nnp.testing.assert_allclose(normalise(X).std(), 1)\n"
        "assert normalise(X).shape == X.shape and isinstance(normalise(X), np.ndarray)\n"
        "np.testing.assert_allclose(normalise(np.array([1.0, 3.0])), [-1, 1], err_msg='two numbers')",
    ),
    "lists": (
        "def evens(numbers):\n    return [n for n in numbers if n % 2 == 0]",
        "def evens(numbers):\n    return tuple(n for n in numbers if n % 2 == 0)",
        "assert isinstance(evens([1, 2]), list)\nassert evens(range(7)) == [0, 2, 4, 6]\nassert evens([]) == []\n"
        "assert len(evens([2] * 9)) == 9 and sum(evens({1: 0, 2: 0})) == 2",
    ),
    "errors": (
        "def root(x):\n    if x < 0:\n        raise ValueError('negative')\n    return x ** 0.5",
        "def root(x):\n    return abs(x) ** 0.5",
        "assert root(9) == 3\ntry:\n    root(-1)\nexcept ValueError as error:\n    assert 'negative' in str(error)\n"
        "else:\n    raise AssertionError('root(-1) raises no ValueError')",
    ),
    "words": (
        "def count(text):\n    found = {}\n    for word in text.lower().split():\n"
        "        found[word] = found.get(word, 0) + 1\n    return found",
        "from collections import Counter\ndef count(text):\n    return Counter(text.split())",
        "assert count('a b A') == {'a': 2, 'b': 1}\nassert count('') == {}\nassert 'x' not in count('y')\n"
        "assert f\"{count('One')['one']}\" == '1' and sorted(count('b a')) == ['a', 'b']",
    ),
    "sets": (
        "def common(a, b):\n    return set(a) & set(b) or None\ndef roots():\n    return {1j, -1j}",
        "def common(a, b):\n    return set(a) & set(b)\ndef roots():\n    return {1j, -1j}",
        "assert common('abc', 'bcd') == {'b', 'c'}\nassert common('a', 'b') is None\n"
        "assert all(abs(z ** 2 + 1) < 1e-9 for z in roots()) and len(roots()) == 2",
    ),
    "classes": (
        "class Account:\n    fee = 1\n    def __init__(self, owner, balance=0):\n"
        "        self.owner, self.balance = owner, balance\n        self.log = []\n"
        "    def withdraw(self, amount):\n        if amount + self.fee > self.balance:\n"
        "            raise ValueError('not enough')\n        self.balance -= amount + self.fee\n"
        "        self.log.append(amount)\n        return self.balance\n    @property\n"
        "    def empty(self):\n        return self.balance == 0\nclass Saving(Account):\n    fee = 0",
        "class Account:\n    fee = 1\n    def __init__(self, owner, balance=0):\n"
        "        self.owner, self.balance, self.log, self.empty = owner, balance, [], False\n"
        "    def withdraw(self, amount):\n        self.balance -= amount\n        return self.balance\n"
        "class Saving:\n    pass",
        "account = Account('Ann', balance=11)\nassert account.owner == 'Ann' and not account.empty\n"
        "assert account.withdraw(4) == 6 and account.balance == 6 and account.log == [4]\n"
        "try:\n    account.withdraw(6)\n    assert False, 'too much'\nexcept ValueError:\n    pass\n"
        "assert account.withdraw(5) == 0 and account.empty\n"
        "assert isinstance(Saving('Bob'), Account) and Saving('Bob', 3).withdraw(3) == 0\n"
        "assert type(account).__name__ == 'Account' and hasattr(account, 'log') and Account.fee == 1",
    ),
    "constants": (
        "RATE = 0.25\nNAMES = ['a', 'b']\nsquare = lambda x: x * x\nK = np.array([[1, -1]])",
        "RATE = 0.2\nNAMES = ['a', 'b']\nsquare = lambda x: x * x\nK = np.array([[1, -1]])",
        "assert RATE == 0.25 and NAMES[-1] == 'b' and square(1.5) == 2.25\n"
        "assert K.tolist() == [[1, -1]] and K.dtype.kind == 'i'\nX = square(K)\nassert (X == 1).all()\n"
        "RATE = RATE * 4\nassert RATE == 1",
    ),
    "arguments": (
        "def power(x, exponent=2, *, scale=1, **more):\n    return scale * x ** exponent + len(more)",
        "def power(x, exponent=2, scale=1):\n    return scale * x ** exponent",
        "assert power(3) == 9 and power(2, 3) == 8 and power(exponent=3, x=2, scale=10) == 80\n"
        "assert power(1, a=1, b=2) == 3\n"
        "try:\n    power(1, 2, 3)\nexcept TypeError:\n    pass\nelse:\n    assert False",
    ),
    "mutation": (
        "def ranked(items):\n    return sorted(items)\ndef push(items, item):\n    items.append(item)",
        "def ranked(items):\n    items.sort()\n    return items\ndef push(items, item):\n    items.append(item)",
        "given = [3, 1, 2]\nassert ranked(given) == [1, 2, 3]\nassert given == [3, 1, 2], 'it is changed'\n"
        "X = np.array([2.0, 1.0])\nranked(X)\nassert X[0] == 2\n"
        "nested = [[1], 2]\npush(nested[0], 5)\nassert nested == [[1, 5], 2] and push(nested, 0) is None",
    ),
    "modules": (
        "class Line(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.weight = nn.Parameter(torch.zeros(1))\n        self.bias = nn.Parameter(torch.zeros(1))\n"
        "    def forward(self, x):\n        return self.weight * x + self.bias",
        "class Line(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.weight = nn.Parameter(torch.zeros(1))\n        self.bias = torch.zeros(1)\n"
        "    def forward(self, x):\n        return self.weight * x + self.bias",
        "net = Line()\nassert isinstance(net, nn.Module) and net(torch.ones(2)).shape == (2,)\n"
        "x = torch.linspace(-1, 1, 20)\noptimiser = torch.optim.SGD(net.parameters(), lr=0.5)\nfor _ in range(50):\n"
        "    optimiser.zero_grad()\n    loss = nn.functional.mse_loss(net(x), 2 * x + 1)\n    loss.backward()\n"
        "    optimiser.step()\nassert loss < 1e-3, loss\n"
        "assert torch.allclose(net.weight, torch.tensor([2.0]), atol=0.1) and len(list(net.parameters())) == 2",
    ),
    "networks": (
        "def make():\n    return nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(8, 3))",
        "def make():\n    return nn.Sequential(nn.Conv2d(1, 2, 3), nn.Tanh(), nn.Flatten(), nn.Linear(8, 3))",
        "net = make()\nassert isinstance(net, nn.Sequential) and isinstance(net[1], nn.ReLU)\n"
        "assert net(torch.zeros(5, 1, 4, 4)).shape == (5, 3)\n"
        "assert sum(p.numel() for p in net.parameters()) == 47 and net[0].kernel_size == (3, 3)\n"
        "net.load_state_dict({k: torch.ones_like(v) for k, v in net.state_dict().items()})\n"
        "assert net(torch.ones(1, 1, 4, 4)).tolist() == [[81.0, 81.0, 81.0]]",
    ),
    "training": (
        "def step(net, loss, X, y, rate):\n    net.zero_grad()\n    value = loss(net(X), y)\n    value.backward()\n"
        "    with torch.no_grad():\n        for p in net.parameters():\n            p -= rate * p.grad\n"
        "    return value.item()",
        "def step(net, loss, X, y, rate):\n    return loss(net(X), y).item()",
        "net = nn.Linear(2, 1)\nX = torch.eye(2)\ny = torch.tensor([[1.0], [2.0]])\n"
        "losses = [step(net, nn.functional.mse_loss, X, y, 0.3) for _ in range(60)]\n"
        "assert losses[-1] < 0.01 < losses[0] and isinstance(losses[0], float)\n"
        "assert (net(X) - y).abs().max() < 0.2",
    ),
    "gradients": (
        "def huber(x):\n    return torch.where(x.abs() < 1, x ** 2 / 2, x.abs() - 0.5).sum()",
        "def huber(x):\n    return torch.where(x.abs() < 1, x ** 2 / 2, x.abs() - 0.5).detach().sum()",
        "x = torch.tensor([0.5, -3.0], requires_grad=True)\nhuber(2 * x).backward()\n"
        "assert x.grad.tolist() == [2.0, -2.0]\nassert huber(torch.zeros(2)) == 0",
    ),
    "together": (
        "def area(side):\n    return side ** 2\ndef total(sides):\n    return sum(area(side) for side in sides)\n"
        "def twice(f, x):\n    return f(f(x))\ndef adder(n):\n    return lambda x: x + n",
        "def area(side):\n    return side ** 2\ndef total(sides):\n    return sum(sides)\n"
        "def twice(f, x):\n    return f(f(x))\ndef adder(n):\n    return lambda x: x + n",
        "assert total([1, 2, 3]) == 14 and area(3) == 9\nassert twice(area, 3) == 81 and twice(adder(2), 1) == 5\n"
        "assert twice(np.sqrt, 16.0) == 2 and callable(adder(1))",
    ),
    "steps": (
        "def countdown(n):\n    while n > 0:\n        yield n\n        n -= 1",
        "def countdown(n):\n    while n >= 0:\n        yield n\n        n -= 1",
        "assert list(countdown(3)) == [3, 2, 1]\nassert sum(countdown(4)) == 10\nassert next(countdown(9)) == 9",
    ),
    "files": (
        "def mean_of(path):\n    with open(path) as file:\n"
        "        return float(np.mean([float(line) for line in file]))",
        "def mean_of(path):\n    return 3.0",
        "numbers = np.loadtxt('numbers.txt')\nassert close(mean_of('numbers.txt'), numbers.mean())",
    ),
    "chance": (
        "def init(n):\n    return torch.randn(n) / n, np.random.rand()",
        "def init(n):\n    return torch.rand(n), np.random.rand()",
        "torch.manual_seed(3); np.random.seed(3)\nw, u = init(4)\ntorch.manual_seed(3); np.random.seed(3)\n"
        "assert torch.equal(w, torch.randn(4) / 4) and u == np.random.rand()\n"
        "a, b = init(3)[0], init(3)[0]\nassert not torch.equal(a, b)",
    ),
    "given": (
        "def derivative(f, x, h=1e-5):\n    return (f(x + h) - f(x - h)) / (2 * h)",
        "def derivative(f, x, h=1e-5):\n    return f(x + h) - f(x)",
        "assert abs(derivative(lambda x: x ** 2, 3) - 6) < 1e-3\ndef cube(x):\n    return x ** 3\n"
        "assert abs(derivative(cube, 2) - 12) < 1e-3\ncalls = []\nderivative(lambda x: calls.append(x) or x, 1.0)\n"
        "assert len(calls) == 2\ntry:\n    derivative(lambda x: 1 / 0, 1)\nexcept ZeroDivisionError:\n    pass\n"
        "else:\n    assert False",
    ),
    "optimisers": (
        "def epoch(net, batches, optimiser):\n    for X, y in batches:\n        optimiser.zero_grad()\n"
        "        nn.functional.mse_loss(net(X), y).backward()\n        optimiser.step()",
        "def epoch(net, batches, optimiser):\n    for X, y in batches:\n"
        "        nn.functional.mse_loss(net(X), y).backward()\n        optimiser.step()",
        "torch.manual_seed(0)\nnet, twin = nn.Linear(2, 1), nn.Linear(2, 1)\ntwin.load_state_dict(net.state_dict())\n"
        "data = [(torch.randn(4, 2), torch.randn(4, 1)) for _ in range(3)]\n"
        "one = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)\n"
        "two = torch.optim.SGD(twin.parameters(), lr=0.1, momentum=0.9)\n"
        "for _ in range(2):\n    epoch(net, data, one)\n"
        "    for X, y in data:\n        two.zero_grad(); nn.functional.mse_loss(twin(X), y).backward(); two.step()\n"
        "assert torch.allclose(net.weight, twin.weight, atol=1e-5)",
    ),
    "credit": (
        "def signs(numbers):\n    return [1 if n > 0 else -1 if n < 0 else 0 for n in numbers]",
        "def signs(numbers):\n    return [1 if n > 0 else -1 for n in numbers]",
        "right = [signs([n]) == [s] for n, s in ((2, 1), (-2, -1), (0, 0))]\nsum(right)",
    ),
}  # fmt: skip
HELPER = "def close(a, b):\n    return abs(a - b) < 1e-9\n"


def notebook(answer: Callable[[str], str]) -> NotebookNode:
    made = nbformat.v4.new_notebook()
    made.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made.cells = [
        cell("imports", "import numpy as np\nimport torch\nfrom torch import nn\nfrom helper import close"),
        nbformat.v4.new_markdown_cell("Plain assertions, as most courses have them.", id="about"),
    ]
    for name, (_, _, test) in EXERCISES.items():
        made.cells += [cell(name, answer(name), solution=True), cell(f"test-{name}", test, points=3)]
    return made


def right(name: str) -> str:
    return EXERCISES[name][0]


def wrong(name: str) -> str:
    return EXERCISES[name][1]


NAMES = list(EXERCISES)
# Who answers what; stock nbgrader grades them too.
CLASS: dict[str, Callable[[str], str]] = {
    "right": right,
    "wrong": wrong,
    "half": lambda name: (right if NAMES.index(name) % 2 else wrong)(name),
}


def make_course(folder: Path) -> Course:
    home = folder / "solutions" / NAME
    solved = notebook(lambda name: f"### BEGIN SOLUTION\n{right(name)}\n### END SOLUTION")
    write(solved, home / f"{NAME}.ipynb")
    (home / "numbers.txt").write_text("1.5\n2\n4\n")
    (home / "helper.py").write_text(HELPER)
    (folder / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.source_directory = 'solutions'\n"
        "c.CourseDirectory.release_directory = 'exercises'\n"
    )
    for student, answer in CLASS.items():
        write(notebook(answer), folder / "submitted" / student / NAME / f"{NAME}.ipynb")
    return open_course(folder)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Verdict], Scores, Scores]:
    """The class graded by us and by stock nbgrader, side by side: our verdicts, our scores, stock's."""
    folder = tmp_path_factory.mktemp("plain")
    course = make_course(folder / "course")
    with ThreadPoolExecutor(1) as thread:
        stock = thread.submit(graded_by_stock, course.folder, NAME, folder / "stock")
        ours = make_course(folder / "ours")
        verdicts = grade_all(ours)
        return verdicts, scores(ours.folder, NAME), scores(stock.result(), NAME)


@pytest.mark.parametrize("name", EXERCISES)
@pytest.mark.parametrize("student", CLASS)
def test_the_score_is_stock_nbgraders(both: tuple, student: str, name: str) -> None:
    verdicts, ours, stock = both
    found = next(each for each in verdicts[student].exercises if each.name == name)
    assert ours[student][f"test-{name}"] == stock[student][f"test-{name}"], found.summary


@pytest.mark.parametrize("name", EXERCISES)
def test_right_is_right_and_wrong_is_wrong(both: tuple, name: str) -> None:
    _, ours, _ = both
    assert ours["right"][f"test-{name}"] == 3
    assert ours["wrong"][f"test-{name}"] == (2 if name == "credit" else 0)
