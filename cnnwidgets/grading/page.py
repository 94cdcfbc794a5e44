"""The page that a learner gets back: scores first, then each answer with its report. No network, no scripts.

Hidden tests and what they ask never reach it: their code is left out here, and what learners' code said when it had
met them before (see `hide`). Text, Markdown and HTML that a learner wrote are shown as such and can not act.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import cache, lru_cache
from time import process_time
from typing import Any

from jinja2 import Template
from markupsafe import Markup
from nbformat import NotebookNode

from .engine.patience import processor_time
from .engine.run import TIMED_OUT
from .findings import answers_of, exercise_name, failure_of, telling_report
from .hide import without_marks
from .html import template
from .inert import inert
from .notebooks import tags
from .repair import NOTICE

LONGEST = 100_000  # characters of a piece that is set; a longer one stands as plain text
PATIENCE = 20.0  # seconds of processor time to set all of a page
_NUMBER = re.compile(r"\s*[\d.e+-]+\s*")


@dataclass(frozen=True)
class Scores:
    """What the page says in figures."""

    student: str
    assignment: str
    points: dict[str, float]  #: by the name of the cell
    unanswered: set[str] = field(default_factory=set)  #: answer cells that stand as they were handed out
    comments: dict[str, str] = field(default_factory=dict)  #: a person's, by the name of the cell
    by_hand: Collection[str] = ()  #: cells that a person has scored
    waiting: Collection[str] = ()  #: cells that a person has yet to score
    late_penalty: float = 0.0


def render(notebook: NotebookNode, scores: Scores, given: NotebookNode) -> str:
    """The page of a graded notebook, as HTML; `given` is the author's notebook, whose text can be trusted.

    Of `notebook`, all outputs are shown: those that may be (`hide.shown`).
    """
    shown, setter = [], Setter()
    trusted = {cell.source for cell in given.cells}
    for cell in notebook.cells:
        test = bool(tags(cell).get("grade")) and not tags(cell).get("solution")
        outputs = cell.get("outputs", [])
        source = without_marks(cell.source, cell.cell_type == "code")
        shown.append(
            {
                "tags": tags(cell),
                "html": setter.code(source)
                if cell.cell_type == "code"
                else setter.markdown(source, cell.source in trusted),
                "outputs": [html for each in outputs if (html := setter.output(each, test))],
                "cell": cell,
                "notebook_outputs": outputs,
            }
        )
    by_cell = {id(each["cell"]): each for each in shown}
    exercises = [
        _exercise(by_cell[id(cell)], [by_cell[id(each)] for each in answers], scores, setter)
        for cell, answers in answers_of(notebook)
    ]
    rest = [
        each for each in shown if not {"grade", "solution", "task"} & {key for key, on in each["tags"].items() if on}
    ]
    total = max(0.0, sum(each["score"] for each in exercises) - scores.late_penalty)
    return _template().render(
        scores=scores,
        exercises=exercises,
        rest=rest,
        total=total,
        most=sum(each["points"] for each in exercises),
        pending=sum(each["points"] for each in exercises if each["state"] == "waits"),
    )


def _exercise(
    test: dict[str, Any], answers: list[dict[str, Any]], scores: Scores, setter: "Setter"
) -> dict[str, Any]:
    """What the page says about one cell that gives points."""
    cell = test["cell"]
    cell_name = tags(cell)["grade_id"]
    name = exercise_name(cell_name)
    shown = NotebookNode(outputs=test["notebook_outputs"])
    author = not tags(cell).get("solution")  # a cell that learners write and a person scores can show anything
    report = (telling_report(shown) or {}) if author else {}
    failure = failure_of(shown, [NotebookNode(outputs=each["notebook_outputs"]) for each in answers])
    blank = bool(answers) and all(each["tags"]["grade_id"] in scores.unanswered for each in answers)
    misconception = report.get("misconception")
    score, points = scores.points.get(cell_name, 0.0), float(tags(cell).get("points") or 0)
    if score < points and report.get("passed") == report.get("total"):
        report = {}  # it knows nothing of what went wrong
    waits, by_hand = cell_name in scores.waiting, cell_name in scores.by_hand
    if waits:
        finding = "waits for a person"
    elif by_hand:
        finding = "scored by hand"
    elif failure and failure[0] == TIMED_OUT:
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
        "state": "waits" if waits else "right" if score >= points else "partly" if score > 0 else "wrong",
        "finding": f"{finding[0].upper()}{finding[1:]}".splitlines()[0][:200].rstrip(".") if finding else "",
        "answers": [each | {"comment": scores.comments.get(each["tags"]["grade_id"])} for each in answers],
        "comment": scores.comments.get(cell_name),
        "test": test,
        "shown": [setter.output(each, author) for each in test["notebook_outputs"] if not _is_noise(each)],
        "stopped": _stopped(failure),
        "traceback": next(
            (setter.output(each, True) for each in test["notebook_outputs"] if each.output_type == "error"), None
        ),
        "blank": blank,
        "put_back": cell.source.startswith(NOTICE),
        "by_hand": by_hand,
        "person": cell.cell_type != "code" or bool(tags(cell).get("solution")),
        "task": bool(tags(cell).get("task")),
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


class Setter:
    """Sets code, Markdown and HTML, with patience: what is too long, or too much work, stands as plain text."""

    def __init__(self) -> None:
        self.left = PATIENCE

    def code(self, source: str) -> Markup:
        """Python in colours."""
        return self._set(source, _code)

    def markdown(self, source: str, trusted: bool) -> Markup:
        """Markdown; of a learner's, HTML in it is shown as such."""
        return self._set(source, lambda text: _markdown(text, trusted))

    def output(self, output: NotebookNode, trusted: bool) -> Markup | None:
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
            html = Markup(data["text/html"]) if trusted else self._set(str(data["text/html"]), _disarmed)
            return Markup('<div class="html">{}</div>').format(html)
        for kind in ("image/png", "image/jpeg"):
            if kind in data:
                source = f"data:{kind};base64," + str(data[kind]).replace("\n", "")
                return Markup('<img alt="picture" src="{}">').format(source)
        if "text/markdown" in data:
            return self.markdown(str(data["text/markdown"]), trusted)
        if "text/plain" in data:
            return Markup('<pre class="stream">{}</pre>').format(_ansi(str(data["text/plain"])))
        return None

    def _set(self, text: str, make: Callable[[str], Markup]) -> Markup:
        if len(text) <= LONGEST and self.left > 0:
            began = process_time()
            try:
                with processor_time(self.left, OutOfPatience):
                    return make(text)
            except (OutOfPatience, RecursionError):
                pass
            finally:
                self.left -= process_time() - began
        return Markup("<pre>{}</pre>").format(text)


