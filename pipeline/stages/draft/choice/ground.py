"""What every plan of a story is made of: its lead, all other facts, and what each of them is worth by itself."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from pipeline.ports import Support
from pipeline.stages.draft.choice.actors import actors
from pipeline.stages.draft.choice.chains import Links
from pipeline.stages.draft.choice.coverage import Coverage
from pipeline.stages.draft.choice.leads import FEATURE, FLUFF, SOON, apart, best_lead, head_of, nearness
from pipeline.stages.draft.choice.likeness import Meaning, alike, gist
from pipeline.stages.draft.choice.roles import Role, role_of
from pipeline.stages.draft.choice.stale import fresh
from pipeline.stages.draft.evidence.conflicts import settled
from pipeline.stages.draft.facts import Fact
from pipeline.stages.draft.language.content import bag
from pipeline.stages.draft.language.letters import Letters
from pipeline.stages.draft.language.subjects import SUBJECT_WORDS, subject
from pipeline.stages.draft.language.times import days
from pipeline.stages.draft.language.words import count, figures
from pipeline.stages.draft.standing.needs import NUMBERED, bare
from pipeline.stages.draft.texts.readings import Reading

SECOND_NAME = re.compile(r"(?<=[a-z,] )[A-Z]")
SUBJECT = 0.08
"""Below this nearness to what the articles' heads tell a sentence may be beside the subject,"""
OF_STORY = 2
"""words of several sources that show it to be none,"""
BESIDE = 2.0
"""and this is what it costs."""
SEVERAL = 1.2
"""What it is worth that a second source is cited,"""
WORDS = 0.6
"""What words are worth that several sources use,"""
AGAIN = 0.2
"""the share of it that they are worth though the brief has them,"""
TOLD = 0.15
"""What each source is worth that seems to tell the same, though not so surely that it could be cited."""
STAYS = 1.5
"""What a revision gives a sentence that the last one has, so that a brief does not change without need."""
AGENCY = 0.7
"""What a sentence of an agency's article is worth: of 442 that strict readers judged 8 in 100 were loose, of others 17;"""
CHATTY = 0.5
"""and what one of an article costs that talks to its readers: of 238 such 20 in 100 were."""
SLIGHT, FEW = 1.5, 8
"""What a sentence costs that has no more than so many words and neither a figure nor a second name."""
PARTS = 1.0
"""What it costs to name a law's numbered part: of 23 such sentences 13 were faulty, since the reader does not know the law."""
RECENT = 0.25
"""What a sentence is worth that tells how the story went on:"""
AFTER = re.compile(r"(?:^|, |\bcomes )(?:[\w-]+ ){0,3}(?:day|days|week|weeks) after\b", re.I)
"""What says that it comes after the news,"""
NEW = 0.4
"""The share of its words that the first day's heads have not, from which on the opening of a later article may tell something new."""
LATER = timedelta(hours=8)
"""its article came this much after all of the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Itself:
    """What a fact is worth whatever is chosen: its words that several sources use, its length, its role, who speaks.

    `bare` are its nouns behind "the" that it does not explain, `actors` those of the story that it names.
    """

    words: Mapping[str, float]
    length: float
    worth: float
    role: Role
    voice: str
    bare: tuple[frozenset[str], ...]
    actors: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The lead, the facts that may stand in the body, and what they are weighed by.

    `given` are the words that each article has told before each of its sentences, `voices` what each article's
    sentences are worth for who tells them, `later` the articles of another day that open on what somebody else has done since,
    `actors` the names that the story turns on.
    """

    lead: Fact
    rest: tuple[Fact, ...]
    weights: Mapping[str, float]
    rarity: Mapping[str, float]
    letters: Letters
    meaning: Meaning
    subject: Mapping[str, float]
    coverage: Coverage
    links: Links
    voices: Mapping[int, float]
    given: Mapping[tuple[int, int], frozenset[str]]
    later: frozenset[int] = frozenset()
    actors: frozenset[str] = frozenset()
    pairs: dict[tuple[str, str], float] = field(default_factory=dict)
    known: dict[tuple[int, str], Itself] = field(default_factory=dict)

    @classmethod
    def of(
        cls, facts: Sequence[Fact], readings: Sequence[Reading], texts: Sequence[str], support: Support
    ) -> Ground | None:
        """None when no sentence can lead. `texts` are those of all articles."""
        weights = concept_weights(readings)
        letters = Letters.of(r.article.text for r in readings)
        facts = settled(facts, letters, [s.raw for r in readings for s in r.sentences])
        lead = best_lead(facts, readings, support)
        if lead is None:
            return None
        rest = [f for f in fresh(_undayed(facts), lead, readings) if (f.article, f.place) != (lead.article, lead.place)]
        meaning = Meaning.of((f.text for f in (lead, *rest)), support)
        subject = nearness(list(meaning.rows), readings, support)
        rest = [f for f in rest if not _beside(f, weights, subject)]
        coverage = Coverage.of([lead, *rest], readings, support)
        return cls(
            lead=lead, rest=tuple(rest), weights=weights, rarity=rarity(facts), letters=letters, meaning=meaning,
            subject=subject, coverage=coverage, links=Links(texts=tuple(texts), tells=coverage.tells),
            voices=_voices(readings, support), given=_given(readings), later=_later(readings, lead, rest),
            actors=actors(readings),
        )  # fmt: skip

    def alike(self, one: Fact, other: Fact) -> float:
        """How alike two facts are by their words."""
        pair = (one.text, other.text)
        if pair not in self.pairs:
            self.pairs[pair] = alike(*pair, self.rarity)
        return self.pairs[pair]

    def develops(self, fact: Fact) -> bool:
        """Whether a fact opens an article of a later day on something new."""
        return not fact.place and fact.article in self.later

    def itself(self, fact: Fact) -> Itself:
        """What a fact is worth by itself."""
        key = (fact.article, fact.text)
        if key not in self.known:
            self.known[key] = self._itself(fact)
        return self.known[key]

    def _itself(self, fact: Fact) -> Itself:
        words = {s: weight for s in fact.bag if (weight := self.weights.get(s))}
        length = math.sqrt(count(fact.text))
        who, said, _ = fact.text.partition(" said ")
        shared = SEVERAL * (len(fact.cites) > 1) + 0.2 * (len(fact.cites) > 2) + TOLD * min(2, len(fact.told))
        worth = (
            WORDS * AGAIN * math.fsum(words.values()) / length + shared + STAYS * bool(fact.kept) + self.voices[fact.article]
            - SLIGHT * _slight(fact.text) - PARTS * (NUMBERED.search(fact.text) is not None) - 0.9 * (FLUFF.search(fact.text) is not None)
            - BESIDE * max(0.0, SUBJECT - self.subject[fact.text]) * (not fact.behind)
        )  # fmt: skip
        return Itself(
            words=words, length=length, worth=worth, role=role_of(fact), voice=said and f"{who} said ", bare=bare(fact.text),
            actors=fact.stems & self.actors,
        )  # fmt: skip


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


