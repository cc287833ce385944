"""The weights of the soft score, in `models/support.json`. Raises ModelError."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from pipeline.adapters import language
from pipeline.adapters.embedding import embed
from pipeline.errors import ModelError
from pipeline.stages.draft.evidence.soft import FEATURES, Soft, Weights, rarity

NAME = "support.json"


def save(folder: Path, weights: Weights) -> Path:
    """Write the weights by the names of their features."""
    table = dict(zip(FEATURES, weights.weights, strict=True))
    data = {"weights": table, "shift": weights.shift, "threshold": weights.threshold}
    path = folder / NAME
    path.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    return path


def load(folder: Path, actors: Mapping[str, str]) -> Soft:
    """The soft score of a folder of models."""
    path = folder / NAME
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        numbers = tuple(float(data["weights"][name]) for name in FEATURES)
        weights = Weights(weights=numbers, shift=float(data["shift"]), threshold=float(data["threshold"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path}: cannot be read ({error}); `policywire model support` writes it") from error
    return Soft(rare=rarity(language.load(folder, actors)), embed=embed, weights=weights)
