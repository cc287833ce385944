"""Which facts a brief tells: the lead, then what independent sources agree on, then what adds most."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from pipeline.ports import Support
from pipeline.stages.draft.choice.coverage import Coverage
from pipeline.stages.draft.choice.leads import FLUFF, KEPT, best_lead, nearness
from pipeline.stages.draft.choice.likeness import NEWS, YEAR, Meaning, again, alike, gist
from pipeline.stages.draft.choice.roles import Role, role_of
from pipeline.stages.draft.choice.stale import fresh
from pipeline.stages.draft.evidence.conflicts import settled
from pipeline.stages.draft.facts import COPY_WORDS, Fact
from pipeline.stages.draft.language.content import bag, counts
from pipeline.stages.draft.language.letters import Letters
from pipeline.stages.draft.language.nouns import heard, met
from pipeline.stages.draft.language.times import MONTH
from pipeline.stages.draft.language.words import count
from pipeline.stages.draft.texts.readings import Reading

SIMILAR = 0.55
LEAD_AGAIN = 0.5
"""A body sentence this like the lead tells it over again."""
FIGURE_AGAIN = 0.8
"""The same for one with a figure that the lead has not."""
BODY_WORDS = 300
BODY_SENTENCES = 14
LEAST_GAIN = -0.1
THIN_GAIN = -0.35
"""What a sentence must add while the brief is short."""
MEANING = 0.45
"""From this cosine on two sentences of one story begin to tell the same in other words,"""
FIGURE_MEANING = 0.35
"""The same where they share a figure, which then is told once."""
DAY = re.compile(rf"\b{MONTH} \d{{1,2}}\b|\b\d{{1,2}} {MONTH}")
SAME_MEANING = 3.0
"""and this is what it costs."""
OPENS_ALIKE = 0.45
"""From this cosine to the lead on, the first sentence of another article tells the same event."""
SUBJECT = 0.08
"""Below this nearness to what the articles' heads tell a sentence may be beside the subject,"""
OF_STORY = 2
"""words of several sources that show it to be none,"""
BESIDE = 2.0
"""and this is what it costs."""
TOLD = 0.15
"""What each source is worth that seems to tell the same, though not so surely that it could be cited."""
COVERS = 0.8
"""What covering more of what several sources tell is worth,"""
ALONE = 0.5
"""and what it costs that no other source seems to tell a thing."""
RETOLD = 0.8
"""What it costs to tell of the lead's event again."""
EVENT_MEANING = 0.35
DONE = re.compile(
    r"\b(?:adopted|signed|agreed|endorsed|approved|launched|unveiled|released|published|announced|presented|issued|inaugurated|concluded|closed)\b"
)
SAME_VOICE = 0.3
"""What each earlier sentence of the same speaker costs one."""
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
    lonely: frozenset[str]
    """Facts of the body that no other source seems to tell."""


def rarity(facts: Sequence[Fact]) -> dict[str, float]:
    """How much a word tells in this story: less, the more of its sentences have it."""
    seen = Counter(w for f in facts for w in f.bag | gist(f.text))
    return {w: 1 / math.log2(2 + n) for w, n in seen.items()}


def concept_weights(readings: Sequence[Reading]) -> dict[str, float]:
    """Words that two or more independent sources use, by how many do; all of them where there is one source."""
    told: Counter[str] = Counter()
    for reading in readings:
        told.update(bag(f"{reading.article.title}\n{reading.article.text}"))
    least = min(2, len(readings))
    return {w: math.log1p(n) for w, n in told.items() if n >= least}


