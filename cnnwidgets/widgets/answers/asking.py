"""An explorer that runs a learner's function when it is on show, once a setting, and counts predictions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import traitlets

from cnnwidgets.widgets.answers.matrix_answer import name_of
from cnnwidgets.widgets.answers.volume_answer import VolumeAnswer
from cnnwidgets.widgets.base import Explorer

NO_PREDICTIONS: dict[str, Any] = {"right": 0, "tried": 0, "shown": 0, "of": "", "cells": {}}


class AskingExplorer(Explorer):
    """What explorers with an `fn` share; a subclass declares the traits, so that they are all in one place.

    A subclass has the traits `fn`, `_fn_name`, `_answer` and `_predictions`, says by `_setting` what an answer
    depends on and by `_ask` what the function gives, and calls `_run` when one of the traits of its setting changes.
    """

    fn: Any
    _fn_name: Any
    _answer: Any
    _predictions: Any

    FUNCTIONS = ""
    """Which functions `fn` may be, for the sentence that refuses anything else."""

    @property
    def answer(self) -> VolumeAnswer | None:
        """What your function gives here, compared with the right output; runs it now.

        None without a function, and where there is nothing to ask it.
        """
        return None if self.fn is None else self._ask(self.fn)

    @property
    def tally(self) -> tuple[int, int]:
        """Predictions so far: how many were right, of how many."""
        predictions: dict[str, Any] = self._predictions
        return predictions["right"], predictions["tried"]

    def _setting(self) -> list[Any]:
        raise NotImplementedError

    def _ask(self, fn: Callable[..., Any]) -> VolumeAnswer | None:
        raise NotImplementedError

    @traitlets.validate("fn")
    def _callable(self, proposal: Any) -> Any:
        fn = proposal["value"]
        if fn is not None and not callable(fn):
            raise traitlets.TraitError(f"fn must be a function, {self.FUNCTIONS}, not {type(fn).__name__}.")
        return fn

    @traitlets.observe("fn")
    def _another_function(self, _change: Any) -> None:
        self._fn_name = "" if self.fn is None else name_of(self.fn)
        self._answer = None
        self._run()

    def _run(self) -> None:
        """Runs the learner's function again, if anyone is looking and it has not run on this very setting."""
        if not getattr(self, "_shown", False) or self.fn is None:
            return
        of = self._setting()
        if self._answer is not None and self._answer["of"] == of:
            return
        answer = self.answer
        self._answer = None if answer is None else {"of": of, **answer.to_browser()}

    def _on_shown(self) -> None:
        self._run()
