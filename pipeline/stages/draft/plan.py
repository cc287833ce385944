"""Which facts a brief tells: the lead, then sentences that cover what independent sources agree on."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.domain.article import Article
from pipeline.stages.draft.needs import met, needs
from pipeline.stages.draft.refuse import refused
from pipeline.stages.draft.sentences import edited, shortened, spans
from pipeline.stages.draft.support import check
from pipeline.stages.draft.words import count, figures, longest_run, meanings, stems

LEAD_WORDS = 30
COPY_WORDS = 25
"""A longer run of one source's words may stand as quotation only."""
SIMILAR = 0.62
OVERLAP = 0.45
"""Two sentences tell the same when the shorter shares more than this with the other."""
YEAR = re.compile(r"(?:19|20)\d\d")
BODY_WORDS = 300
BODY_SENTENCES = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A sentence that may stand in a brief: its edited text, where it stands, and what must stand before it."""

    text: str
    article: int
    group: int
    start: int
    end: int
    place: int
    share: float
    needs: tuple[frozenset[str], ...]

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(stems(self.text))

    @property
    def meanings(self) -> frozenset[str]:
        return meanings(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The chosen facts, the lead first; `spare` did not find room and may serve the closing."""

    lead: Fact
    body: tuple[Fact, ...]
    spare: tuple[Fact, ...]
    weights: Mapping[str, float]


def gather(articles: Sequence[Article], groups: Sequence[int], withheld: list[str]) -> list[Fact]:
    """Every usable sentence of the first member of each group; what fails the check is noted in `withheld`."""
    facts: list[Fact] = []
    seen: set[int] = set()
    for n, (article, group) in enumerate(zip(articles, groups, strict=True)):
        if group in seen:
            continue
        seen.add(group)
        found = spans(article.text)
        for place, (start, end) in enumerate(found):
            if fact := _fact(article, n, group, (start, end), withheld):
                facts.append(_placed(fact, place, len(found)))
    return facts


def _fact(article: Article, n: int, group: int, span: tuple[int, int], withheld: list[str]) -> Fact | None:
    raw = article.text[span[0] : span[1]]
    text = edited(raw)
    if longest_run(text, raw) > COPY_WORDS:
        text = shortened(text, COPY_WORDS)
    if refused(text) or longest_run(text, raw) > COPY_WORDS or count(text) > LEAD_WORDS + 5:
        return None
    if why := check(text, raw):
        withheld.append(f"{article.outlet or article.id}: {text[:60]} ({why})")
        return None
    return Fact(
        text=text, article=n, group=group, start=span[0], end=span[1], place=0, share=0.0,
        needs=needs(text, article.text),
    )  # fmt: skip


def _placed(fact: Fact, place: int, total: int) -> Fact:
    return Fact(
        text=fact.text, article=fact.article, group=fact.group, start=fact.start, end=fact.end, place=place,
        share=place / max(1, total), needs=fact.needs,
    )  # fmt: skip


def concept_weights(articles: Sequence[Article], groups: Sequence[int]) -> dict[str, float]:
    """Stems that two or more independent sources use, weighted by how many do; all of them if there is one source."""
    told: Counter[str] = Counter()
    by_group: dict[int, set[str]] = {}
    for article, group in zip(articles, groups, strict=True):
        by_group.setdefault(group, set()).update(stems(f"{article.title}\n{article.text}"))
    for words in by_group.values():
        told.update(words)
    least = min(2, len(by_group))
    return {w: math.log1p(n) for w, n in told.items() if n >= least}


def plan(facts: Sequence[Fact], articles: Sequence[Article], weights: Mapping[str, float]) -> Plan | None:
    """Choose the lead and the body; None when no sentence can lead."""
    leads = [f for f in facts if f.place < 2 and not f.needs and count(f.text) <= LEAD_WORDS]
    leads = leads or [f for f in facts if f.place < 2 and count(f.text) <= LEAD_WORDS and not f.text.startswith("The ")]
    if not leads:
        return None
    titles = Counter(s for a in articles for s in set(stems(a.title)))
    lead = max(leads, key=lambda f: (_lead_worth(f, titles, weights), -f.article, -f.start))
    rest = [f for f in facts if f is not lead]
    body = _cover(lead, rest, weights)
    return Plan(lead=lead, body=tuple(body), spare=tuple(f for f in rest if f not in body), weights=weights)


def _lead_worth(fact: Fact, titles: Counter[str], weights: Mapping[str, float]) -> float:
    """What the titles say, what many tell, a full date; an opening sentence before a second one."""
    said = sum(titles[s] for s in fact.stems) / max(1, sum(titles.values()))
    told = sum(weights.get(s, 0.0) for s in fact.stems) / (1 + len(fact.stems))
    dated = any(len(f) == 4 for f in figures(fact.text))
    return said + 0.5 * told + 0.3 * dated + 0.2 * (fact.place == 0)


def _cover(lead: Fact, facts: Sequence[Fact], weights: Mapping[str, float]) -> list[Fact]:
    """Greedy: the sentence that adds most untold weight a word, until there is room for no more."""
    chosen, covered = [lead], set(lead.stems)
    words, left = 0, list(facts)
    while left and words < BODY_WORDS and len(chosen) <= BODY_SENTENCES:
        ready = [f for f in left if met(f.needs, covered)]
        if not ready:
            break
        best = max(ready, key=lambda f: (_gain(f, covered, chosen, weights), -f.article, -f.start))
        left.remove(best)
        if similar(best, chosen) > SIMILAR or _gain(best, covered, chosen, weights) <= 0:
            continue
        chosen.append(best)
        covered |= best.stems
        words += count(best.text)
    return chosen[1:]


def _gain(fact: Fact, covered: set[str], chosen: Sequence[Fact], weights: Mapping[str, float]) -> float:
    new = sum(weights.get(s, 0.0) for s in fact.stems - covered)
    told = sum(weights.get(s, 0.0) for s in fact.stems)
    crowd = sum(c.article == fact.article for c in chosen)
    return (new + 0.25 * told) / math.sqrt(count(fact.text)) - 0.12 * crowd - 0.5 * similar(fact, chosen)


def similar(fact: Fact, others: Sequence[Fact]) -> float:
    """How far another fact tells the same, 0 to 1: cosine, or what the shorter of the two shares."""
    return max((alike(fact.text, o.text) for o in others), default=0.0)


def alike(one: str, other: str) -> float:
    """0 to 1; two shared counts (years and days are none) are enough to tell one thing twice.

    >>> alike("They showed 3,000 products of 800 firms.", "The fair with 800 firms has 3,000 products.")
    1.0
    """
    a, b = meanings(one), meanings(other)
    counts = [f for f in figures(one) & figures(other) if len(f) > 2 and not YEAR.fullmatch(f)]
    shared = len(a & b) / max(1, min(len(a), len(b)))
    return 1.0 if len(counts) > 1 else max(likeness(a, b), SIMILAR / OVERLAP * shared)


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / math.sqrt(len(a) * len(b)) if a and b else 0.0


def adjoin(a: Fact, b: Fact) -> bool:
    """Neighbors in one article would make one long copied run."""
    return a.article == b.article and abs(a.place - b.place) == 1
