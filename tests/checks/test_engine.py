"""The engine: order of cases, points, diagnosis, time limit, what a report says."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace

import numpy as np
import pytest

from cnnwidgets import check
from cnnwidgets.checks.call import GONE, call
from cnnwidgets.checks.compare import compare
from cnnwidgets.checks.exercises import MODULES
from cnnwidgets.checks.html import as_html, prose
from cnnwidgets.checks.limit import TooSlow, time_limit
from cnnwidgets.checks.namespace import Check
from cnnwidgets.checks.report import REPORT_MIME
from cnnwidgets.grading.engine.remote import Gone
from cnnwidgets.ops import convolve2d, corr2d, pool2d
from tests.bank import answers

EXERCISES = [getattr(check, name).exercise for name in MODULES]
BANK = answers()
#: How many axes have to be alike: channels of input and kernel, the ones of a 1×1 kernel, pixels in and out. A kernel
#: whose channels are to be refused has one less.
ALIKE = {"corr2d_multi_in": 1, "corr2d_multi_in_out": 1, "corr2d_1x1": 2, "conv_layer": 1, "dense2d": 4, "reindex": 2}


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_cases_come_from_the_smallest_to_the_random(exercise) -> None:
    cases = exercise.ordered_cases(1)
    fixed = [c for c in cases if "random" not in c.name]
    assert cases[: len(fixed)] == fixed
    sizes = [case.size for case in cases]
    assert sizes == sorted(sizes)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_random_cases_depend_on_the_seed_alone_and_differ_by_it(exercise) -> None:
    def text(seed: int) -> str:
        return repr([list(c.arguments.values()) for c in exercise.random_cases(seed)])

    assert text(5) == text(5)
    assert exercise.name == "edge_kernel" or text(5) != text(6)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
@pytest.mark.parametrize("seed", range(5))
def test_random_axes_all_differ(exercise, seed: int) -> None:
    for case in exercise.random_cases(seed):
        arrays = [
            v for k, v in case.arguments.items() if isinstance(v, np.ndarray) and k in ("X", "K", "W", "weight")
        ]
        axes = [n for a in arrays for n in a.shape]
        shared = ALIKE.get(exercise.name, 0) - ("kernels of" in case.name or "kernel of" in case.name)
        assert len(set(axes)) == len(axes) - shared


@pytest.mark.parametrize("answer", [a for a in BANK if a.label], ids=lambda a: a.name)
def test_the_counterexample_is_the_smallest_case_that_fails(answer) -> None:
    report = getattr(check, answer.exercise).report(answer.candidate)
    wrong = [a for a in report.verdict.answers if not a.right]
    if wrong:
        assert report.verdict.first_wrong.case.size == min(a.case.size for a in wrong)
        assert "random" not in report.verdict.first_wrong.case.name


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_each_misconception_has_a_name_of_its_own_and_words(exercise) -> None:
    keys = [m.key for m in exercise.misconceptions]
    assert len(set(keys)) == len(keys)
    for named in exercise.misconceptions:
        assert bool(named.variants) != bool(named.fits)
        assert named.title[0].isupper()
        assert not named.title.endswith(".")
        assert not named.why.endswith(".")


def test_a_flipped_kernel_is_told_in_words() -> None:
    text = str(check.corr2d.report(convolve2d, points=4))
    assert "The kernel is flipped" in text
    assert "5, 11, 23, 29" in text
    assert "19, 25, 37, 43" in text
    assert "the worked example" in text
    assert "5*" in text.replace(" ", "")


def test_points_are_a_plain_float_and_the_share_of_cases(capsys: pytest.CaptureFixture[str]) -> None:
    full = check.corr2d(corr2d, points=4)
    assert type(full) is float
    assert full == 4.0
    assert check.corr2d.passed
    part = check.corr2d(lambda X, K: np.array([[19.0, 25], [37, 43]]), points=4)
    verdict = check.corr2d.report(lambda X, K: np.array([[19.0, 25], [37, 43]])).verdict
    assert (verdict.passed, part) == (1, round(4 / verdict.total, 2))
    assert not check.corr2d.passed
    assert "corr2d" in capsys.readouterr().out


def test_hidden_cases_are_others_and_none_of_them_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[bytes] = []

    def spy(X, K):
        seen.append(X.tobytes())
        return corr2d(X, K)

    check.corr2d(spy)
    public = set(seen)
    seen.clear()
    assert check.corr2d(spy, hidden=True) == 1.0
    assert not public & set(seen)
    capsys.readouterr()
    assert check.corr2d(convolve2d, hidden=True) == 0.0
    said = capsys.readouterr().out
    assert "not shown" in said
    assert "X (" not in said
    assert "random case" not in said


def test_a_report_is_data_too() -> None:
    report = check.corr2d.report(convolve2d, points=4)
    data = json.loads(json.dumps(report._repr_mimebundle_()[REPORT_MIME]))
    assert data["exercise"] == "corr2d"
    assert data["misconception"] == {"key": "flipped-kernel", "title": "The kernel is flipped"}
    assert (data["passed"], data["points"], data["max_points"]) == (1, 0.4, 4.0)


def test_an_unknown_exercise_is_told_with_the_nearest_one() -> None:
    with pytest.raises(AttributeError, match=r"Did you mean check\.corr2d\?"):
        _ = check.cor2d


def test_an_exception_is_told_with_the_learners_line() -> None:
    def fails(X, K):
        return X[100, 100]

    report = check.corr2d.report(fails)
    assert "IndexError at your line `return X[100, 100]`" in report.failure


def test_after_a_call_without_end_no_other_is_made() -> None:
    made: list[int] = []

    def endless(X, K):
        made.append(1)
        while True:
            pass

    report = Check(replace(check.corr2d.exercise, seconds=0.1)).report(endless)
    assert len(made) == 1
    assert report.verdict.passed == 0


def test_what_a_function_prints_stays_off_the_page(capfd: pytest.CaptureFixture[str]) -> None:
    outcome = call(lambda: print("x" * 10_000))
    assert capfd.readouterr().out == ""
    assert 0 < len(outcome.printed) <= 2000


def test_the_result_can_not_change_afterwards() -> None:
    shared = np.zeros(3)
    outcome = call(lambda: shared)
    shared[:] = 7
    assert outcome.value.tolist() == [0, 0, 0]


def test_time_limit_in_a_thread() -> None:
    ended: list[str] = []

    def work() -> None:
        try:
            with time_limit(0.1):
                while True:
                    pass
        except TooSlow:
            ended.append("ended")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(30)
    assert ended == ["ended"]


@pytest.mark.parametrize("threaded", [False, True])
def test_time_limit_leaves_no_trace(threaded: bool) -> None:
    done: list[int] = []

    def work() -> None:
        for _ in range(50):
            with time_limit(0.05):
                pass
        time.sleep(0.1)
        done.append(1)

    if threaded:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join(30)
    else:
        work()
    assert done == [1]


@pytest.mark.parametrize(
    ("got", "kind"),
    [
        (np.array([[1.0, 2.0]]), None),
        (np.array([[1.00005, 2.0]]), None),
        (np.array([[1, 2]]), None),
        (np.array([[1.0, 2.0]], dtype=np.float32), None),
        (np.array([[1.001, 2.0]]), "value"),
        (np.array([[1.0, np.nan]]), "value"),
        (np.array([1.0, 2.0]), "shape"),
        ([[1.0, 2.0]], "type"),
        (np.array([[1 + 0j, 2]]), "type"),
    ],
)
def test_compare_arrays(got: object, kind: str | None) -> None:
    difference = compare(got, np.array([[1.0, 2.0]]))
    assert (difference and difference.kind) == kind


def test_a_variant_that_is_infinite_somewhere_agrees_only_with_its_like() -> None:
    infinite = np.array([-np.inf, 2.0])
    assert compare(np.array([-np.inf, 2.0]), infinite) is None
    for other in ([1.0, 2.0], [np.inf, 2.0], [-np.inf, 3.0], [np.nan, 2.0]):
        assert compare(np.array(other), infinite) is not None
    assert compare(infinite, np.array([1.0, 2.0])) is not None


@pytest.mark.parametrize(
    ("got", "expected", "right"),
    [
        (3, 3, True),
        (np.int64(3), 3, True),
        (True, 1, False),
        (3.0, 3, False),
        (4, 3, False),
        (0.5, 0.5, True),
        (float("nan"), 0.5, False),
        ((1, 2), (1, 2), True),
        ([1, 2], (1, 2), False),
        ((1, 3), (1, 2), False),
        ((1,), (1, 2), False),
    ],
)
def test_compare_plain_values(got: object, expected: object, right: bool) -> None:
    assert (compare(got, expected) is None) == right


def test_points_of_a_wrong_answer_are_the_most_that_a_test_cell_gives() -> None:
    flipped = str(check.corr2d.report(convolve2d, points=5))
    assert flipped.startswith("✗ corr2d: 1 of 10 cases is right (at most 0.5 of 5 points).")
    assert "(0 of 5 points)" in str(check.corr2d.report(lambda X, K: X, points=5))
    assert "(5 of 5 points)" in str(check.corr2d.report(corr2d, points=5))


def test_which_argument_was_changed_is_told() -> None:
    def clears(X, K):
        Y = corr2d(X, K)
        K[:] = 0
        return Y

    assert "changes K in place" in str(check.corr2d.report(clears))


def test_numbers_too_long_to_write_are_told_as_such() -> None:
    report = check.layers_until.report(lambda n, k, target: 10**5000)
    assert str(report).count("a number of more than 30 digits") == 2


def test_a_function_whose_process_is_gone_did_not_come_back() -> None:
    assert (Gone.__module__, Gone.__name__) == GONE

    def leaves(X, K):
        raise Gone("its Python ended")

    assert "corr2d did not come back: its Python ended (a kernel of one number)." in str(check.corr2d.report(leaves))


def test_code_in_a_sentence_is_set_as_code() -> None:
    report = check.pool2d.report(lambda X, size, mode="max": pool2d(X, size))
    assert "`mode` says" in str(report) and "<code>mode</code> says" in as_html(report)
    assert "&lt;b&gt;" in prose("<b>") and "<b>" not in prose("`<b>`")