class OutOfPatience(BaseException):
    """The time for a page is over; no library's `except Exception` is to stop it."""


@cache
def _template() -> Template:
    from pygments.formatters import HtmlFormatter

    # Each scheme for itself: what one style leaves plain must not keep the other's colour.
    schemes = {"light": HtmlFormatter(style="default"), "dark": HtmlFormatter(style="github-dark")}
    code = [
        "\n".join([f"@media (prefers-color-scheme: {scheme}) {{", *each.get_token_style_defs(".highlight"), "}"])
        for scheme, each in schemes.items()
    ]
    return template("page.html.j2", "base.css", "page.css", css="\n".join(code))


@cache
def _python() -> tuple[Any, Any]:
    """What reads Python and what sets it; to make the second takes as long as a cell."""
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import Python3Lexer

    return Python3Lexer(), HtmlFormatter()


@lru_cache(2048)
def _code(source: str) -> Markup:
    from pygments import highlight

    return Markup(highlight(source, *_python()))


@lru_cache(2048)
def _markdown(source: str, trusted: bool) -> Markup:
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    renderer = IPythonRenderer(escape=not trusted, allow_harmful_protocols=trusted, exclude_anchor_links=True)
    return Markup(MarkdownWithMath(renderer=renderer).render(source))


def _disarmed(html: str) -> Markup:
    return Markup(inert(html))


def _ansi(text: str) -> Markup:
    from nbconvert.filters import ansi2html

    return Markup(ansi2html(text))
