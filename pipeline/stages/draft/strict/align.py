"""Which sign of a sentence each sign of a claim comes from, in order, over the rearrangements that keep the sense."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.stages.draft.strict.lexicon import (
    FREE,
    PREPOSITIONS,
    RELATIVES,
    ROLES,
    SAYING,
    SHOWING,
    SUBORDINATORS,
)
from pipeline.stages.draft.strict.reading import Sign

ROLE = 4
"""Words of a role beside a name: "opposition leader", "who leads the opposition"."""
FIXED = frozenset("of to from".split())
"""Prepositions whose phrase keeps its place: moved, it would say something else."""
YEAR = len("\u00a72024")
BLOCK = 14
"""Words that may change their place together: a clause of time or place, an attribution."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs of places (claim, source) in order of the claim; `lost` are the claim's signs that found none in order."""

    pairs: tuple[tuple[int, int], ...]
    lost: tuple[Sign, ...]


def align(claim: Sequence[Sign], source: Sequence[Sign]) -> Alignment:
    """The fullest alignment: as it stands, or with a block at the front or the end, or a role, in another place."""
    mine, theirs = ordered(claim), ordered(source)
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


def ordered(signs: Sequence[Sign]) -> list[Sign]:
    """The signs that bear, "the mayor of Lyon" put as "Lyon's mayor" is."""
    bearing = [s for s in signs if s.bears]
    for link in signs:
        if link.word != "of":
            continue
        before = _head(bearing, link.place)
        after = _owner(bearing, link, signs)
        if before and after and before[-1].kind == "content" and after[0].kind == "content":
            at = bearing.index(before[0])
            rest = [s for s in bearing if s not in before and s not in after]
            bearing = [*rest[:at], *after, *before, *rest[at:]]
    return bearing


def _head(bearing: Sequence[Sign], place: int) -> list[Sign]:
    """The noun or name that ends right before a place, with what "of" has put before it."""
    last = next((s for s in bearing if s.place == place - 1), None)
    if last is None:
        return []
    head = [last]
    for sign in reversed(bearing[: bearing.index(last)]):
        beside = sign.place == head[0].place - 1 and sign.clause == last.clause and sign.kind == "content"
        if not beside or sign.capital != last.capital:
            break
        head.insert(0, sign)
    return head


def _owner(bearing: Sequence[Sign], link: Sign, signs: Sequence[Sign]) -> list[Sign]:
    """The name or the one noun after "of", its article skipped."""
    first = next((s for s in signs[link.place + 1 : link.place + 4] if s.bears), None)
    if first is None or first.clause != link.clause:
        return []
    owner = [first]
    for sign in signs[first.place + 1 :]:
        if not (first.capital and sign.capital and sign.bears and sign.clause == first.clause):
            break
        owner.append(sign)
    return [s for s in owner if s in bearing]


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
    """What may have been moved: nothing; a first clause or attribution; a phrase; a last attribution."""
    yield [], mine
    for begin, end in _ranges(claim):
        block = [s for s in mine if begin <= s.place < end]
        rest = [s for s in mine if not begin <= s.place < end]
        if block and rest and len(block) <= BLOCK and _alone(block, rest, claim):
            yield block, rest


def _ranges(claim: Sequence[Sign]) -> list[tuple[int, int]]:
    """First and one past the last place of what may have been moved."""
    size = len(claim)
    first = [s for s in claim if s.clause == claim[0].clause]
    found = [(0, first[-1].place + 1)] if _opens_phrase(first) or _tells(first) else []
    found += [(0, s.place + 1) for s in claim[:10] if s.word in SAYING or s.word in SHOWING]
    for sign in claim:
        if (sign.word in PREPOSITIONS and sign.word not in FIXED) or sign.word in SUBORDINATORS:
            ends = [size, *(e for e in range(sign.place + 2, min(size, sign.place + 9)))]
            found += [(sign.place, e) for e in ends]
    found += [(b.place, size) for a, b in pairwise(claim) if a.clause != b.clause]
    says = [s.place for s in claim if s.word in SAYING or s.word in SHOWING]
    if says and says[-1] > size // 2:
        found += [(place, size) for place in range(max(1, says[-1] - 6), says[-1] + 1)]
    return list(dict.fromkeys(found))


