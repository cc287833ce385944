"""Which facts a brief tells: the lead, then what independent sources agree on, then what adds most."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise

from pipeline.ports import Support
from pipeline.stages.draft.choice.chains import NEXT, Links, goes_on
from pipeline.stages.draft.choice.coverage import Coverage
from pipeline.stages.draft.choice.leads import FEATURE, FLUFF, apart, best_lead, nearness
from pipeline.stages.draft.choice.likeness import NEWS, Meaning, again, alike, gist
from pipeline.stages.draft.choice.repeats import figure_beside, retold, same_figure
from pipeline.stages.draft.choice.roles import Role, role_of
from pipeline.stages.draft.choice.stale import fresh
from pipeline.stages.draft.evidence.conflicts import settled
from pipeline.stages.draft.facts import Fact
from pipeline.stages.draft.language.content import bag, counts, overlap
from pipeline.stages.draft.language.letters import Letters
from pipeline.stages.draft.language.nouns import heard, met
from pipeline.stages.draft.language.times import days
from pipeline.stages.draft.language.words import count, figures, names
from pipeline.stages.draft.standing.needs import bare
from pipeline.stages.draft.texts.readings import Reading

SECOND_NAME = re.compile(r"(?<=[a-z,] )[A-Z]")
SIMILAR = 0.55
LEAD_AGAIN = 0.5
"""A body sentence this like the lead tells it over again."""
FIGURE_AGAIN = 0.8
"""The same for one with a figure that the lead has not."""
BODY_WORDS = 300
BODY_SENTENCES = 15
LEAST_GAIN = 0.6
"""What a sentence must add,"""
THIN_GAIN = -0.5
"""and while the brief is short."""
MEANING = 0.45
"""From this cosine on two sentences of one story begin to tell the same in other words,"""
SAME_MEANING = 4.5
"""and this is what it costs;"""
SAME = 0.62
"""from this one on they do,"""
NEARLY_SAME, LITTLE = 0.45, 2
"""and from this one on if one has no more than so many words that are not told."""
OPENS_ALIKE = 0.45
"""From this cosine to the lead on, the first sentence of another article tells the same event."""
SUBJECT = 0.08
"""Below this nearness to what the articles' heads tell a sentence may be beside the subject,"""
OF_STORY = 2
"""words of several sources that show it to be none,"""
BESIDE = 2.0
"""and this is what it costs."""
SEVERAL = 1.2
"""What it is worth that a second source is cited,"""
WORDS = 0.6
"""What new words are worth that several sources use,"""
TOLD = 0.15
"""What each source is worth that seems to tell the same, though not so surely that it could be cited."""
COVERS = 2.0
"""What covering more of what several sources tell is worth,"""
ALONE = 0.5
"""and what it costs that no other source seems to tell a thing."""
RETOLD = 0.8
"""What it costs to tell of the lead's event again."""
BARE = 1.0
"""What a noun behind "the" costs that nothing has named: of 169 such sentences 20 in 100 were loose, of 879 others 9."""
RECOUNT, RECOUNTS = 1.0, 0.4
"""What a figure costs that is told already, and the share of words from which on a sentence tells no more than that."""
STAYS = 0.5
"""What a revision gives a sentence that the last one has, so that a brief does not change without need."""
AGENCY = 0.7
"""What a sentence of an agency's article is worth: of 442 that strict readers judged 8 in 100 were loose, of others 17;"""
CHATTY = 0.5
"""and what one of an article costs that talks to its readers: of 238 such 20 in 100 were."""
SLIGHT, FEW = 1.5, 8
"""What a sentence costs that has no more than so many words and neither a figure nor a second name."""
RECENT = 0.25
"""What a sentence is worth that tells how the story went on:"""
LATER = timedelta(hours=8)
"""its article came this much after all of the others."""
SAME_VOICE = 0.3
"""What each earlier sentence of the same speaker costs one."""
LINK = 0.5
"""What it is worth that a sentence goes on from one that is chosen,"""
MIDST = 1.2
"""What it costs that it does not though it stands amid its paragraph, where a sentence leans on the one before,"""
GIVEN = 0.27
"""and what each of its words costs that its article had told of before and the brief has not."""
NEARNESS, NEAREST = 3.0, 0.4
"""What its nearness in meaning to a chosen sentence is worth, up to this cosine,"""
HEAD, HEADS = 0.57, 3
"""that it is one of its article's first, which tell what the reader has to know,"""
KNOWN = 0.8
"""and that it goes on, in place of all these."""
UNFINISHED = 0.6
"""What it costs that a paragraph goes on which the brief leaves off: its point may stand there."""
OPENER = 1.0
"""What it costs to tell how another article opens: that is the lead's news once more."""
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


