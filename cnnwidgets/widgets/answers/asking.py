"""An explorer that runs a learner's function when it is on show, once a setting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

import traitlets

from cnnwidgets.widgets.answers.matrix_answer import name_of
from cnnwidgets.widgets.predicting import PredictingExplorer


class ForBrowser(Protocol):
    """What an answer has to know: itself as plain values."""

    def to_browser(self) -> dict[str, Any]:
        """As plain values."""


AnswerT = TypeVar("AnswerT", bound=ForBrowser)


class AskingExplorer(PredictingExplorer, Generic[AnswerT]):
    """What explorers with an `fn` share.

    A subclass has the trait `fn`, says by `_setting` what an answer depends on and by `_ask` what the function gives,
    and calls `_run` when one of the traits of its setting changes.
    """

    fn: Any
    _fn_name = traitlets.Unicode("").tag(sync=True)
    _answer: traitlets.TraitType[Any, Any] = traitlets.Dict(None, allow_none=True).tag(sync=True)

    FUNCTIONS = ""
    """Which functions `fn` may be, for the sentence that refuses anything else."""

    @property
    def answer(self) -> AnswerT | None:
        """What your function gives here, compared with what is right; runs it now.

        None without a function, and where there is nothing to ask it.
        """
        return None if self.fn is None else self._ask(self.fn)

    def _setting(self) -> list[Any]:
        """All that an answer depends on, as plain values."""
        raise NotImplementedError

    def _ask(self, fn: Callable[..., Any]) -> AnswerT | None:
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
        if not self._shown or self.fn is None:
            return
        of = self._setting()
        if self._answer is not None and self._answer["of"] == of:
            return
        answer = self.answer
        self._answer = None if answer is None else {"of": of, **answer.to_browser()}

    def _on_shown(self) -> None:
        self._run()
