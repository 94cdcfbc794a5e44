"""The class report in a real browser: readable in both schemes, nothing overflows, nothing asks the network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from cnnwidgets.checks import check
from cnnwidgets.grading.course import CONFIG_NAME, open_course
from cnnwidgets.grading.report import write_report
from cnnwidgets.grading.verdict import BLANK, WAITS, Exercise, Verdict

from .conftest import serious_violations

ORDER = [f"exercise_{n}_with_a_long_name" for n in range(9)]


def exercise(name: str, kind: int, example: str) -> Exercise:
    points = (2.0, 0.67, 0.0, 0.0, 0.0)[kind]
    remark = (None, None, None, BLANK, WAITS)[kind]
    title = "The kernel is flipped" if kind == 2 else None
    return Exercise(name, points, 2.0, title, remark=remark, example=example if title else None)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the report on a class that has everything there is to show."""
    folder = tmp_path_factory.mktemp("course")
    (folder / CONFIG_NAME).write_text("")
    example = check.corr2d.report(lambda X, K: X)._repr_mimebundle_()["text/html"]
    remarks = ("cell altered, restored: test-one", "a flood of output trimmed")
    verdicts = [
        Verdict(
            f"student-{n:02}<img src=x onerror=document.title=1>",
            None if n % 11 else f"the file is not JSON: {'x' * 300}",
            tuple(exercise(name, (n + place) % 5, example) for place, name in enumerate(ORDER)) if n % 11 else (),
            remarks if n % 3 else (),
            late_penalty=float(n % 2),
            seconds=n / 9,
        )
        for n in range(40)
    ]
    path: Path = write_report(open_course(folder), "02-correlation", verdicts, ORDER, 75.0)
    return path.as_uri()


def opened(page: Page, report: str) -> Page:
    page.goto(report)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(new_page: Callable[..., Page], report: str, scheme: str) -> None:
    assert serious_violations(opened(new_page(color_scheme=scheme), report), "body") == []


@pytest.mark.parametrize("width", [320, 400, 800, 1280])
def test_nothing_overflows(new_page: Callable[..., Page], report: str, width: int) -> None:
    page = opened(new_page(viewport={"width": width, "height": 800}), report)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_names_of_exercises_and_students_stay_in_sight(new_page: Callable[..., Page], report: str) -> None:
    page = new_page(viewport={"width": 500, "height": 600})
    page.goto(report)
    page.evaluate("Object.assign(document.querySelector('.scroller'), {scrollTop: 400, scrollLeft: 200})")
    box = page.locator(".scroller").bounding_box()
    head = page.locator(".grid thead th").nth(4).bounding_box()
    student = page.locator(".grid tbody th").nth(15).bounding_box()
    assert box and head and student
    assert abs(head["y"] - box["y"]) <= 3 and abs(student["x"] - box["x"]) <= 3


def test_it_asks_nothing_of_the_network_and_runs_nothing(new_page: Callable[..., Page], report: str) -> None:
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, report)
    assert asked == [report]
    assert page.title() == "02-correlation: class report"