def plan(facts: Sequence[Fact], readings: Sequence[Reading], texts: Sequence[str], support: Support) -> Plan | None:
    """Choose the lead and the body; None when no sentence can lead. `texts` are those of all articles."""
    weights = concept_weights(readings)
    letters = Letters.of(r.article.text for r in readings)
    facts = settled(facts, letters)
    lead = best_lead(facts, readings, support)
    if lead is None:
        return None
    rest = [f for f in fresh(_undayed(facts), lead, readings) if (f.article, f.place) != (lead.article, lead.place)]
    rare = rarity(facts)
    meaning = Meaning.of((f.text for f in (lead, *rest)), support)
    subject = nearness(list(meaning.rows), readings, support)
    rest = [f for f in rest if not _beside(f, weights, subject)]
    coverage = Coverage.of([lead, *rest], readings, support)
    links = Links(texts=tuple(texts), tells=coverage.tells)
    body = _cover(
        lead, rest, weights, rare, meaning, subject, coverage, links, _voices(readings, support), _given(readings)
    )
    chosen = {(f.article, f.place) for f in body}
    return Plan(
        lead=lead,
        body=tuple(body),
        spare=tuple(f for f in rest if (f.article, f.place) not in chosen),
        weights=weights,
        rarity=rare,
        letters=letters,
        meaning=meaning,
        links=links,
        lonely=frozenset(f.text for f in body if coverage.alone(f)),
    )


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


def _cover(
    lead: Fact,
    facts: Sequence[Fact],
    weights: Mapping[str, float],
    rare: Mapping[str, float],
    meaning: Meaning,
    subject: Mapping[str, float],
    coverage: Coverage,
    links: Links,
    voices: Mapping[int, float],
    given: Mapping[tuple[int, int], frozenset[str]],
) -> list[Fact]:
    """Greedy: the sentence that adds most, until there is room for no more or nothing adds enough."""
    so_far = _SoFar(
        chosen=[lead], roles={role_of(lead)}, covered=set(lead.bag), told=set(heard(lead.stems)), subject=subject, coverage=coverage, links=links, voices=voices,
        given=given,
    )  # fmt: skip
    coverage.take(lead)
    news = [f for f in facts if not NEWS.match(f.text)]
    left = [
        f
        for f in (news if len(news) >= ENOUGH else facts)
        if alike(f.text, lead.text, rare) <= (FIGURE_AGAIN if figure_beside(f, lead) else LEAD_AGAIN)
        and not again(f, lead, rare)
        and not (f.place == 0 and f.article != lead.article and meaning.near(f.text, lead.text) > OPENS_ALIKE)
    ]
    while left and so_far.words < BODY_WORDS and len(so_far.chosen) <= BODY_SENTENCES:
        so_far.compare(left, rare, meaning)
        left = [f for f in left if so_far.near[id(f)] <= SIMILAR and not so_far.tells(f)]
        covering = coverage.gains(left)
        gains = {id(f): so_far.gain(f, weights) + COVERS * more for f, more in zip(left, covering, strict=True)}
        rank = {id(f): gains[id(f)] - ALONE * coverage.alone(f) - RETOLD * retold(f, lead, meaning) for f in left}
        full = so_far.words > ENOUGH_WORDS
        worth = [
            (value, run)
            for run in (*links.runs(left, so_far.ready), *so_far.bridged(left, rank, rare, meaning))
            if (value := so_far.mean(run, rank)) >= LEAST_GAIN or (not full and so_far.mean(run, gains) >= THIN_GAIN)
        ]
        if not worth:
            break
        best = max(worth, key=lambda w: (w[0], -w[1][0].article, -w[1][0].place))[1]
        if len(best) == 1:
            best = (_better_told(best[0], [f for f in left if so_far.ready(f)], rare, meaning, weights),)
        for fact in best:
            so_far.take(fact)
            left = [
                f for f in left if not (_one_of(f, best) or again(f, fact, rare) or so_far.counted(f, fact, meaning))
            ]
    return so_far.chosen[1:]


