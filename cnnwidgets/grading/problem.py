"""What goes wrong by the user's hand: one sentence, and no traceback."""


class Problem(Exception):
    """A mistake in what the user gave; the text is one clear sentence to show as it is."""


def require_nbgrader() -> None:
    """Raise a `Problem` that says what to install where nbgrader is not there."""
    from importlib.util import find_spec

    if find_spec("nbgrader") is None:
        raise Problem("this command needs nbgrader: pip install 'cnnwidgets[instructor]'")
