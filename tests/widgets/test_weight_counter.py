"""WeightCounter's Python side, without a browser: counts, limits, and what a learner's function gives."""

from __future__ import annotations

import json
import time
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from traitlets import TraitError

from cnnwidgets import WeightCounter
from cnnwidgets.widgets.gallery.weights import entry


def show(counter: WeightCounter) -> None:
    counter._handle_custom_msg({"type": "shown"}, [])


def shown(counter: WeightCounter) -> dict[str, Any]:
    """What the browser gets of the answer, through JSON."""
    show(counter)
    state = json.loads(json.dumps(counter.get_state("_answer"), allow_nan=False))
    assert state["_answer"] is not None
    return state["_answer"]


def dense_weights(height: int, width: int, channels: int, hidden: int) -> int:
    return height * width * channels * hidden


class TestCounts:
    def test_the_megapixel(self) -> None:
        assert WeightCounter().counts == {
            "dense": 3_000_000_000,
            "dense2d": 10**12,
            "local": 441_000_000,
            "shared": 441,
        }

    @given(*(st.integers(1, most) for most in (6, 6, 3, 5)), st.integers(0, 3))
    def test_are_the_sizes_of_the_arrays_themselves(
        self, height: int, width: int, channels: int, hidden: int, delta: int
    ) -> None:
        counts = WeightCounter(height, width, channels, hidden, delta).counts
        side = 2 * delta + 1
        assert counts["dense"] == torch.nn.Linear(channels * height * width, hidden, bias=False).weight.numel()
        assert counts["dense2d"] == np.zeros((height, width, height, width)).size
        assert counts["local"] == np.zeros((height, width, side, side)).size
        assert counts["shared"] == torch.nn.Conv2d(1, 1, side, bias=False).weight.numel()

    def test_are_exact_beyond_a_double(self) -> None:
        count = WeightCounter(9_999, 9_999).counts["dense2d"]
        assert count == 9_999**4 and float(count) != count

    def test_reads_back_what_was_set(self) -> None:
        counter = WeightCounter(np.int64(28), 32, 1, hidden=10, delta=2, kind="local", unit=3)
        assert (counter.height, type(counter.height)) == (28, int)
        assert (counter.width, counter.channels, counter.hidden, counter.delta) == (32, 1, 10, 2)
        assert (counter.kind, counter.unit) == ("local", (3, 3))

    @pytest.mark.parametrize(
        ("keywords", "sentence"),
        [
            ({"height": 0}, "height must be a whole number from 1 to 10000, not 0"),
            ({"width": 2.5}, "width must be a whole number from 1 to 10000, not 2.5"),
            ({"channels": True}, "channels must be a whole number from 1 to 512"),
            ({"hidden": "many"}, "hidden must be a whole number from 1 to 1000000, not 'many'"),
            ({"delta": -1}, "delta must be a whole number from 0 to 100"),
            ({"kind": "sparse"}, r"'kind' .*'dense', 'dense2d', 'local', 'shared'.*'sparse'"),
            ({"unit": (5, 0)}, "unit must be a whole number from 0 to 4"),
            ({"fn": 3}, r"fn must be a function, a dense_weights\(height, .* or a local_weights\(delta\); not int"),
            ({"fn": lambda a, b: 0}, "which is neither"),
        ],
    )
    def test_says_what_a_value_can_be(self, keywords: dict[str, Any], sentence: str) -> None:
        with pytest.raises(TraitError, match=sentence):
            WeightCounter(**keywords)
        counter = WeightCounter()
        before = counter.get_state()
        with pytest.raises(TraitError, match=sentence):
            setattr(counter, *next(iter(keywords.items())))
        assert counter.get_state() == before

    def test_an_unknown_keyword_says_which_was_meant(self) -> None:
        with pytest.raises(TypeError, match=r"has no keyword `heigth`\. Did you mean `height`\?"):
            WeightCounter(heigth=3)


