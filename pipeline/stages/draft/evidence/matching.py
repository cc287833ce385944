"""Does another source tell the same? Strict on purpose: a false second citation is worse than a missing one."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from pipeline.stages.draft.language.content import amounts, bag, content, counts
from pipeline.stages.draft.language.verbs import AUXILIARY, PARTICIPIAL, certain
from pipeline.stages.draft.language.words import CAPITAL, FREE, fold, names, negations, stem
from pipeline.stages.draft.texts.windows import Window

SOFT = frozenset(
    stem(w)
    for w in (
        "new major key own joint own first-of-its-kind several various large big total overall late end roughly about "
        "around nearly almost official officials formal formally public publicly latest ambitious last called known set "
        "special due current existing further wide broad entire whole three-year four-year worldwide vote votes text"
    ).split()
)
MUST = bag("unanimously first only largest biggest sole illegal binding final")
"""Words that may not be the one left untold."""
PAST = re.compile(
    r"\b(?:\w{3,}ed|met|held|made|gave|took|set|won|told|began|put|led|wrote|chose|built|spent|paid|sent)\b"
)
SAYING = re.compile(
    r"\b(?:said|says|told|warned|argued|added|noted|according to|claims?|claimed|believes?|pointed out|criticised|criticized)\b"
)
OFFICIAL = re.compile(
    r"\b(?:statement|minist\w+|officials?|governments?|report|document|declaration|text|guidelines|treaty|resolution|agency|commission|department|spokes\w+|hosts?|organi[sz]ers?)\b",
    re.I,
)
MAYBE = re.compile(
    r"\b(?:may|lets?|allow(?:s|ed|ing)?|permit(?:s|ted)?|might|could|propos\w+|consider\w*|unless|likely|if|possibly|perhaps|should)\b"
)
AHEAD = re.compile(
    r"\b(?:will|would|plans?|planned|set to|due|expect\w*|to be|aims?|intends?|hopes?|about to|scheduled|wants?|was to|were to)\b"
)
LONG_NAME = re.compile(r"(?<!^)(?<![.] )[A-Z][\w-]*(?: (?:of |for |and |on |the )?[A-Z][\w-]*){2,}")
OF_PLACE = re.compile(r" (?:of|in|for) [A-Z]\w+$")
PLAIN = 0.65
"""Words that two sources must share as they are written: beyond that, likeness of meaning is a guess."""
PLAIN_WORD = re.compile(r"[a-z]{2,}|\d[\d.]*\d|\d")
BEGINNING = 5
LIMIT = re.compile(
    r"(?<!not )\b(?:[Oo]nly|[Jj]ust|[Ss]ole(?:ly)?|[Aa]lone|[Ee]xclusively|[Mm]erely|no (?:other|more)|nothing (?:but|else))\b"
)
"""What keeps a statement to one thing, or to no more."""
LEAST = 3
"""Content words that a claim must have before another source can be said to tell it."""


def unsupported(claim: str, window: Window) -> str:
    """Why the window is no second citation for the claim, or "".

    >>> window = Window(start=0, end=0, text="Oslo will give 40 million euros to the open plan.", near="")
    >>> unsupported("Oslo will pay 40 million euros to the open plan.", window)
    ''
    >>> unsupported("Oslo will pay 50 million euros to the open plan.", window)
    'figures'
    >>> unsupported("Only Oslo will give 40 million euros to the open plan.", window)
    'limit'
    """
    wanted = bag(claim)
    if len(wanted) < LEAST:
        return "too short"
    if LIMIT.search(claim) and not LIMIT.search(window.text):
        return "limit"
    if counts(claim) - counts(window.text):
        return "figures"
    have = bag(window.text)
    if _names(claim) - have - bag(window.near):
        return "names"
    if _long_names(claim) - _long_names(f"{window.near} {window.text}") and not _runs_in(claim, window):
        return "names"
    untold = [s for s in dict.fromkeys(content(claim)) if s not in have and s not in SOFT]
    if len(untold) > (0 if len(wanted) < 6 else 1 if len(wanted) < 13 else 2):
        return "untold: " + ", ".join(untold)
    if untold and (_verb(claim) | MUST | _predicate(claim)) & set(untold):
        return "verb" if _verb(claim) & set(untold) else "untold: " + ", ".join(untold)
    if plain_share(claim, window.text) < PLAIN:
        return "wording"
    return _turned(claim, window.text)


def plain_share(claim: str, text: str) -> float:
    """The share of a claim's words that stand in a text by their first letters, 0 to 1.

    >>> plain_share("Oslo pays for the plan.", "The plan is Oslo's.")
    0.6666666666666666
    """
    wanted = {w[:BEGINNING] for w in PLAIN_WORD.findall(fold(claim).lower()) if w not in FREE}
    have = {w[:BEGINNING] for w in PLAIN_WORD.findall(fold(text).lower())}
    return len(wanted & have) / max(1, len(wanted))


def _long_names(text: str) -> frozenset[str]:
    """Names of three words and more, as they stand, without the place at their end: the Port Trust of Lund."""
    return frozenset(OF_PLACE.sub("", name) for name in LONG_NAME.findall(fold(text)))


def _runs_in(claim: str, window: Window) -> bool:
    """Whether each long name of the claim stands in one piece in the window or beside it."""
    there = fold(f"{window.near} {window.text}").lower()
    return all(name.lower() in there for name in _long_names(claim))


COMING_TO = frozenset("expected due set scheduled planned estimated likely".split())
"""Between "is" and "to" they tell the time of the verb behind."""
MODAL = frozenset("will would can could may might must should".split())


@lru_cache(maxsize=30_000)
def _verb(claim: str) -> frozenset[str]:
    """The claim's first finite verb, as its bag has it: the one word that no source may leave untold.

    >>> sorted(_verb("A man has denied arson.")), sorted(_verb("Nine cranes are to be installed in May."))
    (['den'], ['install'])
    """
    words = claim.split()
    for i, word in enumerate(words[1:], 1):
        plain = word.strip("\"',.;:").lower()
        if plain in COMING_TO and words[i + 1 : i + 2] == ["to"] and i + 2 < len(words):
            return bag(words[i + 2].strip(".,"))
        if words[i - 1].lower() in MODAL and plain not in {"not", "be", "have"} and not plain.endswith("ly"):
            return bag(plain)
        done = words[i - 1].lower() in {"be", "been"} and PARTICIPIAL.match(plain)
        if plain not in AUXILIARY and (done or certain(plain, words[i - 1].lower())):
            return bag(plain)
    return frozenset()


def _predicate(claim: str) -> frozenset[str]:
    """What a claim says somebody is, where that is all that it says: "... is in favor".

    >>> sorted(_predicate("Reyes of the port is in favor.")), sorted(_predicate("The port is run by a board of nine mayors."))
    (['favor'], [])
    """
    said = None if _verb(claim) else IS.search(claim)
    words = bag(said[1]) if said else frozenset()
    return words if len(words) <= BRIEF else frozenset()


IS = re.compile(r"\b(?:is|are|was|were|remains?) ([^,]*)\.$")
BRIEF = 2
"""Words of a predicate of which none may be left untold."""


def _turned(claim: str, text: str) -> str:
    """Negation, attribution, certainty and time must agree, in the part of the window that tells the claim."""
    part = covering(claim, text)
    if (negations(claim) == 0) != (negations(part) == 0):
        return "negation"
    spoken, heard = SAYING.search(claim), SAYING.search(text)
    if spoken and not heard:
        return "attribution"
    if heard and not spoken and not OFFICIAL.search(text):
        return "attribution"
    if MAYBE.search(part) and not MAYBE.search(claim) and not AHEAD.search(claim):
        return "certainty"
    if {_time(claim), _time(part)} == {"past", "ahead"} and not _done(claim, part):
        return "time"
    return "order" if _in_order(claim, part) < 0.5 else ""


def _done(claim: str, part: str) -> bool:
    """Whether the claim's verb is in the past there, too, though something else in it is still to come.

    >>> _done("The two signed a pact.", "The two signed a pact that says how they will work.")
    True
    >>> _done("The two signed a pact.", "The two will have a pact signed.")
    False
    """
    words = [w.strip(",.;:").lower() for w in part.split()]
    found = [i for i, w in enumerate(words) if _verb(claim) & bag(w) and PAST.fullmatch(w)]
    return _time(claim) == "past" and any(not COMING & set(words[max(0, i - 4) : i]) for i in found)


COMING = frozenset("will would to may might could can should must plans planned due expected set about be not".split())


def _time(text: str) -> str:
    if AHEAD.search(text):
        return "ahead"
    return "past" if PAST.search(text) else ""


@lru_cache(maxsize=10_000)
def covering(claim: str, text: str) -> str:
    """The shortest stretch of the text that has every content word of the claim that the text has.

    >>> covering("Ana Reyes wrote the plan.", "It does not matter, said Ana Reyes, who wrote the plan in May.")
    'Ana Reyes, who wrote the plan'
    """
    words = fold(amounts(text)).split()
    marks = [bag(w) & bag(claim) for w in words]
    wanted = frozenset().union(*marks) if marks else frozenset()
    best, start, held = (0, len(words)), 0, Counter[str]()
    for end, mark in enumerate(marks):
        held.update(mark)
        while wanted and all(held[w] for w in wanted):
            if end + 1 - start < best[1] - best[0]:
                best = (start, end + 1)
            held.subtract(marks[start])
            start += 1
    return " ".join(words[best[0] : best[1]])


def _in_order(claim: str, text: str) -> float:
    """The share of the common words that stand in the same order."""
    common = bag(claim) & bag(text)
    mine = [w for w in dict.fromkeys(content(claim)) if w in common]
    theirs = [w for w in dict.fromkeys(content(text)) if w in common]
    row = [0] * (len(theirs) + 1)
    for a in mine:
        previous = 0
        for j, b in enumerate(theirs, 1):
            previous, row[j] = row[j], previous + 1 if a == b else max(row[j], row[j - 1])
    return row[-1] / max(1, len(mine))


@lru_cache(maxsize=30_000)
def _names(claim: str) -> frozenset[str]:
    """The names of a claim as they stand in its bag."""
    known = names(amounts(claim))
    found = re.findall(rf"\b[{CAPITAL}][\w\u00c0-\u024f]*", fold(amounts(claim)).replace("-", " "))
    return frozenset(c for w in found if stem(w.lower()) in known for c in bag(w))
