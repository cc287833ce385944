"""Two voices of a brief that differ, set side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.stages.draft.language.letters import Letters, lowered
from pipeline.stages.draft.language.words import count
from pipeline.stages.draft.wording.cuts import shorter

MOST = 18
FOR = re.compile(
    r"^(?:Supporters|Backers|Proponents|Advocates|Champions)\b|^[^,]{3,60} (?:welcomed|praised|hailed|applauded|endorsed)\b"
)
AGAINST = re.compile(
    r"^(?:Critics|Opponents|Skeptics|Sceptics|Detractors)\b|"
    r"^[^,]{3,60} (?:warned|criticised|criticized|questioned|objected|opposed|rejected|cautioned)\b"
)


def contrast(cited: Sequence[str], letters: Letters) -> str:
    """ "While supporters argued …, opponents warned …", or "" where the brief has no two such voices.

    >>> texts = ["Oslo opened a fund.", "Supporters argued that the fund helps ports.", "Critics warned that the fund is too small."]
    >>> contrast(texts, Letters.of(["the supporters met critics"]))
    'While supporters argued that the fund helps ports, critics warned that the fund is too small.'
    """
    for one in _voices(cited, FOR):
        for other in _voices(cited, AGAINST):
            first, second = lowered(one, letters), lowered(other, letters)
            if first and second and one != other:
                return f"While {first[:-1]}, {second}"
    return ""


def _voices(cited: Sequence[str], kind: re.Pattern[str]) -> Iterator[str]:
    """The shortest plain form of each sentence of a kind."""
    for text in cited[1:]:
        forms = [
            t for t in (text, *shorter(text)) if kind.search(t) and count(t) <= MOST and not re.search(r"[,;:\"]", t)
        ]
        if forms:
            yield max(forms, key=count)
