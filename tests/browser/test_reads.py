"""What the learner's function reads, drawn over the right window: by the switch, at every step, in words."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest
from numpy import ndarray
from playwright.sync_api import Page, expect

from cnnwidgets import CorrelationExplorer
from tests.browser.conftest import serious_violations
from tests.browser.views import left_behind, open_widget, set_trait


def corr2d(X: ndarray, K: ndarray) -> ndarray:
    """Right at the first row of the output; one row late at the others."""
    h, w = K.shape
    Y = np.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            start = min(2 * i, len(X) - h)
            Y[i, j] = (X[start : start + h, j : j + w] * K).sum()
    return Y


def explorer(reads: bool) -> CorrelationExplorer:
    made = CorrelationExplorer(np.ones((4, 5)), np.ones((2, 3)), fn=corr2d, reads=reads)
    made._handle_custom_msg({"type": "shown"}, [])
    return made


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    page = new_page()
    open_widget(page, "correlation_explorer", explorer(reads=True))
    return page


def outlined(page: Page) -> list[int]:
    """Row, column, height and width of the dashed outline."""
    style = page.locator(".cnnw-window-read").get_attribute("style") or ""
    return [int(re.findall(rf"--{name}: (\d+)", style)[0]) for name in ("row", "column", "high", "wide")]


def test_the_window_read_follows_the_step(page: Page) -> None:
    widget = page.get_by_role("group", name="Correlation explorer")
    assert outlined(page) == [0, 0, 2, 3]
    expect(widget).to_contain_text("For Y[0, 0], corr2d read rows 0–1, columns 0–2 of X: the right window.")
    expect(page.locator(".cnnw-window-agrees").first).to_be_attached()
    page.get_by_role("grid", name=re.compile("^Output")).get_by_role("gridcell").nth(4).click()
    assert outlined(page) == [2, 1, 2, 3]
    sentence = "For Y[1, 1], corr2d read rows 2–3, columns 1–3 of X; right are rows 1–2, columns 1–3."
    expect(page.locator(".cnnw-read-text")).to_contain_text(sentence)
    expect(page.locator(".cnnw-read-text")).to_contain_text("The values agree all the same")
    expect(widget.get_by_role("status")).to_contain_text(sentence)
    assert page.locator(".cnnw-window-agrees").count() == 0
    assert serious_violations(page, "main") == []


def test_the_switch_by_keyboard(page: Page) -> None:
    switch = page.get_by_role("switch", name="What corr2d reads")
    switch.focus()
    page.keyboard.press("Space")
    expect(page.locator(".cnnw-window-read")).to_have_count(0)
    assert page.evaluate("shared.get('reads')") is False
    page.keyboard.press("Space")
    expect(page.locator(".cnnw-window-read")).to_have_count(1)


def test_before_python_has_answered_and_where_it_can_not(page: Page) -> None:
    text = page.locator(".cnnw-read-text")
    page.get_by_role("button", name="Convolution").click()
    expect(text).to_have_text("Waiting for Python to follow corr2d on these values.")
    expect(page.locator(".cnnw-window-read")).to_have_count(0)
    setting = CorrelationExplorer(np.ones((4, 5)), np.ones((2, 3)), mode="convolution")._setting()
    set_trait(page, "_reads", {"of": setting, "untraced": "`np.fft.fft2` is not followed", "places": None})
    expect(text).to_have_text("corr2d is untraced: `np.fft.fft2` is not followed.")
    set_trait(page, "_reads", {"of": setting, "untraced": None, "places": [[{"cells": [0, 0, 1, 1]}]]})
    expect(text).to_contain_text("2 elements within rows 0–1, columns 0–1")
    expect(page.locator(".cnnw-window-read")).to_have_count(2)


def test_without_the_switch_nothing_is_drawn(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 320, "height": 900})
    open_widget(page, "correlation_explorer", explorer(reads=False))
    expect(page.get_by_role("switch", name="What corr2d reads")).not_to_be_checked()
    expect(page.locator(".cnnw-window-read, .cnnw-read-text")).to_have_count(0)
    page.get_by_role("switch", name="What corr2d reads").check(force=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert set(left_behind(page).values()) == {0}


def up(
    X: ndarray,
    K: ndarray,
    padding: tuple[int, int] = (0, 0),
    stride: tuple[int, int] = (1, 1),
    output_padding: tuple[int, int] = (0, 0),
) -> ndarray:
    """A transposed convolution by zeros put between and around; the first row of the output starts one row late."""
    late = np.zeros_like(X)
    late[:-1], late[-1] = X[1:], X[-1]
    Y = np.zeros((stride[0] * (len(X) - 1) + len(K), stride[1] * (X.shape[1] - 1) + K.shape[1]))
    for i in range(len(X)):
        for j in range(X.shape[1]):
            top, left = stride[0] * i, stride[1] * j
            Y[top : top + len(K), left : left + K.shape[1]] += late[i, j] * K
    return Y


def strided(X: ndarray, K: ndarray, padding: tuple[int, int] = (0, 0), stride: tuple[int, int] = (1, 1)) -> ndarray:
    """Takes a stride of 1 for every other."""
    P = np.pad(X, [((p + 1) // 2, p // 2) for p in padding])
    Y = np.zeros([(n + p - k + s) // s for n, p, k, s in zip(X.shape, padding, K.shape, stride, strict=True)])
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (P[i : i + len(K), j : j + K.shape[1]] * K).sum()
    return Y


def shown(widget: CorrelationExplorer) -> CorrelationExplorer:
    widget._handle_custom_msg({"type": "shown"}, [])
    return widget


def test_a_wrong_stride_where_the_values_agree(new_page: Callable[..., Page]) -> None:
    page = new_page()
    widget = CorrelationExplorer(np.ones((5, 5)), np.ones((2, 2)), stride=2, step=3, fn=strided, reads=True)
    open_widget(page, "correlation_explorer", shown(widget))
    text = page.locator(".cnnw-read-text")
    expect(text).to_contain_text(
        "For Y[1, 1], strided read rows 1–2, columns 1–2 of X; right are rows 2–3, columns 2–3."
    )
    expect(text).to_contain_text("The values agree all the same")
    assert outlined(page) == [1, 1, 2, 2]


def test_a_function_that_pads_itself_reads_the_input_alone(new_page: Callable[..., Page]) -> None:
    page = new_page()
    widget = CorrelationExplorer(padding=2, step=1, fn=strided, reads=True)
    open_widget(page, "correlation_explorer", shown(widget))
    expect(page.locator(".cnnw-read-text")).to_contain_text("strided read row 0, columns 0–1 of X: the right window.")
    assert outlined(page) == [1, 1, 1, 2]  # on the padded grid


def test_a_transposed_convolution_one_row_late(new_page: Callable[..., Page]) -> None:
    page = new_page()
    widget = CorrelationExplorer(np.ones((3, 3)), np.ones((2, 2)), stride=2, mode="transposed", fn=up, reads=True)
    open_widget(page, "correlation_explorer", shown(widget))
    explorer = page.get_by_role("group", name="Correlation explorer")
    expect(explorer.locator(".cnnw-verdict")).to_have_text("up is right here.")
    text = page.locator(".cnnw-read-text")
    expect(text).to_contain_text("For Y[0, 0], up read row 1, column 0 of X; right is row 0, column 0.")
    expect(text).to_contain_text("The values agree all the same")
    place = page.locator(".cnnw-window-read").get_attribute("style") or ""
    assert "--row: 3" in place and "--column: 1" in place  # on the spread grid, with one row of zeros around
    assert serious_violations(page, "main") == []


def test_an_exception_stands_where_the_output_would_be(new_page: Callable[..., Page]) -> None:
    def broken(X: ndarray, K: ndarray) -> ndarray:
        return X[99]

    page = new_page()
    open_widget(page, "correlation_explorer", shown(CorrelationExplorer(fn=broken, reads=True)))
    expect(page.locator(".cnnw-verdict")).to_contain_text("broken raised IndexError at your line `return X[99]`")
    expect(page.locator(".cnnw-unit-yours [role='grid']")).to_have_count(0)
    expect(page.locator(".cnnw-read-text")).to_contain_text("broken is untraced: it raised IndexError")