class TestYourFunction:
    def test_runs_once_a_setting_and_only_when_shown(self) -> None:
        calls = []

        def local_weights(delta: int) -> int:
            calls.append(delta)
            return (2 * delta + 1) ** 2

        counter = WeightCounter(delta=3, fn=local_weights)
        assert calls == []
        show(counter)
        show(counter)
        assert calls == [3, 0, 1, 2, 10]
        counter.delta = 1  # one of the others is now the one on view
        assert calls[5:] == [1, 0, 2, 10]

    def test_right(self) -> None:
        answer = shown(WeightCounter(7, 5, 3, 2, fn=dense_weights))
        assert (answer["kind"], answer["sentence"]) == ("right", "dense_weights is right for all 5 questions.")
        assert answer["of"] == [7, 5, 3, 2, 10]
        assert answer["rows"][0] == {"arguments": [7, 5, 3, 2], "right": "210", "got": "210", "differs": False}
        assert answer["parameters"] == ["height", "width", "channels", "hidden"]

    def test_channels_forgotten_differ_where_there_are_several(self) -> None:
        def dense_weights(height: int, width: int, channels: int, hidden: int) -> int:
            return height * width * hidden

        answer = shown(WeightCounter(fn=dense_weights))
        assert answer["kind"] == "value"
        assert answer["sentence"].startswith("dense_weights(1000, 1000, 3, 1000) ")
        wrong = {tuple(row["arguments"]): row["differs"] for row in answer["rows"]}
        assert wrong == {
            (1000, 1000, 3, 1000): True,
            (28, 28, 1, 10): False,
            (3, 5, 2, 7): True,
            (224, 224, 3, 1): True,
        }
        assert (answer["rows"][0]["got"], answer["rows"][0]["right"]) == ("1000000000", "3000000000")

    def test_any_name_is_told_by_its_arguments(self) -> None:
        assert shown(WeightCounter(fn=lambda h, w, c, n: h * w * c * n))["what"] == "dense_weights"
        answer = shown(WeightCounter(fn=lambda d: 4 * d * d))
        assert (answer["what"], answer["kind"]) == ("local_weights", "value")
        assert [row["differs"] for row in answer["rows"]] == [True] * 4

    def test_a_float_is_no_count(self) -> None:
        answer = shown(WeightCounter(fn=lambda d: (2 * d + 1) ** 2.0))
        assert answer["kind"] == "type"
        assert "441.0" in answer["rows"][0]["got"]

    def test_an_exception_has_the_learners_line(self) -> None:
        def local_weights(delta: int) -> int:
            return 1 // (delta - delta)

        answer = shown(WeightCounter(fn=local_weights))
        assert answer["kind"] == "error"
        assert answer["rows"][0]["got"] == "error"
        assert (
            "local_weights(10) raised ZeroDivisionError at your line `return 1 // (delta - delta)`"
            in answer["sentence"]
        )

    def test_one_without_an_end_is_stopped_and_the_rest_not_asked(self) -> None:
        def local_weights(delta: int) -> int:
            while True:
                time.sleep(0.01)

        answer = shown(WeightCounter(fn=local_weights))
        assert answer["kind"] == "error"
        assert [row["got"] for row in answer["rows"]] == ["error", "", "", ""]

    def test_an_endless_number_is_cut(self) -> None:
        answer = shown(WeightCounter(fn=lambda d: 10**300))
        assert len(answer["rows"][0]["got"]) < 12


def test_every_preset_is_a_state_that_the_widget_takes() -> None:
    for preset in entry().presets:
        counter = WeightCounter()
        counter.set_state(preset.traits)
        now = json.loads(json.dumps(counter.get_state(list(preset.traits))))
        assert now == preset.traits, preset.name


def test_the_presets_show_what_their_lines_say() -> None:
    mega, near, same, garment, every = (WeightCounter(**each.traits) for each in entry().presets)
    assert mega.counts["dense"] * 4 == 12 * 10**9
    assert (near.kind, 2 * near.delta + 1) == ("local", 21)
    assert same.counts["shared"] == 441
    assert garment.counts["dense"] == 7840 and garment.counts["shared"] == 25
    assert every.counts["dense2d"] >= 10**9 > (every.height - 1) ** 4
