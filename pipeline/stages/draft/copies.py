"""Copies of one wire story: they count as one independent source."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.domain.article import Article
from pipeline.stages.draft.words import tokens

SHINGLE = 5
CONTAINED = 0.35
"""Share of the shorter text's shingles; copies measured .96 and more, independent texts .02 at most."""


def copy_groups(articles: Sequence[Article]) -> list[int]:
    """A group number for each article, from 1; articles of one group carry one text."""
    sets = [_shingles(a.text) for a in articles]
    group = list(range(len(articles)))
    for i, mine in enumerate(sets):
        for j in range(i):
            if group[i] != group[j] and _contained(mine, sets[j]):
                old, new = max(group[i], group[j]), min(group[i], group[j])
                group = [new if g == old else g for g in group]
    order = {g: n for n, g in enumerate(dict.fromkeys(group), 1)}
    return [order[g] for g in group]


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = tokens(text)
    if 0 < len(words) < SHINGLE:
        return frozenset({words})
    return frozenset(words[i : i + SHINGLE] for i in range(len(words) - SHINGLE + 1))


def _contained(a: frozenset[tuple[str, ...]], b: frozenset[tuple[str, ...]]) -> bool:
    shorter = min(len(a), len(b))
    return shorter > 0 and len(a & b) / shorter >= CONTAINED
