"""Stand-ins for the ports that stage tests need: they keep what they are given and answer from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, cast

from pipeline.domain.entry import Entry
from pipeline.domain.feed import Feed, FeedBody, PageBody, Poll
from pipeline.domain.scope import Scope, Window
from pipeline.domain.state import State
from pipeline.errors import ParseError, StoreError
from pipeline.ports import Deps, Page, PendingEntry, RawPage, ReadEntry, Reply, Request

NOON = datetime(2025, 7, 26, 12, tzinfo=UTC)


@dataclass
class FakeHttp:
    """Answers from `answers` by address; an address without an answer is HTTP 404. `asked` keeps the requests."""

    answers: Mapping[str, Reply] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)

    def get_all(self, requests: Iterable[Request]) -> Iterator[Reply]:
        for request in requests:
            self.asked.append(request)
            missing = Reply(request=request, url=request.url, status=404, state=State.HTTP_ERROR, error="HTTP 404")
            yield replace(self.answers.get(request.url, missing), request=request)


def answer(url: str, body: bytes, **headers: str) -> Reply:
    return Reply(request=Request(url=url), url=url, status=200, body=body, headers=headers)


def failure(url: str, state: State, error: str) -> Reply:
    return Reply(request=Request(url=url), url=url, state=state, error=error)


@dataclass
class FakeArchive:
    """Bodies in a dict."""

    bodies: dict[str, bytes] = field(default_factory=dict)

    def put(self, body: bytes) -> str:
        key = sha256(body).hexdigest()
        self.bodies[key] = body
        return key

    def get(self, sha256: str) -> bytes:
        if sha256 not in self.bodies:
            raise StoreError(f"{sha256} is not archived")
        return self.bodies[sha256]


class LineParser:
    """A feed is one link a line after the word FEED; a line with a dash alone is an entry without a link."""

    def parse(self, feed: Feed, reply: Reply) -> tuple[Entry, ...]:
        head, *lines = reply.body.decode().split("\n")
        if head != "FEED":
            raise ParseError(State.NOT_A_FEED, "no FEED line")
        links = ["" if line == "-" else line for line in lines if line]
        return tuple(Entry(feed_url=feed.url, id=x, link=x, title=x, published=NOON) for x in links)


@dataclass
class PlainExtractor:
    """The page is its text; under 250 characters it is thin. `date` is what each page says of its day."""

    date: str = ""

    def extract_all(self, pages: Iterable[RawPage]) -> Iterator[tuple[str, Page]]:
        for raw in pages:
            text = raw.body.decode()
            if len(text) < 250:
                yield raw.key, Page(state=State.THIN, text=text, reason=f"only {len(text)} characters")
            else:
                yield raw.key, Page(state=State.OK, text=text, title="The page's title", language="en", date=self.date)


@dataclass
class FakeStore:
    """The parts of the store that fetch and extract use; `log` has the writes in their order."""

    known: dict[str, Poll] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    waiting: list[PendingEntry] = field(default_factory=list)
    read: dict[str, ReadEntry] = field(default_factory=dict)
    bodies: list[FeedBody] = field(default_factory=list)
    pages: dict[str, PageBody] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)

    def polls(self, feed_urls: Sequence[str]) -> dict[str, Poll]:
        return {url: self.known[url] for url in feed_urls if url in self.known}

    def save_polls(self, polls: Sequence[Poll]) -> None:
        self.log.append("polls")
        self.known.update({poll.feed_url: poll for poll in polls})

    def save_feed_bodies(self, bodies: Sequence[FeedBody]) -> None:
        self.bodies += bodies

    def feed_bodies(self, feed_urls: Sequence[str], window: Window) -> list[FeedBody]:
        return [b for b in self.bodies if b.feed_url in feed_urls and b.fetched_at >= window.since]

    def add_entries(self, entries: Sequence[Entry], now: datetime) -> list[State]:
        self.log.append("entries")
        states = []
        for entry in entries:
            states.append(State.KNOWN if entry.key in self.entries else State.NEW)
            self.entries.setdefault(entry.key, entry)
        return states

    def pending_entries(self, scope: Scope, now: datetime) -> list[PendingEntry]:
        return [e for e in self.waiting if scope.window is not None or self._is_due(e.key, now)]

    def _is_due(self, key: str, now: datetime) -> bool:
        read = self.read.get(key)
        return read is None or (read.next_try is not None and read.next_try <= now)

    def page_bodies(self, keys: Sequence[str]) -> dict[str, PageBody]:
        return {key: self.pages[key] for key in keys if key in self.pages}

    def save_pages(self, pages: Sequence[ReadEntry]) -> None:
        self.log.append(f"{len(pages)} pages")
        self.read.update({page.key: page for page in pages})
        self.pages.update({page.key: page.body for page in pages if page.body})


def deps(
    store: FakeStore, http: FakeHttp, feeds: Sequence[Feed], *, now: Callable[[], datetime] = lambda: NOON
) -> Deps:
    """What fetch and extract need; the parts that only later stages use are missing, so a use of them fails."""
    absent = cast(Any, None)
    return Deps(
        store=cast(Any, store),
        http=http,
        parser=LineParser(),
        extractor=PlainExtractor(),
        archive=FakeArchive(),
        classifier=absent,
        support=absent,
        mailer=None,
        renderer=absent,
        files=absent,
        feeds=tuple(feeds),
        topics=(),
        readers=(),
        now=now,
    )
