"""The rules of the strict check over an aligned claim: each gives the reason why it may not stand, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.stages.draft.evidence.strict.align import Alignment
from pipeline.stages.draft.evidence.strict.lexicon import (
    CONDITIONS,
    IRREGULAR,
    OPPOSED,
    POSSESSED,
    PREPOSITIONS,
    RELATIVES,
    SAYING,
)
from pipeline.stages.draft.evidence.strict.reading import Sign

Signs = Sequence[Sign]
JOINS = frozenset("and but or nor yet without despite rather with including after before while as".split())
OBJECT = frozenset("of for with beside to against at between among on from over without alongside under".split())
PAIRED = 3
"""Words between a figure and what it is paired with."""
FIGURE = "\u00a7"
TURNING = frozenset("against without before after until above below under except despite".split())


def denied(claim: Signs, source: Signs, found: Alignment) -> str:
    """A denial that one of the two has and the other has not, in what is told by both."""
    if any(s.kind == "denial" for s in found.lost):
        return "negation"
    for sign in _left_out(source, found):
        if sign.kind == "denial" and not _gone_with_its_clause(sign, source, found):
            return "negation"
    return ""


def hedged(claim: Signs, source: Signs, found: Alignment) -> str:
    """A may or must that one of the two has and the other has not; what was to come told as done."""
    if any(s.kind == "modal" for s in found.lost):
        return "modality"
    for sign in _left_out(source, found):
        if sign.kind == "modal" and not _gone_with_its_clause(sign, source, found):
            return "modality"
    for (a, b), (c, d) in pairwise([(-1, -1), *found.pairs]):
        ahead = {"will", "would", "shall"} & {s.word for s in source[b + 1 : d]}
        if ahead and _past(claim[c].word, source[d].word) and not _AHEAD & {s.word for s in claim[a + 1 : c]}:
            return "modality"
    return ""


def _past(told: str, word: str) -> bool:
    """Whether a verb is told in a past form that the source does not have."""
    return told != word and (told.endswith("ed") or told in IRREGULAR) and not word.endswith("ed")


def limited(claim: Signs, source: Signs, found: Alignment) -> str:
    """A limit, a doubt, an intention or a condition that the claim leaves out while it keeps what it stood beside."""
    last = max((b for _, b in found.pairs), default=-1)
    for sign in _left_out(source, found):
        if sign.place > last:
            return f"left out: {sign.word}"
        if sign.kind == "guard" and not _gone_with_its_clause(sign, source, found) and _turns(sign, source, found):
            return f"left out: {sign.word.lower()}"
    return ""


def opposed(claim: Signs, source: Signs, found: Alignment) -> str:
    """One small word put for its opposite: to for from, all for some."""
    for mine, theirs in _gaps(claim, source, found):
        here, there = {s.word for s in mine}, {s.word for s in theirs}
        for a in sorted(here - there):
            for b in sorted(there - here):
                if (a, b) in OPPOSED:
                    return f"new: {a}"
    return ""


def spliced(claim: Signs, source: Signs, found: Alignment) -> str:
    """A figure's own place left out and another figure's kept: "5 in Oslo and 7 in Lund" is not "5 in Lund"."""
    for (_, b), (_, d) in pairwise(found.pairs):
        gap = [s for s in source[b + 1 : d] if s.clause == source[b].clause]
        joint = next((s.place for s in gap if s.word in {"and", "or", "but"}), None)
        if joint is None or d <= b or source[d].clause != source[b].clause:
            continue
        before, after = [s for s in gap if s.bears and s.place < joint], [s for s in gap if s.place > joint]
        figure = next((s for s in after if s.kind == "figure"), None)
        if before and figure and any(s.kind == "figure" for s in source[max(0, b - PAIRED) : b + 1]):
            return f"left out: {figure.word.strip(FIGURE)}"
    return ""


def misplaced(claim: Signs, source: Signs, found: Alignment) -> str:
    """A subject that the source has only as the object of a preposition: "the head of Lund" is not Lund."""
    if not found.pairs:
        return ""
    first, there = found.pairs[0]
    before = _free_before(source, there)
    mine = {s.word for s in claim[:first]}
    outer = next((s for s in reversed(source[: max(0, there - len(before))]) if s.clause == source[there].clause), None)
    objects = [s.word for s in before if s.word in OBJECT and s.word not in mine]
    if any(s.word == POSSESSED for s in claim[first : first + 4]):
        return ""
    if outer is not None and outer.place in {place for _, place in found.pairs}:
        return ""
    if objects and "according" not in {s.word for s in before} and outer is not None and outer.bears:
        return "" if _spoken_near(claim, first) else f"subject: {claim[first].word}"
    return ""


def _left_out(source: Signs, found: Alignment) -> list[Sign]:
    """The source's signs before the last one that the claim took over, and not taken over."""
    taken = {p for _, p in found.pairs}
    last = max(taken, default=-1)
    near = source[last].clause + 1 if source and last >= 0 else 0
    trailing = [s for s in source if s.place > last and s.clause <= near and _conditional(s, source)]
    return [s for s in source if s.bears and s.place < last and s.place not in taken] + trailing[:1]


