"""Which lines and sentences of an article are prose: captions, credits, menus and tables are told apart from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.domain.article import Article
from pipeline.stages.draft.language.verbs import finite
from pipeline.stages.draft.texts.sentences import QUOTES, SURE, of_line

HEADING_WORDS = 14
"""A line of fewer words without a stop at its end is a heading, a caption or a credit."""
BULLET = re.compile(r"^(?:(?:[-*\u2022\u00b7\u25aa\u25cf>#]+|\d{1,2}[.)]) +|\*(?=[A-Z][^*]*$))")
MARK = re.compile(r"(?:[*_]+|[\u2013\u2014]) (?=[A-Z])")
"""What is left of a heading in the same line, or of a bullet: "*Costs.* The port pays"."""
ASKED = re.compile(r"\b(?:principles|recommendations|demands|commitments)\b", re.I)
"""A heading over what is asked or promised: its items tell of nothing that is so."""
ITEM = re.compile(r"(?<!&nbsp);(?: and| or)?\s*$")
"""What ends so goes on in the next line."""
ENDS = re.compile(r"[.!?][\"\u201d'\u2019)\]]*$")
OPENERS = re.compile(
    r"^(?:(?:photo|image|picture|illustration|video)(?:s?:|graph by\b| (?:by|credit|courtesy|via|shows?)\b)|captions?:|credits?:|file (?:photo|image|picture)\b|file -|"
    r"in this (?:photo|picture|image|file)\b|(?:watch|listen)(?::| now\b| live\b| to (?:the|our|this)\b)|read (?:more|also|next)\b|"
    r"see also\b|related(?::| (?:stories|articles?|coverage|topics?|content|reading|news)\b)|more on\b|also read\b|subscribe\b|sign up\b|follow us\b|click\b|"
    r"share (?:this|on)\b|advertisements?\W*$|sponsored (?:by|content)\b|\u00a9|copyright (?:\u00a9|\(c\)|\d{4})|all rights reserved|"
    r"\(?reporting by|\(?editing by|\(?additional reporting|\(?writing by|"
    r"this (?:story|article|post|piece|report) (?:was|has been|is|originally|first)|correction(?::| \()|editor'?s'? note|"
    r"notes? to editors?|got a tip|contact(?::| us\b| (?:the|our) (?:author|reporter|writer|newsroom))|join (?:us|our)|updated?:|published(?::| \d)|last updated|"
    r"(?:disclosure|disclaimer)s?:|with files from|the associated press contributed|sources?:|tags?:|topics?:|filed under|most read\b|trending\b|"
    r"you can (?:follow|read|find|watch)|for more (?:on|information|news|stories|details|about|from)\b|newsletters?\b|get (?:our|the) |continue reading|skip to|loading\b|"
    r"about the author|posted (?:on|by|in)|(?-i:(?:By|BY) [A-Z][\w.'-]+(?: [A-Z][\w.'-]*){1,2}(?:,| and | \||$)))",
    re.I,
)
TELLER = re.compile(
    r"^\W*(?:About (?:the )?[A-Z][\w .&'-]{1,60}|(?:Media |Press )?(?:Contacts?|Enquiries|Inquiries))\W*$"
)
"""The heading under which a press office tells who it is; nothing of the story comes behind it."""
LATE = 0.5
CREDITED = re.compile(
    r"[.!?] \((?:Photo|Image|Credit|File|Source|AP|AFP|Reuters|[A-Z][\w.'-]*)[^()]{0,80}\)\.?$|\((?:Photo|Image|Credit|Source)\b[^()]*\)$"
)
"""A line that ends with a photographer or an agency in brackets is a caption."""
INSIDE = re.compile(
    r"\|| \u00bb |https?://|www\.|\S+@\S+\.\w|[{}<>\\]|\b(?:(?:uses?|accept|our|your|enable) cookies?|javascript|(?:our|your) (?:terms of (?:use|service)|"
    r"privacy policy)|getty ?images\w*|nurphoto\w*|\(?AP photo|via AP|shutterstock|affiliate|unsubscribe)\b",
    re.I,
)

AHEAD = re.compile(r"(?P<phrase>[^:\"\u201c;]{12,120}(?<!said)(?<!says)): (?=(?:on|in|the|an?|at|by|for) )")
"""What a writer puts ahead of the news: "Two days and one night: on Friday the port opened"."""
HALVES = re.compile(r"; ")
LINKED = re.compile(r"(?:and|but|or|nor|yet|so|which|who|whose|while|whereas|otherwise|then|instead)\b")
"""What leans on the other half."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of prose where it stands: offsets in code points, its line, its place among the article's."""

    start: int
    end: int
    raw: str
    line: int
    place: int


