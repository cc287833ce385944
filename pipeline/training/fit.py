"""Fit the three views, and judge them by cross-validation on the corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import FeatureUnion

from pipeline.adapters.classifier import ThreeViews, dense_features, joined, read_part
from pipeline.adapters.cues import Cues
from pipeline.errors import ModelError
from pipeline.training.calibration import Numbers, platt
from pipeline.training.corpus import Item

SEED = 20240730
FOLDS = 5
NEUTRAL: Numbers = (1.0, 0.0)


def fit(
    items: Sequence[Item], topics: Sequence[str], cues: Cues, calibration: Mapping[str, Numbers], model_id: str
) -> ThreeViews:
    """The three views on some items; an item that nobody judged for a topic is left out of that topic's fits."""
    parts = [read_part(item.title, item.text) for item in items]
    texts = [joined(part) for part in parts]
    words = FeatureUnion([("word", _words()), ("char", _characters())]).fit(texts)
    matrix, dense = words.transform(texts), dense_features(parts, cues)
    weights = np.array([item.weight for item in items])
    kinds, shares = _kinds(items, topics, dense, weights)
    meaning, wording = {}, {}
    for topic in topics:
        rows = np.array([n for n, item in enumerate(items) if topic in item.labels])
        labels = np.array([items[n].labels[topic] for n in rows])
        meaning[topic] = _regression(3.0).fit(dense[rows], labels, sample_weight=weights[rows])
        wording[topic] = _regression(10.0).fit(matrix[rows], labels, sample_weight=weights[rows])
    return ThreeViews(
        words=words,
        cues=cues,
        kinds=kinds,
        shares=shares,
        meaning=meaning,
        wording=wording,
        calibration={topic: calibration.get(topic, NEUTRAL) for topic in topics},
        model_id=model_id,
    )


def _kinds(
    items: Sequence[Item], topics: Sequence[str], dense: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[Any, dict[str, NDArray[np.float64]]]:
    """The regression on kinds of news, and each topic's share in them; only fully labelled items take part."""
    rows = [n for n, item in enumerate(items) if all(topic in item.labels for topic in topics)]
    names = np.array([items[n].kind or _pattern(items[n], topics) for n in rows])
    model = _regression(3.0).fit(dense[rows], names, sample_weight=weights[rows])
    shares = {
        topic: np.array(
            [
                np.mean([items[n].labels[topic] for n, of in zip(rows, names, strict=True) if of == kind])
                for kind in model.classes_
            ]
        )
        for topic in topics
    }
    return model, shares


def _pattern(item: Item, topics: Sequence[str]) -> str:
    """The kind of an item for which nobody named one: which topics it has."""
    return "labels " + " ".join(str(item.labels[topic]) for topic in topics)


def cross_validated(
    items: Sequence[Item], topics: Sequence[str], cues: Cues
) -> tuple[dict[str, Numbers], dict[str, dict[str, float]]]:
    """Calibration numbers and figures by topic, from items that the model of their fold has not seen."""
    truth = {topic: np.array([item.labels[topic] for item in items]) for topic in topics}
    if any(min(np.bincount(labels, minlength=2)) < FOLDS for labels in truth.values()):
        raise ModelError(f"a topic needs at least {FOLDS} labelled items of each kind")
    logits = {topic: np.zeros(len(items)) for topic in topics}
    patterns = [_pattern(item, topics) for item in items]
    for known, held in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(patterns, patterns):
        model = fit([items[n] for n in known], topics, cues, {}, "fold")
        for topic, values in model.logits([(items[n].title, items[n].text) for n in held]).items():
            logits[topic][held] = values
    numbers = {topic: platt(logits[topic], truth[topic]) for topic in topics}
    return numbers, {topic: _figures(truth[topic], logits[topic], numbers[topic]) for topic in topics}


def _figures(labels: NDArray[np.int64], logits: NDArray[np.float64], numbers: Numbers) -> dict[str, float]:
    slope, shift = numbers
    return {
        "positives": int(labels.sum()),
        "average_precision": round(float(average_precision_score(labels, logits)), 3),
        "f1": round(float(f1_score(labels, slope * logits + shift >= 0)), 3),
    }


def _words() -> TfidfVectorizer:
    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)


def _characters() -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=3)


def _regression(freedom: float) -> LogisticRegression:
    return LogisticRegression(C=freedom, max_iter=3000, tol=1e-5)
