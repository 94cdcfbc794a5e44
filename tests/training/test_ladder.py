"""The speed ladder counts from the second run on, when the device is done; and the plainest monitor prints."""

from __future__ import annotations

import io

import pytest

from cnnwidgets import training
from cnnwidgets.training import Dataset, Lines, Recipe, SpeedLadder, ladder
from tests.training.test_fit import few, made


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What happens in which order; the clock stands at the number of events."""
    happened: list[str] = []
    monkeypatch.setattr(ladder, "synchronize", lambda device: happened.append("synchronize"))

    def clock() -> float:
        happened.append("clock")
        return float(len(happened))

    monkeypatch.setattr(ladder, "perf_counter", clock)
    return happened


def test_a_rung_is_warm_and_the_clock_is_read_when_the_device_is_done(events: list[str]) -> None:
    speed = SpeedLadder("cpu").rung("one", lambda: events.append("work"), 300)
    assert events == ["work", "synchronize", "clock", "work", "synchronize", "clock"]
    assert speed == 300 / 3


def test_it_is_told_in_lines_and_in_a_picture() -> None:
    made = SpeedLadder("cpu")
    with pytest.raises(ValueError, match="no rung yet"):
        made.draw()
    for name, speed in (("loops", 123.4), ("framework", 12_340.0), ("fast", 18_510.0)):
        made.note(name, speed)
    lines = str(made).replace("\N{NARROW NO-BREAK SPACE}", " ").split("\n")
    assert lines[0].startswith("images a second on CPU, 1 thread")
    assert [line.split()[-1] for line in lines[1:]] == ["123", "×100", "×1.5"]
    figure = made.draw()
    axis = figure.axes[0]
    assert [bar.get_width() for bar in axis.patches] == [123.4, 12_340.0, 18_510.0]
    assert [label.get_text() for label in axis.get_yticklabels()] == ["loops", "framework", "fast"]
    assert "CPU, 1 thread" in axis.get_title()
    figure.savefig(io.BytesIO())


def test_an_epoch_is_a_line(images: Dataset, capsys: pytest.CaptureFixture[str]) -> None:
    history = training.fit(made(), few(images), Recipe(epochs=2), monitor=Lines())
    head, *lines = capsys.readouterr().out.strip().split("\n")
    assert head == "2 epochs of 2 steps on CPU, 1 thread"
    assert len(lines) == 2
    assert lines[1].startswith(f"epoch  2: loss {history.loss[1]:.3f}, {history.accuracy[1]:.1%} right, ")
    training.fit(made(), few(images), Recipe(epochs=2, lr=1e30), monitor=Lines())
    assert capsys.readouterr().out.strip().endswith("the loss is no number any more")
