"""Which facts a brief tells: the lead, then what independent sources agree on, then what adds most."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from pipeline.stages.draft.content import bag, counts
from pipeline.stages.draft.facts import COPY_WORDS, Fact, Form
from pipeline.stages.draft.matching import AHEAD, SAYING
from pipeline.stages.draft.needs import heard, met
from pipeline.stages.draft.readings import Reading
from pipeline.stages.draft.roles import Role, role_of
from pipeline.stages.draft.speech import Letters
from pipeline.stages.draft.words import count, figures, stems

LEAD_WORDS = 30
LEAD_PLACES = 3
"""A lead stands among the first sentences of an article."""
SIMILAR = 0.55
FLUFF = re.compile(
    r"\b(?:unexpected turn|real money|teaming up|big|bet|betting|just|game.chang\w+|stunning|shock\w*|dramatic\w*|battle|"
    r"war of|race|gets?|got|ever|dealt a blow|thorny|refers? to|headline|latest twist|won't|don't|can't|isn't)\b"
)
"""Words of a writer who wants to be read; a lead does better without."""
LEAD_AGAIN = 0.5
"""A body sentence this like the lead tells it over again."""
RUN = 5
KEPT = 0.4
"""What a revision gives a sentence that the last one has, so that a brief does not change without need."""
CENTRAL = 12
GOING = re.compile(r"\b(?:is|are) [a-z]+ing\b")
WORD = re.compile(r"[\w'-]+")
YEAR = re.compile(r"(?:19|20)\d\d")
BODY_WORDS = 330
BODY_SENTENCES = 20
LEAST_GAIN = -0.1
THIN_GAIN = -0.35
"""What a sentence must add while the brief is short."""
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


def rarity(facts: Sequence[Fact]) -> dict[str, float]:
    """How much a word tells in this story: less, the more of its sentences have it."""
    seen = Counter(w for f in facts for w in f.bag)
    return {w: 1 / math.log2(2 + n) for w, n in seen.items()}


def concept_weights(readings: Sequence[Reading]) -> dict[str, float]:
    """Words that two or more independent sources use, by how many do; all of them where there is one source."""
    told: Counter[str] = Counter()
    for reading in readings:
        told.update(bag(f"{reading.article.title}\n{reading.article.text}"))
    least = min(2, len(readings))
    return {w: math.log1p(n) for w, n in told.items() if n >= least}


def plan(facts: Sequence[Fact], readings: Sequence[Reading]) -> Plan | None:
    """Choose the lead and the body; None when no sentence can lead."""
    weights = concept_weights(readings)
    leads = [f.in_form(form) for f in facts if f.place < LEAD_PLACES for form in f.forms if _may_lead(f, form)]
    if not leads:
        return None
    lead = max(leads, key=lambda f: (_lead_worth(f, readings), -f.article, -f.place))
    rest = [f for f in facts if (f.article, f.place) != (lead.article, lead.place)]
    rare = rarity(facts)
    body = _cover(lead, rest, weights, rare)
    chosen = {(f.article, f.place) for f in body}
    return Plan(
        lead=lead,
        body=tuple(body),
        spare=tuple(f for f in rest if (f.article, f.place) not in chosen),
        weights=weights,
        rarity=rare,
        letters=Letters.of(r.article.text for r in readings),
    )


def _may_lead(fact: Fact, form: Form) -> bool:
    """Whether the lead's figures of words hold once AI is spelt out and the marks stand at its end."""
    written = form.words + (re.search(r"\bAI\b", form.text) is not None) + len(form.cites)
    return written <= LEAD_WORDS and not form.needs and fact.who is None and '"' not in form.text


def _lead_worth(fact: Fact, readings: Sequence[Reading]) -> float:
    """How far it tells what the articles open with; then who and when, and an opening sentence before a later one."""
    others = [r for r in readings if r.n != fact.article] or readings
    told = sum(overlap_of(_opening(r), fact.bag) for r in others) / len(others)
    titles = sum(overlap_of(bag(r.article.title), fact.bag) for r in readings) / len(readings)
    common = Counter(w for r in others for w in _opening(r) | bag(r.article.title))
    shared = sum(common[w] > (1 if len(others) > 2 else 0) for w in fact.bag) / max(1, len(fact.bag))
    seen = Counter(w for r in readings for s in r.sentences for w in bag(s.raw))
    central = sum(seen[w] for w in fact.bag) / max(1, sum(n for _, n in seen.most_common(CENTRAL)))
    dated = any(YEAR.fullmatch(f) for f in figures(fact.text))
    stale = AHEAD.search(fact.text[:60]) is not None
    place = (0.25, 0.1, 0.0)[fact.place]
    return (
        2 * told + 2 * titles + 0.8 * shared + 0.8 * central - 0.1 * (GOING.search(fact.text) is not None) + 0.15 * dated + place + 0.15 * (len(fact.cites) - 1) + KEPT * fact.kept
        - 0.1 * (SAYING.search(fact.text) is not None) - 0.6 * stale - 0.25 * (FLUFF.search(fact.text) is not None)
    )  # fmt: skip


def _opening(reading: Reading) -> frozenset[str]:
    return bag(" ".join(s.raw for s in reading.sentences[:2]))


def overlap_of(wanted: frozenset[str], have: frozenset[str]) -> float:
    """The share of some words that stand among others."""
    return len(wanted & have) / len(wanted) if wanted else 0.0


