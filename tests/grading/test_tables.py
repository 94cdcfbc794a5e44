"""The closing table and its data."""

import io
import json

from rich.console import Console

from cnnwidgets.grading.tables import as_data, class_summary, class_table
from cnnwidgets.grading.verdict import Exercise, Verdict

TITLE = "The sign is lost"
CLASS = [
    Verdict("ann", None, (Exercise("double", 2.0, 2.0), Exercise("triple", 0.0, 3.0, TITLE, example="<p>long</p>"))),
    Verdict("bob", None, (Exercise("double", 2.0, 2.0), Exercise("triple", 1.0, 3.0)), seconds=0.5),
    Verdict("cy", "the file is not JSON"),
]


def test_the_data_say_how_the_class_did() -> None:
    data = json.loads(json.dumps(as_data("01-tiny", CLASS)))
    assert (data["graded"], data["not_graded"], data["average"], data["median"]) == (2, 1, 2.5, 2.5)
    assert data["misconceptions"] == {TITLE: 1}
    assert [each["seconds"] for each in data["submissions"]] == [0.0, 0.5, 0.0]
    assert "example" not in json.dumps(data)


def test_the_data_of_nobody_have_no_average() -> None:
    data = as_data("01-tiny", CLASS[2:])
    assert (data["average"], data["median"], data["misconceptions"]) == (None, None, {})


def test_the_summary_counts() -> None:
    text = "\n".join(class_summary(CLASS))
    assert "2 submissions graded, median 2.5 of 5" in text
    assert "1 submission not graded: it needs a person" in text


def test_nothing_in_the_table_is_a_command_to_the_terminal() -> None:
    evil = "x\x1b]0;title\x07\x1b[2J"
    exercises = (Exercise("double", 0.0, 2.0, summary=f"raised {evil}"),)
    console = Console(file=(out := io.StringIO()), force_terminal=True, width=200)
    console.print(class_table(console, "01-tiny", [Verdict(evil, None, exercises, (evil,)), Verdict("bob", evil)]))
    assert "\x1b]" not in out.getvalue() and "\x1b[2J" not in out.getvalue() and "\x07" not in out.getvalue()
