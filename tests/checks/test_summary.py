"""The gate: which functions have passed is told, and what is built from them starts when they have."""

from __future__ import annotations

import pytest

from cnnwidgets import ops
from cnnwidgets.checks.namespace import Checks


@pytest.fixture
def check() -> Checks:
    return Checks()


def flipped(X, K):
    return ops.corr2d(X, K[::-1, ::-1])


def test_nothing_is_checked_yet(check: Checks, capsys: pytest.CaptureFixture[str]) -> None:
    go = check.summary("corr2d", "pad2d")
    assert not go
    said = capsys.readouterr().out
    assert said == f"{go}\n"
    assert said.count("not checked yet") == 2
    assert "functions that have not passed yet: corr2d, pad2d" in said


def test_it_opens_when_what_is_needed_has_passed(check: Checks) -> None:
    check.corr2d(ops.corr2d)
    check.pad2d(lambda X, p_h, p_w: X)
    assert not check.summary("corr2d", "pad2d")
    go = check.summary("corr2d", "pad2d", needs=["corr2d"])
    assert go
    assert "✓ corr2d  all " in str(go)
    assert "✗ pad2d   " in str(go) and "cases are right" in str(go)
    assert "It can start." in str(go)


def test_a_function_that_is_broken_again_closes_it_again(check: Checks) -> None:
    check.corr2d(ops.corr2d)
    assert check.summary("corr2d")
    check.corr2d(flipped)
    assert not check.summary("corr2d")
    check.corr2d(ops.corr2d, hidden=True)  # hidden cases are for grading
    assert not check.summary("corr2d")


def test_anyway_opens_it_and_says_so(check: Checks) -> None:
    check.corr2d(flipped)
    go = check.summary("corr2d", "pad2d", anyway=True)
    assert go
    assert "you said anyway=True; not passed: corr2d, pad2d." in str(go)
    assert go.missing == ["corr2d", "pad2d"]


def test_without_names_it_is_what_was_asked_for(check: Checks) -> None:
    check.pad2d(ops.pad2d)
    check.corr2d.report(flipped)  # only looked at
    assert [line.name for line in check.summary().lines] == ["pad2d"]
    assert [line.name for line in check.summary(needs=["corr2d"]).lines] == ["pad2d", "corr2d"]


def test_a_name_that_does_not_exist(check: Checks) -> None:
    with pytest.raises(AttributeError, match=r"Did you mean check\.corr2d"):
        check.summary("cor2d")


def test_in_a_notebook_it_is_a_table(check: Checks) -> None:
    check.corr2d(ops.corr2d)
    bundle = check.summary("corr2d", "pad2d")._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}
    assert bundle["text/html"].count("<tr>") == 2
    assert "<code>pad2d</code>" in bundle["text/html"] and "not checked yet" in bundle["text/html"]
    assert "summary" in dir(check)
