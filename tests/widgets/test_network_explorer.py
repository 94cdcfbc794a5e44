"""NetworkExplorer's Python side: whose weights are shown, what is refused and how, what reaches the browser."""

from __future__ import annotations

import json
import math
import struct
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import traitlets
from torch import nn

from cnnwidgets import NetworkExplorer
from cnnwidgets.training import accuracy, fashion_mnist, lenet, modern_lenet, scaled
from cnnwidgets.widgets.gallery.entry import Preset
from cnnwidgets.widgets.gallery.network import PRESETS, entry
from cnnwidgets.widgets.gallery.page import build_gallery
from cnnwidgets.widgets.network.layers import NETWORKS, described, output_shapes
from cnnwidgets.widgets.network.random_weights import random_weights
from cnnwidgets.widgets.network.weight_files import ordered, packed_trained, read_safetensors, trained_weights

MAKE = {"lenet": lenet, "modern": modern_lenet}


def run(net: nn.Module) -> np.ndarray:
    return np.concatenate([p.detach().numpy().ravel() for p in net.parameters()])


def filled(name: str, weights: np.ndarray) -> nn.Module:
    """The course's network with these weights."""
    net = MAKE[name]()
    with torch.no_grad():
        at = 0
        for p in net.parameters():
            p.copy_(torch.tensor(weights[at : at + p.numel()]).reshape(p.shape))
            at += p.numel()
    return net.eval()


