"""What the notebooks ask to be predicted, one module an assignment."""

import importlib

from cnnwidgets.checks.prediction import Predictions, Question

#: The modules, in the order of the course; each has a dictionary QUESTIONS.
ASSIGNMENTS = ("why_convolution", "correlation", "channels", "padding_and_stride", "pooling", "lenet")


def _all() -> dict[str, Question]:
    questions: dict[str, Question] = {}
    for name in ASSIGNMENTS:
        questions.update(importlib.import_module(f"{__name__}.{name}").QUESTIONS)
    return questions


predict = Predictions(_all())
