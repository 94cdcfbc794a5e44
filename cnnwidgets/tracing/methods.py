"""The methods and attributes that learners use on arrays, each by the NumPy function that does the same."""
# ruff: noqa: D102 - the names are NumPy's own

from __future__ import annotations

from typing import Any

import numpy as np


class Methods:
    """Array methods in terms of NumPy's functions, which the stand-ins follow."""

    __slots__ = ()
    values: Any

    @property
    def shape(self) -> tuple[int, ...]:
        shape: tuple[int, ...] = self.values.shape
        return shape

    @property
    def ndim(self) -> int:
        return len(self.shape)

    @property
    def size(self) -> int:
        return int(self.values.size)

    @property
    def dtype(self) -> np.dtype[Any]:
        dtype: np.dtype[Any] = self.values.dtype
        return dtype

    @property
    def itemsize(self) -> int:
        return self.dtype.itemsize

    @property
    def nbytes(self) -> int:
        return self.size * self.itemsize

    @property
    def strides(self) -> tuple[int, ...]:
        strides: tuple[int, ...] = self.values.strides
        return strides

    @property
    def T(self) -> Any:
        return self.transpose()

    @property
    def flat(self) -> Any:
        return self.reshape(-1)

    @property
    def real(self) -> Any:
        return self

    def transpose(self, *axes: Any) -> Any:
        order = axes[0] if len(axes) == 1 and not isinstance(axes[0], int) else axes or None
        return np.transpose(self, order)  # type: ignore[call-overload]

    def reshape(self, *shape: Any, order: str = "C", **options: Any) -> Any:
        return np.reshape(self, shape[0] if len(shape) == 1 else shape, order=order, **options)  # type: ignore[call-overload]

    def ravel(self, order: str = "C") -> Any:
        return np.ravel(self, order=order)  # type: ignore[call-overload]

    def flatten(self, order: str = "C") -> Any:
        return np.ravel(np.copy(self), order=order)  # type: ignore[call-overload]

    def copy(self, order: str = "C") -> Any:
        return np.copy(self)  # type: ignore[call-overload]

    def __copy__(self) -> Any:
        return self.copy()

    def __deepcopy__(self, memo: Any) -> Any:
        return self.copy()

    def astype(self, dtype: Any, *args: Any, **options: Any) -> Any:
        from cnnwidgets.tracing.array import Standin, made

        assert isinstance(self, Standin)
        return made(self.values.astype(dtype), self.as_array().bits())

    def fill(self, value: Any) -> None:
        self[...] = value  # type: ignore[index]

    def tolist(self) -> Any:
        return [each.tolist() for each in self] if self.ndim else self  # type: ignore[attr-defined]

    def sort(self, axis: int = -1, **options: Any) -> None:
        self[...] = np.sort(self, axis, **options)  # type: ignore[index, call-overload]


def _by(name: str) -> Any:
    function = getattr(np, name)

    def method(self: Any, *args: Any, **options: Any) -> Any:
        return function(self, *args, **options)

    method.__name__ = name
    return method


SAME_NAME = (
    *("all", "any", "argmax", "argmin", "clip", "cumprod", "cumsum", "diagonal", "dot", "max", "mean", "min", "prod"),
    *("ptp", "repeat", "round", "squeeze", "std", "sum", "swapaxes", "take", "trace", "var"),
)
for _name in SAME_NAME:
    setattr(Methods, _name, _by(_name))
