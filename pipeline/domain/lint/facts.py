"""Figures, dates and proper nouns of a text, folded so that two spellings of one fact are equal."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from pipeline.domain.lint.figures import MONTHS, figures
from pipeline.domain.lint.layout import OPENERS
from pipeline.domain.lint.names import fold_names

WORD = re.compile(r"\w+(?:'\w+)*")
LINKS = frozenset({"of", "and", "for", "the", "on", "in"})
FOLDS = str.maketrans("“”„«»‘’‚–—‑−", '"' * 5 + "'" * 3 + "-" * 4)
SCALED = re.compile(r"\d+(?:[kmb]|mn|bn|tn|st|nd|rd|th)", re.IGNORECASE)
MONTH = re.compile(r"\b(" + "|".join(month[:3] for month in MONTHS) + r")t?\b\.?")
INITIALISM = 3  # letters; two are too often a person's initials


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a text holds: figures, names (case folded), initialisms of its long names, and common words."""

    figures: frozenset[str]
    names: frozenset[str]
    initials: frozenset[str]
    common: frozenset[str]

    def __or__(self, other: Facts) -> Facts:
        """What either of two texts holds."""
        return Facts(
            figures=self.figures | other.figures,
            names=self.names | other.names,
            initials=self.initials | other.initials,
            common=self.common | other.common,
        )


def fold(text: str) -> str:
    """Quotes, dashes and white space folded.

    >>> fold("“It’s  here”")
    '"It\\'s here"'
    """
    return " ".join(text.translate(FOLDS).split())


@lru_cache(maxsize=200)
def facts(text: str) -> Facts:
    """The facts of a source text, with the initialisms of its long names."""
    folded = plain(text)
    tokens = WORD.findall(folded)
    names = {_name(t) for t in tokens if _capital(t)}
    return Facts(
        figures=frozenset(figures(folded)),
        names=frozenset(names),
        initials=frozenset(initials for _, initials in _runs(folded)),
        common=frozenset(_name(t) for t in tokens if not _capital(t)),
    )


def missing(sentence: str, source: Facts) -> list[str]:
    """The figures and names of a sentence that the source lacks, in order.

    >>> missing("The U.S. fined Acme 10 per cent in May.", facts("An American court: Acme pays 10%."))
    ['may']
    """
    folded = plain(sentence)
    absent = [f for f in figures(folded, claimed=True) if f not in source.figures]
    spelled = {_name(w) for run, initials in _runs(folded) if initials in source.names for w in run}
    opening = WORD.search(folded)
    for token in WORD.finditer(folded):
        name = _name(token.group())
        first = opening is not None and token.start() == opening.start()
        if not _capital(token.group()) or name in source.names | source.initials | spelled:
            continue
        # A capital at the opening, or of a word inside a longer name, is no name where the source has it small.
        if (first and (name in OPENERS or _common(name, source))) or (name in source.common and _inside(token, folded)):
            continue
        absent.append(name)
    return list(dict.fromkeys(absent))


def _common(name: str, source: Facts) -> bool:
    """Whether the source has the word in small letters, in one of its forms: "Work" and "working"."""
    begin = name[: max(4, len(name) - 2)]
    return any(word.startswith(begin) for word in source.common)


def _inside(token: re.Match[str], text: str) -> bool:
    """Whether the word stands beside another capitalised one: the "Conference" of "World AI Conference"."""
    before = text[: token.start()].rstrip().rpartition(" ")[2]
    after = text[token.end() :].lstrip()[:1]
    return (before[:1].isupper() and before.lower() not in OPENERS) or after.isupper()


def plain(text: str) -> str:
    """Quotes, dashes, accents, months, ISO dates and names in one spelling.

    >>> plain("On 2025-03-04 the U.K. met Türkiye’s envoy.")
    "On 4 March 2025 the UnitedKingdom met Turkey's envoy."
    """
    bare = fold(text)
    if not bare.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    bare = MONTH.sub(lambda match: next(m for m in MONTHS if m.startswith(match[1])), bare)
    dated = re.sub(r"\b(\d{4})-(0[1-9]|1[0-2])-(\d\d)\b", _spelled_date, bare)
    return fold_names(dated)


def _spelled_date(match: re.Match[str]) -> str:
    return f"{int(match[3])} {MONTHS[int(match[2]) - 1]} {match[1]}"


def _capital(token: str) -> bool:
    return any(map(str.isupper, token)) and not SCALED.fullmatch(token)


def _name(token: str) -> str:
    return token.casefold().removesuffix("'s")


def _runs(text: str) -> list[tuple[list[str], str]]:
    """Runs of capitalized words, small linking words inside, with their initialism (three letters up)."""
    found: list[tuple[list[str], str]] = []
    for stretch in re.findall(r"[A-Z]\w+(?:(?: (?:of|and|for|the|on|in))* [A-Z]\w+)+", text):
        run = [w for w in stretch.split() if w not in LINKS]
        run = run[1:] if run[0].lower() in OPENERS else run
        initials = "".join(w[0] for w in run).casefold()
        if len(initials) >= INITIALISM:
            found.append((run, initials))
    return found
