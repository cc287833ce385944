"""Train the classifier from the labelled corpus in `models/corpus/`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import FeatureUnion, make_pipeline

from pipeline.adapters.model import LinearClassifier, model_text, save
from pipeline.errors import ConfigError, ModelError

SEED = 20240730
FOLDS = 5


def corpus(folder: Path, topics: Sequence[str]) -> list[dict[str, Any]]:
    """Every labelled item of `folder`/*.jsonl. Raises ConfigError with file and line."""
    rows: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.jsonl")):
        for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                row = json.loads(line)
            except ValueError as error:
                raise ConfigError(f"{path}:{n}: not JSON ({error})") from error
            if missing := [key for key in ("id", "title", "text", *topics) if key not in row]:
                raise ConfigError(f"{path}:{n}: item lacks {missing}")
            rows.append(row)
    if not rows:
        raise ModelError(f"{folder}: holds no labelled item (*.jsonl); nothing to train on")
    return rows


def train(models: Path, topics: Sequence[str]) -> dict[str, Any]:
    """Train, write artefact and manifest into `models`, and give the figures of cross-validation."""
    rows = corpus(models / "corpus", topics)
    texts = [model_text(row["title"], row["text"]) for row in rows]
    features = FeatureUnion([("word", _words()), ("char", _characters())]).fit(texts)
    matrix = features.transform(texts)
    heads, calibration = {}, {}
    figures: dict[str, Any] = {"items": len(rows)}
    for topic in topics:
        labels = np.array([int(row[topic]) for row in rows])
        heads[topic] = _head().fit(matrix, labels)
        calibration[topic], figures[topic] = calibrate(texts, labels)
    digest = hashlib.sha256(json.dumps([rows, sorted(topics)], sort_keys=True).encode()).hexdigest()[:10]
    model = LinearClassifier(features=features, heads=heads, calibration=calibration, model_id=f"linear-{digest}")
    save(models, model, figures)
    return figures


def calibrate(texts: Sequence[str], labels: Any) -> tuple[tuple[float, float], dict[str, float]]:
    """Slope and shift that turn held-out logits into probabilities, and the held-out figures."""
    if min(np.bincount(labels, minlength=2)) < FOLDS:
        raise ModelError(f"a topic needs at least {FOLDS} labelled items of each kind")
    whole = make_pipeline(FeatureUnion([("word", _words()), ("char", _characters())]), _head())
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    logits = cross_val_predict(whole, list(texts), labels, cv=folds, method="decision_function")
    platt = LogisticRegression(C=1e6).fit(logits[:, None], labels)
    slope, shift = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    figures = {
        "positives": int(labels.sum()),
        "average_precision": round(float(average_precision_score(labels, logits)), 3),
        "f1": round(float(f1_score(labels, slope * logits + shift >= 0)), 3),
    }
    return (slope, shift), figures


def _words() -> TfidfVectorizer:
    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)


def _characters() -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=3)


def _head() -> LogisticRegression:
    return LogisticRegression(C=10.0, max_iter=2000)
