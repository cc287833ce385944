"""What a brief would tell twice: one figure, day or month of one thing, and the lead's event."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from pipeline.stages.draft.choice.likeness import YEAR, Meaning
from pipeline.stages.draft.choice.stale import dates
from pipeline.stages.draft.facts import Fact
from pipeline.stages.draft.language.content import bag, counts
from pipeline.stages.draft.language.times import MONTH

FIGURE_MEANING = 0.35
"""From this cosine on two sentences with one figure speak of one thing;"""
LARGE = 4
"""so they do with a figure of this many digits and one word beside it;"""
BESIDE = 3
"""or two figures and more than so many words with them;"""
DAY_MEANING = 0.3
"""with one day, from this cosine on;"""
MONTH_MEANING = 0.2
"""with one month and a word beside it, from this one on."""
EVENT_MEANING = 0.35
"""From this one on what one source says was done is what the lead says was done."""
DAY = re.compile(rf"\b{MONTH} \d{{1,2}}\b|\b\d{{1,2}} {MONTH}")
DATE = re.compile(rf"\b(?:\d{{1,2}} )?{MONTH}\b\.?(?: \d{{1,2}}\b)?(?:,? \d{{4}})?")
MONTHS = re.compile(rf"\b{MONTH}\b")
DONE = re.compile(
    r"\b(?:adopted|signed|agreed|endorsed|approved|launched|unveiled|released|published|announced|presented|issued|inaugurated|concluded|closed)\b"
)


def retold(fact: Fact, lead: Fact, meaning: Meaning) -> bool:
    """Whether one source alone tells the lead's event again: that a thing was adopted, signed or launched."""
    return (
        _done(fact.text)
        and _done(lead.text)
        and len(fact.cites) < 2
        and meaning.near(fact.text, lead.text) > EVENT_MEANING
    )


def same_figure(fact: Fact, other: Fact, meaning: Meaning) -> bool:
    """Whether two sentences give one day, or two sources one figure, for what seems to be one thing."""
    if _days(fact.text) & _days(other.text) and meaning.near(fact.text, other.text) > DAY_MEANING:
        return len(fact.bag & other.bag) > 2
    if _months(fact.text) & _months(other.text) and meaning.near(fact.text, other.text) > MONTH_MEANING:
        return bool((fact.bag & other.bag) - bag(" ".join(DATE.findall(fact.text))))
    mine, theirs = _counted(fact.text), _counted(other.text)
    shared = [c for c in mine & theirs if len(c) > 1 and not YEAR.fullmatch(c)]
    like = meaning.near(fact.text, other.text) > FIGURE_MEANING
    like = like or (any(len(c) >= LARGE for c in shared) and len(fact.bag & other.bag) > 1)
    like = like or (len({c for c in mine & theirs if not YEAR.fullmatch(c)}) > 1 and len(fact.bag & other.bag) > BESIDE)
    return bool(shared) and fact.group != other.group and like


@lru_cache(maxsize=5_000)
def _done(text: str) -> bool:
    return DONE.search(text) is not None


@lru_cache(maxsize=5_000)
def _counted(text: str) -> frozenset[str]:
    return counts(DAY.sub("", text))


@lru_cache(maxsize=5_000)
def _days(text: str) -> frozenset[date]:
    return frozenset(dates(text, 1))


@lru_cache(maxsize=5_000)
def _months(text: str) -> frozenset[str]:
    return frozenset(m[:3] for m in MONTHS.findall(text))


SHARE = re.compile(r"\b(\d[\d.]*) ?(?:%|per ?cent) of (?:(?:the|its|their|all) )?([a-z-]+)")


def same_share(one: str, other: str) -> bool:
    """Whether two sentences give one share of one thing.

    >>> same_share("About 30 percent of the money is for cranes.", "Crews get 30% of the money.")
    True
    """
    return not _shares(one).isdisjoint(_shares(other))


@lru_cache(maxsize=5_000)
def _shares(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(SHARE.findall(text))


def figure_beside(fact: Fact, lead: Fact) -> bool:
    """Whether a fact counts something that the lead does not; a year is no count."""
    return any(not YEAR.fullmatch(c) for c in counts(fact.text) - counts(lead.text))
