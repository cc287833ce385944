"""The order of a brief: its roles one after another, what an article tells together together, nothing before what it leans on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.stages.draft.choice.chains import MOST, Links, goes_on, worded
from pipeline.stages.draft.choice.likeness import Meaning, likeness
from pipeline.stages.draft.choice.roles import Role, role_of
from pipeline.stages.draft.facts import Fact
from pipeline.stages.draft.language.nouns import heard, met

PARAGRAPHS = (4, 8)
TOGETHER = 3
"""Sentences in one paragraph after the lead, unless they go on from one another."""
BEHIND = 3
"""Sentences of one article that are likely to speak of one thing."""
LEANS = 0.3
"""What it is worth that a fact stands beside the one that names its noun."""
SECTIONS: tuple[tuple[Role, ...], ...] = (
    (Role.FACT,),
    (Role.WHY,),
    (Role.CONTEXT,),
    (Role.VOICE,),
    (Role.OFFICIAL,),
    (Role.OUTLOOK,),
)
Chain = list[Fact]


def arrange(
    lead: Fact,
    body: Sequence[Fact],
    meaning: Meaning,
    links: Links,
    withheld: list[str],
    *,
    most: int = PARAGRAPHS[1],
) -> list[list[Fact]]:
    """Paragraphs, the lead alone in the first; facts that find no place are noted in `withheld`."""
    onward, *chains = links.chained(lead, body)
    first, *later = _cut(onward)
    paragraphs, left = [[lead]], sorted([*later, *(c for chain in chains for c in _cut(chain))], key=_turn)
    section = _sections(lead, [c for c in (*left, first) if c])
    if first and not _ready(first, paragraphs, links):
        left.append(first)
    elif first:
        paragraphs.append(_paragraph(first, left, [c for c in left if not section[id(c)]], paragraphs, meaning, links))
    for n in range(len(SECTIONS)):
        while len(paragraphs) < most:
            wanted = [c for c in left if section[id(c)] == n]
            opening = next((c for c in wanted if _ready(c, paragraphs, links)), None)
            if opening is None or (len(paragraphs) >= most - 2 and n < 2):
                break  # room for voices and outlook
            left.remove(opening)
            wanted.remove(opening)
            paragraphs.append(_paragraph(opening, left, wanted, paragraphs, meaning, links))
    paragraphs = _fill(_merged(paragraphs), left, most, meaning, links)
    left[:] = [part for chain in left for part in _parts(chain)]
    paragraphs = _parted(_fill(paragraphs, left, most, meaning, links), most)
    withheld += [f"no place without its noun: {f.text[:60]}" for chain in left for f in chain]
    return worded(paragraphs, links.texts, withheld)


def _cut(chain: Chain) -> Iterator[Chain]:
    """The chain in pieces that fit into a paragraph, cut where a sentence can stand alone."""
    while len(chain) > MOST:
        at = next((n for n in range(MOST, 1, -1) if not chain[n].behind), MOST)
        yield chain[:at]
        chain = chain[at:]
    yield chain


def _parts(chain: Chain) -> Iterator[Chain]:
    """The chain's sentences that can stand alone, each with those that cannot do without it."""
    starts = [n for n, fact in enumerate(chain) if not (n and fact.behind)]
    return (chain[a:b] for a, b in pairwise([*starts, len(chain)]))


def _sections(lead: Fact, chains: Sequence[Chain]) -> dict[int, int]:
    """The section of each chain: its first role's, or that of the one which names its noun where that comes later."""
    section = {id(c): next(n for n, roles in enumerate(SECTIONS) if role_of(c[0]) in roles) for c in chains}
    told = {id(c): heard(s for f in c for s in f.stems) for c in chains}
    for _ in chains:
        moved = False
        for chain in chains:
            for need in _needs(chain, heard(lead.stems)):
                givers = [section[id(g)] for g in chains if g is not chain and met([need], told[id(g)])]
                if givers and min(givers) > section[id(chain)]:
                    section[id(chain)], moved = min(givers), True
        if not moved:
            break
    return section


def _needs(chain: Chain, told: frozenset[str]) -> Iterator[frozenset[str]]:
    """What a chain leans on and neither has nor was told; what goes on from the sentence before has it there."""
    before: Fact | None = None
    for fact in chain:
        needs = fact.names if before and goes_on(fact, before) else fact.needs
        yield from (need for need in needs if not met([need], told))
        told |= heard(fact.stems)
        before = fact


def _turn(chain: Chain) -> tuple[bool, int, int, int, float, int]:
    """What the last revision has, then as the articles have it, where what several sources tell comes first in each third."""
    head = chain[0]
    third = int(head.share * 3)
    cites, told = max(len(f.cites) for f in chain), max(len(f.told) for f in chain)
    return (not any(f.kept for f in chain), third, -cites, -told, head.share, head.article)


def _paragraph(
    opening: Chain,
    left: list[Chain],
    wanted: list[Chain],
    before: Sequence[Sequence[Fact]],
    meaning: Meaning,
    links: Links,
) -> list[Fact]:
    """The opening chain and the ones most like it, taken out of `left`."""
    facts = [*opening]
    while len(facts) < TOGETHER:
        ready = [c for c in wanted if len(facts) + len(c) <= MOST and _ready(c, [*before, facts], links)]
        near = max(ready, key=lambda c: (_near(c, facts, meaning), -c[0].share, -c[0].article), default=None)
        if near is None:
            break
        left.remove(near)
        wanted.remove(near)
        facts += near
    return facts


def _near(chain: Chain, facts: Sequence[Fact], meaning: Meaning) -> float:
    """How well a chain goes with others: by words, by meaning, by its place behind one of them, and where one names its noun."""
    fact = chain[0]
    alike = max(likeness(fact.bag, f.bag) + meaning.near(fact.text, f.text) for f in facts)
    follows = any(f.article == fact.article and 0 < fact.place - f.place <= BEHIND for f in facts)
    leans = any(met([need], heard(f.stems)) for f in facts for need in fact.needs)
    return alike + 0.1 * (abs(fact.share - facts[0].share) < 0.2) + 0.2 * follows + LEANS * leans


def _ready(chain: Chain, before: Sequence[Sequence[Fact]], links: Links) -> bool:
    """Whether a chain can stand behind what is placed."""
    told = heard(s for facts in before for f in facts for s in f.stems)
    return links.apart(before[-1][-1], chain[0]) and not any(_needs(chain, told))


def _fill(
    paragraphs: list[list[Fact]], left: list[Chain], most: int, meaning: Meaning, links: Links
) -> list[list[Fact]]:
    """Chains without a place join the paragraph that is most like them and stands after what they lean on."""
    for chain in list(left):
        fits = [
            n
            for n in range(1, len(paragraphs))
            if len(paragraphs[n]) + len(chain) <= MOST and _ready(chain, paragraphs[: n + 1], links)
        ]
        if fits:
            best = max(fits, key=lambda n: (_near(chain, paragraphs[n], meaning), -n))
            paragraphs[best] = [*paragraphs[best], *chain]
            left.remove(chain)
        elif 1 < len(paragraphs) < most and _ready(chain, paragraphs, links):
            paragraphs.append(chain)
            left.remove(chain)
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
        room = len(kept) > 1 and len(kept[-1]) < MOST
        if len(facts) == 1 and room and enough:
            kept[-1] = [*kept[-1], *facts]
        else:
            kept.append(facts)
    return kept
