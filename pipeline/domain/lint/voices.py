"""V06: "officials said" needs an official who speaks in the cited source, and a name needs that person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.domain.lint.facts import plain
from pipeline.domain.lint.finding import Finding
from pipeline.domain.lint.layout import GROUP, OPENERS, Layout, sentences

SAID = re.compile(
    r"\b(?:said|says|say|told|warned|warns|argued|argues|added|noted|stated|insisted|announced|explained|called|urged|"
    r"predicted|complained|replied|acknowledged|admitted|confirmed|cautioned|wrote|concluded|estimated|stressed)\b"
)
ACCORDING = re.compile(r"\b[Aa]ccording to (?P<who>(?:\b(?:[A-Z]\.)+|[^,.;])+)")
QUOTED = re.compile('["\u201c\u201d]')
KINDS = {
    "official": """official minister ministry government president premier secretary department commission commissioner
    spokesperson spokesman spokeswoman senator lawmaker legislator mayor governor ambassador diplomat regulator agency
    parliament council chancellor envoy authority cabinet congress congressman congresswoman delegate negotiator
    administration state minister bureau directorate court judge general police office inspectorate undersecretary
    assembly embassy chairman chair member deputy union nations board committee party politician""",
    "analyst": """analyst expert researcher scientist professor economist scholar academic fellow tank institute
    university study author lecturer consultant observer historian lawyer engineer doctor survey centre center
    specialist critic adviser advisor foundation""",
    "company": """company firm executive founder developer startup industry maker manufacturer lab laboratory
    corporation business investor vendor supplier chief manager entrepreneur spokesperson spokesman spokeswoman
    operator provider bank trader director owner""",
    "advocate": """activist campaigner advocate group union charity critic opponent supporter organization
    organisation foundation association resident worker member protester petitioner lawyer community coalition
    network society alliance""",
    "document": """report paper statement document study filing text survey analysis review letter draft declaration
    communique record data figures release memo plan strategy law bill code article""",
}
OF_KIND = {kind: frozenset(words.split()) for kind, words in KINDS.items()}
PEOPLE = frozenset().union(*OF_KIND.values())
WITHOUT = frozenset("he she they it who which that and but also has have had".split())
NEAR = 1
"""Sentences on either side in which a speaker may be named."""


def voices(page: Layout, record: Mapping[str, Any], articles: Mapping[str, str]) -> Iterator[Finding]:
    """V06 for every cited sentence and each source that it cites."""
    ids = {source["n"]: source.get("article_id", "") for source in record.get("sources", ())}
    for sentence in page.body_sentences:
        heads = list(speakers(GROUP.sub("", sentence.text)))
        for n in dict.fromkeys(sentence.numbers):
            text = articles.get(ids.get(n, ""))
            for head in heads if text is not None else ():
                if not speaks(head, text or ""):
                    message = f"nobody in [{n}] who speaks is: {' '.join(head)}"
                    yield Finding(code="V06", message=message, paragraph=sentence.paragraph)


def speakers(sentence: str) -> Iterator[tuple[str, ...]]:
    """The head of each speaker: a name's words, or one noun for a kind of speaker; pronouns are no speakers.

    >>> list(speakers("Government officials said the plan holds, according to Ingrid Solvang."))
    [('officials',), ('Ingrid', 'Solvang')]
    >>> list(speakers("The plan holds, according to the U.S. Department of Ports."))
    [('Ports',)]
    """
    for verb in SAID.finditer(sentence):
        if head := _head(re.split(r"[,;:\u2014\"\u201c\u201d]", sentence[: verb.start()])[-1]):
            yield head
    for match in ACCORDING.finditer(sentence):
        if head := _head(match["who"]):
            yield head


def speaks(head: tuple[str, ...], text: str) -> bool:
    """Whether a speaker of that name or kind stands in or beside a sentence of the text that has a speaker."""
    whole = [s for line in text.splitlines() for s in sentences(line)]
    telling = {n for n, s in enumerate(whole) if SAID.search(s) or ACCORDING.search(s) or QUOTED.search(s)}
    around = {m for n in telling for m in range(n - NEAR, n + NEAR + 1) if 0 <= m < len(whole)}
    words = {_singular(w) for n in around for w in re.findall(r"\w+", plain(whole[n]).casefold())}
    wanted = [_singular(part) for w in head for part in re.findall(r"\w+", w.casefold())]
    if head[0][0].isupper():
        return wanted[-1] in words
    kinds = [kind for kind, of in OF_KIND.items() if wanted[-1] in of]
    return wanted[-1] in words or any(OF_KIND[kind] & words for kind in kinds)


def _head(phrase: str) -> tuple[str, ...]:
    """The last name of a phrase, else its last noun for a kind of speaker, else nothing."""
    spoken = re.split(r"\b(?:that|which|who|when|while|because|after|if|but)\b", phrase)[-1]
    words = re.findall(r"[\w'-]+", plain(spoken))
    capitals = [
        n for n, w in enumerate(words) if w[:1].isupper() and w.lower() not in OPENERS and (n or len(words) < 3)
    ]
    nouns = [n for n, w in enumerate(words) if _singular(w.lower()) in PEOPLE]
    if not words or (words[-1].lower() in WITHOUT and not capitals and not nouns):
        return ()
    if nouns and (not capitals or nouns[-1] > capitals[-1]):
        return (words[nouns[-1]].lower(),)
    if not capitals:
        return ()
    first = last = capitals[-1]
    while first - 1 in capitals:
        first -= 1
    return tuple(w.removesuffix("'s") for w in words[first : last + 1])


def _singular(word: str) -> str:
    word = word.removesuffix("'s")
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us")) else word
