"""What was still to come when an article was written, and is over by the time of the brief."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from pipeline.stages.draft.choice.leads import preview
from pipeline.stages.draft.evidence.matching import AHEAD
from pipeline.stages.draft.facts import Fact
from pipeline.stages.draft.language.content import bag, counts
from pipeline.stages.draft.language.figured import DAY
from pipeline.stages.draft.language.times import WEEKDAY
from pipeline.stages.draft.texts.readings import Reading

COMING = re.compile(
    r"\b(?:set to|due to|braces? for|ahead of|prepares? (?:to|for)|gears? up|to (?:vote|decide|sign|meet|open|discuss)|"
    r"as .* (?:gather|arrive|meet)|expected)\b",
    re.I,
)
"""A title of what is still to come."""
NEAR = 60
"""Letters before a verb within which its subject stands."""
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
YEAR = re.compile(r"^,? ((?:19|20)\d\d)\b")


TO_COME = re.compile(
    r"\b(?:returns?|goes|moves|heads|passes|will (?:now )?(?:return|go|move|be (?:sent|put))|is (?:now )?sent|must (?:still |now )?(?:be )?(?:approved?|agreed?|vote|sign|adopt|accept|decide)|"
    r"still (?:needs?|has|have|must|awaits?|requires?)|has yet|have yet|needs? the (?:approval|consent|signature)|will (?:vote|decide|debate|rule))\b"
)
"""What somebody had still to do when the article was written."""
BODY = re.compile(
    r"\b(?:[Hh]ouse|[Ss]enate|[Pp]arliament|[Cc]hamber|[Dd]eputies|[Cc]abinet|[Cc]ouncil|[Cc]ourt|[Bb]undestag|[Ss]ejm|[Aa]ssembly|[Cc]ongress|[Cc]ommittee|[Pp]resident|[Gg]overnor|[Kk]ing|[Bb]oard)\b"
)
ACTED = re.compile(
    r"\b(?:agreed|accepted|approved|passed|adopted|voted|signed|ruled|rejected|backed|endorsed|decided|enacted|cleared|gave)\b"
)


MOVED = re.compile(
    r"\b(?:will now|extend(?:s|ed|ing)?|postpone[sd]?|delay(?:s|ed)|pushed back|brought forward|rather than|instead of|originally|no longer|"
    r"had been (?:due|set|planned|scheduled|supposed))\b"
)
"""That a day is another than it was."""
DUE = re.compile(r"\b(?:deadline|due|until|by|closes?|must)\b")
SHORTLY = re.compile(
    r"\b(?:will|is to|are to) (?:be [a-z]+ed |[a-z]+ )?(?:shortly|soon|in the coming (?:days|weeks))\b(?! (?:after|before|as))"
)
"""What a day later may have come."""
REVISED = re.compile(
    r"\b(?:rais|lift|lower|cut|reduc|increas|doubl|tripl|quadrupl|halv)\w*\b(?! of\b)(?P<what>[^.]*?) from (?P<old>[^,.]*?\d[^,.]*?) to |"
    rf"\b(?:up|down) from (?P<was>[^.]*?) (?:yesterday|a day (?:earlier|before)|(?:announced )?on {WEEKDAY})|\b(?:instead of|rather than) (?P<not>[^,.]*\d[^,.]*)"
)
"""What a figure was before it was changed,"""
WISHED = re.compile(r"\b(?:want(?:s|ed)?|should|could|would|asked|urged|demand(?:s|ed)?|proposed)\b")
"""not merely wished to be;"""
DEADLINE = re.compile(
    r"\bdeadline\b(?: for (?P<whose>[\w-]+(?: [a-z]+)?))?[^.]*? (?:extended|postponed|delayed|moved|pushed back|brought forward)\b"
)
"""and whose deadline is another one now."""


def fresh(facts: Sequence[Fact], lead: Fact, readings: Sequence[Reading]) -> list[Fact]:
    """The facts without those that only a report from before the event tells as still to come."""
    days = {r.n: r.article.published.date() for r in readings if r.article.published}
    ahead = {r.n for r in readings if looks_ahead(r)}
    old = {n for n, day in days.items() if n in ahead and lead.article in days and day < days[lead.article]}
    return [f for f in facts if not (_stale(f, old, days) or _overtaken(f, readings, days))]


def _overtaken(fact: Fact, readings: Sequence[Reading], days: Mapping[int, date]) -> bool:
    """Whether a later day's article tells that a day was moved, or that a body has done what it had still to do."""
    written = days.get(fact.article)
    if written is None:
        return False
    set_for = {(day.month, day.day) for day in dates(fact.text, written.year)}
    if set_for and any(
        MOVED.search(s.raw) and set_for & {(d.month, d.day) for d in dates(s.raw, written.year)}
        for r in readings
        if days.get(r.n, written) > written
        for s in r.sentences
    ):
        return True
    later = [s.raw for r in readings if days.get(r.n, written) > written for s in r.sentences]
    if (later and SHORTLY.search(fact.text)) or any(_revised(fact, raw, set_for, written.year) for raw in later):
        return True
    bodies = {b.lower() for b in BODY.findall(fact.text)} if TO_COME.search(fact.text) else set()
    return any(bodies & _acting(raw) for raw in later)


