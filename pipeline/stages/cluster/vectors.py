"""Articles as sparse vectors whose product is their likeness, and the pairs that are like enough to matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipeline.domain.sketch import Language, Sketch
from pipeline.stages.cluster.features import unpacked

NAMES_SHARE = 0.1
"""How much the names weigh beside all words; 0 and .2 do worse on labelled stories."""
WINDOW_DAYS = 6.0
"""Articles further apart in time than this are never compared."""
FLOOR = 0.1
"""Likeness below this counts as none: 30 times fewer pairs to keep, and the same stories."""
BLOCK = 1000  # rows compared at once, which bounds memory

Floats = NDArray[np.float64]
Pairs = tuple[NDArray[np.int64], NDArray[np.int64], Floats]


def vectors(sketches: Sequence[Sketch], language: Language) -> Any:
    """A CSR matrix (n, terms); the product of two rows is their likeness in [0, 1]."""
    common = _hashed(language.words)
    words = _tf_idf([unpacked(s.words) for s in sketches], common, language.documents)
    names = _tf_idf([unpacked(s.names) for s in sketches], common, language.documents)
    return sparse.hstack([np.sqrt(1 - NAMES_SHARE) * words, np.sqrt(NAMES_SHARE) * names], format="csr")


def pairs(sketches: Sequence[Sketch], matrix: Any) -> Pairs:
    """(i, j, likeness) with i < j, of all pairs near in time and at least FLOOR alike; sketches oldest first."""
    days = _days(sketches)
    found: list[Pairs] = []
    for start in range(0, len(sketches), BLOCK):
        rows = slice(start, start + BLOCK)
        # Undated ones come first and are compared with everything.
        last = np.nanmax(days[rows], initial=-np.inf) if not np.isnan(days[rows]).any() else np.inf
        end = int(np.searchsorted(np.nan_to_num(days, nan=-np.inf), last + WINDOW_DAYS, side="right"))
        product = (matrix[rows] @ matrix[start:end].T).tocoo()
        keep = product.data >= FLOOR
        i, j = product.row[keep] + np.int64(start), product.col[keep] + np.int64(start)
        near = (i < j) & ~(np.abs(days[i] - days[j]) > WINDOW_DAYS)
        found.append((i[near], j[near], product.data[keep][near]))
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)
    first, second, likeness = (np.concatenate(part) for part in zip(*found, strict=True))
    return first, second, likeness


def among(chosen: Sequence[int], near: Pairs) -> Pairs:
    """The pairs between `chosen` items, numbered by their place in it."""
    if not chosen:
        return near
    i, j, likeness = near
    place = np.full(max(max(chosen), j.max(initial=0)) + 1, -1, np.int64)
    place[list(chosen)] = np.arange(len(chosen))
    kept = (place[i] >= 0) & (place[j] >= 0)
    return place[i][kept], place[j][kept], likeness[kept]


def _tf_idf(
    counts: Sequence[tuple[NDArray[np.uint32], NDArray[np.uint32]]],
    common: tuple[NDArray[np.uint32], Floats],
    documents: int,
) -> Any:
    """Unit rows; rare words weigh more, rare among these articles and in news at large together."""
    ends = np.cumsum([0, *(len(h) for h, _ in counts)])
    hashes = np.concatenate([np.empty(0, np.uint32), *(h for h, _ in counts)])
    times = np.concatenate([np.empty(0, np.uint32), *(t for _, t in counts)])
    terms, columns, here = np.unique(hashes, return_inverse=True, return_counts=True)
    there = np.zeros(len(terms))
    known, spot = common[0], np.searchsorted(common[0], terms)
    hit = (spot < len(known)) & (known[np.minimum(spot, len(known) - 1)] == terms) if len(known) else spot < 0
    there[hit] = common[1][spot[hit]]
    idf = np.log((1 + len(counts) + documents) / (1 + here + there)) + 1
    data = (1 + np.log(np.maximum(times, 1))) * idf[columns]
    matrix = sparse.csr_matrix((data, columns, ends), shape=(len(counts), max(len(terms), 1)))
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.diags_array(1 / np.where(norms > 0, norms, 1)) @ matrix


def _hashed(words: Mapping[str, int]) -> tuple[NDArray[np.uint32], Floats]:
    hashes = np.array([crc32(w.encode()) for w in words], np.uint32)
    order = np.argsort(hashes)
    return hashes[order], np.array(list(words.values()), np.float64)[order]


def _days(sketches: Sequence[Sketch]) -> Floats:
    return np.array([s.published.timestamp() / 86400 if s.published else np.nan for s in sketches])
