"""Shorter forms of a long sentence: the last of two things that are joined in it is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.stages.draft.language.verbs import finite
from pipeline.stages.draft.wording.wholeness import KEPT, ends_well

LONG = 28
"""Words of a sentence from which on it may lose one of two things."""
JOINED: tuple[re.Pattern[str], ...] = (
    re.compile(r"^(?P<head>.*, [a-z]+ing\b.*?),? (?:and|but|while) [a-z]+ing\b[^,]*\.$"),
    re.compile(r"^(?P<head>.*\b(?P<with>for|by|on|from|with) (?:(?! and ).)+?),? and (?P=with) [^,]*\.$"),
    re.compile(r"^(?P<head>.* to [a-z]+ .*?) and (?:the )?[A-Z][\w.-]+(?: [A-Z][\w.-]+)* to [a-z]+ [^,]*\.$"),
    re.compile(r"^(?P<head>.*\b(?:the|an?|its|their) [^,]*?) and (?:the|an?|its|their) (?!.* and )[^,]*\.$"),
)
PAIR = re.compile(r"\b(?:both|between|either|neither|not only)\b|\bthat [^,]* that\b")
"""What needs the two."""
LISTED = re.compile(r", (?:the|an?|its|their) [^,]*$")
"""Before the last of three, which is no second of two."""
APPOSED = re.compile(r"(?<=[a-z]), (?:the|an?) (?:first|second|largest|latest|biggest|only|[a-z]+) [^,]{3,60}(?=, (?:but|while) )")
"""What is said of a thing before the other half of the sentence."""


def without_last(text: str) -> Iterator[str]:
    """The long sentence without the second of two things, or without what is said of one before its other half.

    >>> long = "The league of the outer harbors adopted a charter on the cranes of all its ports, promising a fund of nine million"
    >>> [form[-48:] for form in without_last(f"{long} dollars while asking for tests of new models.")]
    ['ports, promising a fund of nine million dollars.']
    """
    if len(text.split()) < LONG:
        return
    for pattern in JOINED:
        match = pattern.match(text)
        listed = match and pattern is JOINED[-1] and LISTED.search(match["head"])
        if match and not listed and not PAIR.search(text) and not KEPT.search(text[match.end("head") :]) and ends_well(match["head"]):
            if finite(f"{match['head']}."):
                yield f"{match['head']}."
    if match := APPOSED.search(text):
        yield text[: match.start()] + text[match.end() :]
