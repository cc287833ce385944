"""Copies of one wire story: they count as one independent source."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.domain.article import Article
from pipeline.domain.copies import is_copy, shingles
from pipeline.stages.draft.language.words import tokens


def copy_groups(articles: Sequence[Article]) -> list[int]:
    """A group number for each article, from 1; articles of one group carry one text."""
    sets = [shingles(tokens(a.text)) for a in articles]
    group = list(range(len(articles)))
    for i, mine in enumerate(sets):
        for j in range(i):
            if group[i] != group[j] and is_copy(mine, sets[j]):
                old, new = max(group[i], group[j]), min(group[i], group[j])
                group = [new if g == old else g for g in group]
    order = {g: n for n, g in enumerate(dict.fromkeys(group), 1)}
    return [order[g] for g in group]
