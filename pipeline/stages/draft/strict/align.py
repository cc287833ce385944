"""Which sign of a sentence each sign of a claim comes from, in order, over the rearrangements that keep the sense."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.stages.draft.strict.lexicon import FREE, PREPOSITIONS, RELATIVES, SAYING, SUBORDINATORS
from pipeline.stages.draft.strict.reading import Sign

ROLE = 4
"""Words of a role beside a name: "opposition leader", "who leads the opposition"."""
BLOCK = 14
"""Words that may change their place together: a clause of time or place, an attribution."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs of places (claim, source) in order of the claim; `lost` are the claim's signs that found none in order."""

    pairs: tuple[tuple[int, int], ...]
    lost: tuple[Sign, ...]


def align(claim: Sequence[Sign], source: Sequence[Sign]) -> Alignment:
    """The fullest alignment: as it stands, or with a block at the front or the end, or a role, in another place."""
    mine, theirs = [s for s in claim if s.bears], [s for s in source if s.bears]
    best = _plain(mine, theirs)
    if not best.lost:
        return best
    for variant in _variants(theirs, source):
        for block, rest in _blocks(mine, claim):
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
        return _plain(rest, theirs)
    stretch = _stretch(block, theirs, claim, source)
    if stretch is None:
        return None
    left = [s for s in theirs if s.place not in {p for _, p in stretch}]
    found = _plain(rest, left)
    return Alignment(tuple(sorted((*stretch, *found.pairs))), found.lost)


def _plain(mine: Sequence[Sign], theirs: Sequence[Sign]) -> Alignment:
    """The longest common subsequence, close neighbours preferred."""
    n, m = len(mine), len(theirs)
    ends = [[0] * (m + 1) for _ in range(n + 1)]  # best that ends with this very pair
    best = [[0] * (m + 1) for _ in range(n + 1)]
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            if mine[i - 1].form == theirs[j - 1].form:
                ends[i][j] = 100 + max(best[i - 1][j - 1], ends[i - 1][j - 1] + 1 if ends[i - 1][j - 1] else 0)
            best[i][j] = max(best[i - 1][j], best[i][j - 1], ends[i][j])
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


def _blocks(mine: list[Sign], claim: Sequence[Sign]) -> Iterator[tuple[list[Sign], list[Sign]]]:
    """What may have been moved: nothing, a first clause or attribution, a last phrase or attribution."""
    yield [], mine
    for end in _first_ends(claim):
        block = [s for s in mine if s.place < end]
        if 0 < len(block) <= BLOCK and len(block) < len(mine):
            yield block, [s for s in mine if s.place >= end]
    for begin in _last_begins(claim):
        block = [s for s in mine if s.place >= begin]
        if 0 < len(block) <= BLOCK and len(block) < len(mine):
            yield block, [s for s in mine if s.place < begin]


def _first_ends(claim: Sequence[Sign]) -> list[int]:
    """Where a movable opening ends: the first clause of a phrase or attribution, or a verb of saying."""
    first = [s for s in claim if s.clause == claim[0].clause]
    ends = [first[-1].place + 1] if _opens_phrase(first) or any(s.word in SAYING for s in first) else []
    ends += [s.place + 1 for s in claim[:10] if s.word in SAYING]
    if claim[0].word in PREPOSITIONS and not ends:
        ends += [s.place for s in claim[2:8]]
    return list(dict.fromkeys(ends))


def _last_begins(claim: Sequence[Sign]) -> list[int]:
    begins = [s.place for s in claim[1:] if s.word in PREPOSITIONS or s.word in SUBORDINATORS]
    begins += [b.place for a, b in zip(claim, claim[1:], strict=False) if a.clause != b.clause]
    says = [s.place for s in claim if s.word in SAYING]
    if says and says[-1] > len(claim) // 2:
        begins += [s.place for s in claim if says[-1] - 6 <= s.place <= says[-1]]
    return list(dict.fromkeys(begins))


def _opens_phrase(signs: Sequence[Sign]) -> bool:
    return bool(signs) and (
        signs[0].word in PREPOSITIONS or signs[0].word in SUBORDINATORS or signs[0].word.endswith("ing")
    )


