"""Fit the three views, and judge them by cross-validation on the corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score
from sklearn.model_selection import StratifiedKFold

from pipeline.adapters.classifier import Features, Linear, ThreeViews, features
from pipeline.adapters.cues import Cues
from pipeline.adapters.reading import joined, read_part
from pipeline.adapters.wording import LONGEST, SHORTEST, Wording
from pipeline.errors import ModelError
from pipeline.training.calibration import Numbers, platt
from pipeline.training.corpus import Item

SEED = 20240730
FOLDS = 5
DENSE_FREEDOM, WORDS_FREEDOM = 1.0, 10.0  # C of the regressions, chosen on development data
NEUTRAL: Numbers = (1.0, 0.0)


def fit(
    items: Sequence[Item], topics: Sequence[str], cues: Cues, calibration: Mapping[str, Numbers], model_id: str
) -> ThreeViews:
    """The three views on some items; an item that nobody judged for a topic is left out of that topic's fits."""
    parts = [read_part(item.title, item.text) for item in items]
    terms = wording([joined(part) for part in parts])
    return fit_read(items, topics, features(parts, terms, cues), terms, cues, calibration, model_id)


def fit_read(
    items: Sequence[Item],
    topics: Sequence[str],
    read: Features,
    terms: Wording,
    cues: Cues,
    calibration: Mapping[str, Numbers],
    model_id: str,
) -> ThreeViews:
    """The same, where the items have been read."""
    dense = csr_matrix(read.dense)  # nine of ten cues and pairs are absent from a text: a third of the time
    kinds, shares = _kinds(items, topics, dense)
    return ThreeViews(
        topics=tuple(topics),
        terms=terms,
        cues=cues,
        kinds=kinds,
        shares=shares,
        meaning=_by_topic(items, topics, dense, DENSE_FREEDOM),
        wording=_by_topic(items, topics, read.words, WORDS_FREEDOM),
        calibration={topic: calibration.get(topic, NEUTRAL) for topic in topics},
        model_id=model_id,
    )


def wording(texts: Sequence[str]) -> Wording:
    """The terms that stand in some of the texts, and how rare each is."""
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2).fit(texts)
    runs = TfidfVectorizer(analyzer="char_wb", ngram_range=(SHORTEST, LONGEST), min_df=3).fit(texts)
    return Wording(
        words=words.get_feature_names_out().tolist(),
        word_weights=words.idf_,
        runs=runs.get_feature_names_out().tolist(),
        run_weights=runs.idf_,
    )


def _by_topic(items: Sequence[Item], topics: Sequence[str], rows: Any, freedom: float) -> Linear:
    """One regression a topic."""
    fitted = []
    for topic in topics:
        judged = np.array([n for n, item in enumerate(items) if topic in item.labels])
        labels = np.array([items[n].labels[topic] for n in judged])
        weights = np.array([items[n].weight for n in judged])
        fitted.append(_regression(freedom).fit(rows[judged], labels, sample_weight=weights))
    return Linear(
        weights=np.stack([model.coef_[0] for model in fitted], axis=1),
        shifts=np.array([model.intercept_[0] for model in fitted]),
    )


def _kinds(items: Sequence[Item], topics: Sequence[str], dense: Any) -> tuple[Linear, NDArray[np.float64]]:
    """The regression on kinds of news, and each topic's share in them; only fully labelled items take part."""
    rows = [n for n, item in enumerate(items) if all(topic in item.labels for topic in topics)]
    names = np.array([items[n].kind or _pattern(items[n], topics) for n in rows])
    labels = np.array([[items[n].labels[topic] for topic in topics] for n in rows])
    model = _regression(DENSE_FREEDOM).fit(dense[rows], names, sample_weight=[items[n].weight for n in rows])
    weights, shifts = model.coef_.T, model.intercept_
    if len(model.classes_) == 2:  # the first of two has no row of its own
        weights, shifts = np.hstack([0 * weights, weights]), np.array([0.0, *shifts])
    shares = np.array([labels[names == kind].mean(axis=0) for kind in model.classes_])
    return Linear(weights=weights, shifts=shifts), shares


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


def _regression(freedom: float) -> LogisticRegression:
    return LogisticRegression(C=freedom, max_iter=3000, tol=1e-5)
