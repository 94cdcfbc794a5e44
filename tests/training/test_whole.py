"""All of Fashion-MNIST: an epoch of the modern network's recipe, as `cnnwidgets train` runs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from safetensors import safe_open

from cnnwidgets.cli import main
from tests.training.test_data import DEBIAN, whole_set


@whole_set
@pytest.mark.slow
def test_one_epoch_of_the_whole_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    into = tmp_path / "w.safetensors"
    assert main(["train", "--epochs", "1", "--device", "cpu", "--data", str(DEBIAN), "--into", str(into)]) == 0
    said = capsys.readouterr().out
    assert "60000 images to learn from and 10000 to test" in said
    with safe_open(into, "pt") as file:
        assert float(file.metadata()["accuracy"]) > 0.7