def _one_of(fact: Fact, run: Sequence[Fact]) -> bool:
    return any(f is fact for f in run)


def _better_told(
    fact: Fact, ready: Sequence[Fact], rare: Mapping[str, float], meaning: Meaning, weights: Mapping[str, float]
) -> Fact:
    """The fact, or one that tells the same with all its figures, and that more sources tell or that tells more beside."""
    same = [
        f
        for f in ready
        if len(f.cites) >= len(fact.cites)
        and (counts(f.text) >= counts(fact.text) or len(f.cites) > len(fact.cites))
        and (alike(f.text, fact.text, rare) > SIMILAR or again(fact, f, rare) or same_figure(f, fact, meaning))
    ]
    return max(
        (fact, *same),
        key=lambda f: (len(f.cites), round(math.fsum(weights.get(w, 0.0) for w in f.bag), 6)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Itself:
    """What a fact is worth whatever is chosen: its words that several sources use, its length, its role, who speaks."""

    words: Mapping[str, float]
    length: float
    worth: float
    role: Role
    voice: str
    bare: tuple[frozenset[str], ...]


@dataclass(slots=True, kw_only=True)
class _SoFar:
    """What is chosen, the words it covers, the nouns it has named, and how near each other fact is to it.

    `given` are the words that each article has told before each of its sentences; `ahead` and `behind` say how well a fact goes on from a chosen one, and a chosen one from it.
    """

    chosen: list[Fact]
    covered: set[str]
    told: set[str]
    subject: Mapping[str, float]
    coverage: Coverage
    links: Links
    voices: Mapping[int, float]
    given: Mapping[tuple[int, int], frozenset[str]]
    ahead: dict[int, float] = field(default_factory=dict)
    behind: dict[int, float] = field(default_factory=dict)
    near: dict[int, float] = field(default_factory=dict)
    meant: dict[int, float] = field(default_factory=dict)
    alone: dict[int, _Itself] = field(default_factory=dict)
    roles: set[Role] = field(default_factory=set)
    figures: set[str] = field(default_factory=set)
    recounts: set[int] = field(default_factory=set)
    compared: int = 0
    words: int = 0

    def compare(self, left: Sequence[Fact], rare: Mapping[str, float], meaning: Meaning) -> None:
        """Each other fact beside those that were chosen since the last time."""
        for last in self.chosen[self.compared :]:
            for fact in left:
                self.near[id(fact)] = max(self.near.get(id(fact), 0.0), alike(fact.text, last.text, rare))
                self.meant[id(fact)] = max(self.meant.get(id(fact), 0.0), meaning.near(fact.text, last.text))
                self.ahead[id(fact)] = max(self.ahead.get(id(fact), 0.0), self.links.onto(fact, last))
                self.behind[id(fact)] = max(self.behind.get(id(fact), 0.0), self.links.onto(last, fact))
        self.compared = len(self.chosen)

    def take(self, fact: Fact) -> None:
        self.chosen.append(fact)
        self.roles.add(role_of(fact))
        self.coverage.take(fact)
        self.covered |= fact.bag
        self.figures |= counts(fact.text)
        self.told |= heard(fact.stems)
        self.words += fact.forms[0].words

    def counted(self, fact: Fact, last: Fact, meaning: Meaning) -> bool:
        """Whether a fact only counts again what the last one counts; one with more to tell is noted, and worth less."""
        if not same_figure(fact, last, meaning):
            return False
        self.recounts.add(id(fact))
        return overlap(fact.text, last.text) >= RECOUNTS

    def tells(self, fact: Fact) -> bool:
        """Whether the brief means the same already, with all the figures, or nearly and with all names and but for LITTLE all words."""
        if self.meant[id(fact)] <= NEARLY_SAME or not counts(fact.text) <= self.figures:
            return False
        new = fact.bag - self.covered
        return self.meant[id(fact)] > SAME or (len(new) <= LITTLE and not names(f". {fact.text}") & new)

    def mean(self, run: Sequence[Fact], rank: Mapping[int, float]) -> float:
        """What the sentences of a run add, each with its neighbors in the brief, which make it easier to read."""
        onto = (self.ahead[id(run[0])], *(self.links.onto(b, a) for a, b in pairwise(run)))
        clear = sum(KNOWN if link == NEXT else self.clear(f) for f, link in zip(run, onto, strict=True))
        linked = sum(onto) + self.behind[id(run[-1])]
        return (sum(rank[id(f)] for f in run) + LINK * linked + clear - UNFINISHED * (not run[-1].ends)) / len(run)

    def clear(self, fact: Fact) -> float:
        """How much of what its article had told by then a reader of the brief knows."""
        missing = (fact.bag & self.given[fact.article, fact.place]) - self.covered
        return (
            NEARNESS * min(NEAREST, self.meant[id(fact)]) + HEAD * (0 < fact.place < HEADS) - OPENER * (not fact.place)
            - GIVEN * len(missing) - MIDST * (not fact.opens)
        )  # fmt: skip

    def ready(self, fact: Fact, run: Sequence[Fact] = ()) -> bool:
        """Whether what the fact leans on is chosen, or stands in the run before it."""
        onward = any(goes_on(fact, c) for c in (*run, *self.chosen))
        wanted = [need for need in (fact.names if onward else fact.needs) if not met([need], self.told)]
        return (onward or not fact.behind) and (not wanted or met(wanted, heard(s for f in run for s in f.stems)))

    def bridged(
        self, left: Sequence[Fact], rank: Mapping[int, float], rare: Mapping[str, float], meaning: Meaning
    ) -> Iterator[tuple[Fact, Fact]]:
        """Facts that wait for a noun, each behind one that names it."""
        ready, waiting = [], []
        for fact in left:
            (ready if self.ready(fact) else waiting).append(fact)
        best = max((self.mean((f,), rank) for f in ready), default=0.0)
        for fact in waiting:
            if not fact.behind and self.mean((fact,), rank) > best:
                for giver in ready:
                    if self.ready(fact, (giver,)) and not (
                        again(fact, giver, rare) or same_figure(fact, giver, meaning)
                    ):
                        yield giver, fact

    def gain(self, fact: Fact, weights: Mapping[str, float]) -> float:
        """What is new in words that several sources use, who else tells it, and a role that is not filled yet."""
        if id(fact) not in self.alone:
            self.alone[id(fact)] = self._by_itself(fact, weights)
        itself = self.alone[id(fact)]
        new = math.fsum(weight for s, weight in itself.words.items() if s not in self.covered)  # whatever their order
        crowd = sum(c.article == fact.article for c in self.chosen) / len(self.chosen)
        heard_already = sum(c.text.startswith(itself.voice) for c in self.chosen) if itself.voice else 0
        unfilled = itself.role is not Role.FACT and itself.role not in self.roles
        return (
            itself.worth + WORDS * new / itself.length + 0.25 * unfilled - 0.5 * crowd - SAME_VOICE * heard_already
            - BARE * sum(not met([nouns], self.told) for nouns in itself.bare) - RECOUNT * (id(fact) in self.recounts) - 0.6 * self.near[id(fact)] - SAME_MEANING * max(0.0, self.meant[id(fact)] - MEANING)
        )  # fmt: skip

    def _by_itself(self, fact: Fact, weights: Mapping[str, float]) -> _Itself:
        words = {s: weight for s in fact.bag if (weight := weights.get(s))}
        length = math.sqrt(count(fact.text))
        who, said, _ = fact.text.partition(" said ")
        shared = SEVERAL * (len(fact.cites) > 1) + 0.2 * (len(fact.cites) > 2) + TOLD * min(2, len(fact.told))
        worth = (
            WORDS * 0.2 * math.fsum(words.values()) / length + shared + STAYS * bool(fact.kept) + self.voices[fact.article]
            - SLIGHT * _slight(fact.text) - 0.9 * (FLUFF.search(fact.text) is not None)
            - BESIDE * max(0.0, SUBJECT - self.subject[fact.text]) * (not fact.behind)
        )  # fmt: skip
        return _Itself(words=words, length=length, worth=worth, role=role_of(fact), voice=said and f"{who} said ", bare=bare(fact.text))