def small(size: int = 8) -> nn.Sequential:
    torch.manual_seed(3)
    return nn.Sequential(
        *(nn.Conv2d(1, 3, 3, padding="same"), nn.Tanh(), nn.MaxPool2d(2), nn.Dropout(0.9), nn.Flatten()),
        nn.Sequential(nn.Linear(3 * (size // 2) ** 2, 5), nn.ReLU()),
        *(nn.Linear(5, 4, bias=False), nn.Softmax(dim=1)),
    )


def save(path: Path, tensors: dict[str, np.ndarray], notes: dict[str, str] | None = None) -> Path:
    """Writes a safetensors file, as its description has it."""
    header: dict[str, Any] = {"__metadata__": notes} if notes else {}
    data = b""
    for name, values in tensors.items():
        raw = values.tobytes()
        kind = {"<f4": "F32", "<f2": "F16", "<f8": "F64", "<i8": "I64"}[values.dtype.str]
        offsets = [len(data), len(data) + len(raw)]
        header[name] = {"dtype": kind, "shape": list(values.shape), "data_offsets": offsets}
        data += raw
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)
    return path


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_the_course_networks_are_the_ones_of_training(name: str) -> None:
    layers, weights = described(MAKE[name]())
    assert layers == NETWORKS[name]
    assert len(weights) == 61_706
    explorer = NetworkExplorer(network=name)
    assert explorer.shapes[0] == (6, 28, 28) and explorer.shapes[5] == (16, 5, 5) and explorer.shapes[-1] == (10,)


@pytest.mark.parametrize(("name", "least"), [("lenet", 0.85), ("modern", 0.87)])
def test_trained_weights_are_as_good_as_they_say(name: str, least: float) -> None:
    weights, share = trained_weights(name)
    assert np.array_equal(NetworkExplorer(network=name).numbers, weights)
    _, _, X, y = fashion_mnist(sample=True)
    found = accuracy(filled(name, weights), scaled(X), y)
    assert least < share < 0.95
    assert abs(found - share) < 4 * math.sqrt(share * (1 - share) / len(y))  # of a sample of the same images


def test_trained_weights_reach_the_view_when_it_is_there() -> None:
    explorer = NetworkExplorer()
    assert (explorer._trained, explorer._garments) == ({}, [])
    explorer._handle_custom_msg({"type": "shown"}, [])
    assert explorer._trained == packed_trained(["lenet", "modern"])
    assert [garment["name"] for garment in explorer._garments] == explorer._class_names
    assert len(json.dumps(explorer._trained)) < 400_000


def test_random_weights_follow_the_seed_and_start_as_pytorch_does() -> None:
    one, two = (NetworkExplorer(weights="random", seed=seed).numbers for seed in (0, 1))
    assert np.array_equal(one, NetworkExplorer(weights="random").numbers)
    assert not np.isclose(one, two).all()
    bound = np.abs(one[: 6 * 25 + 6]).max()
    assert 0.18 < bound <= 0.2  # 1/√25
    assert abs(float(one[156:].mean())) < 1e-3
    assert len(random_weights([], 5)) == 0


def test_a_module_is_shown_as_it_is() -> None:
    net = small()
    explorer = NetworkExplorer(net, image=np.zeros((8, 8)))
    assert np.array_equal(explorer.numbers, run(net))
    names = ["Conv2d", "Tanh", "MaxPool2d", "Dropout", "Flatten", "Linear", "ReLU", "Linear", "Softmax"]
    assert [layer["name"] for layer in explorer._layers] == names
    assert explorer.shapes == [(3, 8, 8)] * 2 + [(3, 4, 4)] * 2 + [(48,), (5,), (5,), (4,), (4,)]
    X, shapes = torch.zeros(1, 1, 8, 8), []
    for layer in [*net[:5], *net[5], *net[6:]]:
        X = layer(X)
        shapes.append(tuple(X.shape[1:]))
    assert shapes == explorer.shapes
    assert explorer._source == "Sequential"


def test_update_takes_the_weights_as_they_are_then() -> None:
    net = lenet()
    explorer = NetworkExplorer(net)
    before, sent = explorer.numbers, explorer._weights
    with torch.no_grad():
        for p in net.parameters():
            p.add_(1)
    assert np.array_equal(explorer.numbers, before)
    explorer.update()
    assert np.array_equal(explorer.numbers, run(net))
    assert explorer._weights != sent
    net.append(nn.Linear(10, 3))
    explorer.update()
    assert explorer.shapes[-1] == (3,)
    net.append(nn.Linear(10, 3))
    with pytest.raises(traitlets.TraitError, match=r"^Layer 14 \(Linear\) takes 10 numbers, and it gets 3\.$"):
        explorer.update()
    assert explorer.numbers.size == 61_706 + 33
    explorer.module = None
    assert explorer.shapes[-1] == (10,) and np.array_equal(explorer.numbers, trained_weights("lenet")[0])


def test_half_precision_and_gradients_are_no_trouble() -> None:
    net = lenet().half()
    assert np.array_equal(NetworkExplorer(net).numbers, run(net.float()))


FLAT = nn.Flatten()


class Own(nn.Module):
    def forward(self, X: torch.Tensor) -> torch.Tensor:
        return X


@pytest.mark.parametrize(
    ("module", "sentence"),
    [
        (5, r"^module must be a torch\.nn\.Sequential, not int\.$"),
        (Own(), r"^module must be a torch\.nn\.Sequential: what an Own does stands in its forward\(\), where it can"),
        (
            nn.Sequential(nn.Conv2d(1, 2, 3), Own()),
            r"^Layer 2 is an Own, which the explorer does not know\. It knows",
        ),
        (
            nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2)),
            r"^Layer 2 is a BatchNorm2d, which .* It knows Conv2d",
        ),
        (nn.Sequential(nn.Conv2d(3, 2, 3), FLAT), r"^Layer 1 \(Conv2d\) takes 3 channels; a grey image has one\.$"),
        (
            nn.Sequential(nn.Conv2d(1, 2, 3, padding_mode="reflect"), FLAT),
            r"^Layer 1 \(Conv2d\) pads by 'reflect', w",
        ),
        (
            nn.Sequential(nn.Conv2d(1, 4, 3), nn.Conv2d(4, 4, 3, groups=2), FLAT),
            r"^Layer 2 \(Conv2d\) has groups=2, which the explorer does not know\.$",
        ),
        (
            nn.Sequential(nn.MaxPool2d(2, ceil_mode=True), FLAT),
            r"^Layer 1 \(MaxPool2d\) has ceil_mode=True, which the",
        ),
        (
            nn.Sequential(nn.MaxPool2d(2, dilation=2), FLAT),
            r"^Layer 1 \(MaxPool2d\) has a dilation or returns indices",
        ),
        (
            nn.Sequential(nn.AvgPool2d(2, divisor_override=3), FLAT),
            r"^Layer 1 \(AvgPool2d\) has a divisor_override, w",
        ),
        (nn.Sequential(nn.Flatten(2)), r"^Layer 1 \(Flatten\) flattens some of the axes only, which the explorer"),
        (
            nn.Sequential(FLAT, nn.Softmax(dim=0)),
            r"^Layer 2 \(Softmax\) runs along dim=0, which the explorer does not",
        ),
        (nn.Sequential(nn.Conv2d(1, 2, 3)), r"^The last layer gives maps: put an nn\.Flatten\(\) at the end\.$"),
        (
            nn.Sequential(nn.Linear(28, 2)),
            r"^Layer 1 \(Linear\) gets 1 × 28 × 28: put an nn\.Flatten\(\) before it\.$",
        ),
        (nn.Sequential(FLAT, nn.Linear(9, 2)), r"^Layer 2 \(Linear\) takes 9 numbers, and it gets 784\.$"),
        (
            nn.Sequential(nn.Conv2d(1, 1, 29), FLAT),
            r"^Layer 1 \(Conv2d\) has a window larger than what it gets, 1 × 2",
        ),
        (
            nn.Sequential(FLAT, nn.AvgPool2d(2)),
            r"^Layer 2 \(AvgPool2d\) takes channels of rows and columns, and it get",
        ),
        (nn.Sequential(), r"^module has no layers\.$"),
        (
            nn.Sequential(FLAT, nn.Linear(784, 3000)),
            r"^module has 2355000 weights; at most 2000000 are sent to the br",
        ),
    ],
)
def test_what_can_not_be_shown_is_said(module: Any, sentence: str) -> None:
    with pytest.raises(traitlets.TraitError, match=sentence):
        NetworkExplorer(module)
    explorer = NetworkExplorer(lenet())
    before = explorer.numbers
    with pytest.raises(traitlets.TraitError, match=sentence):
        explorer.module = module
    assert np.array_equal(explorer.numbers, before)  # nothing is lost


