"""A candidate and its examiner: what test cells see of the learner's names, as in one process and yet apart."""

from collections.abc import Iterator
from time import monotonic
from typing import Any

import nbformat
import pytest

from cnnwidgets.grading.engine.outputs import credited
from cnnwidgets.grading.engine.pair import Pair, Sitting
from cnnwidgets.grading.engine.trusted import prelude, trusted

pytestmark = pytest.mark.slow

LEARNER = """
import numpy as np, torch, warnings
kept = np.zeros(2)
def same(): return kept
def fresh(): return np.zeros(2)
def echo(*a, **k): return (a, k)
def itself(X): return X
def spoil(X): X[0] = 9
def grow(items): items.append(1)
def fail(): raise ValueError("as it should")
def shout(): print("out"); warnings.warn("loud"); return 1
class Scale(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.ones(3))
        self.inner = torch.nn.Sequential(torch.nn.Linear(3, 2))
    def forward(self, x): return self.inner(x * self.weight)
"""


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell("import numpy as np\nfrom math import tau as full")]
    with Pair(trusted(notebook)) as made:
        yield made


@pytest.fixture
def sitting(pair: Pair) -> Iterator[Sitting]:
    made = pair.sitting()
    made.candidate.deadline = monotonic() + 20
    made.candidate.ask("cell", LEARNER)
    yield made
    made.close()


def examined(sitting: Sitting, source: str) -> list[dict[str, Any]]:
    sitting.examiner.send([source, 5.0])
    outputs: list[dict[str, Any]] = sitting.examiner.receive(20)["outputs"]
    return outputs


@pytest.mark.parametrize(
    "source",
    [
        "assert same() is same() and fresh() is not fresh()",
        "assert echo(1, 'a', b=[2.5, None]) == ((1, 'a'), {'b': [2.5, None]})",
        "X = np.ones(3); assert itself(X) is X",
        "X = np.ones(3); spoil(X); assert X[0] == 9",
        "items = []; grow(items); assert items == [1]",
        "import pytest\nwith pytest.raises(ValueError, match='as it should'): fail()",
        "assert abs(full - 6.283) < 0.01",
        "assert type(echo(np.float32(1))[0][0]) is np.float32",
        "assert echo.__name__ == 'echo' and callable(echo)",
        "import torch\nnet = Scale(); assert isinstance(net, torch.nn.Module)\n"
        "assert [n for n, _ in net.named_parameters()] == ['weight', 'inner.0.weight', 'inner.0.bias']",
        "import torch\nnet = Scale(); x = torch.ones(4, 3, requires_grad=True)\n"
        "net(x).sum().backward()\n"
        "assert torch.allclose(net.inner.get_submodule('0').bias.grad, torch.full((2,), 4.0))\n"
        "assert x.grad.shape == (4, 3)",
        "import torch\nnet = Scale(); state = {n: torch.zeros_like(p) for n, p in net.named_parameters()}\n"
        "net.load_state_dict(state); assert net(torch.ones(1, 3)).tolist() == [[0, 0]]",
        "import torch\nnet = Scale(); step = torch.optim.SGD(net.parameters(), 0.1)\n"
        "before = net(torch.ones(1, 3)).sum()\n"
        "before.backward(); step.step(); assert net(torch.ones(1, 3)).sum() < before",
    ],
)
def test_a_plain_assertion_works_as_it_stands(sitting: Sitting, source: str) -> None:
    assert examined(sitting, source) == []


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("2.5", "2.5"),
        ("import numpy as np\nnp.float64(1.5)", "np.float64(1.5)"),
        ("float('nan')", "nan"),
        ("-1", "-1"),
    ],
)
def test_the_last_value_is_the_result(sitting: Sitting, source: str, shown: str) -> None:
    (output,) = examined(sitting, source)
    assert (output["output_type"], output["data"]["text/plain"]) == ("execute_result", shown)


def test_what_is_printed_is_shown(sitting: Sitting) -> None:
    outputs = examined(sitting, "shout();")
    assert {each["name"]: "out" in each["text"] or "loud" in each["text"] for each in outputs} == {
        "stdout": True,
        "stderr": True,
    }


def test_a_cell_starts_with_nothing_of_the_one_before(sitting: Sitting) -> None:
    assert examined(sitting, "left = 1") == []
    (output,) = examined(sitting, "left")
    assert output["ename"] == "NameError"


def test_the_learner_sees_nothing_of_the_test(sitting: Sitting) -> None:
    sitting.candidate.ask("cell", "import os\ndef names(): return sorted(globals()), dict(os.environ)")
    assert (
        examined(sitting, "expected = 42; assert 'expected' not in names()[0]\nassert 'USER' not in names()[1]") == []
    )


def test_an_import_of_an_answer_cell_is_no_trusted_one() -> None:
    notebook = nbformat.v4.new_notebook()
    answer = nbformat.v4.new_code_cell("import evil as np")
    answer.metadata.nbgrader = {"solution": True, "grade": False, "grade_id": "a"}
    notebook.cells = [answer, nbformat.v4.new_code_cell("import numpy as np, os.path\nfrom math import *")]
    assert prelude(notebook) == {"np": "import numpy as np", "os": "import os.path"}


@pytest.mark.parametrize(
    ("text", "kinds", "shown"),
    [
        ("2.5", ["execute_result"], "2.5"),
        ("np.float64(1.5)", ["execute_result"], "1.5"),
        ("nan", ["error", "execute_result"], "nan"),
        ("np.float64(nan)", ["error", "execute_result"], "nan"),
        ("-1", ["error", "execute_result"], "-1"),
        ("inf", ["error", "execute_result"], "inf"),
        ("True", ["execute_result"], "True"),
    ],
)
def test_partial_credit_is_a_number_from_0_up(text: str, kinds: list[str], shown: str) -> None:
    outputs = credited([nbformat.v4.new_output("execute_result", data={"text/plain": text})])
    assert [each.output_type for each in outputs] == kinds
    assert outputs[-1].data["text/plain"] == shown
