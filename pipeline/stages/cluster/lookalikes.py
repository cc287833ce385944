"""Look-alikes: one kind of event at two places drawn into one group, told apart by the words of the group itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import AgglomerativeClustering

from pipeline.domain.sketch import Sketch
from pipeline.stages.cluster.features import unpacked

NAMES_SHARE = 0.4
SMALLEST = 3
"""A side needs three articles; with two, true stories break."""
APART = 0.28
"""Likeness across, as a share of the likeness within, under which two halves are two stories."""
ROUNDS = 2

Floats = NDArray[np.float64]


def split(group: Sequence[int], sketches: Sequence[Sketch], rounds: int = ROUNDS) -> list[list[int]]:
    """The group whole, or cut into the stories it is made of; items are numbers of `sketches`."""
    halves = _halves([sketches[n] for n in group]) if rounds and len(group) >= 2 * SMALLEST else None
    if halves is None:
        return [list(group)]
    parts = [[n for n, half in zip(group, halves, strict=True) if half == side] for side in (0, 1)]
    return [story for part in parts for story in split(part, sketches, rounds - 1)]


def _halves(sketches: Sequence[Sketch]) -> list[int] | None:
    """0 or 1 for each article where the group falls into two; None where it is one story."""
    words = _likeness([dict(_counts(s.words)) for s in sketches])
    names = _likeness([dict(_counts(s.names)) for s in sketches])
    alike = (1 - NAMES_SHARE) * words + NAMES_SHARE * names
    link = AgglomerativeClustering(n_clusters=2, metric="precomputed", linkage="average")
    half = link.fit_predict(np.clip(1 - alike, 0, None))
    sides = [np.flatnonzero(half == side) for side in (0, 1)]
    if min(map(len, sides)) < SMALLEST:
        return None
    within = np.mean([alike[np.ix_(s, s)][np.triu_indices(len(s), 1)].mean() for s in sides])
    across = alike[np.ix_(*sides)].mean()
    return [int(h) for h in half] if across < APART * within else None


def _counts(packed: bytes) -> Iterator[tuple[int, int]]:
    hashes, times = unpacked(packed)
    return zip(hashes.tolist(), times.tolist(), strict=True)


def _likeness(counts: Sequence[dict[int, int]]) -> Floats:
    """Cosines (n, n); a term weighs by its rarity inside the group, and terms of one article alone are dropped."""
    spread = Counter(term for c in counts for term in c)
    columns = {term: n for n, term in enumerate(t for t, times in spread.items() if times > 1)}
    matrix = np.zeros((len(counts), max(len(columns), 1)))
    for n, count in enumerate(counts):
        for term, times in count.items():
            if term in columns:
                matrix[n, columns[term]] = (1 + np.log(times)) * np.log((1 + len(counts)) / (1 + spread[term]))
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    matrix /= np.where(norms > 0, norms, 1)
    return matrix @ matrix.T
