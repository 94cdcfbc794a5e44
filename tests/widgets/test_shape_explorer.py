"""ShapeExplorer's Python side, without a browser: stacks as a trait, what follows from them, a learner's function."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from traitlets import TraitError

from cnnwidgets import ShapeExplorer, ops
from cnnwidgets.ops import stack
from cnnwidgets.training.lenet import lenet
from cnnwidgets.widgets.answers.size_answer import SizeAnswer
from cnnwidgets.widgets.answers.size_exercises import EXERCISES
from cnnwidgets.widgets.live import live_state
from cnnwidgets.widgets.shape.stacks import PRESETS
from tests.vectors.stacks import random_stack


def show(explorer: ShapeExplorer) -> None:
    explorer._handle_custom_msg({"type": "shown"}, [])


def answer_of(fn: Callable[..., Any], **keywords: Any) -> SizeAnswer:
    answer = ShapeExplorer(fn=fn, **keywords).answer
    assert answer is not None
    return answer


def output_size(n: int, k: int, p: int = 0, s: int = 1) -> int:
    return (n - k + p + s) // s if n + p >= k else 0


def layer_shapes(net: Any, X: Any) -> list[tuple[str, tuple[int, ...]]]:
    table = []
    for layer in net:
        X = layer(X)
        table.append((type(layer).__name__, tuple(X.shape)))
    return table


def count_parameters(net: Any) -> int:
    return sum(p.numel() for p in net.parameters())


class TestState:
    def test_short_forms_read_back_in_full(self) -> None:
        explorer = ShapeExplorer(
            (1, 28, 30),
            [{"kind": "conv", "channels": 6, "kernel": (5, 3), "padding": 4}, "relu", {"kind": "pool", "kernel": 2}],
        )
        assert explorer.layers == (
            stack.Conv(6, (5, 3), (4, 4)),
            stack.Activation("relu"),
            stack.Pool((2, 2), (2, 2)),
        )
        assert explorer.shapes == [("N", 6, 28, 32), ("N", 6, 28, 32), ("N", 6, 14, 16)]

    @pytest.mark.parametrize(
        ("keywords", "sentence"),
        [
            ({"input": (3, 32)}, r"input must be a shape \(channels, height, width\), not \(3, 32\)"),
            ({"input": (3, 0, 32)}, "input: height must be a whole number from 1 to 1024, not 0"),
            ({"layers": "flatten"}, "layers must be a list of layers, not str"),
            ({"layers": ["sofmax"]}, "layer 1 must be a dictionary whose `kind` is \"conv\", .* not 'sofmax'"),
            ({"layers": ["relu", {"kind": "conv", "kernel": 3}]}, "layer 2, conv, needs 'channels'"),
            (
                {"layers": [{"kind": "linear", "units": 10, "size": 3}]},
                "layer 1, linear, has no 'size'. It takes units",
            ),
            ({"layers": [{"kind": "pool", "kernel": 2, "mode": "min"}]}, 'mode must be "max" or "avg", not \'min\''),
            (
                {"layers": [{"kind": "conv", "channels": 1, "kernel": 32}]},
                "kernel must be a whole number from 1 to 31",
            ),
            ({"layers": [{"kind": "conv", "channels": 1, "kernel": (1, 2, 3)}]}, r"or a pair \(rows, columns\)"),
            ({"layers": [{"kind": "linear", "units": 1, "bias": 1}]}, "bias must be True or False, not 1"),
            ({"layers": ["relu"] * 41}, "layers holds at most 40 layers, not 41"),
            ({"batch": 0}, 'batch must be a whole number from 1 to 4096, or "N", not 0'),
            ({"fn": 3}, "fn must be one of output_size.* not int"),
            ({"fn": lambda a, b: a}, r"layer_shapes\(net, X\).*not your function, which is none of them"),
        ],
    )
    def test_says_what_a_value_can_be(self, keywords: dict[str, Any], sentence: str) -> None:
        with pytest.raises(TraitError, match=sentence):
            ShapeExplorer(**keywords)
        explorer = ShapeExplorer()
        before = explorer.get_state()
        with pytest.raises(TraitError, match=sentence):
            setattr(explorer, *next(iter(keywords.items())))
        assert explorer.get_state() == before

    def test_unknown_keywords_and_presets(self) -> None:
        with pytest.raises(TypeError, match=r"has no keyword `layer`\. Did you mean `layers`\?"):
            ShapeExplorer(layer=[])
        with pytest.raises(TraitError, match=r"preset must be one of common, .*lenet, not 'alexnet'"):
            ShapeExplorer(preset="alexnet")

    def test_the_selection_stays_within_the_stack(self) -> None:
        explorer = ShapeExplorer(preset="lenet", selected=99)
        assert explorer.selected == 12
        explorer.layers = ["flatten"]
        assert explorer.selected == 1
        explorer.selected = -3
        assert explorer.selected == 0

    @given(st.integers(0, 2**32))
    @settings(deadline=None)
    def test_all_state_is_json(self, seed: int) -> None:
        shape, layers = random_stack(np.random.default_rng(seed))
        explorer = ShapeExplorer(shape, layers)  # type: ignore[arg-type]
        state = json.loads(json.dumps(live_state(explorer), allow_nan=False))
        other = ShapeExplorer()
        other.set_state(state)
        assert other.layers == explorer.layers == tuple(layers)
        assert live_state(other) == live_state(explorer)

    def test_without_a_front_end_it_costs_no_torch(self) -> None:
        code = (
            "import sys\n"
            "from cnnwidgets import ShapeExplorer\n"
            "ShapeExplorer(preset='lenet', fn=lambda net, X: print('called')).selected = 2\n"
            "print('torch' in sys.modules)\n"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert (done.stdout, done.stderr) == ("False\n", "")


class TestWhatFollows:
    def test_lenet_is_the_courses(self) -> None:
        explorer = ShapeExplorer(preset="lenet")
        net = lenet()
        assert explorer.parameters == sum(p.numel() for p in net.parameters()) == 61706
        shapes = layer_shapes(net, torch.zeros(1, 1, 28, 28))
        assert explorer.shapes == [shape for _, shape in shapes]
        assert explorer.receptive_field == (16, 16)
        assert explorer.multiply_adds == 416520

    def test_the_decks_stacks(self) -> None:
        assert [shape[2:] for shape in ShapeExplorer(preset="common").shapes] == [(32, 32)] * 3 + [(16, 16)]
        assert ShapeExplorer(preset="batch").shapes == [("N", 6, 28, 28), ("N", 10, 26, 26)]
        heights = [shape[2] for shape in ShapeExplorer(preset="shrinking").shapes]
        assert (heights[-1], len(heights)) == (4, ops.layers_until(32, 5, 4))

    @pytest.mark.parametrize("preset", PRESETS)
    def test_every_preset_is_a_state_that_the_widget_takes(self, preset: str) -> None:
        traits = PRESETS[preset].traits
        explorer = ShapeExplorer()
        explorer.set_state(traits)
        assert json.loads(json.dumps(explorer.get_state(list(traits)))) == traits
        assert explorer.shapes

    def test_a_layer_that_does_not_fit_is_named(self) -> None:
        explorer = ShapeExplorer((1, 6, 6), [{"kind": "conv", "channels": 1, "kernel": 5}] * 2)
        with pytest.raises(ValueError, match="layer 2: a convolution that spans 5 rows does not fit in 2"):
            _ = explorer.shapes


class TestAnswer:
    @pytest.mark.parametrize("name", [name for name, each in EXERCISES.items() if each.right])
    def test_the_right_functions_are_right(self, name: str) -> None:
        answer = answer_of(getattr(ops, name), preset="lenet")
        assert (answer.kind, answer.exercise.name) == ("right", name)
        assert not any(cell.differs for row in answer.table for cell in row)
        assert json.loads(json.dumps(answer.to_browser()))["layers"] == []

    @pytest.mark.parametrize("preset", PRESETS)
    @pytest.mark.parametrize("fn", [layer_shapes, count_parameters])
    def test_functions_of_a_network_are_asked_about_the_stack(self, fn: Callable[..., Any], preset: str) -> None:
        answer = answer_of(fn, preset=preset)
        assert answer.kind == "right", answer.sentence

    def test_the_ceiling_for_the_floor_is_marked_cell_by_cell(self) -> None:
        def output_size_per_side(n: int, k: int, P: int = 0, S: int = 1) -> int:
            return math.ceil((n - k + 2 * P) / S) + 1

        answer = answer_of(output_size_per_side, preset="common")
        assert answer.kind == "value"
        exercise = answer.exercise
        for row, cells in zip(exercise.rows, answer.table, strict=True):
            for n, cell in zip(exercise.columns, cells, strict=True):
                assert cell.differs == (output_size_per_side(n, *row) != ops.output_size_per_side(n, *row))
        assert [(at.layer, at.place, at.cell.got) for at in answer.layers if at.cell.differs] == [
            (4, "rows", "17"),
            (4, "columns", "17"),
        ]
        assert answer.sentence.startswith("output_size_per_side(8, 3, 1, 2) returned 5, not 4.")

    def test_no_floor_at_all_is_a_wrong_type(self) -> None:
        answer = answer_of(lambda n, k, p, s: (n - k + p + s) / s)
        assert answer.kind == "type"
        assert "returned a float where an int is asked for (7.0)" in answer.sentence

    def test_by_the_names_of_its_parameters(self) -> None:
        answer = answer_of(lambda n, k, target: 7)
        assert answer.exercise.name == "layers_until"
        assert answer.kind == "value"

    def test_a_pair_the_wrong_way_round(self) -> None:
        answer = answer_of(lambda k_h, k_w: (k_w - 1, k_h - 1))
        assert answer.sentence.startswith("your function(2, 1) returned (0, 1), not (1, 0).")
        assert [cell.differs for cell in answer.table[0]] == [False, True, True, True, True]

    def test_a_forgotten_bias_is_marked_at_the_convolutions(self) -> None:
        answer = answer_of(lambda c_in, c_out, k_h, k_w, bias: c_in * c_out * k_h * k_w, preset="lenet")
        assert [(at.layer, at.place, at.cell.got, at.cell.right) for at in answer.layers] == [
            (1, "parameters", "150", "156"),
            (4, "parameters", "2400", "2416"),
        ]

    def test_an_exception_says_the_learners_line(self) -> None:
        def layers_until(n: int, k: int, target: int) -> int:
            return n // (target - 4)

        answer = answer_of(layers_until)
        assert answer.kind == "error"
        assert answer.sentence.startswith(
            "layers_until(4, 5, 4) raised ZeroDivisionError at your line `return n // (target - 4)`"
        )
        assert answer.table[0][0] == ("0", "error", True)

    def test_one_that_never_ends_is_asked_once(self) -> None:
        def output_size(n: int, k: int, p: int, s: int) -> int:
            while True:
                pass

        answer = answer_of(output_size)
        assert "did not come back" in answer.sentence
        assert [cell.got for row in answer.table for cell in row].count("") == 29

    def test_shapes_without_the_batch_are_marked_layer_by_layer(self) -> None:
        def wrong(net: Any, X: Any) -> Any:
            return [(name, shape if name == "Linear" else shape[1:]) for name, shape in layer_shapes(net, X)]

        answer = answer_of(wrong, preset="batch")
        assert (answer.kind, [at.layer for at in answer.layers]) == ("value", [1, 2])
        assert answer.layers[0].cell == ("('Conv2d', (2, 6, 28, 28))", "('Conv2d', (6, 28, 28))", True)
        assert answer.sentence == (
            "wrong gives ('Conv2d', (6, 28, 28)) for layer 1, not ('Conv2d', (2, 6, 28, 28)). 1 more differs."
        )

    @pytest.mark.parametrize(
        ("value", "sentence"),
        [(None, "returned nothing (None)"), ([], "returned 0 entries, not 2"), ((), "returned a tuple where a list")],
    )
    def test_what_is_no_table(self, value: Any, sentence: str) -> None:
        answer = answer_of(lambda net, X: value, preset="batch")
        assert sentence in answer.sentence
        assert answer.layers == ()

    def test_a_wrong_count(self) -> None:
        answer = answer_of(lambda net: len(list(net.parameters())), preset="batch")
        assert (answer.kind, answer.sentence) == ("value", "your function returned 4, not 1006.")

    @pytest.mark.parametrize(
        ("layers", "sentence"),
        [
            ([{"kind": "conv", "channels": 1, "kernel": 31}] * 2, "is asked once every layer fits: layer 2: a conv"),
            (
                [{"kind": "conv", "channels": 1, "kernel": 2, "padding": 1}],
                "have no odd total padding, as layer 1 has",
            ),
            ([], "is asked once there is a layer"),
            (["flatten", {"kind": "linear", "units": 100_000}], "too large to run beside the page"),
            ([{"kind": "conv", "channels": 4096, "kernel": 17, "padding": 16}], "too large to run beside the page"),
        ],
    )
    def test_unasked_says_why(self, layers: list[Any], sentence: str) -> None:
        answer = answer_of(layer_shapes, layers=layers)
        assert answer.kind == "unasked"
        assert sentence in answer.sentence

    def test_torchs_random_numbers_go_on(self) -> None:
        torch.manual_seed(5)
        expected = torch.rand(3)
        torch.manual_seed(5)
        assert answer_of(count_parameters, preset="lenet").kind == "right"
        assert torch.equal(torch.rand(3), expected)

    @given(st.integers(0, 2**32))
    @settings(max_examples=60, deadline=None)
    def test_right_functions_are_right_for_every_stack(self, seed: int) -> None:
        shape, layers = random_stack(np.random.default_rng(seed))
        for fn in (layer_shapes, count_parameters, output_size):
            answer = answer_of(fn, input=shape, layers=layers)
            assert answer.kind in ("right", "unasked"), answer.sentence


class TestWhenItRuns:
    def test_only_when_shown_and_once_a_stack(self) -> None:
        calls: list[Any] = []

        def count_parameters(net: Any) -> int:
            calls.append(net)
            return 0

        explorer = ShapeExplorer(fn=count_parameters)
        explorer.input = (1, 32, 32)
        _ = explorer.shapes, explorer.get_state()
        assert calls == []
        show(explorer)
        show(explorer)
        explorer.selected, explorer.predict = 1, True
        assert len(calls) == 1
        explorer.set_state({"layers": ["flatten"]})
        assert len(calls) == 2
        explorer.batch = 3
        assert len(calls) == 3
        state = json.loads(json.dumps(explorer.get_state("_answer")))["_answer"]
        assert state["of"] == [[1, 32, 32], [{"kind": "flatten"}], 3]
        explorer.fn = None
        assert (explorer._answer, explorer.answer, explorer._fn_name) == (None, None, "")

    def test_the_tally_reads_back(self) -> None:
        explorer = ShapeExplorer()
        explorer.set_state({"_predictions": {"right": 2, "tried": 3, "shown": 1, "of": "", "cells": {}}})
        assert explorer.tally == (2, 3)
