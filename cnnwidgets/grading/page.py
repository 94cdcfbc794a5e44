"""The page that a learner gets back: scores first, then each answer with its report. No network, no scripts.

Hidden tests and what they ask never reach it: their code is left out, and so is whatever learners' code said while or
after it was asked. Text, Markdown and HTML that a learner wrote are shown as such and can not act.
"""

import builtins
import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from nbformat import NotebookNode

from .engine.run import DIED, TIMED_OUT
from .findings import answers_of, exercise_name, failure_of, telling_report
from .hide import Secrets, hidden_in, without_marks
from .inert import inert
from .notebooks import tags
from .repair import NOTICE

TEMPLATES = Path(__file__).parent / "templates"
_NUMBER = re.compile(r"\s*[\d.e+-]+\s*")


@dataclass(frozen=True)
class Scores:
    """What the page says in figures."""

    student: str
    assignment: str
    points: dict[str, float]  #: by the name of the cell
    unanswered: set[str] = field(default_factory=set)  #: answer cells that stand as they were handed out
    comments: dict[str, str] = field(default_factory=dict)  #: a person's, by the name of the cell
    late_penalty: float = 0.0


def render(notebook: NotebookNode, scores: Scores, given: NotebookNode) -> str:
    """The page of a graded notebook, as HTML; `given` is the author's notebook, whose text can be trusted."""
    shown, secrets, late = [], Secrets(), False
    trusted = {cell.source for cell in given.cells}
    for cell in notebook.cells:
        test = bool(tags(cell).get("grade")) and not tags(cell).get("solution")
        outputs = (
            [_reduced(each) for each in cell.get("outputs", [])] if late and not test else cell.get("outputs", [])
        )
        if test:
            secrets = hidden_in(cell.source)
            outputs = [secrets.taken_out(each) for each in outputs]
            outputs = [each for each in outputs if not (secrets and each.output_type == "stream")]
            late = late or bool(secrets)
        source = without_marks(cell.source)
        shown.append(
            {
                "tags": tags(cell),
                "html": _code(source) if cell.cell_type == "code" else _markdown(source, cell.source in trusted),
                "outputs": [html for each in outputs if (html := _output(each, test))],
                "cell": cell,
                "notebook_outputs": outputs,
            }
        )
    by_cell = {id(each["cell"]): each for each in shown}
    exercises = [
        _exercise(by_cell[id(cell)], [by_cell[id(each)] for each in answers], scores)
        for cell, answers in answers_of(notebook)
    ]
    rest = [each for each in shown if not each["tags"].get("grade") and not each["tags"].get("solution")]
    total = max(0.0, sum(each["score"] for each in exercises) - scores.late_penalty)
    return _template().render(
        scores=scores, exercises=exercises, rest=rest, total=total, most=sum(each["points"] for each in exercises)
    )


def _exercise(test: dict[str, Any], answers: list[dict[str, Any]], scores: Scores) -> dict[str, Any]:
    """What the page says about one cell that gives points."""
    cell = test["cell"]
    cell_name = tags(cell)["grade_id"]
    name = exercise_name(cell_name)
    shown = NotebookNode(outputs=test["notebook_outputs"])
    report, failure = telling_report(shown) or {}, failure_of(shown)
    blank = bool(answers) and all(each["tags"]["grade_id"] in scores.unanswered for each in answers)
    misconception = report.get("misconception")
    score, points = scores.points.get(cell_name, 0.0), float(tags(cell).get("points") or 0)
    if failure and failure[0] == TIMED_OUT:
        finding = "stopped: it ran past the time limit"
    elif blank:
        finding = "not answered yet"
    elif isinstance(misconception, dict) and misconception.get("title"):
        finding = str(misconception["title"])
    elif report.get("summary"):
        finding = str(report["summary"]).removeprefix(f"{name}: ").removeprefix(f"{name} ")
    elif failure:
        finding = f"{failure[0]}: {failure[1]}".strip(": ")
    else:
        finding = "right" if score >= points else ""
    return {
        "name": name,
        "score": score,
        "points": points,
        "state": "right" if score >= points else "partly" if score > 0 else "wrong",
        "finding": f"{finding[0].upper()}{finding[1:]}".splitlines()[0][:200].rstrip(".") if finding else "",
        "answers": [each | {"comment": scores.comments.get(each["tags"]["grade_id"])} for each in answers],
        "comment": scores.comments.get(cell_name),
        "test": test,
        "shown": [_output(each, True) for each in test["notebook_outputs"] if not _is_noise(each)],
        "stopped": _stopped(failure),
        "traceback": next((_output(e, True) for e in test["notebook_outputs"] if e.output_type == "error"), None),
        "blank": blank,
        "put_back": cell.source.startswith(NOTICE),
    }


