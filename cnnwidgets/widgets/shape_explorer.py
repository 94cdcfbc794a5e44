"""ShapeExplorer: a stack of layers by its sizes, receptive fields, parameters and multiply-adds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import traitlets

from cnnwidgets.ops import stack
from cnnwidgets.widgets.answers.asking import AskingExplorer
from cnnwidgets.widgets.answers.matrix_answer import name_of
from cnnwidgets.widgets.answers.net_answer import net_answer
from cnnwidgets.widgets.answers.size_answer import SizeAnswer, size_answer
from cnnwidgets.widgets.answers.size_exercises import EXERCISES, exercise_of
from cnnwidgets.widgets.base import bundle, refuse_unknown
from cnnwidgets.widgets.shape.layers import LIMITS, MOST_LAYERS, ImageShape, Layers, whole
from cnnwidgets.widgets.shape.stacks import PRESETS

KEYWORDS = ("input", "layers", "batch", "selected", "predict", "fn", "preset", "layout")
START = PRESETS["common"].traits


class ShapeExplorer(AskingExplorer[SizeAnswer]):
    """A stack of layers edited as a list, with both output-size formulas worked out for every layer.

    Parameters
    ----------
    input
        The shape of one example, (channels, height, width).
    layers
        Up to 40 layers, each a dictionary: ``{"kind": "conv", "channels": 6, "kernel": 5}``, with `padding` (the
        *total*: the deck's p, twice its per-side P), `stride`, `dilation`, each one number or a pair (rows, columns),
        and `bias`; ``{"kind": "pool", "kernel": 2}`` with `mode` ("max" or "avg"), `padding` and `stride` (the window
        if left out); ``{"kind": "linear", "units": 10}``; or a word: "flatten", "sigmoid", "relu", "tanh".
    batch
        How many examples, 1 to 4096, or "N" for any number.
    selected
        The layer on view, counted from 1; 0 is the input.
    predict
        Whether each layer's output shape stays hidden until the learner has predicted it.
    fn
        A function of yours, recognised by its name or by the names of its parameters: `output_size(n, k, p, s)`,
        `output_size_per_side(n, k, P, S)` or `conv_parameters(c_in, c_out, k_h, k_w, bias)`, asked over a table and
        for every layer of the stack; `same_padding(k_h, k_w)` or `layers_until(n, k, target)`, asked over a table;
        `layer_shapes(net, X)` or `count_parameters(net)`, asked about the stack as a `torch.nn.Sequential`. It runs
        only once the widget is on show.
    preset
        A stack to start from: "common", "batch", "shrinking" or "lenet". What else is given goes before it.

    Raises
    ------
    TypeError
        For a keyword that there is not.
    traitlets.TraitError
        For a value that can not be, with a sentence that says what can.

    Examples
    --------
    >>> explorer = ShapeExplorer(preset="lenet")
    >>> explorer.parameters
    61706
    >>> explorer.shapes[0], explorer.shapes[-1]
    ((1, 6, 28, 28), (1, 10))

    Source: the slides on padding, stride, their summary of common settings, batches, and LeNet.
    """

    _esm = bundle("shape_explorer.js")
    _css = bundle("shape_explorer.css")

    input = ImageShape((3, 32, 32))
    """The shape of one example, (channels, height, width)."""

    layers = Layers(Layers(()).validate(None, START["layers"]))
    """The layers, as a tuple of those of `cnnwidgets.ops.stack`. Assign a new list to change them."""

    batch: traitlets.TraitType[Any, Any] = traitlets.Any("N").tag(sync=True)
    """How many examples, 1 to 4096, or "N"."""

    selected = traitlets.Int(len(START["layers"])).tag(sync=True)
    """The layer on view, from 1; 0 is the input. One past the end becomes the last."""

    predict = traitlets.Bool(False).tag(sync=True)
    """Whether output shapes stay hidden until they are predicted."""

    fn = traitlets.Any(None)
    """Your function of sizes, or None. Stays in Python."""

    _limits = traitlets.Dict({**{name: list(pair) for name, pair in LIMITS.items()}, "layers": [0, MOST_LAYERS]}).tag(
        sync=True
    )
    _presets = traitlets.List([preset._asdict() for preset in PRESETS.values()]).tag(sync=True)

    def __init__(
        self,
        input: tuple[int, int, int] | None = None,
        layers: list[Any] | tuple[Any, ...] | None = None,
        *,
        batch: int | str | None = None,
        selected: int | None = None,
        predict: bool = False,
        fn: Callable[..., Any] | None = None,
        preset: str | None = None,
        **others: Any,
    ) -> None:
        refuse_unknown(type(self).__name__, others.keys() - {"layout"}, KEYWORDS)
        if preset is not None and preset not in PRESETS:
            raise traitlets.TraitError(f"preset must be one of {', '.join(PRESETS)}, not {preset!r:.60}.")
        traits = {} if preset is None else dict(PRESETS[preset].traits)
        given = {"input": input, "layers": layers, "batch": batch, "selected": selected}
        traits |= {name: value for name, value in given.items() if value is not None}
        super().__init__(**traits, predict=predict, fn=fn, **others)

    @property
    def shapes(self) -> list[tuple[int | str, ...]]:
        """The output shape of every layer with the batch in front; `ValueError` names the first that does not fit."""
        return [(self.batch, *shape) for shape in stack.stack_shapes(self.input, self.layers)]

    @property
    def parameters(self) -> int:
        """Learnable numbers of the whole stack; `ValueError` where a layer does not fit."""
        return sum(layer.parameters(given) for given, layer in self._steps())

    @property
    def multiply_adds(self) -> int:
        """Multiply-adds of one forward pass for one example; `ValueError` where a layer does not fit."""
        return sum(layer.multiply_adds(given) for given, layer in self._steps())

    @property
    def receptive_field(self) -> tuple[int, int]:
        """Input rows and columns that one number depends on after the last layer before a linear one."""
        windows = [layer.windows() for layer in self.layers if not isinstance(layer, stack.Linear)]
        rows, columns = ([pair[axis] for pair in windows] for axis in (0, 1))
        return stack.receptive_field(rows), stack.receptive_field(columns)

    def _steps(self) -> list[tuple[stack.Shape, stack.Layer]]:
        """Every layer with the shape that comes into it."""
        shapes = stack.stack_shapes(self.input, self.layers)
        return list(zip([self.input, *shapes], self.layers, strict=False))

    def _fitting(self) -> list[tuple[stack.Shape, stack.Layer]]:
        """The layers up to the first that does not fit, each with the shape that comes into it."""
        found: list[tuple[stack.Shape, stack.Layer]] = []
        shape: stack.Shape = self.input
        for layer in self.layers:
            try:
                after = layer.shape(shape)
            except ValueError:
                break
            found.append((shape, layer))
            shape = after
        return found

    @traitlets.validate("batch")
    def _countable(self, proposal: Any) -> Any:
        batch = proposal["value"]
        if batch != "N" and not (whole(batch) and 1 <= batch <= 4096):
            raise traitlets.TraitError(f'batch must be a whole number from 1 to 4096, or "N", not {batch!r:.60}.')
        return batch if batch == "N" else int(batch)

    @traitlets.validate("selected")
    def _within(self, proposal: Any) -> int:
        return max(0, min(int(proposal["value"]), len(self.layers)))

    @traitlets.validate("fn")
    def _recognised(self, proposal: Any) -> Any:
        fn = proposal["value"]
        if fn is None or (callable(fn) and exercise_of(fn)):
            return fn
        known = ", ".join(f"{each.name}({', '.join(each.parameters)})" for each in EXERCISES.values())
        what = f"{name_of(fn)}, which is none of them" if callable(fn) else type(fn).__name__
        raise traitlets.TraitError(
            f"fn must be one of {known}, by name or by the names of its parameters; not {what}."
        )

    @traitlets.observe("layers")
    def _keep_selected(self, _change: Any) -> None:
        self.selected = min(self.selected, len(self.layers))

    @traitlets.observe("input", "layers", "batch")
    def _other_layers(self, _change: Any) -> None:
        self._run()

    def _setting(self) -> list[Any]:
        state = self.get_state(["input", "layers", "batch"])
        return [list(state["input"]), state["layers"], state["batch"]]

    def _ask(self, fn: Callable[..., Any]) -> SizeAnswer | None:
        exercise = exercise_of(fn)
        if exercise is None:
            return None
        if exercise.right is None:
            return net_answer(fn, exercise, self.input, self.batch, self.layers)
        return size_answer(fn, exercise, self._fitting())
