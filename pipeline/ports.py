"""What the stages need from outside, and what they give back. Adapters implement these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.domain.article import Article
from pipeline.domain.brief import Brief, NoBrief
from pipeline.domain.edition import Content, Delivery, Edition, Health, Item, ReaderList
from pipeline.domain.entry import Entry
from pipeline.domain.feed import Feed, FeedBody, PageBody, Poll
from pipeline.domain.link import canonical_link
from pipeline.domain.scope import Scope, Window
from pipeline.domain.sketch import Language, Sketch
from pipeline.domain.state import FAILED, FRESH, State
from pipeline.domain.story import Overview, Story, StoryEvent
from pipeline.domain.topic import Flag, Judged, Topic, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A page to get. `key` comes back with the reply; `limit` is bytes after decompression.

    The validators are sent to `validated_url` alone (default: `url`), the address that gave them.
    """

    url: str
    key: str = ""
    etag: str = ""
    last_modified: str = ""
    validated_url: str = ""
    limit: int = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back: an answer, or a failure with its counted state (`error` then says why).

    `url` is the address that answered last, `hops` each redirect on the way: status, and the address it led to.
    """

    request: Request
    url: str
    status: int = 0
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    state: State = State.OK
    error: str = ""
    hops: tuple[tuple[int, str], ...] = ()


class Http(Protocol):
    """Get pages politely: checked addresses, bounded size and time. Never raises for one bad page."""

    def get_all(self, requests: Iterable[Request]) -> Iterator[Reply]:
        """Replies as they arrive, in any order; exactly one for each request."""
        ...


class FeedParser(Protocol):
    """Turns a feed's body into entries; raises ParseError when the body is no feed."""

    def parse(self, feed: Feed, reply: Reply) -> tuple[Entry, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """An article page as it came. `key` comes back with the answer; `title` is the one that a feed announced.

    Without `metadata` title, author and date of the page are not looked for, which halves the cost.
    """

    body: bytes
    url: str = ""
    key: str = ""
    title: str = ""
    content_type: str = ""
    metadata: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What was read from an article page; `state` is ok, thin, wrong-page, not-html, timeout, too-large or unreadable.

    `text` is what was found, whatever the state; `date` is a day such as 2025-07-26.
    """

    state: State
    text: str = ""
    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    reason: str = ""


class PageExtractor(Protocol):
    """Finds the readable text of pages, bounded in time and memory. Never raises for a bad page."""

    def extract_all(self, pages: Iterable[RawPage]) -> Iterator[tuple[str, Page]]:
        """Each key with its page, in any order, while `pages` is still being read."""
        ...


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


class Embedder(Protocol):
    """Places texts by meaning."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows of unit length, (texts, 256); a text without words is a row of zeros."""
        ...


class Support(Embedder, Protocol):
    """Ranks evidence. It overrules no strict check."""

    def score(self, claim: str, references: Sequence[str]) -> float:
        """How likely the references together support the claim, 0 to 1."""
        ...

    def of_story(self) -> Support:
        """The same, which places each text of one story once."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A sentence that a language model proposes, and the numbers (from 1) of the facts that it says it uses."""

    text: str
    facts: tuple[int, ...]


class Wording(Protocol):
    """Words facts anew; what it proposes is checked, whatever it says."""

    @property
    def name(self) -> str: ...

    def word(self, facts: Sequence[str]) -> Sequence[Proposal]:
        """Proposals for numbered facts. Raises WriterError."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What became of one mail: sent, refused for good, deferred (it was surely not taken), or unknown.

    `ours`: deferred for what has nothing to do with the recipient, so the mail is never given up for it.
    """

    recipient: str
    state: State
    reason: str = ""
    ours: bool = False


class Mailer(Protocol):
    """Hands mails over. Never raises for one mail."""

    def send_all(self, mails: Iterable[tuple[str, bytes]]) -> Iterator[Sending]:
        """One answer for each (recipient, message); the next mail is asked for when the last one is settled.

        Ends early when the server cannot be reached or wants no mail of ours: the others were not asked for then.
        """
        ...


class Renderer(Protocol):
    """Turns briefs into HTML and pictures; everything from outside is escaped."""

    def brief(self, brief: Brief, articles: Sequence[Article], flags: Sequence[Flag] = ()) -> str: ...

    def digest(self, content: Content, picture: str) -> str:
        """The edition as a page; `picture` is the address of the four weeks' chart."""
        ...

    def mail(self, content: Content, picture: str) -> str:
        """The edition as mail programs want it: styles inline."""
        ...

    def picture(self, per_day: Sequence[tuple[date, int]]) -> bytes:
        """The four weeks as PNG."""
        ...

    def archive(self, readers: ReaderList, stem: str, editions: Sequence[tuple[str, Edition]], base: str) -> list[str]:
        """The list of (file name, edition), newest first, as a page and as an Atom feed called `stem`."""
        ...


class Files(Protocol):
    """The folder in which operators find briefs and digests."""

    def write(self, name: str, data: bytes) -> None:
        """Write `name` (with / between folders) whole or not at all."""
        ...

    def remove(self, name: str) -> None:
        """Nothing happens where it is not there."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingEntry:
    """An entry whose page is to be read. `published` is when it was first seen where `dated` is False."""

    key: str
    link: str
    title: str
    summary: str
    author: str
    feed_url: str
    published: datetime
    dated: bool = True
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """What became of an entry's page; `article` only when there is text worth keeping, `body` when one came.

    `attempts` counts failures in a row; `next_try` is set when it is worth another.
    """

    key: str
    state: State
    reason: str = ""
    body: PageBody | None = None
    article: Article | None = None
    attempts: int = 0
    next_try: datetime | None = None


class Store(Protocol):
    """The database. Every write is an upsert in batches, so each is safe to repeat."""

    def polls(self, feed_urls: Sequence[str]) -> dict[str, Poll]: ...
    def save_polls(self, polls: Sequence[Poll]) -> None: ...
    def save_feed_bodies(self, bodies: Sequence[FeedBody]) -> None: ...
    def feed_bodies(self, feed_urls: Sequence[str], window: Window) -> list[FeedBody]:
        """Archived bodies of these feeds that were fetched in the window or after it, oldest first."""
        ...

    def add_entries(self, entries: Sequence[Entry], now: datetime) -> list[State]:
        """NEW or KNOWN for each; a known one is not written again."""
        ...

    def pending_entries(self, scope: Scope, now: datetime) -> list[PendingEntry]:
        """Entries that are new or due for another try, oldest first; with a window, all of the window's."""
        ...

    def page_bodies(self, keys: Sequence[str]) -> dict[str, PageBody]:
        """Entry key to the archived body that the page was last read from, for those that have one."""
        ...

    def save_pages(self, pages: Sequence[ReadEntry]) -> None:
        """Entries and articles; a changed text is a new revision, and nothing takes the place of a whole article."""
        ...

    def requeue(self, states: Sequence[State], links: Sequence[str]) -> int:
        """Make entries in these states pending again, all or those with these links; gives how many."""
        ...

    def unread(self, states: Sequence[State]) -> list[tuple[str, State, str]]:
        """Link, state and reason of the entries in these states, oldest first."""
        ...

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

    def open_sketches(self, window: Window | None, maker: str) -> tuple[list[Sketch], list[Article]]:
        """What is to be clustered: sketches by `maker`, and the articles that have none by it of their present text.

        Classified articles within 14 days of the window, or of an article that stands in no story yet.
        """
        ...

    def save_sketches(self, sketches: Sequence[Sketch]) -> None: ...
    def stories(self, article_ids: Sequence[str]) -> list[Story]:
        """The stories that any of these articles belongs to, whole."""
        ...

    def save_stories(self, stories: Sequence[Story], now: datetime, events: Sequence[StoryEvent] = ()) -> None:
        """Each article moves to the story that lists it, unless an analyst has put it elsewhere meanwhile.

        Stories left without members end.
        """
        ...

    def arrange_stories(self, stories: Sequence[Story], now: datetime, events: Sequence[StoryEvent]) -> None:
        """An analyst's word: as `save_stories`, over whatever stood there, and the members stay where they are put."""
        ...

    def overviews(self, story_ids: Sequence[str] = ()) -> list[Overview]:
        """Stories as analysts see them, the latest told first; all of them for no ids."""
        ...

    def story_events(self, story: str) -> list[StoryEvent]:
        """What happened to a story, and what it gave to or took from others, oldest first."""
        ...

    def pending_stories(self, scope: Scope) -> list[Story]:
        """Flagged stories that changed since their last brief; with a window, all with a member in it."""
        ...

    def articles(self, ids: Sequence[str]) -> list[Article]: ...
    def save_briefs(self, briefs: Sequence[Brief | NoBrief], now: datetime) -> list[State]:
        """DRAFTED, REVISED, UNCHANGED or NO_EVIDENCE for each; an equal draft is not written again."""
        ...

    def briefs(self, story: str = "") -> list[Brief]:
        """The newest revision of each told story's brief, newest first; of one story, told or not.

        A story is told while it lives, is flagged, and has evidence enough.
        """
        ...

    def untold(self) -> list[str]:
        """The stories that have a brief but are told no longer."""
        ...

    def pending_items(self, readers: ReaderList) -> tuple[list[Item], list[tuple[str, int]]]:
        """The newest revisions of told stories that stand in no edition of this list yet, with what readers had last.

        Beside them every pending (story, revision), the overtaken ones included: the edition settles them all.
        """
        ...

    def health(self, since: datetime, feed_urls: Sequence[str]) -> Health:
        """The work since that moment, and how these feeds are."""
        ...

    def stories_per_day(self, first: date, last: date, zone: str) -> list[tuple[date, int]]:
        """How many stories had their first flagged article seen on each local day, both ends included."""
        ...

    def last_edition(self, list_id: str) -> datetime | None:
        """When the list's newest edition was committed."""
        ...

    def edition(self, day: date, list_id: str) -> Edition | None: ...
    def editions(self, list_id: str, newest: int) -> list[Edition]:
        """The newest editions of a list, newest first."""
        ...

    def save_edition(self, edition: Edition, recipients: Sequence[str], now: datetime) -> None:
        """Commit the rendered bytes and one 'prepared' row for each reader, before anything is sent.

        Recipients of one `reader_key` are one reader; the first way of writing counts.
        """
        ...

    def suppressed(self, list_id: str) -> frozenset[str]:
        """The keys (`reader_key`) of a list's readers who asked to get nothing."""
        ...

    def due_deliveries(self, now: datetime, stale: datetime) -> list[Delivery]:
        """Prepared rows whose time has come, but for readers who asked to get nothing.

        Rows that have been sending since before `stale` become unknown.
        """
        ...

    def claim_delivery(self, delivery: Delivery, now: datetime) -> bool:
        """Move prepared to sending; False when another run has it, it was sent, or the reader wants nothing."""
        ...

    def close_delivery(self, delivery: Delivery, state: State, reason: str, again: datetime | None) -> None:
        """Settle a row that is sending; with `again` it waits for that time as prepared."""
        ...


Tell = Callable[[int, int], None]
"""Hears how many items of a stage run are done, of how many."""


@dataclass(frozen=True, kw_only=True)
class Deps:
    """Everything a stage may use. `classifier`, `support` and `language` are calls, since loading them takes time.

    `canonical` gives the one form of all links to an article.
    """

    store: Store
    http: Http
    parser: FeedParser
    extractor: PageExtractor
    archive: Archive
    classifier: Callable[[], Classifier]
    support: Callable[[], Support]
    mailer: Mailer | None
    renderer: Renderer
    files: Files
    feeds: tuple[Feed, ...]
    topics: tuple[Topic, ...]
    readers: tuple[ReaderList, ...]
    now: Callable[[], datetime]
    language: Callable[[], Language] = Language
    wording: Wording | None = None
    min_interval_minutes: int = 15
    public_url: str = ""
    canonical: Callable[[str], str] = canonical_link
    tell: Tell = lambda done, total: None


@dataclass(frozen=True, kw_only=True)
class Report:
    """The counts of one stage run; every item ends in exactly one counted state."""

    stage: str
    counts: Mapping[str, int]
    failures: tuple[str, ...] = ()
    kept: int = 0
    """Items in no fresh state that give the next stage work all the same."""

    @classmethod
    def of(cls, stage: str, states: Iterable[State], failures: Iterable[str] = (), *, kept: int = 0) -> Report:
        counts = Counter(str(s) for s in states)
        return cls(stage=stage, counts=dict(sorted(counts.items())), failures=tuple(failures), kept=kept)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def fresh(self) -> int:
        """How many items give the next stage work."""
        return sum(n for state, n in self.counts.items() if state in FRESH) + self.kept

    @property
    def failed(self) -> int:
        return sum(n for state, n in self.counts.items() if state in FAILED)
