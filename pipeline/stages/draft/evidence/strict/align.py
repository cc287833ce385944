"""Which sign of a sentence each sign of a claim comes from, in order, over the rearrangements that keep the sense."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.stages.draft.evidence.strict.moves import blocks, stretch
from pipeline.stages.draft.evidence.strict.order import kept_passives, ordered, placed
from pipeline.stages.draft.evidence.strict.reading import Sign
from pipeline.stages.draft.evidence.strict.roles import variants

LONGEST = 9
"""Words of a noun phrase."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs of places (claim, source) in order of the claim; `lost` are the claim's signs that found none in order."""

    pairs: tuple[tuple[int, int], ...]
    lost: tuple[Sign, ...]


def align(claim: Sequence[Sign], source: Sequence[Sign]) -> Alignment:
    """The fullest alignment: as it stands, or with a block at the front or the end, or a role, in another place."""
    verbs = kept_passives(claim, source)
    mine, theirs = ordered(claim, verbs), ordered(source, verbs)
    best = plain_alignment(mine, theirs)
    if not best.lost:
        return best
    beside = [(placed(mine, claim, n), placed(theirs, source, n)) for n in (LONGEST, 1)]
    for mine_, theirs_ in dict.fromkeys((tuple(a), tuple(b)) for a, b in ((mine, theirs), *beside)):
        for variant in variants(list(theirs_), source):
            for block, rest in blocks(list(mine_), claim):
                found = _with_block(block, rest, variant, claim, source)
                if found and not found.lost:
                    return found
                if found and len(found.lost) < len(best.lost):
                    best = found
    return best


def _with_block(
    block: list[Sign], rest: list[Sign], theirs: list[Sign], claim: Sequence[Sign], source: Sequence[Sign]
) -> Alignment | None:
    if not block:
        return plain_alignment(rest, theirs)
    moved = stretch(block, theirs, claim, source)
    if moved is None:
        return None
    left = [s for s in theirs if s.place not in {p for _, p in moved}]
    found = plain_alignment(rest, left)
    return Alignment(tuple(sorted((*moved, *found.pairs))), found.lost)


def plain_alignment(mine: Sequence[Sign], theirs: Sequence[Sign]) -> Alignment:
    """The longest common subsequence, close neighbours preferred."""
    n, m = len(mine), len(theirs)
    ends = [[0] * (m + 1) for _ in range(n + 1)]  # best that ends with this very pair
    best = [[0] * (m + 1) for _ in range(n + 1)]
    forms = [sign.form for sign in theirs]
    for i, sign in enumerate(mine, 1):
        ended, above, row = ends[i - 1], best[i - 1], best[i]
        for j, form in enumerate(forms, 1):
            row[j] = above[j] if above[j] > row[j - 1] else row[j - 1]  # `max` would take most of the time
            if sign.form == form:
                ends[i][j] = 100 + max(above[j - 1], ended[j - 1] + 1 if ended[j - 1] else 0)
                row[j] = max(row[j], ends[i][j])
    pairs = _traced(mine, theirs, ends, best)
    found = {a for a, _ in pairs}
    return Alignment(tuple(pairs), tuple(s for s in mine if s.place not in found))


def _traced(
    mine: Sequence[Sign], theirs: Sequence[Sign], ends: list[list[int]], best: list[list[int]]
) -> list[tuple[int, int]]:
    i, j = len(mine), len(theirs)
    pairs: list[tuple[int, int]] = []
    while i and j and best[i][j]:
        if ends[i][j] == best[i][j]:
            pairs.append((mine[i - 1].place, theirs[j - 1].place))
            chained = ends[i - 1][j - 1] and ends[i][j] == 101 + ends[i - 1][j - 1]
            i, j = i - 1, j - 1
            while chained:
                pairs.append((mine[i - 1].place, theirs[j - 1].place))
                chained = ends[i - 1][j - 1] and ends[i][j] == 101 + ends[i - 1][j - 1]
                i, j = i - 1, j - 1
        elif best[i - 1][j] == best[i][j]:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]
