"""What a NumPy function reads: for each element of its output, the elements of its input that went into it."""

from cnnwidgets.tracing.run import Trace, trace

__all__ = ["Trace", "trace"]
