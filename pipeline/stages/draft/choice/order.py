"""The order of a brief: each sentence behind the one it goes best with, roles one after another, nothing before what it leans on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.stages.draft.choice.chains import MOST, Links, goes_on, worded
from pipeline.stages.draft.choice.likeness import Meaning, likeness
from pipeline.stages.draft.choice.roles import Role, role_of
from pipeline.stages.draft.facts import Fact
from pipeline.stages.draft.language.nouns import heard, met
from pipeline.stages.draft.language.words import stem
from pipeline.stages.draft.texts.strangers import explained

PARAGRAPHS = (4, 8)
TOGETHER = 3
"""Sentences in one paragraph after the lead, unless they go on from one another."""
TAIL = 3
"""Sentences that a reader has in mind."""
BEHIND = 4
"""Sentences of one article that are likely to speak of one thing,"""
FOLLOWS = 0.5
"""what it is worth that one of them stands behind another,"""
WITHIN = 6
"""and those that keep the order of their article."""
LEANS = 0.3
"""What it is worth that a fact stands beside the one that names its noun."""
TURN = 0.3
"""What it costs to tell what belongs to a later section, for each that is passed over."""
SHARE = 0.4
"""What it costs to tell the end of an article before the beginning of another one."""
NAMES = 0.8
"""What it is worth to name first somebody on whom the story turns."""
APART = 0.5
"""Below this affinity a sentence opens a paragraph, if the one before has two."""
SECTIONS: tuple[tuple[Role, ...], ...] = (
    (Role.FACT,),
    (Role.WHY,),
    (Role.CONTEXT,),
    (Role.VOICE,),
    (Role.OFFICIAL,),
    (Role.OUTLOOK,),
)
SECTION = {role: n for n, roles in enumerate(SECTIONS) for role in roles}
Chain = list[Fact]


def arrange(
    lead: Fact,
    body: Sequence[Fact],
    meaning: Meaning,
    links: Links,
    withheld: list[str],
    actors: frozenset[str] = frozenset(),
    *,
    most: int = PARAGRAPHS[1],
) -> list[list[Fact]]:
    """Paragraphs, the lead alone in the first; facts that find no place are noted in `withheld`."""
    onward, *chains = links.chained(lead, body)
    left = [part for chain in (onward, *chains) if chain for part in _cut(chain)]
    told, left = _told([[lead]], left, meaning, links, actors)
    told, left = _told(told, [part for chain in left for part in _parts(chain)], meaning, links, actors)
    withheld += [f"no place without its noun: {f.text[:60]}" for chain in left for f in chain]
    return worded(_parted(_joined(_paragraphs(told, meaning), most), most), links.texts, withheld)


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


def _told(
    told: list[Chain], left: list[Chain], meaning: Meaning, links: Links, actors: frozenset[str]
) -> tuple[list[Chain], list[Chain]]:
    """The chains one after another, and those that find no place."""
    while chain := _next(told, left, meaning, links, actors):
        told, left = [*told, chain], [c for c in left if c is not chain]
    return told, left


def _next(
    told: Sequence[Chain], left: Sequence[Chain], meaning: Meaning, links: Links, actors: frozenset[str]
) -> Chain | None:
    """The chain that goes best with what was told last, of those that have what they lean on."""
    facts = [f for chain in told for f in chain]
    heard_of = heard(s for f in facts for s in f.stems)
    ready = [c for c in left if links.apart(facts[-1], c[0]) and not any(_needs(c, heard_of))]
    ready = [c for c in ready if not _early(c, ready)] or ready
    least = min((_section(c) for c in ready), default=0)
    unnamed = actors.difference(*(f.stems for f in facts))
    return max(
        ready,
        key=lambda c: (
            _worth(c, facts, links, meaning) - TURN * (_section(c) - least) + NAMES * _introduces(c[0], unnamed),
            *_turn(c),
        ),
        default=None,
    )


def _introduces(fact: Fact, unnamed: frozenset[str]) -> int:
    """How many names a sentence tells first; one of which it says what that is counts twice."""
    told = fact.stems & unnamed
    return len(told) + len(told & set(map(stem, explained(fact.text)))) if told else 0


def _section(chain: Chain) -> int:
    return SECTION[role_of(chain[0])]


def _early(chain: Chain, others: Sequence[Chain]) -> bool:
    """Whether its article tells another of the chains shortly before it."""
    head = chain[0]
    return any(
        f.article == head.article and 0 < head.place - f.place <= WITHIN
        for other in others
        for f in other
        if other is not chain
    )


def _needs(chain: Chain, told: frozenset[str]) -> Iterator[frozenset[str]]:
    """What a chain leans on and neither has nor was told; what goes on from the sentence before has it there."""
    before: Fact | None = None
    for fact in chain:
        needs = fact.names if before and goes_on(fact, before) else fact.needs
        yield from (need for need in needs if not met([need], told))
        told |= heard(fact.stems)
        before = fact


def _turn(chain: Chain) -> tuple[bool, int, float, int]:
    """What the last revision has, then what several sources tell, then as the articles have it."""
    head = chain[0]
    return any(f.kept for f in chain), max(len(f.cites) for f in chain), -head.share, -head.article


def _worth(chain: Chain, facts: Sequence[Fact], links: Links, meaning: Meaning) -> float:
    return _near(chain, facts[-TAIL:], meaning) + links.onto(chain[0], facts[-1]) - SHARE * chain[0].share


def _near(chain: Chain, facts: Sequence[Fact], meaning: Meaning) -> float:
    """How well a chain goes with others: by words, by meaning, by its place behind one of them, and where one names its noun."""
    fact = chain[0]
    alike = max(likeness(fact.bag, f.bag) + meaning.near(fact.text, f.text) for f in facts)
    follows = any(f.article == fact.article and 0 < fact.place - f.place <= BEHIND for f in facts)
    leans = any(met([need], heard(f.stems)) for f in facts for need in fact.needs)
    return alike + FOLLOWS * follows + LEANS * leans


def _paragraphs(told: Sequence[Chain], meaning: Meaning) -> list[list[Fact]]:
    """The chains in paragraphs: a new one opens where one is full, or has two and the next goes with another thing."""
    paragraphs = [[*told[0]]]
    for chain in told[1:]:
        last = paragraphs[-1]
        room = MOST if len(chain) > 1 else TOGETHER
        other = len(last) > 1 and _near(chain, last, meaning) < APART
        if len(paragraphs) == 1 or len(last) + len(chain) > room or other:
            paragraphs.append([*chain])
        else:
            last += chain
    return paragraphs


def _joined(paragraphs: list[list[Fact]], most: int) -> list[list[Fact]]:
    """The smallest neighbors as one paragraph while there are too many, or a single sentence stands alone."""
    while len(paragraphs) > 2:
        pairs = [n for n in range(1, len(paragraphs) - 1) if len(paragraphs[n]) + len(paragraphs[n + 1]) <= MOST]
        alone = [n for n in pairs if min(len(paragraphs[n]), len(paragraphs[n + 1])) == 1]
        if not pairs or (len(paragraphs) <= most and not (alone and len(paragraphs) > PARAGRAPHS[0])):
            break
        n = min(alone or pairs, key=lambda n: (len(paragraphs[n]) + len(paragraphs[n + 1]), n))
        paragraphs[n : n + 2] = [[*paragraphs[n], *paragraphs[n + 1]]]
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
