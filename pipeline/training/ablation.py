"""What each part of the classifier brings: average precision and best F1 on labelled rows, without it or alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, f1_score
from threadpoolctl import threadpool_limits

from pipeline.adapters.classifier import SHUT, Features, ThreeViews, features
from pipeline.adapters.cues import Cues
from pipeline.adapters.embedding import DIMENSIONS
from pipeline.adapters.reading import joined, read_part
from pipeline.figures import best_threshold
from pipeline.training.corpus import Item
from pipeline.training.fit import fit_read, wording

Scores = NDArray[np.float64]


def ablation(
    items: Sequence[Item], rows: Sequence[Mapping[str, Any]], topics: Sequence[str], cues: Cues
) -> dict[str, dict[str, list[float]]]:
    """For each variant and topic: average precision and the best F1. Models learn from the items alone."""
    with threadpool_limits(limits=1):
        variants = list(_variants(items, rows, topics, cues))
    return {
        name: {
            topic: _figures(np.array([int(row[topic]) for row in rows]), scores[:, n]) for n, topic in enumerate(topics)
        }
        for name, scores in variants
    }


def _variants(
    items: Sequence[Item], rows: Sequence[Mapping[str, Any]], topics: Sequence[str], cues: Cues
) -> Iterator[tuple[str, Scores]]:
    """The (rows, topics) logits of each variant."""
    known = [read_part(item.title, item.text) for item in items]
    terms = wording([joined(part) for part in known])
    seen = features(known, terms, cues)
    asked = features([read_part(str(row["title"] or ""), str(row["text"] or "")) for row in rows], terms, cues)

    def fitted(part: slice = slice(None), every: int = 1) -> tuple[ThreeViews, Features]:
        use, of = [replace(read, dense=_only(read.dense, part)) for read in (seen, asked)]
        use = Features(dense=use.dense[::every], words=use.words[::every], hits=use.hits[::every])
        return fit_read(items[::every], topics, use, terms, cues, {}, "variant"), of

    whole, of = fitted()
    shut = SHUT * np.stack([~cues.open_gates(topic, asked.hits) for topic in topics], axis=1)
    views = whole.views(of)
    for name, logits in views.items():
        yield f"{name} alone", logits - shut
    for name in views:
        yield f"without {name}", np.mean([logits for other, logits in views.items() if other != name], axis=0) - shut
    for name, part, every in (
        ("without cues", slice(0, DIMENSIONS), 1),
        ("without word vectors", slice(DIMENSIONS, None), 1),
        ("half of the corpus", slice(None), 2),
    ):
        model, read = fitted(part, every)
        yield name, model.logits_of(read)
    yield "without gates", whole.logits_of(of) + shut
    yield "everything", whole.logits_of(of)


def _only(dense: Scores, part: slice) -> Scores:
    """The columns of a part; zero in the others."""
    kept = np.zeros_like(dense)
    kept[:, part] = dense[:, part]
    return kept


def _figures(labels: NDArray[np.int64], scores: Scores) -> list[float]:
    f1 = f1_score(labels, scores >= best_threshold(labels, scores))
    return [round(float(average_precision_score(labels, scores)), 3), round(float(f1), 3)]
