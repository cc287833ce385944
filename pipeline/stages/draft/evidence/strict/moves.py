"""Phrases that may change their place in a sentence without changing its sense: times, places, attributions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.stages.draft.evidence.strict.lexicon import PREPOSITIONS, SAYING, SHOWING, SUBORDINATORS
from pipeline.stages.draft.evidence.strict.reading import Sign

FIXED = frozenset("of to from".split())
"""Prepositions whose phrase keeps its place: moved, it would say something else."""
YEAR = len("\u00a72024")
LINKS = frozenset("of in at from for".split())
"""A phrase that goes on with one of these is not moved in part."""
AT = frozenset("in on of at during".split())
"""Prepositions of a date."""
BLOCK = 14
"""Words that may change their place together."""
JOINTS = frozenset("and but which who".split())
APART = 8
"""Words that may stand between speaker and verb of saying in the source."""


def blocks(mine: list[Sign], claim: Sequence[Sign]) -> Iterator[tuple[list[Sign], list[Sign]]]:
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
    found += [(0, s.place + 1) for s in claim[:10] if _teller(s)]
    for sign in claim:
        if (sign.word in PREPOSITIONS and sign.word not in FIXED) or sign.word in SUBORDINATORS:
            ends = [size, *(e for e in range(sign.place + 2, min(size, sign.place + 9)))]
            found += [(sign.place, e) for e in ends]
        if sign.word in JOINTS:
            found += [(sign.place + 1, e) for e in _ends(sign, claim)]
    found += [(b.place, size) for a, b in pairwise(claim) if a.clause != b.clause]
    return list(dict.fromkeys(found))


def _ends(joint: Sign, claim: Sequence[Sign]) -> list[int]:
    """Where a joined predicate may end: with its clause, or with the sentence."""
    clause = claim[joint.place + 1].clause if joint.place + 1 < len(claim) else joint.clause
    last = max((s.place for s in claim if s.clause == clause), default=joint.place)
    return [last + 1, len(claim)]


def _tells(signs: Sequence[Sign]) -> bool:
    return any(_teller(s) for s in signs)


def _alone(block: Sequence[Sign], rest: Sequence[Sign], claim: Sequence[Sign]) -> bool:
    """Whether no other phrase of the claim could change places with the block: same preposition, name or figure."""
    first, last = min(block, key=_place), max(block, key=_place)
    if last.place + 1 < len(claim) and claim[last.place + 1].word in LINKS:
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


def stretch(
    block: list[Sign], theirs: list[Sign], claim: Sequence[Sign], source: Sequence[Sign]
) -> list[tuple[int, int]] | None:
    """The block's places in the source, where it stands in one piece, after the same preposition or verb of saying."""
    forms = [s.form for s in block]
    for at in range(len(theirs) - len(block) + 1):
        there = theirs[at : at + len(block)]
        if [s.form for s in there] != forms and _spoken(block, claim) and not any(s.kind == "figure" for s in block):
            there = _apart(forms, theirs[at : at + len(block) + APART])
        if [s.form for s in there] == forms and _same_opening(block, there, claim, source):
            return list(zip([s.place for s in block], [s.place for s in there], strict=True))
    return None


def _apart(forms: Sequence[str], theirs: Sequence[Sign]) -> list[Sign]:
    """The forms in this order with other words between them, from the first one on."""
    found: list[Sign] = []
    for sign in theirs:
        if len(found) < len(forms) and sign.form == forms[len(found)]:
            found.append(sign)
        elif not found:
            return []
    return found


def _same_opening(block: Sequence[Sign], there: Sequence[Sign], claim: Sequence[Sign], source: Sequence[Sign]) -> bool:
    if (mine := _spoken(block, claim)) and not _opening(block, claim):
        theirs = _spoken(there, source)
        return bool(theirs) and (bool(mine & theirs) or sum(_teller(s) for s in source) == 1)
    if _joined(block, claim):
        return len(block) > 1 and not block[0].capital and block[0].kind != "figure"
    if all(s.kind == "date" or (s.kind == "figure" and len(s.form) <= YEAR) for s in block) and block[0].kind == "date":
        if AT & {*_before(block[0], claim)} and AT & {*_before(there[0], source)}:
            return True
    first, other = min(block, key=_place), min(there, key=_place)
    openers = PREPOSITIONS | SUBORDINATORS
    opening = ({*_before(first, claim)} & openers) or ({first.word} & openers)
    return bool(opening) and bool(opening & ({*_before(other, source)} | {other.word}))


def _opening(block: Sequence[Sign], claim: Sequence[Sign]) -> set[str]:
    """The prepositions right before the block."""
    return {w for w in _before(min(block, key=_place), claim) if w in PREPOSITIONS and w != "to"}


def _joined(block: Sequence[Sign], claim: Sequence[Sign]) -> bool:
    """Whether the block is a predicate joined to another: "... and opens in May"."""
    first = min(s.place for s in block)
    return first > 0 and claim[first - 1].word in JOINTS


def _before(sign: Sign, signs: Sequence[Sign]) -> list[str]:
    """The free words right before a sign, in its clause."""
    words: list[str] = []
    for other in reversed(signs[: sign.place]):
        if other.bears or other.clause != sign.clause:
            break
        words.append(other.word)
    return words


def _spoken(block: Sequence[Sign], signs: Sequence[Sign]) -> set[str]:
    """The words at the edges of the block that tell whose word it is."""
    first, last = min(s.place for s in block), max(s.place for s in block)
    around = [s for s in signs if first - 1 <= s.place <= first or last - 1 <= s.place <= last + 1]
    return {s.word for s in around if _teller(s)}


def _teller(sign: Sign) -> bool:
    return sign.word in SAYING or sign.word in SHOWING or sign.word == "according"
