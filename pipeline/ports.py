"""What the stages need from outside, and what they give back. Adapters implement these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from email.message import EmailMessage
from typing import Protocol

from pipeline.domain.article import Article
from pipeline.domain.brief import Brief, NoBrief
from pipeline.domain.edition import Edition, Health, ReaderList
from pipeline.domain.entry import Entry
from pipeline.domain.feed import Feed, Poll
from pipeline.domain.scope import Scope, Window
from pipeline.domain.state import FAILED, FRESH, State
from pipeline.domain.story import Story
from pipeline.domain.topic import Flag, Judged, Topic, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A page to get. `key` comes back with the reply; `limit` is bytes after decompression."""

    url: str
    key: str = ""
    etag: str = ""
    last_modified: str = ""
    limit: int = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back: an answer, or a failure with its counted state (`error` then says why)."""

    request: Request
    url: str
    status: int = 0
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    state: State = State.OK
    error: str = ""


class Http(Protocol):
    """Get pages politely: checked addresses, bounded size and time. Never raises for one bad page."""

    def get_all(self, requests: Iterable[Request]) -> Iterator[Reply]:
        """Replies as they arrive, in any order; exactly one for each request."""
        ...


class FeedParser(Protocol):
    """Turns a feed's body into entries; raises ParseError when the body is no feed."""

    def parse(self, feed: Feed, reply: Reply) -> tuple[Entry, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What was read from an article page; `state` is ok, thin, not-html or unreadable."""

    state: State
    text: str = ""
    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    reason: str = ""


class PageExtractor(Protocol):
    """Finds the readable text of a page. Never raises for a bad page."""

    def extract(self, body: bytes, url: str, content_type: str = "") -> Page: ...


class Archive(Protocol):
    """Raw bodies by content hash."""

    def put(self, body: bytes) -> str:
        """Store a body; gives its sha256 in hex."""
        ...

    def get(self, sha256: str) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A calibrated probability, the few terms that decided it, strongest first, and the sentence that says most."""

    probability: float
    terms: tuple[str, ...] = ()
    sentence: str = ""


class Classifier(Protocol):
    """Scores texts by topic."""

    @property
    def model_id(self) -> str: ...

    def score(self, items: Sequence[tuple[str, str]]) -> list[dict[str, Score]]:
        """One dict (topic id to score) for each (title, text)."""
        ...


class Mailer(Protocol):
    """Hands a mail over; raises MailError."""

    def send(self, message: EmailMessage, recipient: str) -> None: ...


class Renderer(Protocol):
    """Turns briefs into HTML; everything from outside is escaped."""

    def brief(self, brief: Brief, articles: Sequence[Article], flags: Sequence[Flag] = ()) -> str: ...

    def digest(
        self, readers: ReaderList, day: date, briefs: Sequence[Brief], health: Health, flags: Sequence[Flag] = ()
    ) -> str: ...


class Files(Protocol):
    """The folder in which operators find briefs and digests."""

    def write(self, name: str, data: bytes) -> None:
        """Write `name` (with / between folders) whole or not at all."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingEntry:
    """An entry whose page nobody has read yet."""

    key: str
    link: str
    title: str
    summary: str
    author: str
    feed_url: str
    published: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """What became of an entry's page; `article` only when there is text worth keeping."""

    key: str
    state: State
    reason: str = ""
    body_sha256: str = ""
    article: Article | None = None


class Store(Protocol):
    """The database. Every write is an upsert in batches, so each is safe to repeat."""

    def polls(self, feed_urls: Sequence[str]) -> dict[str, Poll]: ...
    def save_polls(self, polls: Sequence[Poll]) -> None: ...
    def save_feed_bodies(self, bodies: Sequence[tuple[str, str, datetime]]) -> None:
        """Remember archived bodies: (feed url, sha256, fetched at)."""
        ...

    def feed_bodies(self, feed_urls: Sequence[str], window: Window) -> list[tuple[str, str]]:
        """(feed url, sha256) of bodies fetched within the window or up to 7 days after it."""
        ...

    def add_entries(self, entries: Sequence[Entry], now: datetime) -> list[State]:
        """NEW or KNOWN for each; a known one is not written again."""
        ...

    def pending_entries(self, scope: Scope) -> list[PendingEntry]:
        """Entries in state pending, oldest first; with a window, all of the window's."""
        ...

    def page_bodies(self, keys: Sequence[str]) -> dict[str, str]:
        """Entry key to sha256 of the page's archived body, for those that have one."""
        ...

    def save_pages(self, pages: Sequence[ReadEntry]) -> None: ...
    def pending_articles(self, scope: Scope) -> list[Article]:
        """Articles that nobody has flagged yet; with a window, all of the window's."""
        ...

    def save_flags(self, flags: Sequence[Flag]) -> None: ...
    def flags(self, article_ids: Sequence[str]) -> list[Flag]: ...
    def flags_since(self, moment: datetime) -> list[tuple[datetime, Flag]]:
        """(When its article appeared, flag) of the newest model's flags, oldest first."""
        ...

    def save_verdicts(self, verdicts: Sequence[Verdict]) -> int:
        """Append what is new and say how many were; nothing is overwritten."""
        ...

    def judged(self) -> list[Judged]:
        """The newest verdict of each analyst on each flag, with its article, oldest first."""
        ...

    def open_articles(self, window: Window | None) -> list[Article]:
        """Classified articles to be clustered: of the window, or of the days that unplaced ones fall in (+- 14)."""
        ...

    def stories(self, article_ids: Sequence[str]) -> list[Story]:
        """The stories that any of these articles belongs to, whole."""
        ...

    def save_stories(self, stories: Sequence[Story]) -> None:
        """Each article moves to the story that lists it; stories left without members end."""
        ...

    def pending_stories(self, scope: Scope) -> list[Story]:
        """Flagged stories that changed since their last brief; with a window, all with a member in it."""
        ...

    def articles(self, ids: Sequence[str]) -> list[Article]: ...
    def save_briefs(self, briefs: Sequence[Brief | NoBrief], now: datetime) -> list[State]:
        """DRAFTED, REVISED, UNCHANGED or NO_EVIDENCE for each; an equal draft is not written again."""
        ...

    def briefs(self, story: str = "") -> list[Brief]:
        """The newest revision of each story's brief, newest first."""
        ...

    def pending_briefs(self, readers: ReaderList) -> list[Brief]:
        """Newest revisions that stand in no edition of this list yet."""
        ...

    def health(self, since: datetime) -> Health: ...
    def edition(self, day: date, list_id: str) -> Edition | None: ...
    def save_edition(self, edition: Edition, recipients: Sequence[str], now: datetime) -> None:
        """Commit the rendered bytes and one 'prepared' row for each recipient, before anything is sent."""
        ...

    def claim_delivery(self, day: date, list_id: str, recipient: str) -> bool:
        """Move prepared to sending; False when another run has it or it was sent."""
        ...

    def close_delivery(self, day: date, list_id: str, recipient: str, state: State, reason: str) -> None: ...


Tell = Callable[[int, int], None]
"""Hears how many items of a stage run are done, of how many."""


@dataclass(frozen=True, kw_only=True)
class Deps:
    """Everything a stage may use. `classifier` is a call, since loading a model costs seconds."""

    store: Store
    http: Http
    parser: FeedParser
    extractor: PageExtractor
    archive: Archive
    classifier: Callable[[], Classifier]
    mailer: Mailer | None
    renderer: Renderer
    files: Files
    feeds: tuple[Feed, ...]
    topics: tuple[Topic, ...]
    readers: tuple[ReaderList, ...]
    now: Callable[[], datetime]
    min_interval_minutes: int = 15
    tell: Tell = lambda done, total: None


@dataclass(frozen=True, kw_only=True)
class Report:
    """The counts of one stage run; every item ends in exactly one counted state."""

    stage: str
    counts: Mapping[str, int]
    failures: tuple[str, ...] = ()

    @classmethod
    def of(cls, stage: str, states: Iterable[State], failures: Iterable[str] = ()) -> Report:
        counts = Counter(str(s) for s in states)
        return cls(stage=stage, counts=dict(sorted(counts.items())), failures=tuple(failures))

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def fresh(self) -> int:
        """How many items give the next stage work."""
        return sum(n for state, n in self.counts.items() if state in FRESH)

    @property
    def failed(self) -> int:
        return sum(n for state, n in self.counts.items() if state in FAILED)
