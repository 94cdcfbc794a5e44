"""Where nbgrader's noise goes: a log file, never the screen."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

QUIET = ("cnnwidgets.grading", "traitlets", "py.warnings", "asyncio", "alembic")


class _LateFile(logging.FileHandler):
    """A log file that is made with its first message, so that a command which does nothing leaves nothing."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, mode="w", encoding="utf-8", delay=True)

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()


@contextmanager
def logged_to(path: Path | None) -> Iterator[None]:
    """Send nbgrader's, Jupyter's and Python's messages to the file at `path` (None: nowhere) meanwhile."""
    handler: logging.Handler = _LateFile(path) if path else logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%H:%M:%S"))
    before = [
        (logger, logger.handlers[:], logger.propagate, logger.level) for logger in map(logging.getLogger, QUIET)
    ]
    for logger, *_ in before:
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(logging.INFO)
    logging.captureWarnings(True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("default")
            yield
    finally:
        logging.captureWarnings(False)
        for logger, handlers, propagate, level in before:
            logger.handlers, logger.propagate = handlers, propagate
            logger.setLevel(level)
        handler.close()