def plan(facts: Sequence[Fact], readings: Sequence[Reading], support: Support) -> Plan | None:
    """Choose the lead and the body; None when no sentence can lead."""
    weights = concept_weights(readings)
    letters = Letters.of(r.article.text for r in readings)
    facts = settled(facts, letters)
    lead = best_lead(facts, readings, support)
    if lead is None:
        return None
    rest = [f for f in fresh(facts, lead, readings) if (f.article, f.place) != (lead.article, lead.place)]
    rare = rarity(facts)
    meaning = Meaning.of((f.text for f in (lead, *rest)), support)
    subject = nearness(list(meaning.rows), readings, support)
    rest = [f for f in rest if not _beside(f, weights, subject)]
    coverage = Coverage.of([lead, *rest], readings, support)
    body = _cover(lead, rest, weights, rare, meaning, subject, coverage)
    chosen = {(f.article, f.place) for f in body}
    return Plan(
        lead=lead,
        body=tuple(body),
        spare=tuple(f for f in rest if (f.article, f.place) not in chosen),
        weights=weights,
        rarity=rare,
        letters=letters,
        meaning=meaning,
        lonely=frozenset(f.text for f in body if coverage.alone(f)),
    )


def _beside(fact: Fact, weights: Mapping[str, float], subject: Mapping[str, float]) -> bool:
    """Whether a fact has nothing to do with the story: neither words of it, nor its meaning, nor a second teller."""
    return len(fact.bag & weights.keys()) < OF_STORY and not fact.told and subject[fact.text] < SUBJECT


def _cover(
    lead: Fact,
    facts: Sequence[Fact],
    weights: Mapping[str, float],
    rare: Mapping[str, float],
    meaning: Meaning,
    subject: Mapping[str, float],
    coverage: Coverage,
) -> list[Fact]:
    """Greedy: the sentence that adds most, until there is room for no more or nothing adds enough."""
    so_far = _SoFar(
        chosen=[lead], covered=set(lead.bag), told=set(heard(lead.stems)), subject=subject, coverage=coverage
    )
    coverage.take(lead)
    news = [f for f in facts if not NEWS.match(f.text)]
    left = [
        f
        for f in (news if len(news) >= ENOUGH else facts)
        if alike(f.text, lead.text, rare) <= (FIGURE_AGAIN if _figure(f, lead) else LEAD_AGAIN)
        and not again(f, lead, rare)
        and not (f.place == 0 and f.article != lead.article and meaning.near(f.text, lead.text) > OPENS_ALIKE)
    ]
    while left and so_far.words < BODY_WORDS and len(so_far.chosen) <= BODY_SENTENCES:
        so_far.compare(left, rare, meaning)
        covering = coverage.gains(left)
        gains = {id(f): so_far.gain(f, weights) + COVERS * more for f, more in zip(left, covering, strict=True)}
        ready = [f for f in left if met(f.needs, so_far.told)]
        waiting = [f for f in left if gains[id(f)] > LEAST_GAIN and not met(f.needs, so_far.told)]
        worth = {id(f): gains[id(f)] + _opens(f, waiting, so_far.told, gains) for f in ready}
        full = so_far.words > ENOUGH_WORDS
        rank = {id(f): worth[id(f)] - ALONE * coverage.alone(f) - RETOLD * _retold(f, lead, meaning) for f in ready}
        rank = {k: v for k, v in rank.items() if (v >= LEAST_GAIN if full else worth[k] >= THIN_GAIN)}
        best = max((f for f in ready if id(f) in rank), key=lambda f: (rank[id(f)], -f.article, -f.place), default=None)
        if best is None:
            break
        best = _better_told(best, ready, rare)
        left.remove(best)
        if so_far.near[id(best)] <= SIMILAR:
            so_far.take(best)
            left = [f for f in left if not again(f, best, rare) and not _same_figure(f, best, meaning)]
    return so_far.chosen[1:]


def _retold(fact: Fact, lead: Fact, meaning: Meaning) -> bool:
    """Whether one source alone tells the lead's event again: that a thing was adopted, signed or launched."""
    both = DONE.search(fact.text) and DONE.search(lead.text)
    return bool(both) and len(fact.cites) < 2 and meaning.near(fact.text, lead.text) > EVENT_MEANING


