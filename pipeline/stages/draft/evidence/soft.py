"""The soft score: how likely references support a claim. It ranks evidence, and overrules no refusal of the strict check.

Four figures of a claim beside its references, weighed by a small logistic model. They were chosen for carrying over to
other kinds of claims, with one kind at a time left out; the references' length fits better and ruins that.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.domain.lint.facts import plain
from pipeline.domain.lint.layout import sentences
from pipeline.domain.sketch import Language
from pipeline.stages.draft.evidence.strict.lexicon import FREE
from pipeline.stages.draft.evidence.strict.stem import root

FEATURES = ("told", "figures missing", "runs", "meaning")
WINDOW = 3
"""Neighbouring sentences that may support a claim together."""
RUN = 3
MISSING = 3
"""More missing figures than this count as this many."""
TOKEN = re.compile(r"[A-Za-z\u00c0-\u024f][\w\u00c0-\u024f]*|\d[\d,.]*\d|\d")
MARKS = re.compile(r"\[\d+\]|^\s*(?:[-*\u2022]|\d+[.)])\s+")
EMPTY = FREE | frozenset(
    "will would can could may might should not no more most all any own over out from off against after before under "
    "until".split()
)

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
Rare = Callable[[str], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The logistic model: a weight for each of FEATURES, its shift, and the score from which a claim is supported."""

    weights: tuple[float, ...]
    shift: float
    threshold: float

    def score(self, features: Sequence[float]) -> float:
        """The probability of support, 0 to 1."""
        logit = self.shift + sum(w * f for w, f in zip(self.weights, features, strict=True))
        return 1 / (1 + math.exp(-logit))


@dataclass(frozen=True, slots=True, kw_only=True)
class Soft:
    """Scores claims with how rare news words are, an embedder, and fitted weights."""

    rare: Rare
    embed: Embed
    weights: Weights

    def score(self, claim: str, references: Sequence[str]) -> float:
        """How likely the references together support the claim; 0 where there are none."""
        if not any(r.strip() for r in references) or not _words(claim):
            return 0.0
        return self.weights.score(features(claim, references, self.rare, self.embed))

    def of_story(self) -> Soft:
        """The same, which places each text of one story once."""
        return replace(self, embed=Remembered(self.embed))


@dataclass(frozen=True, slots=True)
class Remembered:
    """An embedder's rows by their texts: a story's sentences are compared again and again."""

    embed: Embed
    rows: dict[str, NDArray[np.float32]] = field(default_factory=dict)

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        new = [text for text in dict.fromkeys(texts) if text not in self.rows]
        self.rows.update(zip(new, self.embed(new), strict=True))
        return np.stack([self.rows[text] for text in texts]) if texts else self.embed(texts)


def features(claim: str, references: Sequence[str], rare: Rare, embed: Embed) -> tuple[float, ...]:
    """FEATURES: share of the claim's words in its best window, figures missing there, shared runs, nearest meaning."""
    whole = [s for r in references for line in r.splitlines() for s in sentences(line)]
    read = [_signs(s) for s in whole]
    mine = {w: rare(w) for w in _words(claim)}
    told, window = _best(mine, read)
    missing = sum(w[0].isdigit() and w not in window for w in mine)
    return told, min(missing, MISSING), _shared_runs(_signs(claim), read), _nearest(claim, whole, embed)


def rarity(language: Language) -> Rare:
    """How much a root weighs: the logarithm of how few articles have it. Unknown ones weigh as the rarest."""
    counts: dict[str, int] = {}
    for word, n in language.words.items():
        counts[root(word)] = max(counts.get(root(word), 0), n)
    least = math.log(max(language.documents, 4) / 2)

    def weigh(word: str) -> float:
        return math.log((language.documents + 1) / (counts[word] + 1)) if word in counts else least

    return weigh


@lru_cache(maxsize=20_000)
def _signs(text: str) -> tuple[str, ...]:
    """Roots and figures in order, empty words marked, citation and list marks dropped."""
    found = []
    for token in TOKEN.findall(plain(MARKS.sub(" ", text))):
        low = token.lower()
        if low[0].isdigit():
            found.append(low.replace(",", "").rstrip("."))
        else:
            found.append(f"~{low}" if low in EMPTY else root(low))
    return tuple(found)


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(w for w in _signs(text) if not w.startswith("~")))


def _windows(count: int) -> Iterator[tuple[int, int]]:
    return ((first, first + size) for size in range(1, WINDOW + 1) for first in range(max(1, count - size + 1)))


def _best(mine: Mapping[str, float], read: Sequence[tuple[str, ...]]) -> tuple[float, set[str]]:
    """The weighed share of the claim's words in the window that has most of them, and that window's words."""
    total = sum(mine.values()) or 1.0
    best, words = 0.0, set[str]()
    for first, end in _windows(len(read)):
        window = {w for s in read[first:end] for w in s if w in mine}
        if (told := sum(mine[w] for w in window) / total) > best:
            best, words = told, window
    return best, words


def _shared_runs(mine: Sequence[str], read: Sequence[tuple[str, ...]]) -> float:
    """The share of the claim's runs of three words that stand in some sentence."""
    runs = [tuple(mine[i : i + RUN]) for i in range(len(mine) - RUN + 1)]
    there = {s[i : i + RUN] for s in read for i in range(len(s) - RUN + 1)}
    return sum(r in there for r in runs) / max(1, len(runs))


def _nearest(claim: str, whole: Sequence[str], embed: Embed) -> float:
    """The cosine of claim and nearest window."""
    if not whole:
        return 0.0
    texts = [" ".join(whole[first:end]) for first, end in _windows(len(whole))]
    rows = embed([MARKS.sub(" ", claim), *texts])
    return float((rows[1:] @ rows[0]).max())
