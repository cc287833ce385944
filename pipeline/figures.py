"""Figures of a yes-or-no decision, for single items and with every event weighing the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import (
    average_precision_score,
    brier_score_loss,
    f1_score,
    precision_score,
    recall_score,
    roc_auc_score,
)

DRAWS, SEED = 1000, 20240730


def binary(truth: Sequence[int], chances: Sequence[float], threshold: float) -> dict[str, float]:
    """The usual figures at a threshold, rounded to 4 places."""
    guess = [int(p >= threshold) for p in chances]
    figures = {
        "precision": precision_score(truth, guess, zero_division=0.0),
        "recall": recall_score(truth, guess, zero_division=0.0),
        "f1": f1_score(truth, guess, zero_division=0.0),
        "average_precision": average_precision_score(truth, chances) if any(truth) else 0.0,
        "brier": brier_score_loss(truth, chances),
        "ece": calibration_error(truth, chances),
    }
    return {"positives": sum(truth), **{name: round(float(value), 4) for name, value in figures.items()}}


def by_event(truth: Sequence[int], chances: Sequence[float], threshold: float, events: Sequence[str]) -> dict[str, Any]:
    """F1 and average precision with every event weighing the same, and 95 % intervals over drawn events."""
    labels, p = np.array(truth), np.array(chances)
    size = Counter(events)
    weights = np.array([1 / size[event] for event in events])
    members: dict[str, list[int]] = defaultdict(list)
    for n, event in enumerate(events):
        members[event].append(n)
    groups = [np.array(rows) for rows in members.values()]
    random = np.random.default_rng(SEED)
    draws = []
    for _ in range(DRAWS):
        rows = np.concatenate([groups[i] for i in random.integers(0, len(groups), len(groups))])
        if labels[rows].any():
            draws.append((_f1(labels[rows], p[rows] >= threshold), average_precision_score(labels[rows], p[rows])))
    low, high = np.quantile(np.array(draws), [0.025, 0.975], axis=0).round(4).tolist()
    return {
        "events": len(groups),
        "f1": round(_f1(labels, p >= threshold, weights), 4),
        "average_precision": round(float(average_precision_score(labels, p, sample_weight=weights)), 4),
        "f1_interval": [low[0], high[0]],
        "average_precision_interval": [low[1], high[1]],
    }


def _f1(labels: NDArray[np.int64], guess: NDArray[np.bool_], weights: NDArray[np.float64] | None = None) -> float:
    of = np.ones(len(labels)) if weights is None else weights
    hits = float((of * labels * guess).sum())
    return 2 * hits / float((of * labels).sum() + (of * guess).sum()) if hits else 0.0


def best_threshold(truth: NDArray[np.int64], chances: NDArray[np.float64], recall: float = 0.0) -> float:
    """The threshold of the highest F1; with `recall`, the highest one that reaches this recall.

    It lies half-way between two probabilities, so that rounding changes no decision.

    >>> best_threshold(np.array([0, 1, 1]), np.array([0.2, 0.6, 0.8]))
    0.4
    """
    steps = np.unique(np.concatenate([[0.0, 1.0], chances]))
    candidates = [float(round(t, 4)) for t in (steps[1:] + steps[:-1]) / 2]
    if recall:
        return max(t for t in candidates if truth[chances >= t].sum() >= recall * truth.sum())
    return max(candidates, key=lambda t: _f1(truth, chances >= t))


def calibration_error(truth: Sequence[int], chances: Sequence[float], bins: int = 10) -> float:
    """Expected calibration error over equal-width bins, in [0, 1].

    >>> calibration_error([1, 0], [1.0, 0.0])
    0.0
    """
    groups: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for label, p in zip(truth, chances, strict=True):
        groups[min(int(p * bins), bins - 1)].append((label, p))
    gaps = (len(g) * abs(fmean(y for y, _ in g) - fmean(p for _, p in g)) for g in groups.values())
    return sum(gaps) / max(len(truth), 1)


def area(truth: Sequence[bool] | NDArray[np.bool_], chances: Sequence[float] | NDArray[np.float64]) -> float:
    """The area under the ROC curve, rounded to 4 places; 0.5 where all labels are equal.

    >>> area([False, True, True], [0.1, 0.8, 0.4])
    1.0
    """
    return round(float(roc_auc_score(truth, chances)), 4) if len(set(truth)) > 1 else 0.5
