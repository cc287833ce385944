"""Two numbers a topic turn logits into probabilities; they and the thresholds are fitted on labelled real items.

Items on one event stay together when something is held out: an event that was seen tells its label.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from pipeline.errors import ConfigError
from pipeline.figures import best_threshold, binary

CALIBRATION = "calibration.json"
FOLDS, SEED = 5, 20240730
Numbers = tuple[float, float]
"""Slope and shift."""


def platt(logits: NDArray[np.float64], labels: NDArray[np.int64]) -> Numbers:
    """Slope and shift that make `1 / (1 + exp(-(slope * logit + shift)))` a probability.

    A little shrinkage keeps the slope finite where the classes are apart altogether.
    """
    fitted = LogisticRegression(C=10.0, tol=1e-8, max_iter=1000).fit(logits[:, None], labels)
    return round(float(fitted.coef_[0, 0]), 4), round(float(fitted.intercept_[0]), 4)


def calibrations(models: Path) -> dict[str, Numbers]:
    """The numbers of `models/calibration.json` by topic; none where the file is missing. Raises ConfigError."""
    path = models / CALIBRATION
    if not path.exists():
        return {}
    try:
        rows = json.loads(path.read_text())
        return {topic: (float(row["slope"]), float(row["shift"])) for topic, row in rows.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(f"{path}: needs slope and shift for each topic ({error!r})") from error


def calibrate(
    rows: Sequence[Mapping[str, Any]], logits: Mapping[str, NDArray[np.float64]]
) -> dict[str, dict[str, Any]]:
    """For each topic: the numbers, the thresholds of both operating points, and figures with events held out."""
    events = [str(row.get("event") or row["id"]) for row in rows]
    return {
        topic: _calibrated(np.array([int(row[topic]) for row in rows]), values, events)
        for topic, values in logits.items()
    }


def _calibrated(labels: NDArray[np.int64], logits: NDArray[np.float64], events: Sequence[str]) -> dict[str, Any]:
    slope, shift = platt(logits, labels)
    chances = _chances(logits, (slope, shift))
    threshold = best_threshold(labels, chances)
    held_out, decided = np.zeros(len(labels)), np.zeros(len(labels))
    for known, held in StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED).split(logits, labels, events):
        numbers = platt(logits[known], labels[known])
        held_out[held] = _chances(logits[held], numbers)
        decided[held] = held_out[held] >= best_threshold(labels[known], _chances(logits[known], numbers))
    figures = binary(labels.tolist(), held_out.tolist(), 0.5)
    hits = float((labels * decided).sum())
    return {
        "slope": slope,
        "shift": shift,
        "threshold": threshold,
        "recall_threshold": min(threshold, best_threshold(labels, chances, recall=0.95)),
        "held_out": {
            "ece": figures["ece"],
            "brier": figures["brier"],
            "average_precision": figures["average_precision"],
            "f1": round(2 * hits / (labels.sum() + decided.sum()), 4) if hits else 0.0,
        },
    }


def _chances(logits: NDArray[np.float64], numbers: Numbers) -> NDArray[np.float64]:
    slope, shift = numbers
    result: NDArray[np.float64] = 1 / (1 + np.exp(-(slope * logits + shift)))
    return result


def save(models: Path, numbers: Mapping[str, Mapping[str, Any]]) -> None:
    """Write `models/calibration.json`."""
    (models / CALIBRATION).write_text(json.dumps(numbers, indent=2, sort_keys=True) + "\n")
