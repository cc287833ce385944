"""Direct speech as reported speech: "It works," said Ana Reyes. becomes Ana Reyes said it works."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.stages.draft.language.verbs import finite, verb_like
from pipeline.stages.draft.language.words import FREE
from pipeline.stages.draft.texts.people import APPOSITION, NAME
from pipeline.stages.draft.texts.rivals import COUNTRIES

VERB = r"(?:said|added|noted|argued|warned|explained|wrote|told reporters|told lawmakers|told a hearing|concluded|stressed)"
SURNAME = r"[A-Z\u00c0-\u00de][\w\u00c0-\u024f'-]+"
OFFICED = r"(?:(?:[A-Z][\w'-]*|[a-z]+) ){0,6}"
WHO = rf"(?:{OFFICED}(?:{NAME}|{SURNAME})(?:, {APPOSITION})?)"
WHERE = r"(?: (?:in|at|on|during|to) (?:an? |the )?(?:[\w'-]+ ){0,4}[\w'-]+)?"
POSTPOSED = (
    re.compile(rf"^\"(?P<said>[^\"]+),\" {VERB} (?P<who>{WHO})(?P<tail>{WHERE})\.$"),
    re.compile(rf"^\"(?P<said>[^\"]+),\" (?P<who>{WHO}),? {VERB}(?P<tail>{WHERE})\.$"),
)
PREPOSED = re.compile(rf"^(?P<who>{WHO}),? {VERB}(?P<tail>{WHERE})[:,] \"(?P<said>[^\"]+)\.\"$")
TRAILING = re.compile(rf"^(?P<told>.+), (?P<who>[^,]+ said{WHERE})\.$")
DIRECT = re.compile(r"\b(?:I|we|our|ours|us|my|mine|me|you|your|yours|let's|we're|we've|I'm|I've|you're)\b", re.I)
LOOSE = re.compile(
    r"^(?:it|they|he|she|this|that|these|those|but|and|so|yet|here|such|if it|when it|yes|no|well|its|their)\b", re.I
)
BROKEN = re.compile(r"[?!;:]|\.\.\.|[.] [A-Z]|\[|\]|\bof course\b")
DEMONYM = re.compile(r"(?:ese|ish|ian|ean|can|ans|nch|eek|wiss|utch|raqi|stani)$")
PLACES = frozenset(w for forms in COUNTRIES.values() for name in forms.split("|") for w in name.split())
COMMON = FREE | frozenset(
    "open public private most many some few more less any every without there everybody nobody somebody safety models "
    "model companies countries governments money trust people rules openness nothing everything anyone someone small "
    "large countries researchers developers laboratories good bad building sharing making when while if because industry officials analysts critics supporters opponents experts government "
    "campaigners".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """The words that a story writes small, and those it writes with a capital inside sentences."""

    small: frozenset[str]
    capital: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Letters:
        text = "\n".join(texts).replace("\u2019", "'")
        return cls(
            small=frozenset(re.findall(r"(?<=\s)[a-z][a-z'-]+", text)),
            capital=frozenset(w.lower() for w in re.findall(r"(?<=[a-z,] )[A-Z][\w-]+", text)),
        )


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


def lowered(said: str, letters: Letters) -> str:
    """The speech with a small first letter unless its first word is a name; "" where nobody can tell."""
    first, second = [*re.findall(r"[\w'-]+", said), "", ""][:2]
    plain = first.lower().removesuffix("'s")
    if first[1:] != first[1:].lower() or re.search(r"\d", first):
        return said
    if first in PLACES or (plain in letters.capital and plain not in letters.small | COMMON):
        return said
    if plain in COMMON or plain in letters.small or plain.endswith(("ing", "ly")):
        return said[:1].lower() + said[1:]
    if DEMONYM.search(plain):
        return said
    plural = plain.endswith("s") and verb_like(second)
    return said[:1].lower() + said[1:] if plural or (second.islower() and second.endswith("s")) else ""
