"""What was still to come when an article was written, and is over by the time of the brief."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pipeline.stages.draft.choice.leads import preview
from pipeline.stages.draft.evidence.matching import AHEAD
from pipeline.stages.draft.facts import Fact
from pipeline.stages.draft.language.figured import DAY
from pipeline.stages.draft.texts.readings import Reading

COMING = re.compile(
    r"\b(?:set to|due to|braces? for|ahead of|prepares? (?:to|for)|gears? up|to (?:vote|decide|sign|meet|open|discuss)|"
    r"as .* (?:gather|arrive|meet)|expected)\b",
    re.I,
)
"""A title of what is still to come."""
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
YEAR = re.compile(r"^,? ((?:19|20)\d\d)\b")


def fresh(facts: Sequence[Fact], lead: Fact, readings: Sequence[Reading]) -> list[Fact]:
    """The facts without those that only a report from before the event tells as still to come."""
    days = {r.n: r.article.published.date() for r in readings if r.article.published}
    ahead = {r.n for r in readings if looks_ahead(r)}
    old = {n for n, day in days.items() if n in ahead and lead.article in days and day < days[lead.article]}
    return [f for f in facts if not _stale(f, old, days)]


def looks_ahead(reading: Reading) -> bool:
    """Whether an article tells of what is still to come."""
    first = reading.sentences[0].raw if reading.sentences else ""
    return bool(COMING.search(reading.article.title) or preview(first) or AHEAD.search(first[:90]))


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
