"""Sentences of a text with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import pysbd
from pysbd.lang.english import English

JOINED = frozenset(",;\u2013\u2014-abcdefghijklmnopqrstuvwxyz")
INNER = re.compile(r"[.!?\u2026](?!\W*$)")
"""A stop that is not the line's last."""
TITLE = re.compile(
    r"\b(?:Hon|Rt|Prof|Assoc|Dr|Sen|Rep|Gov|Gen|Lt|Col|Capt|Mr|Mrs|Ms|St|Fr|Rev|Ing|Dipl|Amb|Supt|Smt|Shri|Adv)\.$"
)
"""A title, behind which a name goes on."""
SURE = re.compile(r"(?<=[ ,-])(?P<last>[a-z]{3,})\. (?=[A-Z])")
"""A stop behind a word in small letters: a sentence ends here, unless the word is an abbreviation"""
ABBREVIATIONS = frozenset(each.strip() for each in English.Abbreviation.ABBREVIATIONS)
PAIRS = ('""', "\u201c\u201d", "()", "[]")
"""or stands between these."""
SINGLE = re.compile(r"(?:^|[\s(:])['\u2018\u00ab]")
"""Where a mark opens that may also be an apostrophe, or one of another country, the splitter sees the whole line."""
PLAIN = re.compile(r"(?:[\w ,:$%&/\"\u2018-\u201d\u2013\u2014\u20ac\u00a3'-]|(?<=\d)\.(?=\d))+\. ?")
"""One sentence, with no sign in it that the splitter could cut at."""
QUOTES = re.compile(r"[\"\u201c\u201d]")


@lru_cache(maxsize=8)
def _segmenter(language: str) -> pysbd.Segmenter:
    return pysbd.Segmenter(language=language, clean=False)


def pieces(line: str) -> list[str]:
    """The splitter's sentences, where it is needed; without its own search for their places, a third of its time."""
    if not INNER.search(line):
        return [line]
    pieces: list[str] = []
    for part in _parts(line):
        pieces += [part] if PLAIN.fullmatch(part) else _segmenter("en").processor(part).process()
    return pieces


def _parts(line: str) -> Iterator[str]:
    """A line cut where a sentence surely ends: the splitter takes some hundred times as long."""
    start = 0
    for stop in SURE.finditer(line) if SINGLE.search(line) is None else ():
        part = line[start : stop.end()]
        if stop["last"] not in ABBREVIATIONS and all(_balanced(part, *pair) for pair in PAIRS):
            yield part
            start = stop.end()
    yield line[start:]


def _balanced(part: str, opening: str, closing: str) -> bool:
    return part.count(opening) % 2 == 0 if opening == closing else part.count(opening) == part.count(closing)


@lru_cache(maxsize=20_000)
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


@lru_cache(maxsize=20_000)
def of_line(line: str) -> tuple[tuple[int, int], ...]:
    """The same for one line."""
    found: list[tuple[int, int]] = []
    at = 0
    for piece in pieces(line):
        start = line.find(piece.strip(), at)
        if start < 0 or not piece.strip():
            continue
        end = at = start + len(piece.strip())
        if found and piece.lstrip()[:1] in JOINED:
            start = found.pop()[0]  # the splitter cut behind an abbreviation
        elif found and TITLE.search(line[found[-1][0] : found[-1][1]]):
            start = found.pop()[0]
        elif found and len(QUOTES.findall(line[found[-1][0] : found[-1][1]])) % 2:
            start = found.pop()[0]  # the splitter cut inside a quotation
        found.append((start, end))
    return tuple(found)
