"""Direct speech as reported speech: "It works," said Ana Reyes. becomes Ana Reyes said it works."""

from __future__ import annotations

import re

from pipeline.stages.draft.language.letters import Letters, lowered
from pipeline.stages.draft.language.verbs import finite
from pipeline.stages.draft.language.words import CAPITAL
from pipeline.stages.draft.texts.people import APPOSITION, NAME

VERB = r"(?:said|added|noted|argued|warned|explained|wrote|told reporters|told lawmakers|told a hearing|concluded|stressed)"
SURNAME = rf"[{CAPITAL}][\w\u00c0-\u024f'-]+"
OFFICED = r"(?:(?:[A-Z][\w'-]*|[a-z]+) ){0,6}"
WHO = rf"(?:{OFFICED}(?:{NAME}|{SURNAME})(?:, {APPOSITION})?)"
WHERE = r"(?: (?:in|at|on|during|to) (?:an? |the )?(?:[\w'-]+ ){0,4}[\w'-]+)?"
POSTPOSED = (
    re.compile(rf"^\"(?P<said>[^\"]+),\" {VERB} (?P<who>{WHO})(?P<tail>{WHERE})\.$"),
    re.compile(rf"^\"(?P<said>[^\"]+),\" (?P<who>{WHO}),? {VERB}(?P<tail>{WHERE})\.$"),
)
PREPOSED = re.compile(rf"^(?P<who>{WHO}),? {VERB}(?P<tail>{WHERE})[:,] \"(?P<said>[^\"]+)\.\"$")
TRAILING = re.compile(rf"^(?P<told>.+), (?P<who>[^,]+ said{WHERE})\.$")
ACCORDING = re.compile(r"^(?P<told>[^\"]+), according to (?P<who>[^,\"]+)\.$")
ASIDE = re.compile(r", (?:which|who|whose|where|something|(?:an?|the) [a-z-]+ (?:that|which)) [^,]*$")
"""The source behind it may have told no more than this,"""
TWO_CLAUSES = re.compile(r",? and (?:its|the|their|it|they|an?|has|have|had|is|are|was|were|will|would) ")
"""or the second of two clauses alone."""
DIRECT = re.compile(r"\b(?:I|we|our|ours|us|my|mine|me|you|your|yours|let's|we're|we've|I'm|I've|you're)\b", re.I)
LOOSE = re.compile(
    r"^(?:it|they|he|she|this|that|these|those|but|and|so|yet|here|such|if it|when it|yes|no|well|its|their)\b", re.I
)
BROKEN = re.compile(r"[?!;:]|\.\.\.|[.] [A-Z]|\[|\]|\bof course\b")


def reported(text: str, letters: Letters) -> str:
    """The sentence as reported speech, or "" where it is none or cannot be turned.

    >>> known = Letters.of(["a story with models of many kinds"])
    >>> reported('"Models made with public money are too small," said Ana Reyes, a lawyer in Lund.', known)
    'Ana Reyes, a lawyer in Lund, said models made with public money are too small.'
    >>> reported('"We cannot pay for it," said Ana Reyes.', known)
    ''
    """
    for pattern in (*POSTPOSED, PREPOSED):
        match = pattern.match(text)
        if match and _turns(match["said"]):
            said = lowered(match["said"], letters)
            return f"{_subject(match['who'])} said {said}." if said else ""
    return ""


def fronted(text: str, letters: Letters) -> str:
    """The sentence with its speaker in front, or "" where none stands at its end.

    >>> fronted("The office will review the risks, Secretary Ana Reyes said in a statement.", Letters.of(["the office"]))
    'Secretary Ana Reyes said in a statement the office will review the risks.'
    """
    if source := ACCORDING.match(text):
        low = (
            ""
            if LOOSE.search(source["told"]) or ASIDE.search(source["told"]) or TWO_CLAUSES.search(source["told"])
            else lowered(source["told"], letters)
        )
        return f"According to {source['who']}, {low}." if low else ""
    match = TRAILING.match(text)
    if not match or '"' in text or LOOSE.search(match["told"]):
        return ""
    told = lowered(match["told"], letters)
    return f"{match['who'][:1].upper()}{match['who'][1:]} {told}." if told else ""


def _turns(said: str) -> bool:
    return not (DIRECT.search(said) or LOOSE.search(said) or BROKEN.search(said)) and finite(f"{said}.")


def _subject(who: str) -> str:
    """The speaker as a subject: an apposition gets its closing comma."""
    who = who[:1].upper() + who[1:]
    return f"{who}," if "," in who else who
