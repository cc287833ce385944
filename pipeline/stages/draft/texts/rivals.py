"""Nouns that a story has two of: "the plan" says nothing where a U.S. plan and a Chinese plan are told of."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from pipeline.stages.draft.language.countries import named
from pipeline.stages.draft.language.words import stem

HOME = re.compile(
    r"\b[Tt]he (?!tax |public |local |regional )(?:[a-z]+ )?(?:government|parliament|president|prime minister|cabinet|opposition|ministry|minister|court|"
    r"regulator|police|senate|capital|country|administration|state)\b(?! (?:of|in|for|that|where|which|whose|with)\b)(?!'s \w+ in\b)(?! (?:agency|agencies|offices?|bodies|body|departments?|data|services?|contracts?|group|part(?:y|ies)|leaders?|lawmakers?|politicians?|MPs?)\b)"
)
MINISTER = re.compile(r"\b[Mm]inister\b")
OFFICE = re.compile(
    r"^(?:The |[^,]{0,40}\b(?:in|of|at) the )?(?:[A-Z][\w-]+ |and |[a-z]+ ){0,5}?(?:Minister|Ministry)\b(?: (?:of|for|in)(?: (?:the|and|[A-Z][\w-]+))+)?"
)
"""An office that every country has, at the beginning of a sentence."""
COMPARABLE = 0.4
"""A second country named this often, beside the first, leaves "the government" open;"""
FEW = 2
"""(and more than twice, unless the titles name two),"""
OF_TITLES = 0.8
"""and where the titles name the first alone, this often."""
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


def several_homes(texts: Sequence[str]) -> bool:
    """Whether a story is about two countries or more, so that "the government" is nobody's.

    Where all titles that name a country name the same one, the others have to be told of nearly as often.

    >>> several_homes(["Norway and Estonia agreed.", "Estonia and Norway signed."]), several_homes(["Brazil voted."])
    (True, False)
    >>> several_homes(["The Senate and the White House agreed on chips for China in Washington."])
    False
    """
    titles = {country for t in texts for country in named(t.partition("\n")[0])}
    text = "\n".join(texts)
    found = Counter(named(text)) + Counter({n: len(p.findall(text)) for n, p in OFFICES.items()})
    first, second = ([n for _, n in found.most_common(2)] + [0, 0])[:2]
    alone = titles == {name for name, _ in found.most_common(1)}
    enough = second > FEW or (second > 0 and len(titles) > 1)
    return enough and second >= (OF_TITLES if alone else COMPARABLE) * first


def rivals(texts: Iterable[str]) -> frozenset[str]:
    """Stems of nouns that belong to two or more countries in a story.

    >>> sorted(rivals(["The U.S. action plan came before the Chinese plan.", "Norway's law"]))
    ['plan']
    """
    owners: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for match in MODIFIED.finditer(text.replace("\u2019", "'")):
            owner = next(iter(named(match[1])), "")
            if owner:
                owners[stem(match[3].lower())][owner] += 1
    return frozenset(noun for noun, by in owners.items() if len(by) > 1)


def of_two(titles: Sequence[str]) -> bool:
    """Whether half of the titles name two countries, so that "Minister of Ports Ana Reyes" is of one of them.

    >>> of_two(["Norway and Estonia agree", "A pact of ports"]), of_two(["Norway votes", "China and Norway agree", "A vote"])
    (True, False)
    """
    found = Counter(country for title in titles for country in named(title))
    return sum(2 * n >= len(titles) for n in found.values()) > 1


def unclear(text: str, homes: bool, rival: frozenset[str], *, pair: bool = False) -> bool:
    """Whether a sentence says "the government" or "the plan" where a story has two, and does not tell which.

    In a story about a `pair` of countries an office at its beginning has to say whose it is.

    >>> unclear("The plan has two parts.", False, frozenset({"plan"})), unclear("Norway's firms told the government.", True, frozenset())
    (True, False)
    >>> [unclear(f"{who} signed it.", True, frozenset(), pair=True) for who in ("Minister of Ports Ana Reyes", "Norway's Minister of Ports")]
    [True, False]
    """
    for match in HOME.finditer(text) if homes else ():
        if MINISTER.search(text[: match.start()]) and "ministry" in match[0]:
            continue
        if len(named(text[: match.start()])) != 1:
            return True
    if pair and (office := OFFICE.search(text)) and not named(text[: office.end()]):
        return True
    return any(stem(m[1]) in rival for m in BARE.finditer(text))