def _revised(fact: Fact, raw: str, set_for: set[tuple[int, int]], year: int) -> bool:
    """Whether a later sentence gives a figure of the fact as what it was before, or its deadline as another day."""
    if (change := _change(raw)) and len(fact.bag & bag(raw)) > 2:
        old = change["old"] or change["was"] or change["not"]
        of_it = change["what"] is None or not bag(change["what"]).isdisjoint(fact.bag)
        return of_it and not counts(fact.text).isdisjoint(counts(old))
    put_off = _put_off(raw) if set_for and DUE.search(fact.text) else None
    if put_off is None or bag(put_off["whose"] or raw).isdisjoint(fact.bag):
        return False
    moved = {(day.month, day.day) for day in dates(raw, year)}
    return bool(moved) and not moved & set_for


@lru_cache(maxsize=20_000)
def _change(raw: str) -> re.Match[str] | None:
    """Where a sentence gives a figure as what it was before it was changed."""
    return None if WISHED.search(raw) else REVISED.search(raw)


@lru_cache(maxsize=20_000)
def _put_off(raw: str) -> re.Match[str] | None:
    """Where a sentence tells that a deadline was moved."""
    return DEADLINE.search(raw)


@lru_cache(maxsize=20_000)
def _acting(raw: str) -> set[str]:
    """The bodies that a sentence names within a few words before what was done."""
    return {b[0].lower() for m in ACTED.finditer(raw) for b in BODY.finditer(raw[max(0, m.start() - NEAR) : m.start()])}


def looks_ahead(reading: Reading) -> bool:
    """Whether an article tells of what is still to come."""
    first = reading.sentences[0].raw if reading.sentences else ""
    return bool(COMING.search(reading.article.title) or preview(first))


def _stale(fact: Fact, old: set[int], days: Mapping[int, date]) -> bool:
    written, latest = days.get(fact.article), max(days.values(), default=None)
    later = any(days.get(c.article, written) != written and c.article not in old for c in fact.cites)
    if later or written is None or latest is None:
        return False
    if fact.article in old and (preview(fact.text) or AHEAD.search(fact.text)):
        return True
    return any(written < day <= latest for day in dates(fact.text, written.year))


def dates(text: str, year: int) -> Iterator[date]:
    """The days that a text names; one without its year is in `year`.

    >>> [str(d) for d in dates("They meet on May 22, 2024, and 3 June.", 2025)]
    ['2024-05-22', '2025-06-03']
    """
    for match in DAY.finditer(text):
        month, day = match["m"] or match["m2"], int(match["d"] or match["d2"])
        told = YEAR.match(text[match.end() :])
        try:
            yield date(int(told[1]) if told else year, MONTHS.index(month.lower()[:3]) + 1, day)
        except ValueError:
            continue  # no day of the calendar
