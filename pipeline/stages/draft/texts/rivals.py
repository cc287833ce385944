"""Nouns that a story has two of: "the plan" says nothing where a U.S. plan and a Chinese plan are told of."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from pipeline.stages.draft.language.countries import PATTERNS
from pipeline.stages.draft.language.words import stem

HOME = re.compile(
    r"\b[Tt]he (?!tax |public |local |regional )(?:[a-z]+ )?(?:government|parliament|president|prime minister|cabinet|opposition|ministry|minister|court|"
    r"regulator|police|senate|capital|country|administration|state)\b(?! (?:of|in|for|that|where|which|whose|with)\b)(?!'s \w+ in\b)(?! (?:group|part(?:y|ies)|leaders?|lawmakers?|politicians?|MPs?)\b)"
)
MINISTER = re.compile(r"\b[Mm]inister\b")
COMPARABLE = 0.4
"""A second country named this often, beside the first, leaves "the government" open."""
NONE = re.compile(r"(?!)")
OFFICES = {
    "us": re.compile(
        r"\b(?:White House|Congress|Capitol Hill|Senate|House of Representatives|Sens?\.|Commerce Department|Pentagon)(?!\w)"
    ),
    "uk": re.compile(r"\b(?:Downing Street|Whitehall|Westminster|House of Commons)\b"),
}
"""By its offices alone a text at home calls its own country."""
MODIFIED = re.compile(
    r"\b(U\.S\.|[A-Z][a-z]+(?:an|ese|ish|ch|'s))((?: (?:AI|[A-Z][a-z]+|[a-z]+-?[a-z]*)){0,3}) "
    r"([Pp]lan|[Ss]trategy|[Ll]aw|[Aa]ct|[Bb]ill|[Ii]nstitute|[Rr]ules?|[Dd]eclaration|[Ss]tatement|[Pp]rogram(?:me)?|[Ff]und|"
    r"[Ss]ummit|[Mm]odels?|[Rr]eport|[Aa]greement|[Tt]reaty|[Pp]roposal|[Pp]anel|[Gg]uidelines|[Ff]ramework)\b"
)
BARE = re.compile(
    r"\b[Tt]he (plan|strategy|law|act|bill|institute|rules|declaration|statement|program|programme|fund|summit|report|agreement|treaty|proposal|panel|guidelines|framework)\b"
)


def several_homes(texts: Iterable[str]) -> bool:
    """Whether a story is about two countries or more, so that "the government" is nobody's.

    >>> several_homes(["Norway and Estonia agreed.", "Estonia and Norway signed."]), several_homes(["Brazil voted."])
    (True, False)
    >>> several_homes(["The Senate and the White House agreed on chips for China in Washington."])
    False
    """
    text = "\n".join(texts)
    found = sorted(
        (len(p.findall(text)) + len(OFFICES.get(n, NONE).findall(text)) for n, p in PATTERNS.items()), reverse=True
    )
    return found[1] > 0 and found[1] >= COMPARABLE * found[0]


def rivals(texts: Iterable[str]) -> frozenset[str]:
    """Stems of nouns that belong to two or more countries in a story.

    >>> sorted(rivals(["The U.S. action plan came before the Chinese plan.", "Norway's law"]))
    ['plan']
    """
    owners: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for match in MODIFIED.finditer(text.replace("\u2019", "'")):
            owner = next((n for n, p in PATTERNS.items() if p.search(match[1])), "")
            if owner:
                owners[stem(match[3].lower())][owner] += 1
    return frozenset(noun for noun, by in owners.items() if len(by) > 1)


def unclear(text: str, homes: bool, rival: frozenset[str]) -> bool:
    """Whether a sentence says "the government" or "the plan" where a story has two, and does not tell which.

    >>> unclear("The plan has two parts.", False, frozenset({"plan"})), unclear("Norway's firms told the government.", True, frozenset())
    (True, False)
    """
    for match in HOME.finditer(text) if homes else ():
        if MINISTER.search(text[: match.start()]) and "ministry" in match[0]:
            continue
        if sum(p.search(text[: match.start()]) is not None for p in PATTERNS.values()) != 1:
            return True
    return any(stem(m[1]) in rival for m in BARE.finditer(text))
