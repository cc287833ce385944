"""Shorter forms of a long sentence: the last of two things that are joined in it is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.stages.draft.language.verbs import finite
from pipeline.stages.draft.wording.wholeness import KEPT, ends_well, whole

LONG = 28
"""Words of a sentence from which on it may lose one of two things."""
JOINED: tuple[re.Pattern[str], ...] = (
    re.compile(
        r"^(?P<head>.*, [a-z]+ing\b.*?),? (?:and|but|while) (?!knowing|failing|ignoring|refusing)[a-z]+ing\b[^,]*\.$"
    ),
    re.compile(r"^(?P<head>.*\b(?P<with>for|by|on|from|with) (?:(?! and ).)+?),? and (?P=with) [^,]*\.$"),
    re.compile(r"^(?P<head>.*, an? [^,]*\b[a-z]+ed [^,]*?) and [a-z]+ed (?:with|by|in|to|under|for) .*\.$"),
    re.compile(
        r"^(?P<head>.*, (?:though|although|but|while) [^,]*?) and (?:the )?[A-Z][\w.-]+(?: [A-Z][\w.-]+)* (?:has |have |will |would )?[a-z]+ [^,]*\.$"
    ),
    re.compile(r"^(?P<head>.* to [a-z]+ .*?) and (?:the )?[A-Z][\w.-]+(?: [A-Z][\w.-]+)* to [a-z]+ [^,]*\.$"),
    re.compile(r"^(?P<head>.*\b(?:the|an?|its|their) [^,]*?) and (?:the|an?|its|their) (?!.* and )[^,]*\.$"),
)
PAIR = re.compile(r"\b(?:both|between|either|neither|not only)\b|\bthat [^,]* that\b")
"""What needs the two."""
LISTED = re.compile(
    r", (?:the|an?|its|their|some|many|\d[\d.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) [^,]*$"
)
"""Before the last of three, which is no second of two."""
PLURALS = re.compile(
    r"^(?P<head>(?:.*, )?(?:[^ ,]+ ){6,}[a-z]+s) and (?:[a-z-]+ ){0,2}[a-z]+s(?P<told>, [^,]{3,40} (?:said|announced))?\.$"
)
"""The second of two nouns."""
TERMS = re.compile(
    r"^(?P<head>.*\b(?:promises|promised|includes|included|offers|provides|foresees) [^,:]+), (?!with|in |including|particularly|especially|or )(?P<second>[^,]{3,60}),? and (?!.*\b(?:but|not)\b)[^,]+\.$"
)
"""What is promised or included is so without the last of it, too."""
DISCUSSED = re.compile(r"(?<= bill| plan| rule|draft) (?:discussed|debated|unveiled|presented) (?:at|in) an? [^,]*\.$")
"""Where it was spoken of, which a long sentence can do without."""
APPOSED = re.compile(
    r"(?<=[a-z0-9]), the (?:first|second|largest|latest|biggest|only) [^,]{3,60}(?=, (?:but|while|and) )|(?<=[a-z]), (?:the|an?) [a-z]+ [^,]{3,60}(?=, (?:but|while) )"
)
"""What is said of a thing before the other half of the sentence."""


BIDDEN = re.compile(
    r", (?:prompting|urging|asking|forcing|leading|allowing|enabling|pushing|inviting) (?:(?! to )[^,])*$"
)
"""Who was bidden, of whom the second goes on with what to do: "prompting Lund and Kiel to say no"."""


EXPOSED = re.compile(r"\b(?:expos|subject|link|compar|connect|tie|bind|add|limit|restrict|appl)\w* [^,]*$")
"""Of whom, of two, is said to what: "exposed crews and the yard to harm"."""


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
        if (
            match
            and not listed
            and not PAIR.search(text)
            and not KEPT.search(text[match.end("head") :])
            and not (any(p.search(match["head"]) for p in (BIDDEN, EXPOSED)) and " to " in text[match.end("head") :])
            and ends_well(match["head"])
        ):
            if finite(f"{match['head']}.") and whole(f"{match['head']}."):
                yield f"{match['head']}."
    if (match := PLURALS.match(text)) and not PAIR.search(text) and finite(f"{match['head']}."):
        yield f"{match['head']}{match['told'] or ''}."
    if (match := TERMS.match(text)) and finite(f"{match['head']}."):
        yield f"{match['head']} and {match['second']}."
    if match := DISCUSSED.search(text):
        yield f"{text[: match.start()]}."
    if match := APPOSED.search(text):
        yield text[: match.start()] + text[match.end() :]