def _stretch(
    block: list[Sign], theirs: list[Sign], claim: Sequence[Sign], source: Sequence[Sign]
) -> list[tuple[int, int]] | None:
    """The block's places in the source, where it stands in one piece, after the same preposition or verb of saying."""
    forms = [s.form for s in block]
    for at in range(len(theirs) - len(block) + 1):
        if [s.form for s in theirs[at : at + len(block)]] != forms:
            continue
        there = theirs[at : at + len(block)]
        if _same_opening(block, there, claim, source):
            return list(zip([s.place for s in block], [s.place for s in there], strict=True))
    return None


def _same_opening(block: Sequence[Sign], there: Sequence[Sign], claim: Sequence[Sign], source: Sequence[Sign]) -> bool:
    if _spoken(block, claim):
        return _spoken(there, source)
    mine, theirs = _before(block[0], claim), _before(there[0], source)
    opening = {w for w in mine if w in PREPOSITIONS} or {block[0].word} & (PREPOSITIONS | SUBORDINATORS)
    return bool(opening) and bool(opening & ({w for w in theirs if w in PREPOSITIONS} | {there[0].word}))


def _before(sign: Sign, signs: Sequence[Sign]) -> list[str]:
    """The free words right before a sign, in its clause."""
    words: list[str] = []
    for other in reversed(signs[: sign.place]):
        if other.bears or other.clause != sign.clause:
            break
        words.append(other.word)
    return words


def _spoken(block: Sequence[Sign], signs: Sequence[Sign]) -> bool:
    """Whether a verb of saying stands in the block or right beside it."""
    first, last = block[0].place, block[-1].place
    around = signs[max(0, first - 3) : last + 4]
    return any(s.word in SAYING or s.word == "according" for s in around)


def _variants(theirs: list[Sign], source: Sequence[Sign]) -> Iterator[list[Sign]]:
    """The source as it is, and with one role before its name put after it, or the other way round."""
    yield theirs
    for at in range(1, len(theirs)):
        if not theirs[at].capital or theirs[at - 1].capital:
            continue
        name = [s for s in _run(theirs, at) if s.capital]
        end = at + len(name)
        before = _role_before(theirs, at)
        if before:
            yield [*theirs[: at - len(before)], *name, *before, *theirs[end:]]
            yield [*theirs[: at - len(before)], *name, *before[::-1], *theirs[end:]]
    for at in range(len(theirs)):
        if theirs[at].capital and (not at or not theirs[at - 1].capital):
            name = _run(theirs, at)
            after = _role_after(theirs, at + len(name), source)
            if after:
                rest = theirs[at + len(name) + len(after) :]
                yield [*theirs[:at], *after, *name, *rest]
                if not any(s.capital or s.kind == "figure" for s in after):
                    yield [*theirs[:at], *after[::-1], *name, *rest]


def _run(theirs: Sequence[Sign], at: int) -> list[Sign]:
    run = [theirs[at]]
    for sign in theirs[at + 1 :]:
        if not sign.capital or sign.clause != run[-1].clause or sign.place != run[-1].place + 1:
            break
        run.append(sign)
    return run


def _role_before(theirs: Sequence[Sign], at: int) -> list[Sign]:
    role: list[Sign] = []
    for sign in reversed(theirs[max(0, at - ROLE) : at]):
        if sign.capital or sign.kind != "content" or sign.clause != theirs[at].clause:
            break
        role.insert(0, sign)
    return role


def _role_after(theirs: Sequence[Sign], at: int, source: Sequence[Sign]) -> list[Sign]:
    """The words of an apposition or relative clause between commas right after a name."""
    if not 0 < at < len(theirs):
        return []
    clause, name = theirs[at].clause, theirs[at - 1]
    inside = [s for s in theirs[at:] if s.clause == clause]
    opening = source[name.place + 1].word if name.place + 1 < len(source) else ""
    apposed = clause == name.clause + 1 and (opening in RELATIVES or opening in FREE or not theirs[at].capital)
    return inside if apposed and len(inside) <= ROLE and all(s.kind == "content" for s in inside) else []