def _cover(lead: Fact, facts: Sequence[Fact], weights: Mapping[str, float], rare: Mapping[str, float]) -> list[Fact]:
    """Greedy: the sentence that adds most, until there is room for no more or nothing adds enough."""
    so_far = _SoFar(chosen=[lead], covered=set(lead.bag), told=set(heard(lead.stems)), near={})
    left = [f for f in facts if alike(f.text, lead.text, rare) <= LEAD_AGAIN]
    while left and so_far.words < BODY_WORDS and len(so_far.chosen) <= BODY_SENTENCES:
        so_far.compare(left, rare)
        gains = {id(f): so_far.gain(f, weights) for f in left}
        ready = [f for f in left if met(f.needs, so_far.told)]
        waiting = [f for f in left if gains[id(f)] > LEAST_GAIN and not met(f.needs, so_far.told)]
        worth = {id(f): gains[id(f)] + _opens(f, waiting, so_far.told, gains) for f in ready}
        best = max(ready, key=lambda f: (worth[id(f)], -f.article, -f.place), default=None)
        if best is None or worth[id(best)] < (LEAST_GAIN if so_far.words > ENOUGH_WORDS else THIN_GAIN):
            break
        best = _better_told(best, ready, rare)
        left.remove(best)
        if so_far.near[id(best)] <= SIMILAR:
            so_far.take(best)
    return so_far.chosen[1:]


def _better_told(fact: Fact, ready: Sequence[Fact], rare: Mapping[str, float]) -> Fact:
    """The fact, or one that tells the same and that more sources tell."""
    same = [f for f in ready if len(f.cites) > len(fact.cites) and alike(f.text, fact.text, rare) > SIMILAR]
    return max(same, key=lambda f: (len(f.cites), -f.article, -f.place), default=fact)


@dataclass(slots=True, kw_only=True)
class _SoFar:
    """What is chosen, the words it covers, the nouns it has named, and how near each other fact is to it."""

    chosen: list[Fact]
    covered: set[str]
    told: set[str]
    near: dict[int, float]
    words: int = 0

    def compare(self, left: Sequence[Fact], rare: Mapping[str, float]) -> None:
        last = self.chosen[-1]
        for fact in left:
            self.near[id(fact)] = max(self.near.get(id(fact), 0.0), alike(fact.text, last.text, rare))

    def take(self, fact: Fact) -> None:
        self.chosen.append(fact)
        self.covered |= fact.bag
        self.told |= heard(fact.stems)
        self.words += fact.forms[0].words

    def gain(self, fact: Fact, weights: Mapping[str, float]) -> float:
        """What is new in words that several sources use, who else tells it, and a role that is not filled yet."""
        new = sum(weights.get(s, 0.0) for s in fact.bag - self.covered)
        all_of = sum(weights.get(s, 0.0) for s in fact.bag)
        crowd = sum(c.article == fact.article for c in self.chosen) / len(self.chosen)
        role = role_of(fact)
        unfilled = role is not Role.FACT and all(role_of(c) is not role for c in self.chosen)
        shared = 0.9 * (len(fact.cites) > 1) + 0.2 * (len(fact.cites) > 2) + 0.15 * min(2, len(fact.told))
        return (
            0.45 * (new + 0.2 * all_of) / math.sqrt(count(fact.text)) + shared + 0.25 * unfilled + KEPT * fact.kept - 0.5 * crowd
            - 0.5 * (FLUFF.search(fact.text) is not None)
            - 0.6 * self.near[id(fact)]
        )  # fmt: skip


def _opens(fact: Fact, waiting: Sequence[Fact], told: Set[str], gains: Mapping[int, float]) -> float:
    """Half of what the best sentence adds that may stand once this one has named its noun."""
    if not waiting:
        return 0.0
    then = told | heard(fact.stems)
    return 0.5 * max((gains[id(f)] for f in waiting if met(f.needs, then)), default=0.0)


def alike(one: str, other: str, rare: Mapping[str, float]) -> float:
    """0 to 1 by the words that both have; two shared counts (years are none) are one thing told twice.

    >>> alike("They showed 3,000 products of 800 firms.", "The fair with 800 firms has 3,000 products.", {})
    1.0
    """
    a, b = bag(one), bag(other)
    shared_counts = [f for f in counts(one) & counts(other) if len(f) > 2 and not YEAR.fullmatch(f)]
    if len(shared_counts) > 1:
        return 1.0
    if _run(one, other):
        return 0.7
    mass = [sum(rare.get(w, 1.0) for w in words) for words in (a & b, a, b)]
    contained = len(a & b) / max(1, min(len(a), len(b)))
    return max(mass[0] / max(0.001, min(mass[1:])), contained)


def _run(one: str, other: str) -> bool:
    """Whether both have five words in a row, three of them plain words of content."""
    mine, theirs = WORD.findall(one), f" {' '.join(WORD.findall(other))} "
    for start in range(len(mine) - RUN + 1):
        run = mine[start : start + RUN]
        if f" {' '.join(run)} " in theirs and sum(w.islower() and bool(stems(w)) for w in run) > 2:
            return True
    return False


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / math.sqrt(len(a) * len(b)) if a and b else 0.0


def adjoin(a: Fact, b: Fact) -> bool:
    """Neighbors in one article would make one long copied run."""
    near = a.article == b.article and abs(a.place - b.place) == 1
    return near and a.forms[0].words + b.forms[0].words > COPY_WORDS