def test_an_image_that_does_not_fit_is_refused_with_the_reason() -> None:
    with pytest.raises(
        traitlets.TraitError, match=r"^The network can not take this image\. Layer 8 \(Linear\) takes 4"
    ):
        NetworkExplorer(image=np.zeros((20, 28)))
    with pytest.raises(traitlets.TraitError, match="must be one of T-shirt, trouser, "):
        NetworkExplorer(image="hat")
    explorer = NetworkExplorer(image=torch.full((1, 1, 28, 28), 0.5))
    assert explorer.image.tolist() == [[128] * 28] * 28
    explorer.image = "bag"
    assert explorer.image == "bag"


def test_numbers_that_can_not_be_are_refused() -> None:
    with pytest.raises(
        traitlets.TraitError, match=r"^normalise must be \(mean, std\) with std above 0, not \(0\.5, 0"
    ):
        NetworkExplorer(normalise=(0.5, 0.0))
    with pytest.raises(TypeError, match=r"no keyword `modul`\. Did you mean `module`\?"):
        NetworkExplorer(modul=lenet())
    with pytest.raises(traitlets.TraitError):
        NetworkExplorer(network="alexnet")


@pytest.mark.parametrize("kind", ["<f4", "<f2", "<f8"])
def test_weights_from_a_file(tmp_path: Path, kind: str) -> None:
    net = modern_lenet()
    state = {name: value.numpy().astype(kind) for name, value in sorted(net.state_dict().items())}
    path = save(tmp_path / "mine.safetensors", state, {"net": "modern"})
    explorer = NetworkExplorer(weights=path)
    assert (explorer.network, explorer.weights, explorer._source) == ("modern", "given", "mine.safetensors")
    noted = save(tmp_path / "deck.safetensors", state, {"net": "deck", "accuracy": "0.8123", "epochs": "9"})
    deck = NetworkExplorer(network="modern", weights=str(noted))
    assert (deck.network, deck._source) == ("lenet", "deck.safetensors: 81.2% of the test images right")
    assert np.array_equal(explorer.numbers, run(net).astype(kind).astype("<f4"))
    explorer.weights = "trained"
    assert np.array_equal(explorer.numbers, trained_weights("modern")[0])
    explorer.weights = "given"
    assert np.array_equal(explorer.numbers, run(net).astype(kind).astype("<f4"))


def test_the_file_that_the_format_s_own_library_writes(tmp_path: Path) -> None:
    library = pytest.importorskip("safetensors.torch")
    state = {**lenet().state_dict(), "3.bias": torch.arange(16, dtype=torch.bfloat16)}
    library.save_file(state, tmp_path / "x.safetensors", metadata={"note": "a"})
    tensors, notes = read_safetensors(tmp_path / "x.safetensors")
    assert notes == {"note": "a"}
    assert all(np.array_equal(tensors[name], value.float().numpy()) for name, value in state.items())


def test_weights_from_a_state_dict_of_tensors_or_of_a_compiled_net() -> None:
    net = lenet()
    named = {f"_orig_mod.{name}": value for name, value in net.state_dict().items()}
    explorer = NetworkExplorer(weights=named)
    assert np.array_equal(explorer.numbers, run(net))
    explorer.load(modern_lenet().state_dict())
    assert not np.array_equal(explorer.numbers, run(net))
    with pytest.raises(traitlets.TraitError, match=r"^The explorer shows your module: load the weights into it"):
        NetworkExplorer(net).load(net.state_dict())


