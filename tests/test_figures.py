"""Figures of flags: by item, by event, thresholds and calibration."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.figures import best_threshold, binary, by_event, calibration_error


def test_figures_of_a_perfect_guess_are_one() -> None:
    figures = binary([0, 1, 1], [0.0, 1.0, 1.0], 0.5)

    assert (figures["f1"], figures["average_precision"], figures["brier"], figures["ece"]) == (1, 1, 0, 0)


def test_a_large_event_weighs_as_much_as_a_small_one() -> None:
    truth, chances = [1] * 9 + [1, 0], [0.9] * 9 + [0.1, 0.1]
    events = ["large"] * 9 + ["small", "other"]

    figures = by_event(truth, chances, 0.5, events)

    assert binary(truth, chances, 0.5)["f1"] == pytest.approx(18 / 19, abs=1e-4)
    assert figures["f1"] == pytest.approx(2 / 3, abs=1e-4)
    assert figures["events"] == 3
    assert figures["f1_interval"][0] <= figures["f1_interval"][1]


def test_intervals_are_the_same_each_time() -> None:
    given = ([1, 0, 1, 0], [0.9, 0.2, 0.4, 0.6], 0.5, ["a", "b", "c", "d"])

    assert by_event(*given) == by_event(*given)


def test_the_threshold_for_recall_lies_under_the_lowest_positive_it_needs() -> None:
    truth, chances = np.array([1, 0, 0, 1, 1]), np.array([0.2, 0.3, 0.5, 0.7, 0.9])

    assert best_threshold(truth, chances) == pytest.approx(0.6)
    assert best_threshold(truth, chances, recall=0.95) == pytest.approx(0.1)


def test_calibration_error_is_the_gap_between_said_and_seen() -> None:
    assert calibration_error([0, 1], [0.5, 0.5]) == 0
    assert calibration_error([0, 0], [0.8, 0.8]) == pytest.approx(0.8)
