"""Answers, confusion and the report by class, against what can be counted by hand; and the picture of mistakes."""

from __future__ import annotations

import io

import matplotlib.image
import numpy as np
import pytest
import torch
from torch import nn

from cnnwidgets import training
from cnnwidgets.training import CLASSES, ClassReport, Dataset, answers, class_report, confusion, mistakes


def by_first_pixels() -> nn.Module:
    """A network whose scores are the first ten pixels."""
    net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10, bias=False))
    nn.init.eye_(net[1].weight)
    return net


def saying(classes: list[int]) -> torch.Tensor:
    """Images of bytes for which that network answers these classes."""
    X = torch.zeros(len(classes), 1, 28, 28, dtype=torch.uint8)
    X[torch.arange(len(classes)), 0, 0, torch.tensor(classes)] = 200
    return X


TRUTH, FOUND = [0, 0, 0, 1, 1, 2, 3, 3], [0, 0, 6, 1, 2, 2, 2, 3]


def test_answers_are_the_largest_scores_whatever_the_number_of_images() -> None:
    classes = [i * 7 % 10 for i in range(2345)]
    net = by_first_pixels().train()
    assert answers(net, saying(classes)).tolist() == classes
    assert net.training
    assert answers(net.eval(), training.scaled(saying(classes))).tolist() == classes
    assert not net.training
    assert answers(net, saying([0])[:0]).shape == (0,)


def test_confusion_counts_true_classes_by_row() -> None:
    matrix = confusion(np.array(TRUTH), np.array(FOUND))
    assert matrix.shape == (10, 10)
    for i in range(10):
        for j in range(10):
            assert matrix[i, j] == sum((t, f) == (i, j) for t, f in zip(TRUTH, FOUND, strict=True))
    assert confusion(torch.tensor(TRUTH), np.array(FOUND)).tolist() == matrix.tolist()
    with pytest.raises(ValueError, match="8 classes and 7 answers"):
        confusion(np.array(TRUTH), np.array(FOUND[1:]))


def test_the_report_by_class() -> None:
    report = class_report(by_first_pixels(), saying(FOUND), torch.tensor(TRUTH))
    assert report.accuracy == 5 / 8
    np.testing.assert_allclose(report.recall[:4], [2 / 3, 1 / 2, 1, 1 / 2])
    np.testing.assert_allclose(report.precision[:4], [1, 1, 1 / 3, 1])
    np.testing.assert_allclose(report.f1[:4], [0.8, 2 / 3, 0.5, 2 / 3])
    assert np.isnan(report.recall[6]) and report.precision[6] == 0
    assert np.isnan(report.precision[9]) and np.isnan(report.f1[9])
    lines = str(report).split("\n")
    assert len(lines) == 12
    assert lines[1].split() == ["T-shirt", "1.000", "0.667", "0.800", "3", "shirt,", "1", "times"]
    assert lines[-1] == "right: 62.50% of 8 images"


def test_the_report_of_nothing() -> None:
    assert "of 0 images" in str(ClassReport(np.zeros((10, 10), int)))


def drawn(figure) -> np.ndarray:
    buffer = io.BytesIO()
    figure.savefig(buffer, dpi=60)
    buffer.seek(0)
    return matplotlib.image.imread(buffer)


def words(figure) -> list[str]:
    return [text.get_text() for part in figure.subfigs for axis in part.axes for text in (*axis.texts, axis.title)]


def test_the_picture_shows_the_surest_mistakes_first() -> None:
    X = saying(FOUND)
    X[4, 0, 0, 2], X[6, 0, 0, 2], X[2, 0, 0, 6] = 100, 255, 200  # how sure it is of each of the three mistakes
    figure = mistakes(by_first_pixels(), X, torch.tensor(TRUTH))
    said = words(figure)
    assert "62.5% of 8 images right" in said
    surest = [axis for axis in figure.subfigs[1].axes if axis.images]
    assert [axis.texts[0].get_text() for axis in surest] == [f"is: {CLASSES[c]}" for c in (3, 0, 1)]
    assert [axis.get_title().split(",")[0] for axis in surest] == ["pullover", "shirt", "pullover"]
    np.testing.assert_array_equal(surest[0].images[0].get_array(), X[6, 0])
    assert drawn(figure).shape[0] > 200


def test_the_picture_of_a_network_without_mistakes() -> None:
    figure = mistakes(by_first_pixels(), saying(TRUTH), torch.tensor(TRUTH))
    assert "100.0% of 8 images right" in words(figure)
    assert drawn(figure).std() > 0.01


def test_the_picture_of_many_mistakes(images: Dataset) -> None:
    figure = mistakes(training.modern_lenet(), images.X_test, images.y_test)
    assert sum(bool(axis.images) for axis in figure.subfigs[1].axes) == 12
    assert drawn(figure).std() > 0.05
