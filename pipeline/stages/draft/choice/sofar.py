"""What a fact adds to the part of a brief that is chosen so far."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.stages.draft.choice.chains import NEXT, goes_on
from pipeline.stages.draft.choice.coverage import Coverage
from pipeline.stages.draft.choice.ground import WORDS, Ground
from pipeline.stages.draft.choice.likeness import again
from pipeline.stages.draft.choice.repeats import same_figure, same_share
from pipeline.stages.draft.choice.roles import Role, role_of
from pipeline.stages.draft.facts import Fact
from pipeline.stages.draft.language.content import counts, overlap
from pipeline.stages.draft.language.nouns import heard, met
from pipeline.stages.draft.language.words import names

MEANING = 0.45
"""From this cosine on two sentences of one story begin to tell the same in other words,"""
SAME_MEANING = 4.5
"""and this is what it costs;"""
SAME = 0.62
"""from this one on they do,"""
NEARLY_SAME, LITTLE = 0.45, 2
"""and from this one on if one has no more than so many words that are not told."""
BARE = 1.0
"""What a noun behind "the" costs that nothing has named: of 169 such sentences 20 in 100 were loose, of 879 others 9."""
RECOUNT, RECOUNTS = 1.0, 0.4
"""What a figure costs that is told already, and the share of words from which on a sentence tells no more than that."""
SAME_VOICE = 0.3
"""What each earlier sentence of the same speaker costs one."""
LINK = 0.5
"""What it is worth that a sentence goes on from one that is chosen,"""
MIDST = 2.4
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
"""What it costs to tell how another article opens: that is the lead's news once more;"""
SINCE = 4.0
"""and what it is worth if that came a day later and is new: it tells how the story went on."""
ACTOR = 1.5
"""What it is worth to name first somebody on whom the story turns."""


