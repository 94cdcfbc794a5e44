"""WeightCounter: how many weights a dense, a local and a shared layer have, and what is connected to what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import traitlets

from cnnwidgets import ops
from cnnwidgets.widgets.answers.asking import AskingExplorer
from cnnwidgets.widgets.answers.count_answer import FUNCTIONS, CountAnswer, count_answer, exercise_of
from cnnwidgets.widgets.answers.matrix_answer import name_of
from cnnwidgets.widgets.base import bundle, refuse_unknown
from cnnwidgets.widgets.traits.per_axis import PerAxis

LIMITS = {
    "height": (1, 10_000),
    "width": (1, 10_000),
    "channels": (1, 512),
    "hidden": (1, 1_000_000),
    "delta": (0, 100),
}
KINDS = ("dense", "dense2d", "local", "shared")
KEYWORDS = (*LIMITS, "kind", "unit", "predict", "fn", "layout")


class WeightCounter(AskingExplorer[CountAnswer]):
    """Counts weights from the dense layer's billions down to a kernel's few hundred.

    Parameters
    ----------
    height, width, channels
        The image: 1 to 10 000 rows and columns, 1 to 512 channels; 1000 × 1000 RGB if left out, a megapixel.
    hidden
        Hidden units of the dense layer, 1 to 1 000 000; 1000 if left out.
    delta
        How far a hidden unit sees, Δ, 0 to 100: its window has 2Δ + 1 rows and as many columns; 10 if left out.
    kind
        The layer on view: ``"dense"`` (to `hidden` units), ``"dense2d"`` (to a hidden layer as large as the image, of
        one channel), ``"local"`` (the same, but each unit sees its window only) or ``"shared"`` (and all of them with
        the same weights: a kernel).
    unit
        The hidden unit whose connections are drawn, (row, column), from 0 in the small picture of up to 5 × 5.
    predict
        Whether a count stays hidden until the learner has predicted it.
    fn
        A function of yours: `dense_weights` or `local_weights`, by its name, or by taking four arguments or one. It
        is asked for the numbers on view and for a few others; it runs only once the widget is on show.

    Raises
    ------
    TypeError
        For a keyword that there is not.
    traitlets.TraitError
        For a value that can not be, with a sentence that says what can.

    Examples
    --------
    >>> WeightCounter().counts
    {'dense': 3000000000, 'dense2d': 1000000000000, 'local': 441000000, 'shared': 441}

    Source: the slides on the 1-megapixel RGB image, on W and V, on translation invariance and on locality.
    """

    _esm = bundle("weight_counter.js")
    _css = bundle("weight_counter.css")

    FUNCTIONS = FUNCTIONS

    height: traitlets.TraitType[Any, Any] = traitlets.Any(1000).tag(sync=True)
    """Rows of the image, h, 1 to 10 000."""

    width: traitlets.TraitType[Any, Any] = traitlets.Any(1000).tag(sync=True)
    """Columns of the image, w, 1 to 10 000."""

    channels: traitlets.TraitType[Any, Any] = traitlets.Any(3).tag(sync=True)
    """Channels of the image, c, 1 to 512. The layers but "dense" are counted for one channel, as the slides do."""

    hidden: traitlets.TraitType[Any, Any] = traitlets.Any(1000).tag(sync=True)
    """Units of the dense layer, 1 to 1 000 000."""

    delta: traitlets.TraitType[Any, Any] = traitlets.Any(10).tag(sync=True)
    """How far a unit of the local layers sees, Δ, 0 to 100 pixels."""

    kind = traitlets.Enum(KINDS, default_value="dense").tag(sync=True)
    """The layer on view: "dense", "dense2d", "local" or "shared"."""

    unit = PerAxis((2, 2), least=0, most=4)
    """The hidden unit of the picture, (row, column). One past the picture's end becomes the last."""

    predict = traitlets.Bool(False).tag(sync=True)
    """Whether counts stay hidden until they are predicted."""

    fn = traitlets.Any(None)
    """Your function, or None. Stays in Python."""

    _limits = traitlets.Dict({name: list(pair) for name, pair in LIMITS.items()}).tag(sync=True)

    def __init__(
        self,
        height: int = 1000,
        width: int = 1000,
        channels: int = 3,
        hidden: int = 1000,
        delta: int = 10,
        *,
        kind: str = "dense",
        unit: tuple[int, int] = (2, 2),
        predict: bool = False,
        fn: Callable[..., Any] | None = None,
        **others: Any,
    ) -> None:
        refuse_unknown(type(self).__name__, others.keys() - {"layout"}, KEYWORDS)
        super().__init__(
            height=height,
            width=width,
            channels=channels,
            hidden=hidden,
            delta=delta,
            kind=kind,
            unit=unit,
            predict=predict,
            fn=fn,
            **others,
        )

    @property
    def counts(self) -> dict[str, int]:
        """Weights of the four layers, without biases.

        ``dense`` is h·w·c·hidden; ``dense2d``, W (h, w, h, w), is (h·w)², and so it is numbered by offset as V;
        ``local`` is h·w·(2Δ+1)², ``shared`` (2Δ+1)².
        """
        places = self.height * self.width
        window = ops.local_weights(self.delta)
        return {
            "dense": ops.dense_weights(self.height, self.width, self.channels, self.hidden),
            "dense2d": places * places,
            "local": places * window,
            "shared": window,
        }

    @traitlets.validate(*LIMITS)
    def _within_limits(self, proposal: Any) -> int:
        name, value = proposal["trait"].name, proposal["value"]
        least, most = LIMITS[name]
        whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
        if not whole or not least <= value <= most:
            raise traitlets.TraitError(f"{name} must be a whole number from {least} to {most}, not {value!r:.60}.")
        return int(value)

    @traitlets.validate("fn")
    def _one_of_two(self, proposal: Any) -> Any:
        fn = proposal["value"]
        if fn is None or (callable(fn) and exercise_of(fn)):
            return fn
        what = f"{name_of(fn)}, which is neither" if callable(fn) else type(fn).__name__
        raise traitlets.TraitError(f"fn must be a function, {FUNCTIONS}; not {what}.")

    @traitlets.observe(*LIMITS)
    def _other_numbers(self, _change: Any) -> None:
        self._run()

    def _setting(self) -> list[Any]:
        return [self.height, self.width, self.channels, self.hidden, self.delta]

    def _ask(self, fn: Callable[..., Any]) -> CountAnswer | None:
        exercise = exercise_of(fn)
        return None if exercise is None else count_answer(fn, exercise, tuple(self._setting()))