def _undayed(facts: Sequence[Fact]) -> list[Fact]:
    """The facts without their wordings that have a weekday: only in a lead does the reader know which one it is."""
    plain = [(f, tuple(form for form in f.forms if not any(days(form.text)))) for f in facts]
    return [replace(f, forms=forms) for f, forms in plain if forms]


def _voices(readings: Sequence[Reading], support: Support) -> dict[int, float]:
    """What the sentences of each article are worth for who tells them, and when."""
    known = sorted((r.article.published, r.n) for r in readings if r.article.published)
    latest = known[-1][1] if len(known) > 1 and known[-1][0] - known[-2][0] > LATER else None
    away = apart(readings, support)
    return {
        r.n: AGENCY * r.agency - CHATTY * r.chatty - FEATURE * away[r.n] + RECENT * (r.n == latest) for r in readings
    }


def _later(readings: Sequence[Reading], lead: Fact, facts: Sequence[Fact]) -> frozenset[int]:
    """The articles that came a day or more after the first, and open on what the heads of those of the first day have not.

    What whoever acts in the lead does in them is as a rule the lead's news told again.
    """
    dated = sorted((r.article.published, r.n, r) for r in readings if r.article.published and r.sentences)
    told = frozenset[str]().union(*(bag(head_of(r)) for when, _, r in dated if when - dated[0][0] <= SOON))
    opened = {n: r.sentences[0].raw for when, n, r in dated if when - dated[0][0] > SOON}
    new = {n for n, raw in opened.items() if AFTER.search(raw) or len(bag(raw) - told) >= NEW * len(bag(raw))}
    actors = bag(subject(lead.text) or " ".join(lead.text.split()[:SUBJECT_WORDS]))
    return frozenset(f.article for f in facts if not f.place and f.article in new and not bag(subject(f.text)) & actors)


def _slight(text: str) -> bool:
    """Whether a sentence is short and tells neither a figure nor what somebody has to do with another.

    >>> _slight("The hardest dispute was over fish."), _slight("Oslo gave Lund three ships.")
    (True, False)
    """
    return count(text) <= FEW and not figures(text) and not SECOND_NAME.search(text)


def _given(readings: Sequence[Reading]) -> dict[tuple[int, int], frozenset[str]]:
    """The words that each article has told before each of its sentences."""
    told = {}
    for reading in readings:
        so_far: frozenset[str] = frozenset()
        for sentence in reading.sentences:
            told[reading.n, sentence.place] = so_far
            so_far |= bag(sentence.raw)
    return told


def _beside(fact: Fact, weights: Mapping[str, float], subject: Mapping[str, float]) -> bool:
    """Whether a fact has nothing to do with the story: neither words of it, nor its meaning, nor a second teller."""
    return (
        not fact.behind and len(fact.bag & weights.keys()) < OF_STORY and not fact.told and subject[fact.text] < SUBJECT
    )
