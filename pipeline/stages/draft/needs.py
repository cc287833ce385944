"""What must stand in a brief before a sentence may: the noun after The, the person of a surname, an acronym."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

from pipeline.stages.draft.refuse import AUXILIARY
from pipeline.stages.draft.words import FREE, stem, stems

ACRONYM = re.compile(r"\b[A-Z]{3,}\b")
LONE = re.compile(
    r"\b([A-Z][a-z\u00e0-\u024f]+) (?:said|told|argued|offered|pointed|named|wants|warned|noted|called|presented)\b"
)
GIVEN = re.compile(r"\bthe (promise|session|move|step|deal|meeting|travel|exemption|recommendation|roundtable)\b")
DEMONYM = re.compile(r"^The ([A-Z]\w+n|U\.S\.) ([a-z]{4,})\b")


def met(wanted: Iterable[frozenset[str]], told: Set[str]) -> bool:
    """Whether each set has a stem that was told; the last letter of a stem may differ (advice, advised).

    >>> met([frozenset({"advic"})], {"advis"}), met([frozenset({"commiss"})], {"commerc"})
    (True, False)
    """
    return all(any(t.startswith(w[: max(4, len(w) - 1)]) for w in need for t in told) for need in wanted)


def needs(text: str, article: str) -> tuple[frozenset[str], ...]:
    """Sets of stems; the brief must hold one of each set before the sentence may stand there.

    >>> [sorted(need) for need in needs("The new body has no charter.", "")]
    [['bod', 'new']]
    """
    found = [n for n in (_definite(text),) if n]
    for match in LONE.finditer(text):
        name = match.group(1)
        beside = rf"\b[A-Z][\w'-]+ {name}\b|\b{name} [A-Z][\w'-]+"
        if re.search(beside, article) and not re.search(beside, text) and not re.search(rf"\bin {name}\b", article):
            found.append(frozenset({stem(name.lower())}))
    short = [m.group() for m in ACRONYM.finditer(text)]
    found += [frozenset({stem(a.lower())}) for a in short if f"({a})" not in text and f"or {a}," not in text]
    found += [frozenset({stem(m.group(1))}) for m in GIVEN.finditer(text) if m.group(1) not in text[: m.start()]]
    if demonym := DEMONYM.match(text):
        found += [frozenset(stems(demonym.group(1))), frozenset({stem(demonym.group(2))})]
    found += [frozenset({m.group(1)}) for m in re.finditer(r"\b[Tt]he (\d+) \w+s\b", text)]
    return tuple(found)


def _definite(text: str) -> frozenset[str]:
    """The noun after an opening The: the words up to the first that cannot belong to it."""
    words = text.replace(",", " ,").split()
    if words[0] != "The" or len(words) < 3 or words[1][:1].isupper():
        return frozenset()
    head: list[str] = []
    for word in words[1:5]:
        plain = word.lower().removesuffix("'s").removesuffix("'")
        if plain in FREE or plain in AUXILIARY or plain == ",":
            break
        head.append(stem(plain))
        if word.endswith(("'s", "s'")):
            break
    return frozenset(head[:2])
