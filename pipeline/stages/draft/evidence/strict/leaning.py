"""What a claim may bring in from beside its sentence: the noun of a pronoun, a full name, the long form of an acronym."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.stages.draft.evidence.strict.align import Alignment
from pipeline.stages.draft.evidence.strict.reading import Sign, read
from pipeline.stages.draft.evidence.strict.stem import root

PERSONAL = frozenset("he she him her his hers".split())
THINGS = frozenset("it its they them their this these that those".split())
ONE = "\u00a71"
GENERIC = frozenset("company firm group ministry agency government country institute organ body panel council".split())
GENERIC |= frozenset("minister president official bank fund university party bloc union commission".split())
_GENERIC_ROOTS = frozenset(root(w) for w in GENERIC)
DEFINED = re.compile(
    r"((?:[A-Z][\w'-]*(?:,? (?:of|and|for|the|on|in|to))* ){1,7}[A-Z][\w'-]*) \(([A-Z][A-Za-z]{1,7})\)"
)
REVERSED = re.compile(r"\b([A-Z]{2,8}) \(((?:[A-Z][\w'-]*(?: (?:of|and|for|the|on|in))* ){1,7}[A-Z][\w'-]*)\)")
LONG = re.compile(r"[A-Z][a-z][\w'-]*(?:(?: (?:of|and|for|the|on|in))* [A-Z][\w'-]+)+")
SHORT = re.compile(r"\b[A-Z]{2,7}\b")


def one_name(claim: str, source: str, article: str) -> tuple[str, str]:
    """Claim and source with long names and their acronyms made one, as the article defines them or initials show.

    >>> one_name("NSF pays.", "The National Science Fund (NSF) pays.", "")
    ('NSF pays.', 'The NSF pays.')
    """
    for long, short in _names(claim, source, article):
        both = re.compile(rf"{re.escape(long)} \({short}\)|{short} \({re.escape(long)}\)|\b{re.escape(long)}\b")
        claim, source = both.sub(short, claim), both.sub(short, source)
    return claim, source


def _names(claim: str, source: str, article: str) -> list[tuple[str, str]]:
    found = (pair for line in f"{source}\n{article}".split("\n") for pair in _defined(line))
    pairs = [(_fit(long, short), short) for long, short in found]
    for here, there in ((claim, source), (source, claim)):
        shorts = {s for s in SHORT.findall(here) if len(s) > 2}
        pairs += [(long, _initials(long)) for long in map(_bare, LONG.findall(there)) if _initials(long) in shorts]
    return sorted({(a, b) for a, b in pairs if a}, key=lambda p: (-len(p[0]), p))


@lru_cache(maxsize=20_000)
def _defined(line: str) -> tuple[tuple[str, str], ...]:
    """The long names and their short forms that a line gives in brackets."""
    return (
        *((m[1], m[2]) for m in DEFINED.finditer(line)),
        *((m[2], m[1]) for m in REVERSED.finditer(line)),
    )


def _fit(long: str, short: str) -> str:
    """The end of a run of capitals that the acronym abbreviates: "Friday The World Bank (WB)" gives "World Bank"."""
    words = long.split()
    for first in range(len(words)):
        rest = words[first:]
        if rest[0][0].isupper() and rest[0] != "The" and _spells(rest, short):
            return " ".join(rest)
    return ""


def _spells(words: Sequence[str], short: str) -> bool:
    capitals = "".join(w[0] for w in words if w[0].isupper())
    every = "".join(w[0] for w in words).upper()
    return short.upper() in {capitals.upper(), every}


def _initials(long: str) -> str:
    return "".join(w[0] for w in long.split() if w[0].isupper())


def _bare(long: str) -> str:
    return long.removeprefix("The ")


def told_beside(
    lost: Sequence[Sign], claim: Sequence[Sign], sentence: Sequence[Sign], before: Sequence[str], article: str
) -> frozenset[int]:
    """The places of lost signs that a pronoun of the sentence stands for, or that complete a name of it."""
    names = _completed(lost, claim, article) | {s.place for s in lost if s.form == ONE}
    left = [s for s in lost if s.place not in names]
    return names | (_resolved(left, claim, sentence, before) if left else frozenset())


def has_room(place: int, sentence: Sequence[Sign], found: Alignment) -> bool:
    """Whether the sentence has nothing but a pronoun, a generic noun or free words where the claim has this sign."""
    low = max((b for a, b in found.pairs if a < place), default=-1)
    high = min((b for a, b in found.pairs if a > place and b > low), default=-1)
    high = _clause_end(low + 1, sentence) if high < 0 else high
    return not any(s.bears and s.form not in _GENERIC_ROOTS for s in sentence[low + 1 : high] if s.kind != "weekday")


def _clause_end(place: int, sentence: Sequence[Sign]) -> int:
    """One past the last sign of the clause that begins at a place or after it."""
    if place >= len(sentence):
        return len(sentence)
    return max(s.place for s in sentence if s.clause == sentence[place].clause) + 1


def _completed(lost: Sequence[Sign], claim: Sequence[Sign], article: str) -> frozenset[int]:
    """Capitalised words beside a word that was found, where the article has the two side by side."""
    places = {s.place for s in lost}
    done: set[int] = set()
    words = article.casefold()
    for sign in lost:
        if not sign.capital or any(s.form == sign.form for s in claim if s.place not in places):
            continue
        for other in (sign.place + 1, sign.place - 1):
            if 0 <= other < len(claim) and other not in places - done and claim[other].capital and claim[other].bears:
                a, b = sorted((claim[other], sign), key=lambda s: s.place)
                if re.search(rf"\b{re.escape(a.word)} {re.escape(b.word)}\b", words):
                    done.add(sign.place)
    return frozenset(done)


def _resolved(
    lost: Sequence[Sign], claim: Sequence[Sign], sentence: Sequence[Sign], before: Sequence[str]
) -> frozenset[int]:
    """All of the lost signs, if they are one noun phrase that the only fitting pronoun can stand for; else none."""
    if not before or lost[-1].place - lost[0].place > 8 or any(s.kind not in {"content", "figure"} for s in lost):
        return frozenset()
    pronouns = {s.word for s in sentence} & (PERSONAL | THINGS)
    generic = any(s.word == "the" and sentence[n + 1].form in _GENERIC_ROOTS for n, s in enumerate(sentence[:-1]))
    if not pronouns and not generic:
        return frozenset()
    wanted = {s.form for s in lost}
    for text in reversed(before[-2:]):
        signs = read(text)
        people = _people(signs)
        if pronouns & PERSONAL and people:
            only = len(people) == 1 or _leads(people, wanted)
            return frozenset(s.place for s in lost) if only and wanted <= people[0] else frozenset()
        subject = {s.form for s in [s for s in signs if s.bears][:6]}
        if not pronouns <= PERSONAL or generic:
            if wanted <= subject and (lost[0].capital or claim[lost[0].place - 1].word == "the" or lost[0].place < 3):
                return frozenset(s.place for s in lost)
        if pronouns & THINGS and _introduced(wanted, signs) and claim[lost[0].place - 1].word == "the":
            return frozenset(s.place for s in lost)
        if not {s.word for s in signs[:2]} & (PERSONAL | THINGS | {"the"}):
            break
    return frozenset()


def _introduced(wanted: set[str], signs: Sequence[Sign]) -> bool:
    """Whether a sentence brings the noun in: "a model", "a new model"."""
    for n, sign in enumerate(signs):
        if wanted == {sign.form} and {s.word for s in signs[max(0, n - 2) : n]} & {"a", "an"}:
            return True
    return False


def _leads(people: Sequence[set[str]], wanted: frozenset[str] | set[str]) -> bool:
    """Whether the name is the first person's and no other's."""
    return wanted <= people[0] and not any(wanted & other for other in people[1:])


def _people(signs: Sequence[Sign]) -> list[set[str]]:
    """Runs of two or more capitalised words, first in order."""
    runs: list[set[str]] = []
    run: list[Sign] = []
    for sign in [*signs, None]:
        if sign is not None and sign.capital and sign.bears and (not run or sign.place == run[-1].place + 1):
            run.append(sign)
            continue
        if len(run) > 1:
            runs.append({s.form for s in run})
        run = [sign] if sign is not None and sign.capital and sign.bears else []
    return runs