def _same_figure(fact: Fact, other: Fact, meaning: Meaning) -> bool:
    """Whether two sources give one figure for what seems to be one thing; a date is no figure."""
    mine, theirs = (counts(DAY.sub("", t)) for t in (fact.text, other.text))
    shared = [c for c in mine & theirs if len(c) > 1 and not YEAR.fullmatch(c)]
    return bool(shared) and fact.group != other.group and meaning.near(fact.text, other.text) > FIGURE_MEANING


def _figure(fact: Fact, lead: Fact) -> bool:
    """Whether a fact counts something that the lead does not; a year is no count."""
    return any(not YEAR.fullmatch(c) for c in counts(fact.text) - counts(lead.text))


def _better_told(fact: Fact, ready: Sequence[Fact], rare: Mapping[str, float]) -> Fact:
    """The fact, or one that tells the same and that more sources tell."""
    same = [
        f
        for f in ready
        if len(f.cites) > len(fact.cites) and (alike(f.text, fact.text, rare) > SIMILAR or again(fact, f, rare))
    ]
    return max(same, key=lambda f: (len(f.cites), -f.article, -f.place), default=fact)


@dataclass(slots=True, kw_only=True)
class _SoFar:
    """What is chosen, the words it covers, the nouns it has named, and how near each other fact is to it."""

    chosen: list[Fact]
    covered: set[str]
    told: set[str]
    subject: Mapping[str, float]
    coverage: Coverage
    near: dict[int, float] = field(default_factory=dict)
    meant: dict[int, float] = field(default_factory=dict)
    words: int = 0

    def compare(self, left: Sequence[Fact], rare: Mapping[str, float], meaning: Meaning) -> None:
        last = self.chosen[-1]
        for fact in left:
            self.near[id(fact)] = max(self.near.get(id(fact), 0.0), alike(fact.text, last.text, rare))
            self.meant[id(fact)] = max(self.meant.get(id(fact), 0.0), meaning.near(fact.text, last.text))

    def take(self, fact: Fact) -> None:
        self.chosen.append(fact)
        self.coverage.take(fact)
        self.covered |= fact.bag
        self.told |= heard(fact.stems)
        self.words += fact.forms[0].words

    def gain(self, fact: Fact, weights: Mapping[str, float]) -> float:
        """What is new in words that several sources use, who else tells it, and a role that is not filled yet."""
        new = sum(weights.get(s, 0.0) for s in fact.bag - self.covered)
        all_of = sum(weights.get(s, 0.0) for s in fact.bag)
        crowd = sum(c.article == fact.article for c in self.chosen) / len(self.chosen)
        voice = fact.text.split(" said ")[0] if " said " in fact.text else "\0"
        heard_already = sum(c.text.startswith(f"{voice} said ") for c in self.chosen)
        role = role_of(fact)
        unfilled = role is not Role.FACT and all(role_of(c) is not role for c in self.chosen)
        shared = 0.9 * (len(fact.cites) > 1) + 0.2 * (len(fact.cites) > 2) + TOLD * min(2, len(fact.told))
        return (
            0.45 * (new + 0.2 * all_of) / math.sqrt(count(fact.text)) + shared + 0.25 * unfilled + KEPT * fact.kept - 0.5 * crowd
            - SAME_VOICE * heard_already - 0.9 * (FLUFF.search(fact.text) is not None)
            - 0.6 * self.near[id(fact)] - SAME_MEANING * max(0.0, self.meant[id(fact)] - MEANING)
            - BESIDE * max(0.0, SUBJECT - self.subject[fact.text])
        )  # fmt: skip


def _opens(fact: Fact, waiting: Sequence[Fact], told: Set[str], gains: Mapping[int, float]) -> float:
    """Half of what the best sentence adds that may stand once this one has named its noun."""
    if not waiting:
        return 0.0
    then = told | heard(fact.stems)
    return 0.5 * max((gains[id(f)] for f in waiting if met(f.needs, then)), default=0.0)


def adjoin(a: Fact, b: Fact) -> bool:
    """Neighbors in one article would make one long copied run."""
    near = a.article == b.article and abs(a.place - b.place) == 1
    return near and a.forms[0].words + b.forms[0].words > COPY_WORDS
