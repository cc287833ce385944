"""Train the classifier from the labelled corpus in `models/corpus/`, calibrate it, and learn from verdicts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from pipeline.adapters.cues import Cues
from pipeline.adapters.model import save
from pipeline.training.calibration import calibrations
from pipeline.training.corpus import Item, corpus
from pipeline.training.fit import cross_validated, fit

__all__ = ["corpus", "train"]


def train(models: Path, topics: Sequence[str], extra: Sequence[Item] = (), into: Path | None = None) -> dict[str, Any]:
    """Train on the corpus of `models` and `extra` items, write artefact and manifest, and give the figures.

    The figures are those of cross-validation on the corpus, which also calibrates a topic that
    `models/calibration.json` does not name. With extra items there is none where it is not needed.
    """
    items = corpus(models / "corpus", topics)
    cues = Cues.of_file(models / "cues.yaml")
    numbers = {topic: pair for topic, pair in calibrations(models).items() if topic in topics}
    figures: dict[str, Any] = {"items": len(items), "verdicts": len(extra)}
    seen = [*items, *extra]
    with threadpool_limits(limits=1):  # threads sum in another order each, and wait for each other on a busy machine
        if not extra or set(topics) - set(numbers):
            fitted, judged = cross_validated(items, topics, cues)
            numbers, figures = {**fitted, **numbers}, {**figures, **judged}
        recipe = json.dumps([[item.plain for item in seen], cues.plain, numbers, sorted(topics)], sort_keys=True)
        model_id = f"views-{hashlib.sha256(recipe.encode()).hexdigest()[:10]}"
        save(into or models, fit(seen, topics, cues, numbers, model_id), figures)
    return figures
