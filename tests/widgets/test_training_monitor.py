"""TrainingMonitor's Python side: what a loop and what `fit` tell it, what it sends, how often, and the terminal."""

from __future__ import annotations

import io
import json
import math
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from rich.console import Console

from cnnwidgets import TrainingMonitor
from cnnwidgets.widgets import training_monitor
from cnnwidgets.widgets.gallery.training_monitor import entry, replayed
from cnnwidgets.widgets.live import live_state
from cnnwidgets.widgets.monitor.curve import MOST, Curve
from cnnwidgets.widgets.monitor.filters import first_filters
from cnnwidgets.widgets.monitor.pace import Pace
from cnnwidgets.widgets.monitor.terminal import Terminal, sparkline
from cnnwidgets.widgets.monitor.words import duration, mixups


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A time that only the test moves."""
    clock = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(training_monitor, "time", SimpleNamespace(monotonic=lambda: clock.now))
    return clock


@pytest.fixture
def monitor(clock: SimpleNamespace) -> TrainingMonitor:
    made = TrainingMonitor(total=10_000)
    made._quiet = True
    return made


def state(monitor: TrainingMonitor) -> dict[str, Any]:
    """What the browser has, through JSON."""
    return json.loads(json.dumps(live_state(monitor), allow_nan=False))


def test_a_loop_of_ones_own(monitor: TrainingMonitor, clock: SimpleNamespace) -> None:
    for step in range(4):
        clock.now += 0.5
        monitor.log(loss=torch.tensor(2.0 / (1 + step)), examples=250, accuracy=0.5 if step == 3 else None)
    assert monitor.examples.tolist() == [250, 500, 750, 1000]
    assert monitor.losses.tolist() == [2, 1, pytest.approx(2 / 3), 0.5]
    assert math.isnan(monitor.accuracies[0]) and monitor.accuracies[3] == 0.5
    now = state(monitor)
    assert now["_status"] == "running" and now["_curve"]["accuracy"] == [None, None, None, 0.5]
    assert now["_now"]["rate"] == pytest.approx(500, rel=0.35)
    assert now["_now"]["left"] == pytest.approx(9000 / now["_now"]["rate"])
    monitor.finish()
    assert state(monitor)["_ended"] == "done"


def test_it_sends_at_most_ten_times_a_second_and_loses_nothing(
    monitor: TrainingMonitor, clock: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[float] = []
    publish = TrainingMonitor._publish
    monkeypatch.setattr(TrainingMonitor, "_publish", lambda self: (sent.append(clock.now), publish(self)))
    for _ in range(2000):
        clock.now += 0.001
        monitor.log(loss=1.0)
    assert 15 <= len(sent) <= 21
    assert (np.diff(sent) >= 0.1 - 1e-9).all()
    monitor.log(loss=0.25)
    monitor.finish()
    assert state(monitor)["_now"]["loss"] == 0.25 and state(monitor)["_now"]["examples"] == 2001


def test_stop_is_heard_while_it_runs_and_forgotten_by_the_next_run(monitor: TrainingMonitor) -> None:
    press = ({"type": "stop"}, [])
    monitor._handle_custom_msg(*press)
    assert not monitor.stopped  # nothing runs yet
    monitor.log(loss=1.0)
    assert not monitor.stopped
    monitor._handle_custom_msg(*press)
    assert monitor.stopped
    monitor.finish()
    assert state(monitor)["_ended"] == "stopped" and monitor.stopped
    monitor._handle_custom_msg(*press)  # the same press once more, after the cell
    monitor.log(loss=0.5)
    assert not monitor.stopped and monitor.losses.tolist() == [1.0, 0.5][: monitor.losses.size]
    monitor.clear()
    assert monitor.losses.size == 0 and state(monitor)["_status"] == "waiting"


class Net(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.first = torch.nn.Conv2d(3, 40, (5, 3))
        self.second = torch.nn.Conv2d(40, 2, 3)


def test_it_follows_fit_by_the_names_of_the_protocol(monitor: TrainingMonitor, clock: SimpleNamespace) -> None:
    net = Net()
    plan = SimpleNamespace(epochs=3, first=1, steps=10, examples=1000, batch_size=100, device="CPU, 2 threads")
    step = {"epochs": 3, "steps": 10, "device": "CPU, 2 threads"}
    monitor.start(net, plan)
    confusion = np.diag([90] * 10) + 1
    monitor.update(
        SimpleNamespace(epoch=1, step=5, loss=2.2, accuracy=None, confusion=None, examples=500, seconds=0.5, **step)
    )
    clock.now += 1
    monitor.update(
        SimpleNamespace(
            epoch=1, step=10, loss=1.9, accuracy=0.81, confusion=confusion, examples=1000, seconds=1.0, **step
        )
    )
    now = state(monitor)
    told = {
        name: now["_now"][name]
        for name in ("epoch", "epochs", "loss", "accuracy", "examples", "device", "rate", "left")
    }
    assert told == {
        "epoch": 1,
        "epochs": 3,
        "loss": 1.9,
        "accuracy": 0.81,
        "examples": 1000,
        "device": "CPU, 2 threads",
        "rate": 1000,
        "left": 2,
    }
    assert now["_confusion"] == confusion.tolist()
    assert np.array(now["_filters"]).shape == (32, 5, 3)
    np.testing.assert_allclose(now["_filters"][31], net.first.weight[31, 0].detach(), atol=1e-5)
    monitor.finish(SimpleNamespace(ended="no longer getting better"))
    assert state(monitor)["_ended"] == "no longer getting better"
    monitor.start(net, plan)
    assert monitor.losses.size == 0 and not monitor.stopped


def test_numbers_that_json_does_not_know(monitor: TrainingMonitor, clock: SimpleNamespace) -> None:
    for loss, accuracy in ((1.0, 0.5), (math.inf, math.nan), (math.nan, None)):
        clock.now += 1
        monitor.log(loss=loss, accuracy=accuracy)
    now = state(monitor)
    assert now["_curve"]["loss"] == [1.0, None, None] and now["_now"]["loss"] is None
    assert now["_now"]["accuracy"] == 0.5


def test_a_long_curve_is_thinned_and_keeps_its_ends() -> None:
    curve = Curve()
    for step in range(1, 10_001):
        curve.add(step, 1 / step, 0.5 if step % 1000 == 0 else None)
    examples = [point[0] for point in curve.points]
    assert len(examples) <= MOST and examples == sorted(set(examples))
    assert examples[0] < 100 and examples[-1] == 10_000
    assert sum(point[2] is not None for point in curve.points) == 10
    for step in range(10_001, 12_000):
        curve.add(step, 0.0, 0.5)
    assert len(curve.points) <= MOST
    curve.add(11_999, 0.5, None)
    assert curve.points[-1] == (11_999, 0.5, 0.5)


def test_words_and_pace() -> None:
    assert [duration(seconds) for seconds in (0.4, 8, 125, 3725)] == ["0 s", "8 s", "2 min 05 s", "1 h 02 min"]
    confusion = np.array([[5, 2, 0], [7, 5, 0], [0, 2, 5]])
    assert mixups(confusion, "abc", 2) == ["b taken for a (7)", "a taken for b (2)"]
    pace = Pace()
    assert pace.rate is None
    for second in range(20):
        pace.add(second, 100 * second if second < 10 else 1000 + 500 * (second - 10))
    assert pace.rate == 500  # of the last seconds
    assert first_filters(torch.nn.Linear(3, 4)) is None


def test_on_a_terminal_it_draws_and_ends_with_a_line() -> None:
    out = io.StringIO()
    monitor = TrainingMonitor(total=300, device="CPU")
    monitor._terminal = Terminal(Console(file=out, force_terminal=True, width=120))
    for step in range(3):
        monitor._sent = 0.0
        monitor.log(loss=1.5 - step / 2, examples=100, accuracy=0.9, confusion=np.eye(10) + np.eye(10, k=1))
    monitor.finish()
    text = out.getvalue()
    assert "█" in text and "T-shirt taken for trouser (1)" in text
    assert "Done. loss 0.5 · 90.0% right" in text and text.count("Done.") == 1


def test_without_a_terminal_it_writes_a_line_a_measurement() -> None:
    code = (
        "from cnnwidgets import TrainingMonitor\n"
        "monitor = TrainingMonitor()\n"
        "for step in range(6):\n"
        "    monitor._sent = 0\n"
        "    monitor.log(loss=1.0, accuracy=step / 10 if step % 3 == 2 else None)\n"
        "monitor.finish()\n"
        "import sys; print('torch' in sys.modules, 'cnnwidgets.training' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert ["20.0% right" in lines[0], "50.0% right" in lines[1], lines[2].startswith("Done.")] == [True] * 3
    assert lines[-1] == "False False"
    assert sparkline([1, 2, None, 3]) == "▁▅█" and sparkline([]) == ""


def test_in_grading_it_is_inert(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monitor = TrainingMonitor(total=10)
    monitor.log(loss=1.0, accuracy=0.5)
    monitor.finish()
    assert monitor.comm is None and monitor.losses.tolist() == [1.0] and not monitor.stopped
    assert capsys.readouterr().out == ""


def test_keywords() -> None:
    with pytest.raises(TypeError, match=r"TrainingMonitor has no keyword `totals`. Did you mean `total`\?"):
        TrainingMonitor(totals=3)
    assert TrainingMonitor(classes=["cat", "dog"])._classes == ["cat", "dog"]


def test_the_page_shows_the_recorded_run() -> None:
    whole, first = replayed(), entry().presets[1].traits
    assert whole["_now"]["epoch"] == whole["_now"]["epochs"] == 8 and first["_now"]["epoch"] == 1
    assert sum(map(sum, whole["_confusion"])) == 500
    right = sum(whole["_confusion"][k][k] for k in range(10)) / 500
    assert whole["_now"]["accuracy"] == pytest.approx(right)
    assert np.array(whole["_filters"]).shape == (6, 5, 5)
    assert first.keys() <= whole.keys()
