"""An explorer that hides what it shows until it is predicted, and counts the predictions."""

from __future__ import annotations

from typing import Any

import traitlets

from cnnwidgets.widgets.base import Explorer


class PredictingExplorer(Explorer):
    """Keeps what was predicted. A subclass has the trait `predict`."""

    _predictions = traitlets.Dict({"right": 0, "tried": 0, "shown": 0, "of": "", "cells": {}}).tag(sync=True)

    @property
    def tally(self) -> tuple[int, int]:
        """Predictions so far: how many were right, of how many."""
        predictions: dict[str, Any] = self._predictions
        return predictions["right"], predictions["tried"]
