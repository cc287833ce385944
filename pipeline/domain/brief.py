"""Briefs: statements with their evidence, one pull quote, numbered sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.domain.article import Article
from pipeline.domain.citation import cite
from pipeline.errors import CitationError


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The span of a stored article that supports a statement; offsets count code points, end is exclusive."""

    source: int
    article_id: str
    start: int
    end: int
    sha256: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence without its marks, the body paragraph (from 1; 0 is the closing) and its evidence."""

    text: str
    paragraph: int
    role: str
    evidence: tuple[Evidence, ...] = ()
    new: bool = False
    """Not in the revision before."""
    edited: str = ""
    """The analyst whose wording this is; no later revision changes it."""

    @property
    def sources(self) -> tuple[int, ...]:
        return tuple(sorted({e.source for e in self.evidence}))

    @property
    def rendered(self) -> str:
        return cite(self.text, self.sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Direct speech found verbatim in a stored article; `text` stands without its marks."""

    text: str
    article_id: str
    start: int
    end: int
    speaker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A numbered source; members of one `group` are copies of one wire story and count once.

    `longest_run` is the most words in a row that the brief's text shares with it.
    """

    n: int
    title: str
    outlet: str
    url: str
    published: datetime | None
    retrieved: datetime | None
    sha256: str
    group: int
    article_id: str = ""
    longest_run: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A cited draft about one story. Raises CitationError when marks and sources disagree."""

    story: str
    topics: tuple[str, ...]
    title: str
    statements: tuple[Statement, ...]
    quote: Quote | None
    sources: tuple[Source, ...]
    short: bool = False
    short_why: str = ""
    quote_why: str = ""
    withheld: tuple[str, ...] = ()
    revision: int = 1
    writer: str = "extractive"
    closing: str = "written"
    """"analyst" where the closing only restates what is cited, and an analysis is still an analyst's to write."""

    def __post_init__(self) -> None:
        marks = sorted({n for s in self.statements for n in s.sources})
        listed = [s.n for s in self.sources]
        if marks != listed:
            raise CitationError(f"brief {self.story}: cited {marks}, listed {listed}")

    @property
    def article_ids(self) -> frozenset[str]:
        """The articles that are cited, as far as they are stored ones."""
        cited = {e.article_id for s in self.statements for e in s.evidence} | {s.article_id for s in self.sources}
        return frozenset(cited - {""})

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Body paragraphs, then the pull quote if there is one, then the closing."""
        numbers = sorted({s.paragraph for s in self.statements if s.paragraph})
        body = [" ".join(s.rendered for s in self.statements if s.paragraph == n) for n in numbers]
        closing = " ".join(s.rendered for s in self.statements if s.paragraph == 0)
        quote = (
            [f"\N{LEFT DOUBLE QUOTATION MARK}{self.quote.text}\N{RIGHT DOUBLE QUOTATION MARK}"] if self.quote else []
        )
        return (*body, *quote, closing)

    @property
    def text(self) -> str:
        """Exactly the house format: one paragraph a line, one line feed at the end."""
        return "\n".join(self.paragraphs) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoBrief:
    """A story that gets no brief, and why."""

    story: str
    topics: tuple[str, ...]
    reason: str


def gone_sources(brief: Brief, articles: Sequence[Article]) -> tuple[int, ...]:
    """The numbers of the sources whose article is stored no more."""
    held = {a.id for a in articles}
    return tuple(s.n for s in brief.sources if s.article_id and s.article_id not in held)


def changed_sources(brief: Brief, articles: Sequence[Article]) -> tuple[int, ...]:
    """The numbers of the sources whose article has another text now than the one that the brief cites."""
    now = {a.id: a.sha256 for a in articles}
    return tuple(s.n for s in brief.sources if now.get(s.article_id, s.sha256) != s.sha256)
