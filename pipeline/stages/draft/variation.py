"""A sentence in other words that are surely the same: its place or purpose in front, short names after the long ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.stages.draft.people import NAME, OFFICE
from pipeline.stages.draft.speech import Letters, lowered
from pipeline.stages.draft.times import MONTH

PLACE = re.compile(
    r"^(?P<main>[^,]{25,}?) (?P<end>(?:at (?:the |an? )?|in )[A-Z][\w'.-]*(?: (?:[A-Z][\w'.-]*|in|of|on|the|and)){0,7})\.$"
)
PURPOSE = re.compile(
    r"^(?P<main>[^,]{3,60} (?:signed|launched|created|opened|established|formed) [^,]{8,60}) (?P<end>to (?:\w+ly )?[a-z]+ [^,]{8,90})\.$"
)
OFFICED = re.compile(rf"^(?:The )?(?:[A-Z][\w.'-]* ){{0,4}}?{OFFICE} (?P<name>{NAME})(?= )")
LONG = re.compile(r"(?P<the>[Tt]he )?(?P<name>(?:U\.S\. )?[A-Z][\w-]+(?: (?:(?:of|for|and|on) )?[A-Z][\w-]+)+)")
PLAIN = {"United Nations": "UN", "European Union": "EU", "United Kingdom": "UK", "European Commission": "Commission"}


def varied(text: str, cited: Sequence[str], letters: Letters) -> str:
    """The sentence in other words, or as it is where none is surely the same."""
    return turned(text, letters) or shortened(text, " ".join(cited[1:]))


CLAUSE = re.compile(r"\b(?:that|which|who|whose|as|when|where|while|after|before|if|in)\b")
"""Where one stands, the end of the sentence may belong to it alone."""


def turned(text: str, letters: Letters) -> str:
    """The sentence with its place or purpose in front, or "" where it has none at its end.

    >>> turned("About 60 countries signed a statement at the Harbor Summit in Oslo.", Letters.of(["and about it"]))
    'At the Harbor Summit in Oslo, about 60 countries signed a statement.'
    """
    for pattern in (PLACE, PURPOSE):
        match = pattern.match(text)
        plain = match and not CLAUSE.search(match["main"]) and not re.search(MONTH, match["end"])
        low = lowered(match["main"], letters) if match else ""
        if match and plain and low:
            return f"{match['end'][:1].upper()}{match['end'][1:]}, {low}."
    return ""


def shortened(text: str, told: str) -> str:
    """The sentence with the short name of its subject, as `told` has it, and without an office that is known by then.

    >>> shortened("The Harbor Trade Commission opened a fund.", "The HTC meets in May.")
    'The HTC opened a fund.'
    >>> shortened("Harbor Mayor Ana Reyes opened a fund.", "")
    'Ana Reyes opened a fund.'
    """
    if officed := OFFICED.match(text):
        return text[officed.start("name") :]
    match = LONG.match(text)
    if match is None:
        return text
    name, the = match["name"], match["the"] or ""
    acronym = "".join(w[0] for w in re.findall(r"[A-Z][\w-]+", name))
    for long, short in (*PLAIN.items(), (name.removeprefix("U.S. "), acronym)):
        if long in name and len(acronym) > 1 and re.search(rf"(?<![\w.]){short}(?![\w.])", told):
            new = f"{the}{name.replace(long, short).removeprefix('U.S. ')}"
            return f"{new[:1].upper()}{new[1:]}{text[match.end() :]}"
    return text