def _conditional(sign: Sign, source: Signs) -> bool:
    before = source[sign.place - 1].word if sign.place else ""
    after = source[sign.place + 1].word if sign.place + 1 < len(source) else ""
    if sign.word == "provided":
        return after == "that"
    return sign.word in CONDITIONS and before not in {"even", "as", "what", "only"}


def _gone_with_its_clause(sign: Sign, source: Signs, found: Alignment) -> bool:
    """Whether all that the sign stood beside is left out with it: its clause, a relative clause, a joined phrase."""
    taken = {p for _, p in found.pairs}
    if sign.word in CONDITIONS and sign.place > max(taken, default=-1):
        return False
    if not any(s.place in taken for s in source if s.clause == sign.clause):
        return True
    begin = sign.place
    while begin and begin - 1 not in taken:
        begin -= 1
    end = sign.place
    while end + 1 < len(source) and end + 1 not in taken:
        end += 1
    gap = source[begin : end + 1]
    if begin == 0:  # before all that is told: gone if a clause ends between the two
        return source[end].clause != sign.clause
    after = [s for s in gap if s.place > sign.place and s.bears]
    if any(s.word in RELATIVES and s.word not in {"when", "where"} for s in gap if s.place <= sign.place):
        return bool(after)
    joined = any(s.word in JOINS and s.clause == sign.clause for s in gap if s.place <= sign.place)
    opened = any(a.clause != b.clause for a, b in pairwise(source[max(0, begin - 1) : sign.place + 1]))
    closed = end + 1 >= len(source) or source[end + 1].clause != sign.clause
    return (opened and closed) or (joined and bool(after)) or (opened and begin == sign.place and bool(after))


def _turns(sign: Sign, source: Signs, found: Alignment) -> bool:
    """Whether the guarded word bears on what follows and was kept: the next word is taken over."""
    taken = {p for _, p in found.pairs}
    following = [s for s in source[sign.place + 1 :] if s.clause == sign.clause]
    near = next((s for s in following if s.bears), None)
    if sign.word in PREPOSITIONS and sign.word not in TURNING:
        return False  # the word it stands before is judged by its place
    return near is not None and near.place in taken


def _gaps(claim: Signs, source: Signs, found: Alignment) -> Iterator[tuple[list[Sign], list[Sign]]]:
    """What stands between neighbouring pairs on both sides, the openings first."""
    ends = [(-1, -1), *found.pairs]
    for (a, b), (c, d) in pairwise(ends):
        if d > b:
            yield list(claim[a + 1 : c]), list(source[b + 1 : d])


def _free_before(signs: Signs, place: int) -> list[Sign]:
    found: list[Sign] = []
    for sign in reversed(signs[:place]):
        if (sign.bears and sign.word not in OBJECT) or sign.clause != signs[place].clause:
            break
        found.append(sign)
    return found


def _spoken_near(claim: Signs, first: int) -> bool:
    return any(s.word in SAYING for s in claim[first : first + 8])


_AHEAD = frozenset("will would shall to".split())