def _tells(signs: Sequence[Sign]) -> bool:
    return any(s.word in SAYING or s.word in SHOWING for s in signs)


def _alone(block: Sequence[Sign], rest: Sequence[Sign], claim: Sequence[Sign]) -> bool:
    """Whether no other phrase of the claim could change places with the block: same preposition, name or figure."""
    first, last = min(block, key=_place), max(block, key=_place)
    if last.place + 1 < len(claim) and claim[last.place + 1].word == "of":
        return False
    if len(block) == 1 and first.kind == "figure" and len(first.form) != YEAR:
        return False
    opening = {w for w in [*_before(first, claim), first.word] if w in PREPOSITIONS}
    if any(s.word == "than" for s in claim) and opening:
        return False
    kinds = {(s.kind, s.capital) for s in block if s.capital or s.kind == "figure"}
    rivals = [s for s in rest if (s.kind, s.capital) in kinds]
    return not any(opening & set(_before(s, claim)) for s in rivals)


def _place(sign: Sign) -> int:
    return sign.place


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
    first, other = min(block, key=_place), min(there, key=_place)
    openers = PREPOSITIONS | SUBORDINATORS
    opening = ({*_before(first, claim)} & openers) or ({first.word} & openers)
    return bool(opening) and bool(opening & ({*_before(other, source)} | {other.word}))


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
    return _tells(around) or any(s.word == "according" for s in around)


def _variants(theirs: list[Sign], source: Sequence[Sign]) -> Iterator[list[Sign]]:
    """The source as it is, and with one role before its name put after it, or the other way round."""
    yield theirs
    for at, sign in enumerate(theirs[1:], 1):
        if not sign.capital:
            continue
        role = _role_before(theirs, at, source)
        if role:
            name, begin = _run(theirs, at), at - len(role)
            for turned in (role, role[::-1]) if not any(s.capital and s.place for s in role) else (role,):
                yield [*theirs[:begin], *name, *turned, *theirs[at + len(name) :]]
    for at, sign in enumerate(theirs):
        if sign.capital and (not at or not theirs[at - 1].capital or sign.clause != theirs[at - 1].clause):
            name = _run(theirs, at)
            after = _role_after(theirs, at + len(name), source)
            for turned in (after, after[::-1]) if after else ():
                if turned is after or not any(s.capital for s in after):
                    yield [*theirs[:at], *turned, *name, *theirs[at + len(name) + len(after) :]]


def _run(theirs: Sequence[Sign], at: int) -> list[Sign]:
    run = [theirs[at]]
    for sign in theirs[at + 1 :]:
        if not sign.capital or sign.clause != run[-1].clause or sign.place != run[-1].place + 1:
            break
        run.append(sign)
    return run


def _role_before(theirs: Sequence[Sign], at: int, source: Sequence[Sign]) -> list[Sign]:
    """The words of a role right before a name: "opposition leader", or "Senegal's justice minister," and a comma."""
    name, last = theirs[at], theirs[at - 1]
    apposed = name.clause == last.clause + 1 and all(s.capital for s in theirs if s.clause == name.clause)
    joined = last.place == name.place - 1 and last.clause == name.clause
    if last.word not in ROLES and not apposed:
        return []
    role: list[Sign] = []
    for sign in reversed(theirs[max(0, at - ROLE - 1) : at]):
        if sign.clause != last.clause or sign.kind == "figure" or not (joined or apposed):
            break
        if role and any(s.word != "ofs" and not s.bears for s in source[sign.place + 1 : role[0].place]):
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
