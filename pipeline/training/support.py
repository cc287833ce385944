"""Fit the soft score's weights to labelled claims; what is kept are figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from pipeline.domain.sketch import Language
from pipeline.figures import area
from pipeline.stages.draft.evidence.soft import Embed, Weights, features, rarity

STRENGTH = 0.1
"""Inverse strength of regularisation, as measured with one kind of claims at a time left out."""
FOLDS = 5
Floats = NDArray[np.float64]
Truth = NDArray[np.bool_]
Folds = Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]]


def fit_support(rows: Sequence[Mapping[str, Any]], language: Language, embed: Embed) -> tuple[Weights, dict[str, Any]]:
    """Weights fitted to rows `{claim, references, supported, subset?}`, and the figures that judge them.

    Figures: cross-validation in which claims that share a text stay together, and the mean over subsets left out.
    """
    rare = rarity(language)
    table = np.array([features(str(r["claim"]), [str(t) for t in r["references"] or ()], rare, embed) for r in rows])
    truth = np.array([bool(r["supported"]) for r in rows])
    subsets = np.array([str(r.get("subset")) for r in rows])
    figures = {"cross_validated": _judged(table, truth, _folds(rows))}
    if len(set(subsets)) > 1:
        apart = [(np.flatnonzero(subsets != s), np.flatnonzero(subsets == s)) for s in sorted(set(subsets))]
        each = [_judged(table, truth, [pair]) for pair in apart]
        figures["left_out"] = {name: round(float(np.mean([e[name] for e in each])), 4) for name in each[0]}
    return _fitted(table, truth), figures


def _fitted(table: Floats, truth: Truth) -> Weights:
    scaler = StandardScaler().fit(table)
    model = LogisticRegression(C=STRENGTH).fit(scaler.transform(table), truth)
    plain = model.coef_[0] / scaler.scale_
    shift = float(model.intercept_[0] - plain @ scaler.mean_)
    weights = Weights(weights=tuple(round(float(w), 4) for w in plain), shift=round(shift, 4), threshold=0.5)
    scores = np.array([weights.score(row) for row in table])
    return Weights(weights=weights.weights, shift=weights.shift, threshold=_threshold(truth, scores))


def _threshold(truth: Truth, scores: Floats) -> float:
    """The cut of the highest macro-F1, among quantiles of the scores."""
    cuts = np.quantile(scores, np.linspace(0.05, 0.95, 91))
    return round(float(max(cuts, key=lambda cut: _macro(truth, scores >= cut))), 4)


def _judged(table: Floats, truth: Truth, folds: Folds) -> dict[str, float]:
    found: list[tuple[bool, float, bool]] = []
    for train, test in folds:
        weights = _fitted(table[train], truth[train])
        scores = [weights.score(row) for row in table[test]]
        found += zip(truth[test].tolist(), scores, [s >= weights.threshold for s in scores], strict=True)
    labels, chances, guess = (np.array(column) for column in zip(*found, strict=True))
    return {"macro_f1": round(_macro(labels, guess), 4), "auc": area(labels, chances)}


def _folds(rows: Sequence[Mapping[str, Any]]) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    group = _groups(rows)
    return list(GroupKFold(FOLDS).split(np.zeros(len(rows)), groups=group))


def _groups(rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Rows that share a claim or a reference, directly or through others, have one number."""
    home: dict[str, int] = {}
    group = list(range(len(rows)))
    for n, row in enumerate(rows):
        for text in (str(row["claim"]), *map(str, row["references"] or ())):
            other = home.setdefault(text, n)
            old, new = group[n], group[other]
            if old != new:
                group = [new if g == old else g for g in group]
    return group


def _macro(truth: NDArray[Any], guess: NDArray[Any]) -> float:
    return float(f1_score(truth, guess, average="macro", zero_division=0.0))