@dataclass(slots=True, kw_only=True)
class SoFar:
    """What is chosen, the words it covers, the nouns it has named, and how near each other fact is to it.

    `ahead` and `behind` say how well a fact goes on from a chosen one, and a chosen one from it; `recounts` are facts
    with a figure that a chosen one gives.
    """

    ground: Ground
    chosen: list[Fact]
    covered: set[str]
    told: set[str]
    named: set[str]
    coverage: Coverage
    ahead: dict[int, float] = field(default_factory=dict)
    behind: dict[int, float] = field(default_factory=dict)
    near: dict[int, float] = field(default_factory=dict)
    meant: dict[int, float] = field(default_factory=dict)
    roles: set[Role] = field(default_factory=set)
    figures: set[str] = field(default_factory=set)
    recounts: set[int] = field(default_factory=set)
    at: dict[tuple[int, int], Fact] = field(default_factory=dict)
    compared: int = 0
    words: int = 0

    @classmethod
    def of(cls, ground: Ground) -> SoFar:
        """The lead alone, whose words and figures do not count as the body's."""
        lead = ground.lead
        coverage = ground.coverage.anew()
        coverage.take(lead)
        return cls(
            ground=ground, coverage=coverage, chosen=[lead], roles={role_of(lead)}, covered=set(lead.bag),
            told=set(heard(lead.stems)), named=set(lead.stems & ground.actors), at={(lead.article, lead.place): lead},
        )  # fmt: skip

    def compare(self, left: Sequence[Fact]) -> None:
        """Each other fact beside those that were chosen since the last time."""
        meaning, links = self.ground.meaning, self.ground.links
        for last in self.chosen[self.compared :]:
            for fact in left:
                anew = last is self.ground.lead and self.ground.develops(fact)  # and so names the lead's news again
                alike, meant = (
                    (0.0, 0.0) if anew else (self.ground.alike(fact, last), meaning.near(fact.text, last.text))
                )
                self.near[id(fact)] = max(self.near.get(id(fact), 0.0), alike)
                self.meant[id(fact)] = max(self.meant.get(id(fact), 0.0), meant)
                self.ahead[id(fact)] = max(self.ahead.get(id(fact), 0.0), links.onto(fact, last))
                self.behind[id(fact)] = max(self.behind.get(id(fact), 0.0), links.onto(last, fact))
        self.compared = len(self.chosen)

    def take(self, fact: Fact) -> None:
        self.chosen.append(fact)
        self.at[fact.article, fact.place] = fact
        self.roles.add(role_of(fact))
        self.coverage.take(fact)
        self.covered |= fact.bag
        self.figures |= counts(fact.text)
        self.told |= heard(fact.stems)
        self.named |= fact.stems & self.ground.actors
        self.words += fact.forms[0].words

    def recounted(self, fact: Fact, last: Fact) -> bool:
        """Whether a fact only counts again what the last one counts; one with more to tell is noted, and worth less."""
        if fact.group != last.group and same_share(fact.text, last.text):
            return True
        if not same_figure(fact, last, self.ground.meaning):
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
        onto = (self.ahead[id(run[0])], *(self.ground.links.onto(b, a) for a, b in pairwise(run)))
        clear = sum(KNOWN if link == NEXT else self.clear(f) for f, link in zip(run, onto, strict=True))
        linked = sum(onto) + self.behind[id(run[-1])]
        return (sum(rank[id(f)] for f in run) + LINK * linked + clear - UNFINISHED * (not run[-1].ends)) / len(run)

    def clear(self, fact: Fact) -> float:
        """How much of what its article had told by then a reader of the brief knows."""
        missing = (fact.bag & self.ground.given[fact.article, fact.place]) - self.covered
        return (
            NEARNESS * min(NEAREST, self.meant[id(fact)]) + HEAD * (0 < fact.place < HEADS)
            + (SINCE if self.ground.develops(fact) else -OPENER) * (not fact.place) - GIVEN * len(missing)
            - MIDST * (not fact.opens) + ACTOR * len(self.ground.itself(fact).actors - self.named)
        )  # fmt: skip

    def ready(self, fact: Fact, run: Sequence[Fact] = ()) -> bool:
        """Whether what the fact leans on is chosen, or stands in the run before it."""
        before = run[-1] if run else self.at.get((fact.article, fact.place - 1))
        onward = before is not None and goes_on(fact, before)
        wanted = [need for need in (fact.names if onward else fact.needs) if not met([need], self.told)]
        return (onward or not fact.behind) and (not wanted or met(wanted, heard(s for f in run for s in f.stems)))

    def bridged(
        self, left: Sequence[Fact], ready: Sequence[Fact], rank: Mapping[int, float]
    ) -> Iterator[tuple[Fact, Fact]]:
        """Facts worth more than all that are ready, which wait for a noun, each behind one that names it."""
        now = set(map(id, ready))
        best = max((self.mean((f,), rank) for f in ready), default=0.0)
        for fact in left:
            if id(fact) not in now and not fact.behind and self.mean((fact,), rank) > best:
                yield from (
                    (giver, fact) for giver in ready if self.ready(fact, (giver,)) and not self._same(fact, giver)
                )

    def _same(self, fact: Fact, other: Fact) -> bool:
        return again(fact, other, self.ground.rarity) or same_figure(fact, other, self.ground.meaning)

    def gain(self, fact: Fact) -> float:
        """What is new in words that several sources use, who else tells it, and a role that is not filled yet."""
        itself = self.ground.itself(fact)
        new = math.fsum(weight for s, weight in itself.words.items() if s not in self.covered)  # whatever their order
        crowd = sum(c.article == fact.article for c in self.chosen) / len(self.chosen)
        heard_already = sum(c.text.startswith(itself.voice) for c in self.chosen) if itself.voice else 0
        unfilled = itself.role is not Role.FACT and itself.role not in self.roles
        unnamed = sum(not met([nouns], self.told) for nouns in itself.bare)
        return (
            itself.worth + WORDS * new / itself.length + 0.25 * unfilled - 0.5 * crowd - SAME_VOICE * heard_already
            - BARE * unnamed - RECOUNT * (id(fact) in self.recounts) - 0.6 * self.near[id(fact)]
            - SAME_MEANING * max(0.0, self.meant[id(fact)] - MEANING)
        )  # fmt: skip