def prose(article: Article, dropped: Counter[str]) -> list[Sentence]:
    """The article's sentences in order; what is left out is counted in `dropped` by its reason."""
    found: list[Sentence] = []
    for line, (at, text) in enumerate(_lines(article.text, dropped)):
        if not found and text.rstrip()[-1:].isalnum() and not SURE.search(text):
            dropped["standfirst"] += 1  # what opens an article is the sentence behind it
            continue
        for start, end in _clauses(text):
            if mark := MARK.match(text, start, end):
                start = mark.end()
            raw = text[start:end]
            stopped = raw if ENDS.search(raw) or not text[end:].startswith(";") else f"{raw}."
            if INSIDE.search(raw):
                dropped["markup or service text"] += 1
                continue
            found.append(Sentence(start=at + start, end=at + end, raw=stopped, line=line, place=len(found)))
    return found


def _clauses(line: str) -> Iterator[tuple[int, int]]:
    """The sentences of a line; one with a semicolon between two whole clauses is two, and a phrase and a colon ahead of one are left out."""
    for start, end in of_line(line):
        if (
            (ahead := AHEAD.match(line[start:end]))
            and not finite(f"{ahead['phrase']}.")
            and _clause(line[start + ahead.end() : end])
        ):
            start += ahead.end()
        cut = HALVES.search(line, start, end)
        halves = (line[start : cut.start()], line[cut.end() : end]) if cut else ()
        if cut and all(_clause(half) for half in halves):
            yield start, cut.start()
            yield cut.end(), end
        else:
            yield start, end


def _clause(half: str) -> bool:
    """Whether what stands on one side of a semicolon is a sentence of its own."""
    paired = len(QUOTES.findall(half)) % 2 == 0 and half.count("(") == half.count(")") and ";" not in half
    return paired and LINKED.match(half) is None and finite(f"{half[:1].upper()}{half[1:].rstrip('.')}.")


def _lines(text: str, dropped: Counter[str]) -> Iterator[tuple[int, str]]:
    """Each line of prose with its offset, without bullet and blanks, to a press office's "About us"; items that a "will:" opens say nothing alone."""
    listing = asked = False
    going_on: bool | None = None  # whether the item above has a bullet, if it ends so that another follows
    for match in re.finditer(r"[^\n]+", text):
        line, at = match.group(), match.start()
        if at > len(text) * LATE and TELLER.match(line):
            dropped["about its teller"] += 1
            return
        bullet = BULLET.match(line)
        begun, going_on = going_on is (bullet is not None), (bullet is not None) if ITEM.search(line) else None
        asked = asked and bullet is not None if ENDS.search(line.rstrip()) else ASKED.search(line) is not None
        if begun or (asked and bullet) or (listing and (bullet or going_on is not None or line[0].islower())):
            dropped["item of a list"] += 1
            continue
        if bullet:
            line, at = line[bullet.end() :], at + bullet.end()
        listing = not bullet and line.rstrip().endswith(":")
        if reason := not_prose(line.strip()):
            dropped[reason] += 1
        else:
            yield at, line


def not_prose(line: str) -> str:
    """Why a line is no prose, or nothing.

    >>> not_prose("Photo: the minister in Oslo"), not_prose("Hostage swap"), not_prose("Talks ended in Oslo.")
    ('service line', 'heading', '')
    """
    if not line:
        return "empty"
    if OPENERS.match(line):
        return "service line"
    if not ENDS.search(line) and len(line.split()) < HEADING_WORDS:
        return "heading"
    if CREDITED.search(line):
        return "caption"
    if line.startswith("(") and line.endswith(")"):
        return "note in brackets"
    return ""
