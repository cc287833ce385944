"""Which facts a brief tells: the lead, then what independent sources agree on, then what adds most."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pipeline.stages.draft.choice.chains import Links
from pipeline.stages.draft.choice.ground import Ground
from pipeline.stages.draft.choice.likeness import NEWS, Meaning, again
from pipeline.stages.draft.choice.repeats import figure_beside, retold, same_figure
from pipeline.stages.draft.choice.sofar import SoFar
from pipeline.stages.draft.facts import Fact
from pipeline.stages.draft.language.content import counts
from pipeline.stages.draft.language.letters import Letters

SIMILAR = 0.55
LEAD_AGAIN = 0.5
"""A body sentence this like the lead tells it over again."""
FIGURE_AGAIN = 0.8
"""The same for one with a figure that the lead has not."""
BODY_WORDS = 300
BODY_SENTENCES = 15
LEAST_GAIN = 0.6
"""What a sentence must add,"""
THIN_GAIN = -1.7
"""and while the brief is short."""
OPENS_ALIKE = 0.45
"""From this cosine to the lead on, the first sentence of another article tells the same event."""
COVERS = 2.0
"""What covering more of what several sources tell is worth,"""
ALONE = 0.5
"""and what it costs that no other source seems to tell a thing."""
RETOLD = 0.8
"""What it costs to tell of the lead's event again."""
ENOUGH = 3
"""Sentences that leave no need of how a newsroom came to know."""
ENOUGH_WORDS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The chosen facts, the lead first; `spare` found no room and may serve the closing."""

    lead: Fact
    body: tuple[Fact, ...]
    spare: tuple[Fact, ...]
    weights: Mapping[str, float]
    rarity: Mapping[str, float]
    letters: Letters
    meaning: Meaning
    links: Links
    actors: frozenset[str]
    lonely: frozenset[str]
    """Facts of the body that no other source seems to tell."""


def plan(ground: Ground, without: Collection[tuple[int, int]] = ()) -> Plan:
    """Choose the body, `without` the sentences of these articles and places: no room was found for them."""
    rest = [f for f in ground.rest if (f.article, f.place) not in without]
    body = _cover(ground, rest)
    chosen = {(f.article, f.place) for f in body}
    return Plan(
        lead=ground.lead,
        body=tuple(body),
        spare=tuple(f for f in rest if (f.article, f.place) not in chosen),
        weights=ground.weights,
        rarity=ground.rarity,
        letters=ground.letters,
        meaning=ground.meaning,
        links=ground.links,
        actors=ground.actors,
        lonely=frozenset(f.text for f in body if ground.coverage.alone(f)),
    )


def _cover(ground: Ground, facts: Sequence[Fact]) -> list[Fact]:
    """Greedy: the sentence that adds most, until there is room for no more or nothing adds enough."""
    so_far = SoFar.of(ground)
    left = [f for f in _news(facts) if not _lead_again(f, ground)]
    while left and so_far.words < BODY_WORDS and len(so_far.chosen) <= BODY_SENTENCES:
        so_far.compare(left)
        left = [f for f in left if so_far.near[id(f)] <= SIMILAR and not so_far.tells(f)]
        covering = so_far.coverage.gains(left)
        gains = {id(f): so_far.gain(f) + COVERS * more for f, more in zip(left, covering, strict=True)}
        rank = {id(f): gains[id(f)] - _costs(f, ground) for f in left}
        full = so_far.words > ENOUGH_WORDS
        ready = [f for f in left if so_far.ready(f)]
        worth = [
            (value, run)
            for run in (*ground.links.runs(left, ready, so_far.ready), *so_far.bridged(left, ready, rank))
            if (value := so_far.mean(run, rank)) >= LEAST_GAIN or (not full and so_far.mean(run, gains) >= THIN_GAIN)
        ]
        if not worth:
            break
        best = max(worth, key=lambda w: (w[0], -w[1][0].article, -w[1][0].place))[1]
        if len(best) == 1:
            best = (_better_told(best[0], ready, ground),)
        for fact in best:
            so_far.take(fact)
            left = [f for f in left if not (_one_of(f, best) or _told_by(f, fact, so_far))]
    return so_far.chosen[1:]


def _news(facts: Sequence[Fact]) -> Sequence[Fact]:
    """The facts without how a newsroom came to know, if there are enough others."""
    news = [f for f in facts if not NEWS.match(f.text)]
    return news if len(news) >= ENOUGH else facts


def _lead_again(fact: Fact, ground: Ground) -> bool:
    """Whether a fact tells the lead over again, or opens another article on the same event."""
    lead = ground.lead
    return not ground.develops(fact) and (
        ground.alike(fact, lead) > (FIGURE_AGAIN if figure_beside(fact, lead) else LEAD_AGAIN)
        or again(fact, lead, ground.rarity)
        or (not fact.place and fact.article != lead.article and ground.meaning.near(fact.text, lead.text) > OPENS_ALIKE)
    )


def _costs(fact: Fact, ground: Ground) -> float:
    return ALONE * ground.coverage.alone(fact) + RETOLD * retold(fact, ground.lead, ground.meaning)


def _told_by(fact: Fact, last: Fact, so_far: SoFar) -> bool:
    """Whether what was chosen last tells a fact, too."""
    return again(fact, last, so_far.ground.rarity) or so_far.recounted(fact, last)


def _one_of(fact: Fact, run: Sequence[Fact]) -> bool:
    return any(f is fact for f in run)


def _better_told(fact: Fact, ready: Sequence[Fact], ground: Ground) -> Fact:
    """The fact, or one that tells the same with all its figures, and that more sources tell or that tells more beside."""
    same = [
        f
        for f in ready
        if len(f.cites) >= len(fact.cites)
        and (counts(f.text) >= counts(fact.text) or len(f.cites) > len(fact.cites))
        and (ground.alike(f, fact) > SIMILAR or again(fact, f, ground.rarity) or same_figure(f, fact, ground.meaning))
    ]
    words = ground.weights
    return max(
        (fact, *same),
        key=lambda f: (len(f.cites), bool(f.kept), round(math.fsum(words.get(w, 0.0) for w in f.bag), 6)),
    )
