"""Articles as they are read: one of each group of copies, as sentences, persons and windows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.domain.article import Article
from pipeline.stages.draft.language.datelines import agency
from pipeline.stages.draft.language.letters import Letters
from pipeline.stages.draft.texts.cleaning import Sentence, prose
from pipeline.stages.draft.texts.people import Person, people
from pipeline.stages.draft.texts.rivals import of_two, rivals, several_homes
from pipeline.stages.draft.texts.strangers import introductions
from pipeline.stages.draft.texts.windows import Window

OPINION = re.compile(
    r"\b(?:opinion|comment(?:ary)?|editorial|op-ed|column|breakingviews|viewpoint|perspective|guest post|letter to|blog|newsletter|think tank)\b",
    re.I,
)
OPINION_PAGE = re.compile(
    r"/(?:opinions?|commentisfree|columns?|columnists?|editorials?|op-?eds?|commentary|letters?|perspectives?|viewpoints?|reviews?|advice)/"
)
"""Where sites keep what argues."""
JUDGING = re.compile(
    r"\b(?:absurd\w*|appalling|atrocious|awesome|awful|bizarre\w*|breathtaking|brilliant\w*|cowardly|crazy|cynical\w*|damn\w*|delusional|despicable|disgrace\w*|"
    r"disgusting|dreadful|dumb|farc\w+|foolish\w*|ginned-up|glorious|gorgeous|hell of|horrible|horrific|hysteri\w+|idiotic|incoherent|insane|laughabl\w*|ludicrous\w*|"
    r"madness|mercifully|nonsens\w*|outrageous\w*|pathetic\w*|preposterous|ridiculous\w*|sadly|shameful\w*|shameless\w*|silly|stupid\w*|terrific|thankfully|"
    r"unfortunately|fortunately|hopefully|wonderful\w*|woeful\w*|(?:is|was|are|were) (?:clearly|obviously|plainly|simply|frankly) \w+|no wonder|has a point|make no mistake|needless to say|(?:companies|firms|developers|organi[sz]ations|providers|employers|businesses|operators|bodies|institutions|users)\b[^,]* should (?:not )?(?:redeploy|note|rely|review|consider|expect|prepare|check|assess|update|map|monitor|ensure))\b",
    re.I,
)
"""How a writer judges, which is no news."""
WORD = re.compile(r"[\w\u00c0-\u024f]+")
CHATTY = re.compile(r"\b(?:it's|that's|there's|here's|you|your|you're|we're|I'm|who's|what's|let's|they're)\b|n't\b|\?")
QUOTED = re.compile('["\u201c][^"\u201d]*["\u201d]')
TALK = 0.002
"""The share of its words that an article's own voice may have of those in which people talk."""
LONGER = 1.2
"""How much longer a copy must be to be read in place of the original, which it then cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article as sentences and persons, and its windows of one or two sentences."""

    article: Article
    n: int
    group: int
    sentences: tuple[Sentence, ...]
    known: Mapping[str, Person]
    windows: tuple[Window, ...]

    names_itself: bool

    def tells_of_itself(self, text: str) -> bool:
        """Whether a sentence is about the outlet that prints it, and no other source speaks of that outlet."""
        return self.names_itself and self.article.outlet in text

    @property
    def known_words(self) -> frozenset[str]:
        """The words of the names of its persons, and those that it also writes small."""
        return _small(self.article.text) | {w.lower() for p in self.known.values() for w in p.full.split()}

    @property
    def agency(self) -> bool:
        """Whether an agency wrote it, whose sentences tell the news and stand alone more often than others."""
        return bool(self.sentences) and agency(self.sentences[0].raw)

    @property
    def chatty(self) -> bool:
        """Whether it talks to its readers ("you", "isn't", a question), so that its sentences lean on its voice."""
        own = QUOTED.sub("", self.article.text)
        return len(CHATTY.findall(own)) > TALK * len(own.split())

    @property
    def opinion(self) -> bool:
        """Whether the article argues: what it alone says is no news."""
        said = OPINION.search(f"{self.article.outlet}: {self.article.title}")
        return said is not None or OPINION_PAGE.search(self.article.url) is not None


@lru_cache(maxsize=200)
def _small(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\b[a-z]{3,}\b", text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What a sentence's words mean depends on the whole story."""

    letters: Letters
    surnames: frozenset[str]
    homes: bool
    pair: bool
    rivals: frozenset[str]
    introduced: frozenset[str]
    """Names that some article introduces and most titles do without."""

    @classmethod
    def of(cls, readings: Sequence[Reading]) -> Story:
        texts = [f"{r.article.title}\n{r.article.text}" for r in readings]
        return cls(
            letters=Letters.of(r.article.text for r in readings), surnames=frozenset(s for r in readings for s in r.known),
            homes=several_homes(texts), pair=of_two([r.article.title for r in readings]), rivals=rivals(texts),
            introduced=introductions("\n".join(texts)) - _in_titles(readings),
        )  # fmt: skip


def _in_titles(readings: Sequence[Reading]) -> frozenset[str]:
    """The words of half of the titles, which everybody has read."""
    seen = Counter(w for r in readings for w in {w.lower() for w in WORD.findall(r.article.title)})
    return frozenset(w for w, n in seen.items() if 2 * n >= len(readings))


def read(articles: Sequence[Article], groups: Sequence[int], dropped: Counter[str]) -> list[Reading]:
    """One reading for each copy group: of its earliest text, or of one that is a good deal longer."""
    best: dict[int, int] = {}
    for n, group in enumerate(groups):
        if group not in best or len(articles[n].text) > LONGER * len(articles[best[group]].text):
            best[group] = n
    texts = [a.text for a in articles]
    return [_reading(articles[n], n, groups[n], texts, dropped) for n in sorted(best.values())]


def _reading(article: Article, n: int, group: int, texts: Sequence[str], dropped: Counter[str]) -> Reading:
    alone = len(article.outlet) > 3 and not any(article.outlet in t for m, t in enumerate(texts) if m != n)
    sentences = tuple(prose(article, dropped))
    return Reading(
        article=article, n=n, group=group, sentences=sentences, known=people(sentences),
        windows=tuple(_windows(article, sentences)), names_itself=alone,
    )  # fmt: skip


def _windows(article: Article, sentences: Sequence[Sentence]) -> Iterator[Window]:
    for i, first in enumerate(sentences):
        near = " ".join([article.title, *(s.raw for s in sentences[max(0, i - 2) : i])])
        yield Window(start=first.start, end=first.end, text=first.raw, near=near)
        if i + 1 < len(sentences) and sentences[i + 1].line == first.line:
            both = article.text[first.start : sentences[i + 1].end]
            yield Window(start=first.start, end=sentences[i + 1].end, text=both, near=near)