def test_weights_that_do_not_fit_are_refused_and_the_old_ones_stay(tmp_path: Path) -> None:
    state = {name: value.numpy() for name, value in lenet().state_dict().items()}
    explorer = NetworkExplorer(weights=state)
    before = explorer.numbers
    lacking = {name: value for name, value in state.items() if name != "3.bias"}
    for wrong, sentence in (
        (lacking, r"^The weights lack 3\.bias, of layer 4 \(Conv2d\); they have 0\.weight, 0\.bias, 3\.weight, 7\.w"),
        (
            {**state, "9.bias": np.zeros(85)},
            r"^9\.bias has the shape \(85,\), and layer 10 \(Linear\) takes \(84,\)\.$",
        ),
        (
            {**state, "12.weight": np.zeros(3)},
            r"^The weights have 12\.weight too, for which the network has no layer\.$",
        ),
        ({}, r"^The weights lack 0\.weight, of layer 1 \(Conv2d\); they have none\.$"),
    ):
        with pytest.raises(traitlets.TraitError, match=sentence):
            explorer.load(wrong)
        assert np.array_equal(explorer.numbers, before)
    with pytest.raises(traitlets.TraitError, match=r"^No weights are given yet: load\(PATH\) takes some\.$"):
        NetworkExplorer().weights = "given"


def test_a_damaged_file_is_said_to_be_one(tmp_path: Path) -> None:
    whole = save(tmp_path / "w.safetensors", {"0.weight": np.zeros((6, 1, 5, 5), "<f4")}).read_bytes()
    header = int.from_bytes(whole[:8], "little")
    for content in (
        b"",
        whole[:4],
        whole[: 8 + header // 2],
        whole[:-5],
        b"\xff" * 64,
        struct.pack("<Q", 4) + b"null" + b"0" * 8,
        struct.pack("<Q", 12) + b'{"a": [1,2]}',
    ):
        path = tmp_path / "damaged.safetensors"
        path.write_bytes(content)
        with pytest.raises(traitlets.TraitError, match=r"damaged\.safetensors is no whole safetensors file: .*\.$"):
            NetworkExplorer(weights=path)
    path = save(tmp_path / "whole.safetensors", {"0.weight": np.zeros(3, "<i8")})
    with pytest.raises(traitlets.TraitError, match="it holds I64, where F64, F32, F16, BF16 are read"):
        NetworkExplorer(weights=str(path))
    with pytest.raises(FileNotFoundError):
        NetworkExplorer(weights=tmp_path / "nothing.safetensors")


def test_the_order_is_that_of_the_layers_not_of_the_names() -> None:
    layers = NETWORKS["lenet"]
    state = lenet().state_dict()
    assert np.array_equal(ordered(layers, dict(sorted(state.items()))), ordered(layers, state))
    assert output_shapes(layers, (1, 28, 28))[3] == (16, 10, 10)


def test_predictions_are_read_back() -> None:
    explorer = NetworkExplorer(predict=True)
    assert explorer.tally == (0, 0)
    explorer.set_state(
        {"_predictions": {"right": 1, "tried": 2, "shown": 0, "of": "", "cells": {}}, "cell": [3, 1, 2, 4]}
    )
    assert explorer.tally == (1, 2)
    assert explorer.cell == (3, 1, 2, 4)


def test_what_is_drawn_in_the_browser_comes_back_as_an_image() -> None:
    explorer = NetworkExplorer()
    drawn = NetworkExplorer(image=np.arange(784).reshape(28, 28) % 256).get_state("image")["image"]
    explorer.set_state({"image": drawn})
    assert explorer.image[1, 3] == 31 and explorer.image.shape == (28, 28)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_preset_of_the_page_is_a_state_that_the_widget_takes(preset: Preset) -> None:
    state = entry().state
    assert preset.traits.keys() <= state.keys()
    explorer = NetworkExplorer()
    explorer.set_state(preset.traits)
    assert json.loads(json.dumps(explorer.get_state(list(preset.traits)))) == preset.traits
    layer, *place = explorer.cell
    shape = explorer.shapes[layer]
    assert all(at < side for at, side in zip(place, shape if len(shape) == 3 else (1, 1, *shape), strict=True))


def test_bytes_stand_on_the_page_as_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = replace(entry(), state={"_weights": memoryview(b"\x00\xff<"), "other": b""})
    monkeypatch.setattr("cnnwidgets.widgets.gallery.entries", lambda: [made])
    text = build_gallery(tmp_path).read_text()
    assert '"state": {"_weights": {"bytes": "AP88"}, "other": {"bytes": ""}}' in text
    monkeypatch.setattr("cnnwidgets.widgets.gallery.entries", lambda: [replace(made, state={"odd": {1, 2}})])
    with pytest.raises(TypeError, match="a state holds a set, which can not stand on a page"):
        build_gallery(tmp_path)


def test_it_is_inert_where_no_view_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    explorer = NetworkExplorer(lenet())
    assert explorer.comm is None and explorer._garments == []
