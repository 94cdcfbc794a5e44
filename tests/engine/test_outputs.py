"""Points from outputs, and outputs that can be trusted to be outputs."""

import json
from typing import Any

import nbformat
import pytest
from nbgrader.utils import determine_grade

from cnnwidgets.grading.engine.outputs import MOST, checked, credit, error, limit_lines
from cnnwidgets.grading.engine.shell import TRIMMED

MAXIMUM = 2.0


def result(text: str) -> Any:
    return {"output_type": "execute_result", "data": {"text/plain": text}, "execution_count": 1}


def stream(name: str, text: str = "loud\n") -> Any:
    return {"output_type": "stream", "name": name, "text": text}


def failed(name: str = "AssertionError") -> Any:
    return {"output_type": "error", "ename": name, "evalue": "", "traceback": [name]}


def shown(data: dict[str, Any]) -> Any:
    return {"output_type": "display_data", "data": data, "metadata": {}}


# What a test cell leaves, and its points of two; where nbgrader's own rule says otherwise, what that says.
CELLS: list[tuple[str, list[Any], float, Any]] = [
    ("nothing", [], 2, None),
    ("a number", [result("1")], 1, None),
    ("a fraction", [result("0.5")], 0.5, None),
    ("all", [result("2.0")], 2, None),
    ("zero", [result("0")], 0, None),
    ("minus zero", [result("-0.0")], 0, None),
    ("digits with a line", [result("1_0")], 0, "ValueError"),
    ("a NumPy number", [result("np.float64(0.5)")], 0.5, 2),
    ("a small NumPy number", [result("np.float32(1.25)")], 1.25, 2),
    ("a NumPy integer", [result("np.int64(1)")], 1, 2),
    ("NumPy's nan", [result("np.float64(nan)")], 0, 2),
    ("more than there is", [result("2.5")], 0, "ValueError"),
    ("more in NumPy's", [result("np.float64(3.0)")], 0, 2),
    ("infinity", [result("inf")], 0, "ValueError"),
    ("minus infinity", [result("-inf")], 0, 2),
    ("not a number", [result("nan")], 0, 2),
    ("negative", [result("-1")], 0, 2),
    ("True", [result("True")], 2, None),
    ("NumPy's True", [result("np.True_")], 2, None),
    ("False", [result("False")], 2, None),
    ("text", [result("'0.5'")], 2, None),
    ("NumPy's text", [result("np.str_('0.5')")], 2, None),
    ("a word", [result("None")], 2, None),
    ("an array", [result("array([0.5])")], 2, None),
    ("complex", [result("1j")], 2, None),
    ("a result without text", [{"output_type": "execute_result", "data": {}, "execution_count": 1}], 2, "KeyError"),
    ("an error", [failed()], 0, None),
    ("an error after all", [result("2"), failed()], 2, None),  # not to be had: an error ends a cell
    ("an error first", [failed(), result("2")], 0, None),
    ("a report and a number", [shown({"text/plain": "2"}), result("1")], 1, None),
    ("printed", [stream("stdout"), result("1.5")], 1.5, None),
    ("printed a number", [stream("stdout", "0.5")], 2, None),
    ("a warning", [stream("stderr"), result("1.5")], 1.5, 0),
    ("a warning alone", [stream("stderr")], 2, 0),
    ("a warning and an error", [stream("stderr"), failed()], 0, None),
]


@pytest.mark.parametrize(("left", "points"), [each[1:3] for each in CELLS], ids=[each[0] for each in CELLS])
def test_points(left: list[Any], points: float) -> None:
    outputs = checked(left)
    assert credit(outputs, MAXIMUM) == points
    assert credit(outputs, MAXIMUM) == points  # whoever counts again comes to the same
    assert points == 2 or outputs[-1].output_type in ("execute_result", "error")


