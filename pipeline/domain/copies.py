"""Copies of one wire story: texts that share a good part of their word sequences count as one independent source."""

from __future__ import annotations

from collections.abc import Hashable, Sequence, Set

SHINGLE = 5
CONTAINED = 0.35
"""Share of the shorter text's shingles; copies measured .96 and more, independent texts .02 at most."""


def shingles(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """Every run of SHINGLE words; a shorter text is one run.

    >>> sorted(shingles(["a", "b"]))
    [('a', 'b')]
    """
    if 0 < len(words) < SHINGLE:
        return frozenset({tuple(words)})
    return frozenset(tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


def is_copy(a: Set[Hashable], b: Set[Hashable]) -> bool:
    """Whether the shorter of two texts, as shingles, stands in the longer: copies are often cut.

    >>> is_copy({1, 2}, {1, 2, 3, 4, 5, 6})
    True
    """
    shorter = min(len(a), len(b))
    return shorter > 0 and len(a & b) / shorter >= CONTAINED