def _stopped(failure: tuple[str, str] | None) -> str | None:
    """Why a test cell did not come to its end, as a sentence."""
    if failure is None:
        return None
    if failure[0] == TIMED_OUT:
        return "The test cell ran past the time limit and was stopped, so it gives no points."
    return f"The test cell stopped with {failure[0]}, so it gives no points."


def _is_noise(output: NotebookNode) -> bool:
    """What the page says in its own words: the points that a test cell ends with, and the error that ended it."""
    if output.output_type == "execute_result":
        return set(output.data) == {"text/plain"} and bool(_NUMBER.fullmatch(str(output.data["text/plain"])))
    return bool(output.output_type == "error")


def _reduced(output: NotebookNode) -> NotebookNode:
    """What may be shown of a learner's cell that ran when hidden tests had been put to the learner's functions."""
    text = "(output not shown: hidden tests had run before this cell)"
    if output.output_type != "error":
        return NotebookNode(output_type="stream", name="stdout", text=text)
    name = output.ename if hasattr(builtins, output.ename) or output.ename in (TIMED_OUT, DIED) else "an error"
    return NotebookNode(
        output_type="error", ename=name, evalue="", traceback=[f"This cell ended with {name}. {text}"]
    )


def _output(output: NotebookNode, trusted: bool) -> Markup | None:
    """One output as HTML; what a learner's cell shows is disarmed."""
    if output.output_type == "stream":
        return Markup('<pre class="stream">{}</pre>').format(_ansi(output.text))
    if output.output_type == "error":
        text = "\n".join(output.traceback) or f"{output.ename}: {output.evalue}"
        return Markup('<pre class="error">{}</pre>').format(_ansi(text))
    data = output.get("data", {})
    if "application/vnd.jupyter.widget-view+json" in data:
        return Markup('<p class="quiet">An interactive widget stands here in the notebook.</p>')
    if "text/html" in data:
        html = str(data["text/html"])
        return Markup('<div class="html">{}</div>').format(Markup(html if trusted else inert(html)))
    for kind in ("image/png", "image/jpeg"):
        if kind in data:
            source = f"data:{kind};base64," + str(data[kind]).replace("\n", "")
            return Markup('<img alt="picture" src="{}">').format(source)
    if "text/markdown" in data:
        return _markdown(str(data["text/markdown"]), trusted)
    if "text/plain" in data:
        return Markup('<pre class="stream">{}</pre>').format(_ansi(str(data["text/plain"])))
    return None


@cache
def _template() -> Any:
    from pygments.formatters import HtmlFormatter

    home = Environment(loader=FileSystemLoader(str(TEMPLATES)), autoescape=True)
    home.globals["code_css"] = Markup(HtmlFormatter(style="default").get_style_defs(".highlight"))
    home.globals["css"] = Markup((TEMPLATES / "page.css").read_text(encoding="utf-8"))
    return home.get_template("page.html.j2")


@lru_cache(2048)
def _code(source: str) -> Markup:
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import Python3Lexer

    return Markup(highlight(source, Python3Lexer(), HtmlFormatter()))


@lru_cache(2048)
def _markdown(source: str, trusted: bool) -> Markup:
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    renderer = IPythonRenderer(escape=not trusted, exclude_anchor_links=True)
    return Markup(MarkdownWithMath(renderer=renderer).render(source))  # type: ignore[no-untyped-call]


def _ansi(text: str) -> Markup:
    from nbconvert.filters import ansi2html

    return Markup(ansi2html(text))  # type: ignore[no-untyped-call]