@pytest.mark.parametrize(("left", "points", "stock"), [each[1:] for each in CELLS], ids=[each[0] for each in CELLS])
def test_nbgrader_counts_the_same_but_where_it_is_said(left: list[Any], points: float, stock: Any) -> None:
    """On the outputs as they are shown after credit was given, stock nbgrader comes to the same number."""
    cell = nbformat.v4.new_code_cell("")
    cell.outputs = [nbformat.from_dict(each) for each in left]
    cell.metadata.nbgrader = {"grade": True, "solution": False, "grade_id": "t", "points": MAXIMUM}
    if isinstance(stock, str):
        with pytest.raises(Exception) as caught:
            determine_grade(cell)
        assert type(caught.value).__name__ == stock
    else:
        expected = points if stock is None else stock
        assert determine_grade(cell)[0] == expected
    cell.outputs = checked(left)
    given = credit(cell.outputs, MAXIMUM)
    cell.outputs = [each for each in cell.outputs if each.get("name") != "stderr"]  # as the course's settings say
    if stock != "KeyError":
        assert determine_grade(cell)[0] == given


@pytest.mark.parametrize("text", ["-1", "nan", "3", "np.float64(inf)"])
def test_an_impossible_number_is_made_a_failed_test(text: str) -> None:
    outputs = checked([result(text)])
    assert credit(outputs, MAXIMUM) == 0
    assert outputs[0].output_type == "error" and "of 2 points" in outputs[0].evalue


def test_a_numpy_number_is_shown_as_a_number() -> None:
    outputs = checked([result("np.float64(0.5)")])
    credit(outputs, MAXIMUM)
    assert outputs[0].data["text/plain"] == "0.5"


@pytest.mark.parametrize(
    "found",
    [
        None, "text", {}, 3, [None], [[]], [{}], [{"output_type": "stream"}], [stream("stdin")],
        [stream("stdout") | {"text": 3}],
        [{"output_type": "error"}], [{"output_type": "error", "traceback": "x"}], [{"output_type": "update"}],
        [{"output_type": ["stream"]}], [{"output_type": "display_data", "data": []}],
        [{"output_type": "execute_result"}],
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_output_is_left_out(found: Any) -> None:
    assert checked(found) == []


def test_outputs_make_a_valid_notebook() -> None:
    found = [
        result("1"),
        stream("stdout", "half a pair: \ud800"),
        shown({"text/html": "<b>\udfff</b>", "image/png": 3, "application/json": {"a": [1]}, "text/plain": None}),
        shown({"application/json": {"a": {1, 2}}, "application/vnd.x+json": float("nan")}),
        {"output_type": "error", "ename": None, "evalue": 3, "traceback": [1, "line"]},
        stream("stderr", "\x00\x1b[31mred"),
    ]  # fmt: skip
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=checked(found))])
    nbformat.validate(notebook)
    json.dumps(notebook).encode("utf-8")
    assert len(notebook.cells[0].outputs) == len(found)
    assert dict(notebook.cells[0].outputs[2].data) == {"text/html": "<b>?</b>", "application/json": {"a": [1]}}


def test_there_are_not_too_many() -> None:
    assert len(checked([result("1")] * (MOST + 5))) == MOST


def test_long_output_is_cut_and_says_so() -> None:
    outputs = checked([stream("stdout", "\n".join(map(str, range(50)))), stream("stderr", "a\nb"), failed()])
    outputs[-1].traceback = [str(n) for n in range(50)]
    limit_lines(outputs, 10, 6)
    assert outputs[0].text.split("\n") == [*map(str, range(9)), TRIMMED]
    assert outputs[1].text == TRIMMED
    assert outputs[2].traceback == ["0", "1", "2", "... Traceback truncated ...", "48", "49"]
    limit_lines(outputs, -1, -1)
    assert len(outputs[0].text.split("\n")) == 10


def test_an_error_says_how_a_cell_failed() -> None:
    assert error("DeadKernelError", "its Python died").traceback == ["DeadKernelError: its Python died"]
