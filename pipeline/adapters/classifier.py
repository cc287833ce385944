"""The classifier: the mean of three logistic regressions that look at a text in different ways.

* `kinds`    meaning and cues → the kinds of news that the corpus tells apart; a topic gets its kinds' probabilities
* `meaning`  meaning and cues → the topic itself
* `wording`  TF-IDF of words and characters → the topic itself; the terms of an explanation come from here
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.adapters.cues import Cues
from pipeline.adapters.embedding import embed
from pipeline.ports import Score

LEAD_CHARACTERS = 300  # longer leads cost precision of the open-source topic
TITLE_CHARACTERS = 300
MEANING_SCALE, CUE_SCALE = 2.0, 0.3  # chosen on development data, as are the weights of the parts
WEIGHTS = {"kinds": 0.5, "meaning": 0.25, "wording": 0.25}
SHUT = 3.0
"""What a shut gate, or a text that says one thing again and again, takes off the logit: a factor of .05."""
STUFFED_WORDS, STUFFED_SHARE, STUFFED_CHARACTERS = 40, 0.35, 1500
TERMS = 5
EXPLAINED_FROM = 0.1
"""Probability from which the sentence is looked for that says most; nobody asks about the others."""
WORD = re.compile(r"\w+")
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+(?=[\"“‘(\[]?[A-Z0-9])")


def read_part(title: str, text: str) -> tuple[str, str]:
    """What the model reads of an item: title and lead, unless the lead only repeats the title.

    >>> read_part("Open weights", "Open weights. They spread.")
    ('Open weights', '. They spread.')
    """
    title, text = title.strip()[:TITLE_CHARACTERS], text[: 10 * LEAD_CHARACTERS].strip()
    if title and text.casefold().startswith(title.casefold()):
        text = text[len(title) :]
    return title, text[:LEAD_CHARACTERS].strip()


def joined(part: tuple[str, str]) -> str:
    """Title and lead as one text."""
    return f"{part[0]}. {part[1]}".strip()


def stuffed(text: str) -> bool:
    """Whether a text repeats a few words to please a machine.

    >>> stuffed("open source AI policy " * 40), stuffed("Ministers met to sign a treaty.")
    (True, False)
    """
    words = WORD.findall(text[:STUFFED_CHARACTERS].lower())
    return len(words) >= STUFFED_WORDS and len(set(words)) < STUFFED_SHARE * len(words)


def sentences(part: tuple[str, str]) -> list[str]:
    """The title and the lead's sentences, each as it stands in its text.

    >>> sentences(("A title", "One is here. Two is cut of"))
    ['A title', 'One is here.', 'Two is cut of']
    """
    title, lead = part
    ends = [0, *(m.end() for m in SENTENCE_END.finditer(lead)), len(lead)]
    return [s for s in (title, *(lead[a:b].strip() for a, b in pairwise(ends))) if s]


@dataclass(frozen=True, kw_only=True)
class ThreeViews:
    """Implements the port Classifier. `shares` has, for each topic, the share of positives in each kind of news."""

    words: Any
    cues: Cues
    kinds: Any
    shares: Mapping[str, NDArray[np.float64]]
    meaning: Mapping[str, Any]
    wording: Mapping[str, Any]
    calibration: Mapping[str, tuple[float, float]]
    model_id: str

    @property
    def topics(self) -> list[str]:
        return list(self.shares)

    @property
    def vocabulary(self) -> frozenset[str]:
        """The single words that the model has seen in training."""
        return frozenset(w for w in dict(self.words.transformer_list)["word"].vocabulary_ if " " not in w)

    def score(self, items: Sequence[tuple[str, str]]) -> list[dict[str, Score]]:
        """A probability for each topic, with the terms and the sentence behind it."""
        if not items:
            return []
        parts = [read_part(title, text) for title, text in items]
        matrix = self.words.transform([joined(part) for part in parts])
        logits = self._logits(parts, matrix)
        chances = {t: self._calibrated(t, values - SHUT * self._stuffed(items)) for t, values in logits.items()}
        said = {t: self._said(t, parts, chances[t]) for t in chances}
        names = self.words.get_feature_names_out()
        return [
            {
                t: Score(
                    probability=float(chances[t][n]),
                    terms=_terms(matrix[n], self.wording[t].coef_[0], names),
                    sentence=said[t].get(n, ""),
                )
                for t in chances
            }
            for n in range(len(parts))
        ]

    def logits(self, items: Sequence[tuple[str, str]]) -> dict[str, NDArray[np.float64]]:
        """Before calibration: what `calibration` is fitted on."""
        parts = [read_part(title, text) for title, text in items]
        return self._logits(parts, self.words.transform([joined(part) for part in parts]))

    def _logits(self, parts: Sequence[tuple[str, str]], matrix: Any) -> dict[str, NDArray[np.float64]]:
        views = self.views(parts, matrix)
        hits = self.cues.hits([joined(part) for part in parts])
        shut = {topic: SHUT * ~self.cues.open_gates(topic, hits) for topic in self.shares}
        weighed = {t: [WEIGHTS[name] * logit for name, logit in view.items()] for t, view in views.items()}
        return {topic: np.sum(weighed[topic], axis=0) - shut[topic] for topic in self.shares}

    def views(self, parts: Sequence[tuple[str, str]], matrix: Any) -> dict[str, dict[str, NDArray[np.float64]]]:
        """The logit of each of the three views, by topic."""
        dense = dense_features(parts, self.cues)
        by_kind = self.kinds.predict_proba(dense)
        return {
            topic: {
                "kinds": _logit(by_kind @ share),
                "meaning": self.meaning[topic].decision_function(dense),
                "wording": self.wording[topic].decision_function(matrix),
            }
            for topic, share in self.shares.items()
        }

    def _stuffed(self, items: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        return np.array([stuffed(f"{title[:STUFFED_CHARACTERS]} {text[:STUFFED_CHARACTERS]}") for title, text in items])

    def _calibrated(self, topic: str, logits: NDArray[np.float64]) -> NDArray[np.float64]:
        slope, shift = self.calibration[topic]
        return 1 / (1 + np.exp(-np.clip(slope * logits + shift, -50, 50)))

    def _said(self, topic: str, parts: Sequence[tuple[str, str]], chances: NDArray[np.float64]) -> dict[int, str]:
        """For each item worth an explanation, the sentence that would get the highest score on its own."""
        asked = [int(n) for n in np.flatnonzero(chances >= EXPLAINED_FROM)]
        pairs = [(n, s) for n in asked for s in sentences(parts[n])]
        if not pairs:
            return {}
        alone = [(s, "") for _, s in pairs]
        values = self._logits(alone, self.words.transform([joined(part) for part in alone]))[topic]
        order = sorted(range(len(pairs)), key=lambda i: values[i])  # the highest comes last and stays
        return {pairs[i][0]: pairs[i][1] for i in order}


def dense_features(parts: Sequence[tuple[str, str]], cues: Cues) -> NDArray[np.float64]:
    """Meaning and cues, scaled, one row an item."""
    meaning = embed([joined(part) for part in parts]).astype(np.float64)
    return np.hstack([MEANING_SCALE * meaning, CUE_SCALE * cues.features(parts).astype(np.float64)])


def _logit(p: NDArray[np.float64]) -> NDArray[np.float64]:
    inside = np.clip(p, 1e-4, 1 - 1e-4)
    return np.log(inside / (1 - inside))


def _terms(row: Any, weights: Any, names: Any) -> tuple[str, ...]:
    """The whole words of a row that pushed the score up most, strongest first."""
    pushes = row.data * weights[row.indices]
    order = np.argsort(-pushes, kind="stable")
    words = (str(names[row.indices[i]]) for i in order if pushes[i] > 0)
    return tuple(w.removeprefix("word__") for w in words if w.startswith("word__"))[:TERMS]
