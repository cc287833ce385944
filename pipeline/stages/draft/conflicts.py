"""Sources that tell one thing with different figures or dates: neither is taken for the other, and the minority is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.stages.draft.content import bag, overlap
from pipeline.stages.draft.matching import Window
from pipeline.stages.draft.times import MONTH
from pipeline.stages.draft.words import NUMBER_WORDS, fold, stem

DAY = re.compile(rf"\b(?:(?P<m>{MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b|(?P<d2>\d{{1,2}}) (?P<m2>{MONTH}))")
COUNTED = re.compile(r"\b(?P<n>\d[\d,.]*\d|\d|[a-z]+) (?:[a-z-]+ )?(?P<noun>[a-z]{3,}s)\b")
ROUGH = re.compile(
    r"\b(?:about|around|nearly|almost|some|roughly|over|under|than|least|most|to|up|approximately|dozens?) $"
)
SAME = 0.6
"""Share of a sentence's other words that a passage must have to speak of the same thing."""


def disputed(text: str, others: Sequence[Sequence[Window]]) -> bool:
    """Whether as many sources tell the sentence with another figure or date as tell it with this one.

    >>> near = [[Window(start=0, end=0, text="Oslo opened the fund of the port on May 4.", near="")]]
    >>> disputed("Oslo opened the fund of the port on May 3.", near), disputed("Oslo opened the fund.", near)
    (True, False)
    """
    facts = dict(_figures(text))
    if not facts:
        return False
    bare = DAY.sub("", text)
    against = sum(any(_clashes(facts, w.text) and overlap(bare, w.text) >= SAME for w in windows) for windows in others)
    alike = sum(any(not _lacks(facts, w.text) and overlap(bare, w.text) >= SAME for w in windows) for windows in others)
    return against > alike


def _figures(text: str) -> Iterator[tuple[str, str]]:
    """What is counted or dated, and the exact figure: ("countr", "28"), ("march", "24")."""
    for match in DAY.finditer(text):
        yield stem((match["m"] or match["m2"]).lower()[:3]), match["d"] or match["d2"]
    for match in COUNTED.finditer(fold(text)):
        figure = NUMBER_WORDS.get(match["n"], match["n"])
        if figure[0].isdigit() and not ROUGH.search(fold(text)[: match.start()]):
            yield next(iter(bag(match["noun"])), match["noun"]), figure


def _clashes(facts: dict[str, str], other: str) -> bool:
    """Whether the other text gives another figure for a thing, and nowhere the same."""
    found: dict[str, set[str]] = {}
    for what, figure in _figures(other):
        found.setdefault(what, set()).add(figure)
    return any(what in found and figure not in found[what] for what, figure in facts.items())


def _lacks(facts: dict[str, str], other: str) -> bool:
    return bool(facts.items() - set(_figures(other)))
