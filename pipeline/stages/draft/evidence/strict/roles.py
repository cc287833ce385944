"""A role before its name or behind it: "opposition leader Lepp" and "Lepp, who leads the opposition"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.stages.draft.evidence.strict.lexicon import FREE, RELATIVES, ROLES
from pipeline.stages.draft.evidence.strict.reading import Sign

INSIDE = frozenset("ofs of the a an".split())
"""Free words that a role may hold."""
ROLE = 4
"""Words of a role."""


def variants(theirs: list[Sign], source: Sequence[Sign]) -> Iterator[list[Sign]]:
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
        if role and any(s.word not in INSIDE and not s.bears for s in source[sign.place + 1 : role[0].place]):
            break
        role.insert(0, sign)
    return role if any(s.word in ROLES for s in role) else []


def _role_after(theirs: Sequence[Sign], at: int, source: Sequence[Sign]) -> list[Sign]:
    """The words of an apposition or relative clause between commas right after a name."""
    if not 0 < at < len(theirs):
        return []
    clause, name = theirs[at].clause, theirs[at - 1]
    inside = [s for s in theirs[at:] if s.clause == clause]
    opening = source[name.place + 1].word if name.place + 1 < len(source) else ""
    apposed = clause == name.clause + 1 and (opening in RELATIVES or opening in FREE or not theirs[at].capital)
    return inside if apposed and len(inside) <= ROLE and all(s.kind == "content" for s in inside) else []
