"""Sentences of an article with exact offsets, and the light edits that turn them into a brief's statements."""

from __future__ import annotations

import re
from functools import lru_cache

import pysbd

from pipeline.domain.text import clean

QUOTES = re.compile(r"[\"\u201c\u201d]")
ENDS = re.compile(r"[.!?][\"\u201d')\]]*$")
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
DATELINE = re.compile(
    r"^(?:[A-Z][A-Z'. -]{2,30}(?:, [\w. ]{2,25})?"
    r"(?: \((?:AP|Reuters|AFP|Xinhua|dpa|[A-Z]\w{1,20})\))? ?(?:--|[\u2013\u2014-]) "
    r"|[A-Z][\w. ]{2,25} \((?:AP|Reuters|AFP|Xinhua|dpa)\) ?(?:--|[\u2013\u2014-]) ?)"
)
CONNECTIVE = re.compile(
    r"^(?:However|Meanwhile|Moreover|Furthermore|Additionally|Nevertheless|Still|Instead|For example|In addition|"
    r"On the other hand|At the same time|But|And|Yet|So|Also|Then)(?:, | (?=[A-Z]))"
)
EDITS = (
    (re.compile(r"[\u2018\u2019]"), "'"),
    (re.compile(rf"\b(?:on |On )?{WEEKDAY}, (?={MONTH} \d)"), lambda m: "on " if m.group()[:2] == "on" else ""),
    (re.compile(rf" on {WEEKDAY}\b(?! (?:morning|evening|night|afternoon))"), ""),
    (re.compile(r"\bsays\b(?!,? \")"), "said"),
    (re.compile(r"(?<=\w) also (?=\w)"), " "),
    (re.compile(r",? for example,"), ""),
    (re.compile(r", too(?=[.,])"), ""),
    (re.compile(r" instead\.$"), "."),
    (re.compile(r"(?<=[a-z]) instead (?=[a-z]+(?:s|ed)\b)"), " "),
    (re.compile(r"(?<=[a-z]) then (?=[a-z]+ed\b|show\b|held\b)|(?<=[A-Z]) then (?=held\b)"), " "),
    (re.compile(r"\s+"), " "),
)
PARTICIPLE = re.compile(r", (?!including|according|during|following|being|nothing|something)[a-z]+ing\b[^,;:]*\.$")
TAILS = (
    re.compile(r", (?:and|but) (?:it|he|she|they) [^,]*\.$"),
    re.compile(r", which [^,]*\.$"),
    re.compile(r", while [^,]*\.$"),
    re.compile(r", including [^.]*\.$"),
    PARTICIPLE,
)
ATTRIBUTION = re.compile(r"\b(?:said|says|according|told|warned|argued|added|if|unless|provided)\b")


@lru_cache(maxsize=8)
def _segmenter(language: str) -> pysbd.Segmenter:
    return pysbd.Segmenter(language=language, clean=False)


@lru_cache(maxsize=2_000)
def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of every sentence, in code points; a line break always ends a sentence.

    >>> text = "The U.S. report is out.  It has two parts.\\nA heading"
    >>> [text[a:b] for a, b in spans(text)]
    ['The U.S. report is out.', 'It has two parts.', 'A heading']
    """
    found: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        found += [(line.start() + a, line.start() + b) for a, b in of_line(line.group())]
    return tuple(found)


def of_line(line: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = 0
    for piece in _segmenter("en").segment(line):
        start = line.find(piece.strip(), at)
        if start < 0 or not piece.strip():
            continue
        end = at = start + len(piece.strip())
        if found and len(QUOTES.findall(line[found[-1][0] : found[-1][1]])) % 2:
            start = found.pop()[0]  # the splitter cut inside a quotation
        found.append((start, end))
    return found


def edited(raw: str) -> str:
    """A sentence without dateline, weekday and opening connective, in reported tense and straight apostrophes.

    >>> edited("PARIS (Reuters) - However, the bank says on Monday it paid.")
    'The bank said it paid.'
    """
    text = CONNECTIVE.sub("", DATELINE.sub("", clean(raw).strip()))
    for pattern, plain in EDITS:
        text = pattern.sub(plain, text)
    text = CONNECTIVE.sub("", text.strip())
    return text[:1].upper() + text[1:]


def shortened(text: str, limit: int) -> str:
    """The sentence with clauses cut from its end until it has at most `limit` words, or as it was.

    >>> shortened("The office opened a fund on May 2, 2024, opening a round of grants.", 9)
    'The office opened a fund on May 2, 2024.'
    """
    short = text
    while len(short.split()) > limit:
        cut = next((c for c in (_cut(short, tail) for tail in TAILS) if c), None)
        if cut is None:
            return text
        short = cut
    return short


def _cut(text: str, tail: re.Pattern[str]) -> str | None:
    found = tail.search(text)
    if found is None or ATTRIBUTION.search(found.group()) or len(text[: found.start()].split()) < 8:
        return None
    return text[: found.start()] + "."
