"""Makes the bundled sample from a full copy, always the same: ``python -m cnnwidgets.training.make_sample``."""

import numpy as np
from torch import Tensor

from .data import SAMPLE, fashion_mnist

TRAIN, TEST = 200, 50  # of each of the ten classes


def first_of_each(X: Tensor, y: Tensor, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The first `count` examples of each class, in the order of the full set: (n, 28, 28) and (n,)."""
    classes = y.numpy()
    chosen = np.sort(np.concatenate([np.flatnonzero(classes == c)[:count] for c in range(10)]))
    return X.numpy()[chosen, 0], classes[chosen].astype(np.uint8)


if __name__ == "__main__":
    X_train, y_train, X_test, y_test = fashion_mnist()
    if len(X_train) != 60000:
        raise SystemExit("the sample is made from the full set, and there is no copy of it here")
    train, test = first_of_each(X_train, y_train, TRAIN), first_of_each(X_test, y_test, TEST)
    np.savez_compressed(SAMPLE, X_train=train[0], y_train=train[1], X_test=test[0], y_test=test[1])
    print(f"{SAMPLE}: {SAMPLE.stat().st_size} bytes")
