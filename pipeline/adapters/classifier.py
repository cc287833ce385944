"""The classifier: the mean of three linear models that look at a text in different ways.

* `kinds`    meaning and cues → the kinds of news that the corpus tells apart; a topic gets its kinds' probabilities
* `meaning`  meaning and cues → the topic itself
* `wording`  TF-IDF of words and characters → the topic itself; the terms of an explanation come from here
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.adapters.cues import Cues
from pipeline.adapters.embedding import DIMENSIONS, embed
from pipeline.adapters.explanation import telling
from pipeline.adapters.reading import joined, read_part, sentences, stuffed
from pipeline.adapters.wording import Wording
from pipeline.ports import Score

Array = NDArray[np.float64]
Part = tuple[str, str]
MEANING_SCALE, CUE_SCALE = 2.0, 0.3  # chosen on development data
SHUT, STUFFED = 2.0, 3.0
"""What a shut gate, and a text that says one thing again and again, take off the logit: factors of .14 and .05."""
EXPLAINED_FROM = 0.1
"""Probability from which an item gets terms and a sentence; nobody asks about the others."""


@dataclass(frozen=True, kw_only=True)
class Linear:
    """`weights` is (features, outputs), `shifts` (outputs,)."""

    weights: Array
    shifts: Array

    def logits(self, rows: Any) -> Array:
        """(n, outputs) from a dense or sparse (n, features)."""
        result: Array = rows @ self.weights + self.shifts
        return result


@dataclass(frozen=True, kw_only=True)
class Features:
    """A batch as the views see it, one row an item; `hits` are the cues of title and lead together."""

    dense: Array
    words: Any
    hits: NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class ThreeViews:
    """Implements the port Classifier. `shares` is (kinds, topics): the share of positives in each kind of news."""

    topics: Sequence[str]
    terms: Wording
    cues: Cues
    kinds: Linear
    shares: Array
    meaning: Linear
    wording: Linear
    calibration: Mapping[str, tuple[float, float]]
    model_id: str

    def __post_init__(self) -> None:
        """Raises ValueError where vocabulary, cues and weights do not belong together."""
        dense, words = DIMENSIONS + self.cues.width, len(self.terms.words) + len(self.terms.runs)
        sizes = {
            "vocabulary": (len(self.terms.word_weights) + len(self.terms.run_weights), words),
            "weights of wording": (self.wording.weights.shape, (words, len(self.topics))),
            "weights of meaning": (self.meaning.weights.shape, (dense, len(self.topics))),
            "weights of kinds": (self.kinds.weights.shape, (dense, len(self.shares))),
            "shares": (self.shares.shape[1:], (len(self.topics),)),
            "calibration": (sorted(self.calibration), sorted(self.topics)),
        }
        if wrong := {name: pair for name, pair in sizes.items() if pair[0] != pair[1]}:
            raise ValueError(f"parts of the model do not fit together: {wrong}")

    @property
    def vocabulary(self) -> frozenset[str]:
        """The single words that the model has seen in training."""
        return frozenset(word for word in self.terms.words if " " not in word)

    def score(self, items: Sequence[tuple[str, str]]) -> list[dict[str, Score]]:
        """A probability for each topic, with the terms and the sentence behind it."""
        if not items:
            return []
        parts = [read_part(*item) for item in items]
        read = features(parts, self.terms, self.cues)
        chances = self._calibrated(self.logits_of(read) - STUFFED * np.array([[stuffed(item)] for item in items]))
        asked = [(int(n), int(t)) for n, t in np.argwhere(chances >= EXPLAINED_FROM)]
        said = self._said(parts, asked)
        scores = [
            {topic: Score(probability=float(p)) for topic, p in zip(self.topics, row, strict=True)} for row in chances
        ]
        for n, t in asked:
            terms = telling(self._pushing(read.words, n, t))
            scores[n][self.topics[t]] = Score(probability=float(chances[n, t]), terms=terms, sentence=said[n, t])
        return scores

    def logits(self, items: Sequence[tuple[str, str]]) -> dict[str, Array]:
        """The mean logit of the three views for each topic, before calibration; gates are in it."""
        read = features([read_part(*item) for item in items], self.terms, self.cues)
        return dict(zip(self.topics, self.logits_of(read).T, strict=True))

    def logits_of(self, read: Features) -> Array:
        """The same as (n, topics), for items that have been read."""
        shut = [~self.cues.open_gates(topic, read.hits) for topic in self.topics]
        mean: Array = np.mean(list(self.views(read).values()), axis=0)
        return mean - SHUT * np.stack(shut, axis=1)

    def views(self, read: Features) -> dict[str, Array]:
        """The (n, topics) logits of each of the three views."""
        return {
            "kinds": _logit(_softmax(self.kinds.logits(read.dense)) @ self.shares),
            "meaning": self.meaning.logits(read.dense),
            "wording": self.wording.logits(read.words),
        }

    def _calibrated(self, logits: Array) -> Array:
        slope, shift = np.array([self.calibration[topic] for topic in self.topics]).T
        chances: Array = 1 / (1 + np.exp(-np.clip(slope * logits + shift, -50, 50)))
        return chances

    def _said(self, parts: Sequence[Part], asked: Sequence[tuple[int, int]]) -> dict[tuple[int, int], str]:
        """For each (item, topic), the sentence that would get the highest score on its own."""
        cut = {n: sentences(parts[n]) for n in sorted({n for n, _ in asked})}
        alone = [(sentence, "") for of in cut.values() for sentence in of]
        if not alone:
            return dict.fromkeys(asked, "")
        logits = self.logits_of(features(alone, self.terms, self.cues))
        start = dict(zip(cut, np.cumsum([0, *(len(of) for of in cut.values())]), strict=False))
        return {
            (n, t): cut[n][int(logits[start[n] : start[n] + len(cut[n]), t].argmax())] if cut[n] else ""
            for n, t in asked
        }

    def _pushing(self, rows: Any, n: int, topic: int) -> list[str]:
        """The words and pairs of words of row n that pushed the score up, strongest first."""
        row = slice(rows.indptr[n], rows.indptr[n + 1])
        words = rows.indices[row] < len(self.terms.words)
        columns = rows.indices[row][words]
        pushes = rows.data[row][words] * self.wording.weights[columns, topic]
        order = np.argsort(-pushes, kind="stable")
        return [self.terms.words[columns[i]] for i in order if pushes[i] > 0]


def features(parts: Sequence[Part], terms: Wording, cues: Cues) -> Features:
    """What the three views look at."""
    texts = [joined(part) for part in parts]
    hits = cues.read(parts)
    return Features(dense=dense_features(texts, hits.features), words=terms.rows(texts), hits=hits.both)


def dense_features(texts: Sequence[str], cues: NDArray[np.float32]) -> Array:
    """Meaning and cues, scaled, one row an item."""
    return np.hstack([MEANING_SCALE * embed(texts).astype(np.float64), CUE_SCALE * cues.astype(np.float64)])


def _softmax(logits: Array) -> Array:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    result: Array = powers / powers.sum(axis=1, keepdims=True)
    return result


def _logit(p: Array) -> Array:
    inside = np.clip(p, 1e-4, 1 - 1e-4)
    result: Array = np.log(inside / (1 - inside))
    return result
