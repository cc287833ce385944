"""One order for what can be said in several: "the mayor of Lyon" and "Lyon's mayor", "was signed by Ghana" and
"Ghana signed", "took no position" and "did not take a position".
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from pipeline.stages.draft.evidence.strict.lexicon import BEING, IRREGULAR, PREPOSITIONS
from pipeline.stages.draft.evidence.strict.reading import Sign

BESIDE = frozenset("in at from for".split())
TIMED = frozenset({"weekday", "date"})
WHEN = frozenset("this last next on late early earlier today yesterday week month year day morning night".split())
CUTS = frozenset("that and but when because while as which who".split())


def ordered(signs: Sequence[Sign], kept: frozenset[str] = frozenset()) -> list[Sign]:
    """The signs that bear, owners first, agents first, denials before their verb; `kept` are passives left alone."""
    bearing = _owned(_denied_first([s for s in signs if s.bears]), signs, frozenset({"of"}))
    for verb, by in passives(signs):
        if verb.form not in kept:
            bearing = _agent_first(bearing, verb, by, signs)
    return bearing


def placed(bearing: list[Sign], signs: Sequence[Sign], longest: int) -> list[Sign]:
    """As ordered, with a name after "in", "at", "from" or "for" before its noun: "lawmakers in Ghana".

    The noun has `longest` words at most: "open model from Ghana" is "Ghana open model" or "open Ghana model".
    """
    return _owned(bearing, signs, BESIDE, longest)


def kept_passives(claim: Sequence[Sign], source: Sequence[Sign]) -> frozenset[str]:
    """The passive verbs of the source that are passive in the claim, too."""
    being = {verb.form for verb in _after_being(claim)}
    return frozenset(verb.form for verb, _ in passives(source) if verb.form in being)


def passives(signs: Sequence[Sign]) -> Iterator[tuple[Sign, Sign]]:
    """Each passive verb with the "by" of its agent; a time may stand between them: "was signed last week by Ghana"."""
    for verb in _after_being(signs):
        behind = itertools.dropwhile(lambda s: s.kind in TIMED or s.word in WHEN, signs[verb.place + 1 :])
        after = next(behind, None)
        if after is not None and after.word == "by" and after.clause == verb.clause:
            yield verb, after


def _after_being(signs: Sequence[Sign]) -> Iterator[Sign]:
    for sign in signs:
        if not (sign.bears and (sign.word.endswith(("ed", "en")) or sign.word in IRREGULAR)):
            continue
        before = [s for s in signs[max(0, sign.place - 3) : sign.place] if s.clause == sign.clause]
        while before and before[0].word not in BEING:
            before.pop(0)
        adverbs = all(not s.bears or s.word.endswith("ly") or s.kind == "denial" for s in before[1:])
        if before and adverbs:
            yield sign


def _agent_first(bearing: list[Sign], verb: Sign, by: Sign, signs: Sequence[Sign]) -> list[Sign]:
    agent = [s for s in _until(signs[by.place + 1 :], by.clause) if s.bears and s in bearing]
    begin = verb.place
    while begin and signs[begin - 1].clause == verb.clause and signs[begin - 1].word not in CUTS:
        begin -= 1
    patient = [s for s in bearing if begin <= s.place < verb.place]
    if not agent or not patient or verb not in bearing:
        return bearing
    at = bearing.index(patient[0])
    rest = [s for s in bearing if s is not verb and s not in agent and s not in patient]
    verbal = [s for s in patient if s.kind in {"modal", "denial"}]
    return [*rest[:at], *agent, *verbal, verb, *(s for s in patient if s not in verbal), *rest[at:]]


def _until(signs: Sequence[Sign], clause: int) -> Iterator[Sign]:
    """The signs of a noun phrase: up to the next preposition or clause."""
    for n, sign in enumerate(signs):
        if sign.clause != clause or (n and sign.word in PREPOSITIONS - {"of"}):
            return
        yield sign


def _denied_first(bearing: list[Sign]) -> list[Sign]:
    """ "Took no position" as "not took position"."""
    for n, sign in enumerate(bearing[1:], 1):
        before = bearing[n - 1]
        if sign.word == "no" and before.place == sign.place - 1 and before.kind == "content" and not before.capital:
            bearing = [*bearing[: n - 1], sign, before, *bearing[n + 1 :]]
    return bearing


def _owned(bearing: list[Sign], signs: Sequence[Sign], links: frozenset[str], longest: int = 9) -> list[Sign]:
    for link in signs:
        if link.word not in links:
            continue
        head = _head(bearing, link.place)[-longest:]
        owner = _owner(bearing, link, signs)
        if not head or not owner or head[-1].kind != "content" or owner[0].kind != "content":
            continue
        if "of" not in links and not owner[0].capital:
            continue
        at = bearing.index(head[0])
        rest = [s for s in bearing if s not in head and s not in owner]
        bearing = [*rest[:at], *owner, *head, *rest[at:]]
    return bearing


def _head(bearing: Sequence[Sign], place: int) -> list[Sign]:
    """The noun or name that ends right before a place, with what "of" has put before it."""
    last = next((s for s in bearing if s.place == place - 1), None)
    if last is None:
        return []
    head = [last]
    for sign in reversed(bearing[: bearing.index(last)]):
        beside = sign.place == head[0].place - 1 and sign.clause == last.clause and sign.kind == "content"
        if not beside or (sign.place and sign.capital != last.capital):
            break
        head.insert(0, sign)
    return head


def _owner(bearing: Sequence[Sign], link: Sign, signs: Sequence[Sign]) -> list[Sign]:
    """The name or the one noun after the link, its article skipped."""
    first = next((s for s in signs[link.place + 1 : link.place + 4] if s.bears), None)
    if first is None or first.clause != link.clause:
        return []
    owner = [first]
    for sign in signs[first.place + 1 :]:
        if not (first.capital and sign.capital and sign.bears and sign.clause == first.clause):
            break
        owner.append(sign)
    return [s for s in owner if s in bearing]
