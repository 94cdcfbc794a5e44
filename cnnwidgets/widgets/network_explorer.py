"""NetworkExplorer: a LeNet, or a network of your own, with every layer's maps live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets
from jaxtyping import Float32
from numpy import ndarray
from numpy.typing import ArrayLike

from cnnwidgets.widgets.base import bundle, refuse_unknown
from cnnwidgets.widgets.network.layers import NETWORKS, Unsupported, described, output_shapes
from cnnwidgets.widgets.network.random_weights import random_weights
from cnnwidgets.widgets.network.weight_files import ordered, packed_trained, read_safetensors, trained_weights
from cnnwidgets.widgets.pictures.garments import CLASSES, Image, packed_garments
from cnnwidgets.widgets.predicting import PredictingExplorer

if TYPE_CHECKING:
    from torch import nn

KEYWORDS = ("module", "network", "weights", "seed", "image", "classes", "normalise", "cell", "predict", "layout")
SIDE = 28  # of the garments
NETS = {"deck": "lenet", "lenet": "lenet", "modern": "modern"}  # what a file of weights may call its network


def _share(notes: Mapping[str, str]) -> str:
    """The share right that a file of weights notes, in words; nothing where it notes none."""
    try:
        return f": {float(notes['accuracy']):.1%} of the test images right"
    except (KeyError, ValueError):
        return ""


class NetworkExplorer(PredictingExplorer):
    """Runs a network in the browser on what you draw, and shows what every layer makes of it.

    Parameters
    ----------
    module
        Your own `torch.nn.Sequential` of Conv2d, Sigmoid, ReLU, Tanh, AvgPool2d, MaxPool2d, Flatten, Linear,
        Softmax, Dropout and Identity, which takes one channel. Its weights are copied now and at every `update`.
        It is shown as it answers after `eval()`: dropout changes nothing.
    network
        Without a module: ``"lenet"`` (sigmoid, average pooling, as on the slides) or ``"modern"`` (ReLU, maximum
        pooling).
    weights
        Those of this network: ``"trained"`` on Fashion-MNIST, ``"random"`` as PyTorch starts, or what `load` takes: a
        safetensors file such as `cnnwidgets train` saves, or a state dict.
    seed
        The seed of random weights.
    image
        What the network looks at: the name of a garment, such as ``"ankle boot"``, or a grey image (h, w), whole
        numbers 0 to 255 or fractions 0 to 1; at most 64 × 64.
    classes
        The names of the network's outputs; Fashion-MNIST's if left out and there are ten.
    normalise
        The mean and the standard deviation that your training took the images through: the network gets
        ``(image − mean) / std`` of an image from 0 to 1. (0, 1), no change, if left out.
    cell
        The number on view: (layer from 0, map, row, column); (layer, 0, 0, index) where there are no maps.
    predict
        Whether the classes stay hidden until the learner has said what the network will say.

    Raises
    ------
    TypeError
        For a keyword that there is not.
    traitlets.TraitError
        For a value that can not be, and for a layer that the explorer does not know, with a sentence.
    FileNotFoundError
        Where the file of weights is not there.

    Examples
    --------
    >>> NetworkExplorer().shapes[:4]
    [(6, 28, 28), (6, 28, 28), (6, 14, 14), (16, 10, 10)]

    Source: the LeNet slides.
    """

    _esm = bundle("network_explorer.js")
    _css = bundle("network_explorer.css")

    module = traitlets.Any(None)
    """The `torch.nn.Sequential`, or None. Stays in Python."""

    network = traitlets.Enum(tuple(NETWORKS), default_value="lenet").tag(sync=True)
    """Which of the course's networks is shown where there is no module."""

    weights = traitlets.Enum(("trained", "random", "given"), default_value="trained").tag(sync=True)
    """Which weights it has then; ``"given"`` are those of `load`."""

    seed = traitlets.Int(0).tag(sync=True)
    """The seed of random weights."""

    image = Image("ankle boot")
    """The name of a garment, or a grey image, uint8 (h, w)."""

    classes: traitlets.TraitType[Any, Any] = traitlets.List(traitlets.Unicode(), default_value=[]).tag(sync=True)
    """The names of the outputs; none for Fashion-MNIST's, or plain numbers where there are not ten."""

    normalise = traitlets.Tuple(traitlets.Float(), traitlets.Float(), default_value=(0.0, 1.0)).tag(sync=True)
    """Mean and standard deviation that the image is taken through."""

    cell = traitlets.Tuple(*[traitlets.Int()] * 4, default_value=(0, 0, 15, 12)).tag(sync=True)
    """The number on view: (layer, map, row, column), from 0. What lies outside becomes the nearest that there is."""

    predict = traitlets.Bool(False).tag(sync=True)
    """Whether the classes stay hidden until they are predicted."""

    _layers: traitlets.TraitType[Any, Any] = traitlets.List(None, allow_none=True).tag(sync=True)
    _weights = traitlets.Bytes(b"").tag(sync=True)
    _garments: traitlets.TraitType[Any, Any] = traitlets.List([]).tag(sync=True)
    _source = traitlets.Unicode("").tag(sync=True)
    _trained: traitlets.TraitType[Any, Any] = traitlets.Dict({}).tag(sync=True)
    _networks: traitlets.TraitType[Any, Any] = traitlets.Dict(NETWORKS).tag(sync=True)
    _class_names: traitlets.TraitType[Any, Any] = traitlets.List(list(CLASSES)).tag(sync=True)

    def __init__(
        self,
        module: nn.Sequential | None = None,
        *,
        network: str = "lenet",
        weights: str | Path | Mapping[str, Any] = "trained",
        seed: int = 0,
        image: ArrayLike | str = "ankle boot",
        classes: Sequence[str] = (),
        normalise: tuple[float, float] = (0.0, 1.0),
        cell: tuple[int, int, int, int] = (0, 0, 15, 12),
        predict: bool = False,
        **others: Any,
    ) -> None:
        refuse_unknown(type(self).__name__, others.keys() - {"layout"}, KEYWORDS)
        named = isinstance(weights, str) and weights in ("trained", "random")
        super().__init__(
            module=module,
            network=network,
            weights=weights if isinstance(weights, str) and named else "trained",
            seed=seed,
            image=image,
            classes=list(classes),
            normalise=normalise,
            cell=cell,
            predict=predict,
            **others,
        )
        if not named:
            self.load(weights)

    @property
    def shapes(self) -> list[tuple[int, ...]]:
        """The shape of every layer's output for the image on view: (c, h, w), or (n,) once it is flat."""
        return output_shapes(self._stack(), (1, *self._size(self.image)))

    @property
    def numbers(self) -> Float32[ndarray, " weights"]:
        """All weights and biases on view as one run, layer by layer."""
        if self.module is not None or self.weights == "given":
            return np.frombuffer(self._weights, dtype="<f4").copy()
        if self.weights == "random":
            return random_weights(self._stack(), self.seed)
        return trained_weights(self.network)[0].copy()

    def update(self) -> None:
        """Takes the module's weights as they are now, as after some steps of training."""
        if self.module is not None:
            self._take(self.module)

    def load(self, weights: str | Path | Mapping[str, Any]) -> None:
        """Shows the course's network with weights from a safetensors file, or from a state dict of arrays or tensors.

        A file that notes its network as ``net`` (``"deck"`` or ``"modern"``) chooses that one; its ``accuracy``, if
        noted, is shown. `FileNotFoundError` where there is no file; `TraitError` with a sentence for one that is
        damaged or does not fit.
        """
        if self.module is not None:
            raise traitlets.TraitError(
                "The explorer shows your module: load the weights into it (module.load_state_dict), then update()."
            )
        try:
            state, notes = (weights, {}) if isinstance(weights, Mapping) else read_safetensors(weights)
            network = NETS.get(notes.get("net", ""), self.network)
            numbers = ordered(NETWORKS[network], state)
        except Unsupported as problem:
            raise traitlets.TraitError(str(problem)) from None
        with self.hold_sync():
            self._weights = numbers.astype("<f4").tobytes()
            self._source = "a state dict" if isinstance(weights, Mapping) else Path(weights).name + _share(notes)
            self.network, self.weights = network, "given"

    def _stack(self) -> list[dict[str, Any]]:
        return described(self.module)[0] if self.module is not None else NETWORKS[self.network]

    @staticmethod
    def _size(image: Any) -> tuple[int, int]:
        high, wide = (SIDE, SIDE) if isinstance(image, str) else image.shape
        return high, wide

    def _take(self, module: Any) -> None:
        try:
            layers, weights = described(module)
            self._fits(layers, self._size(self.image))
        except Unsupported as problem:
            raise traitlets.TraitError(str(problem)) from None
        with self.hold_sync():
            self._layers, self._weights = layers, weights.astype("<f4").tobytes()
            self._source = type(module).__name__

    @traitlets.validate("module")
    def _known(self, proposal: Any) -> Any:
        """Refuses a network that can not be shown, before anything of it is taken."""
        module = proposal["value"]
        if module is not None:
            try:
                self._fits(described(module)[0], self._size(self.image))
            except Unsupported as problem:
                raise traitlets.TraitError(str(problem)) from None
        return module

    @traitlets.validate("weights")
    def _there(self, proposal: Any) -> Any:
        if proposal["value"] == "given" and not self._weights:
            raise traitlets.TraitError("No weights are given yet: load(PATH) takes some.")
        return proposal["value"]

    @traitlets.validate("image")
    def _of_this_size(self, proposal: Any) -> Any:
        try:
            layers = self._stack()
        except Unsupported:  # said where the module is looked at
            return proposal["value"]
        try:
            self._fits(layers, self._size(proposal["value"]))
        except Unsupported as problem:
            new = self.module is not None and not self._layers  # module and image come together: it may be either
            raise traitlets.TraitError(f"{'' if new else 'The network can not take this image. '}{problem}") from None
        return proposal["value"]

    @staticmethod
    def _fits(layers: list[dict[str, Any]], size: tuple[int, int]) -> None:
        if layers[0]["kind"] == "conv" and layers[0]["in"] != 1:
            raise Unsupported(
                f"Layer 1 ({layers[0]['name']}) takes {layers[0]['in']} channels; a grey image has one."
            )
        shapes = output_shapes(layers, (1, *size))
        if len(shapes[-1]) != 1:
            raise Unsupported("The last layer gives maps: put an nn.Flatten() at the end.")

    @traitlets.validate("normalise")
    def _scale(self, proposal: Any) -> tuple[float, float]:
        mean, std = proposal["value"]
        if not (np.isfinite(mean) and np.isfinite(std) and std > 0):
            raise traitlets.TraitError(f"normalise must be (mean, std) with std above 0, not {(mean, std)}.")
        return mean, std

    @traitlets.observe("module")
    def _changed(self, change: Any) -> None:
        if change["new"] is None:
            with self.hold_sync():
                self._layers, self._weights, self._source = None, b"", ""
                if self.weights == "given":
                    self.weights = "trained"
        else:
            self._take(change["new"])

    def _on_shown(self) -> None:
        if not self._garments:
            with self.hold_sync():
                self._garments, self._trained = packed_garments(), packed_trained(list(NETWORKS))
