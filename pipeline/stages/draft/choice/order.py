"""The order of a brief: its roles one after another, what belongs together together, nothing before what it leans on."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.stages.draft.choice.likeness import Meaning, likeness
from pipeline.stages.draft.choice.plan import adjoin
from pipeline.stages.draft.choice.roles import Role, role_of
from pipeline.stages.draft.facts import Fact
from pipeline.stages.draft.language.nouns import heard, met

PARAGRAPHS = (4, 8)
TOGETHER = 3
"""Sentences in one paragraph after the lead."""
BEHIND = 3
"""Sentences of one article that are likely to speak of one thing."""
LEANS = 0.3
"""What it is worth that a fact stands beside the one that names its noun."""
MOST = 4
"""Sentences in one paragraph once a single one has joined it."""
SECTIONS: tuple[tuple[Role, ...], ...] = (
    (Role.FACT,),
    (Role.WHY,),
    (Role.CONTEXT,),
    (Role.VOICE,),
    (Role.OFFICIAL,),
    (Role.OUTLOOK,),
)


def arrange(
    lead: Fact, body: Sequence[Fact], meaning: Meaning, withheld: list[str], *, most: int = PARAGRAPHS[1]
) -> list[list[Fact]]:
    """Paragraphs, the lead alone in the first; facts that find no place are noted in `withheld`."""
    paragraphs, left = [[lead]], sorted(body, key=_turn)
    section = _sections(lead, left)
    for n in range(len(SECTIONS)):
        while len(paragraphs) < most:
            wanted = [f for f in left if section[id(f)] == n]
            opening = next((f for f in wanted if _ready(f, paragraphs) and not adjoin(paragraphs[-1][-1], f)), None)
            if opening is None or (len(paragraphs) >= most - 2 and n < 2):
                break  # room for voices and outlook
            paragraphs.append(_paragraph(opening, left, wanted, paragraphs, meaning))
    paragraphs = _parted(_fill(_merged(paragraphs), left, most, meaning), most)
    withheld += [f"no place without its noun or beside its neighbor: {f.text[:60]}" for f in left]
    return paragraphs


def _sections(lead: Fact, body: Sequence[Fact]) -> dict[int, int]:
    """The section of each fact: its role's, or that of the fact which names its noun where that comes later."""
    section = {id(f): next(n for n, roles in enumerate(SECTIONS) if role_of(f) in roles) for f in body}
    told = heard(lead.stems)
    for _ in body:
        moved = False
        for fact in body:
            for need in fact.needs:
                if met([need], told):
                    continue
                givers = [section[id(g)] for g in body if g is not fact and met([need], heard(g.stems))]
                if givers and min(givers) > section[id(fact)]:
                    section[id(fact)], moved = min(givers), True
        if not moved:
            break
    return section


def _turn(fact: Fact) -> tuple[bool, int, int, int, float, int]:
    """What the last revision has, then as the articles have it, where what several sources tell comes first in each third."""
    third = int(fact.share * 3)
    return (not fact.kept, third, -len(fact.cites), -len(fact.told), fact.share, fact.article)


def _paragraph(
    opening: Fact, left: list[Fact], wanted: list[Fact], before: Sequence[Sequence[Fact]], meaning: Meaning
) -> list[Fact]:
    """The opening fact and the ones most like it, taken out of `left`."""
    left.remove(opening)
    wanted.remove(opening)
    facts = [opening]
    while len(facts) < TOGETHER:
        ready = [f for f in wanted if _ready(f, [*before, facts]) and not adjoin(facts[-1], f)]
        near = max(ready, key=lambda f: (_near(f, facts, meaning), -f.share, -f.article), default=None)
        if near is None:
            break
        left.remove(near)
        wanted.remove(near)
        facts.append(near)
    return facts


def _near(fact: Fact, facts: Sequence[Fact], meaning: Meaning) -> float:
    """How well a fact goes with others: by words, by meaning, by its place behind one of them, and where one names its noun."""
    alike = max(likeness(fact.bag, f.bag) + meaning.near(fact.text, f.text) for f in facts)
    follows = any(f.article == fact.article and 0 < fact.place - f.place <= BEHIND for f in facts)
    leans = any(met([need], heard(f.stems)) for f in facts for need in fact.needs)
    return alike + 0.1 * (abs(fact.share - facts[0].share) < 0.2) + 0.2 * follows + LEANS * leans


def _ready(fact: Fact, before: Sequence[Sequence[Fact]]) -> bool:
    return met(fact.needs, heard(s for facts in before for f in facts for s in f.stems))


def _fill(paragraphs: list[list[Fact]], left: list[Fact], most: int, meaning: Meaning) -> list[list[Fact]]:
    """Facts without a place join the paragraph that is most like them and stands after what they lean on."""
    for fact in list(left):
        fits = [
            n
            for n in range(1, len(paragraphs))
            if len(paragraphs[n]) < MOST and _ready(fact, paragraphs[: n + 1]) and not adjoin(paragraphs[n][-1], fact)
        ]
        if fits:
            best = max(fits, key=lambda n: (_near(fact, paragraphs[n], meaning), -n))
            paragraphs[best] = [*paragraphs[best], fact]
            left.remove(fact)
        elif 1 < len(paragraphs) < most and _ready(fact, paragraphs) and not adjoin(paragraphs[-1][-1], fact):
            paragraphs.append([fact])
            left.remove(fact)
    return paragraphs


def _parted(paragraphs: list[list[Fact]], most: int) -> list[list[Fact]]:
    """Long paragraphs in two halves while a full brief has too few."""
    while most == PARAGRAPHS[1] and len(paragraphs) < PARAGRAPHS[0]:
        longest = max(range(1, len(paragraphs)), key=lambda n: (len(paragraphs[n]), -n), default=0)
        facts = paragraphs[longest]
        if len(facts) < MOST - 1:
            break
        half = (len(facts) + 1) // 2
        paragraphs[longest : longest + 1] = [facts[:half], facts[half:]]
    return paragraphs


def _merged(paragraphs: list[list[Fact]]) -> list[list[Fact]]:
    """Single sentences join the paragraph before them while that leaves enough paragraphs."""
    kept = paragraphs[:1]
    for n, facts in enumerate(paragraphs[1:], 1):
        enough = len(kept) + len(paragraphs) - n - 1 >= PARAGRAPHS[0]
        room = len(kept) > 1 and len(kept[-1]) < MOST and not adjoin(kept[-1][-1], facts[0])
        if len(facts) == 1 and room and enough:
            kept[-1] = [*kept[-1], *facts]
        else:
            kept.append(facts)
    return kept
