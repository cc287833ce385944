"""Editions: one local day's briefs for one list of readers, and what is said beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.domain.brief import Brief, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderList:
    """Readers who get one digest: their zone (IANA name), local hour, topics and languages (empty: all).

    `approved` lists get a brief once an analyst has approved that revision. `unsubscribe` is a web address that
    takes one-click requests, with `{recipient}` in it; empty: by mail alone.
    """

    id: str
    title: str
    recipients: tuple[str, ...] = ()
    zone: str = "UTC"
    hour: int = 7
    topics: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    sender: str = "Policywire <policywire@localhost>"
    approved: bool = False
    unsubscribe: str = ""


class Section(StrEnum):
    """Where a brief stands in the digest, in this order."""

    NEW = "New"
    DEVELOPING = "Developing"
    CORRECTED = "Corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a story was flagged: the topic's label, the highest probability, the terms and the sentence behind it."""

    label: str
    probability: float
    terms: tuple[str, ...]
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A brief as readers of one list get it.

    `before` is what they had last of the story, and of those that were merged into it, those first; none of a new one.
    """

    brief: Brief
    before: tuple[Brief, ...] = ()
    reasons: tuple[Reason, ...] = ()
    countries: tuple[str, ...] = ()

    @property
    def section(self) -> Section:
        """Corrected when the text of a source that readers were shown has changed since."""
        if not self.before:
            return Section.NEW
        had = {s.article_id: s.sha256 for brief in self.before for s in brief.sources}
        changed = any(had.get(s.article_id, s.sha256) != s.sha256 for s in self.brief.sources)
        return Section.CORRECTED if changed else Section.DEVELOPING

    @property
    def news(self) -> tuple[Statement, ...]:
        """The statements that readers have not had yet; none for a new story, where all of them are."""
        if not self.before:
            return ()
        had = {s.text for brief in self.before for s in brief.statements}
        return tuple(s for s in self.brief.statements if s.text not in had)

    @property
    def new_outlets(self) -> tuple[str, ...]:
        """The outlets that tell the story since the last edition."""
        if not self.before:
            return ()
        had = {s.article_id for brief in self.before for s in brief.sources}
        return tuple(dict.fromkeys(s.outlet for s in self.brief.sources if s.article_id not in had))


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What the digest's last line says of the day's work; `withheld` are flagged stories without a brief.

    `feeds` are those that should be read. Of them some were tried since the last edition, and some of these read;
    failing and silent are those that are so as far as is known.
    """

    feeds: int = 0
    feeds_tried: int = 0
    feeds_read: int = 0
    feeds_failing: int = 0
    feeds_silent: int = 0
    articles: int = 0
    flagged: int = 0
    withheld: int = 0

    @property
    def blind(self) -> bool:
        """Whether there are feeds and none was read, so that no news means nothing."""
        return self.feeds > 0 and not self.feeds_read


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything that one edition says. `per_day` counts flagged stories of four weeks, oldest first.

    `left_out` are titles of briefs that did not fit, and `unlisted` how many more of these there are.
    """

    readers: ReaderList
    day: date
    items: tuple[Item, ...]
    health: Health
    per_day: tuple[tuple[date, int], ...] = ()
    left_out: tuple[str, ...] = ()
    unlisted: int = 0
    archive_url: str = ""

    @property
    def sections(self) -> tuple[tuple[Section, tuple[Item, ...]], ...]:
        """The sections that have items, each with them."""
        found = ((s, tuple(i for i in self.items if i.section is s)) for s in Section)
        return tuple((section, items) for section, items in found if items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The key (day, list) is unique: an edition is rendered once, then only sent.

    `html` is the page for the archive; `eml` the mail without its recipient; `briefs` every revision that it settles.
    `name` is that of its files, without ending.
    """

    day: date
    list_id: str
    title: str
    html: str
    text: str
    eml: bytes
    briefs: tuple[tuple[str, int], ...]
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One mail of an edition, and what became of it.

    `recipient` is the reader's key (`reader_key`); `mailbox` is the address as the configuration has it.
    """

    day: date
    list_id: str
    recipient: str
    state: str
    reason: str = ""
    attempts: int = 0
    mailbox: str = ""
