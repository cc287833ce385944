"""Large and small letters: which words a story writes small, and so how a sentence begins behind another word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.stages.draft.language.countries import COUNTRIES
from pipeline.stages.draft.language.verbs import verb_like
from pipeline.stages.draft.language.words import FREE

DEMONYM = re.compile(r"(?:ese|ish|ian|ean|can|ans|nch|eek|wiss|utch|raqi|stani)$")
PLACES = frozenset(w for forms in COUNTRIES.values() for name in forms.split("|") for w in name.split())
COMMON = FREE | frozenset(
    "open public private most many some few more less any every without there everybody nobody somebody safety models "
    "model companies countries governments money trust people rules openness nothing everything anyone someone small "
    "large countries researchers developers laboratories good bad building sharing making when while if because industry officials analysts critics supporters opponents experts government "
    "campaigners".split()
)

COUNTING = FREE | frozenset(
    "some many most several all both few other any every each two three four five six seven eight nine ten dozens hundreds".split()
)
"""What is no part of a name behind it, as "First" and "Science" are of "First Nations" and "Science Minister"."""


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


def lowered(said: str, letters: Letters) -> str:
    """The speech with a small first letter unless its first word is a name; "" where nobody can tell.

    >>> letters = Letters.of(["the first groups of the coast"])
    >>> [lowered(f"First {what} meet.", letters) for what in ("groups", "Nations groups")]
    ['first groups meet.', 'First Nations groups meet.']
    """
    first, second = [*re.findall(r"[\w'-]+", said), "", ""][:2]
    plain = first.lower().removesuffix("'s")
    if first[1:] != first[1:].lower() or re.search(r"\d", first):
        return said
    if (
        first in PLACES
        or (second[:1].isupper() and second[1:].islower() and plain not in COUNTING)
        or (plain in letters.capital and plain not in letters.small | COMMON)
    ):
        return said
    if plain in COMMON or plain in letters.small or plain.endswith(("ing", "ly")):
        return said[:1].lower() + said[1:]
    if DEMONYM.search(plain):
        return said
    plural = plain.endswith("s") and verb_like(second)
    return said[:1].lower() + said[1:] if plural or (second.islower() and second.endswith("s")) else ""
