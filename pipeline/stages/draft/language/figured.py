"""What a sentence counts or dates, with its exact figure: ("nation", "28"), ("mar", "24")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.stages.draft.language.content import amounts, bag, counts
from pipeline.stages.draft.language.times import MONTH
from pipeline.stages.draft.language.words import fold, stem

DAY = re.compile(rf"\b(?:(?P<m>{MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b|(?P<d2>\d{{1,2}}) (?P<m2>{MONTH}))")
COUNTED = re.compile(
    r"\b(?P<n>\d[\d,.]*\d|\d|[a-z]+) (?:(?!other|more|further|additional|new|such)[a-z-]+ )?(?P<noun>[a-z]{3,}s)\b"
)
ROUGH = re.compile(
    r"\b(?:about|around|nearly|almost|some|roughly|over|under|than|least|most|to|up|approximately|dozens?) $"
)


@lru_cache(maxsize=20_000)
def figured(text: str) -> tuple[tuple[str, str], ...]:
    """Days and exact counts; what is "about" or "more than" a number is none.

    >>> figured("Thirty countries met on March 24 with about 40 firms.")
    (('mar', '24'), ('nation', '30'))
    """
    days = ((stem((m["m"] or m["m2"]).lower()[:3]), m["d"] or m["d2"]) for m in DAY.finditer(text))
    return (*days, *counted(text))


@lru_cache(maxsize=20_000)
def counted(text: str) -> tuple[tuple[str, str], ...]:
    """The exact counts alone."""
    return tuple(_counts(fold(amounts(text)).lower()))


def _counts(plain: str) -> Iterator[tuple[str, str]]:
    for match in COUNTED.finditer(plain):
        figure = next(iter(counts(match["n"])), "")
        if figure and not ROUGH.search(plain[: match.start()]):
            yield next(iter(bag(match["noun"])), match["noun"]), figure
