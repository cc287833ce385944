"""Fetch: poll the feeds that are due and keep what is new in them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.domain.entry import Entry, published_by
from pipeline.domain.feed import Feed, Poll
from pipeline.domain.scope import Scope, Window
from pipeline.domain.state import State
from pipeline.errors import ParseError, StoreError
from pipeline.ports import Deps, Reply, Report, Request

FEED_LIMIT = 5_000_000  # bytes after decompression
FULL_EVERY = 20  # polls: servers lie about validators
LONGEST_WAIT = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What one poll brought: the state, and the entries where there was a feed to parse."""

    feed: Feed
    state: State
    reason: str = ""
    reply: Reply | None = None
    entries: tuple[Entry, ...] = ()


def run(deps: Deps, scope: Scope) -> Report:
    """Poll due feeds; with a window, parse archived bodies again and open no socket."""
    feeds = chosen(deps.feeds, scope)
    if scope.window:
        return replay(deps, feeds, scope.window)
    now = deps.now()
    before = deps.store.polls([f.url for f in feeds])
    due = [f for f in feeds if scope.force or is_due(before.get(f.url), now)]
    by_url = {f.url: f for f in due}
    polled: list[Polled] = []
    for reply in deps.http.get_all(requests(due, before)):
        polled.append(read(deps, reply, by_url, before))
        deps.tell(len(polled), len(due))
    polled.sort(key=lambda p: p.feed.url)
    bodies = [(p.feed.url, deps.archive.put(p.reply.body), now) for p in polled if p.state is State.POLLED and p.reply]
    entries = [e for p in polled for e in p.entries]
    states = deps.store.add_entries([e for e in entries if e.link], now)
    deps.store.save_feed_bodies(bodies)
    # Polls last: a run that dies before this reads the same feeds again.
    deps.store.save_polls([next_poll(p, before.get(p.feed.url), now, deps.min_interval_minutes) for p in polled])
    return Report.of(
        "fetch",
        [
            *(p.state for p in polled),
            *([State.NOT_DUE] * (len(feeds) - len(due))),
            *states,
            *(State.NO_LINK for e in entries if not e.link),
        ],
        [f"{p.feed.url}: {p.state}: {p.reason}" for p in polled if p.reason],
    )


def chosen(feeds: Sequence[Feed], scope: Scope) -> list[Feed]:
    """The enabled feeds that the scope names."""
    return [
        f
        for f in feeds
        if f.enabled and (not scope.feeds or f.url in scope.feeds) and (not scope.shard or scope.shard.holds(f.url))
    ]


def is_due(poll: Poll | None, now: datetime) -> bool:
    return poll is None or poll.next_poll <= now


def requests(feeds: Sequence[Feed], before: dict[str, Poll]) -> list[Request]:
    """Conditional requests; every FULL_EVERY-th poll asks for the whole feed."""
    asked = []
    for feed in feeds:
        poll = before.get(feed.url)
        validators = {}
        if poll and (poll.polls + 1) % FULL_EVERY:
            validators = {"etag": poll.etag, "last_modified": poll.last_modified}
        asked.append(Request(url=feed.url, key=feed.url, limit=FEED_LIMIT, **validators))
    return asked


def read(deps: Deps, reply: Reply, feeds: dict[str, Feed], before: dict[str, Poll]) -> Polled:
    """Parse a reply, unless it says or shows that nothing changed."""
    feed = feeds[reply.request.key]
    if reply.state is not State.OK:
        return Polled(feed=feed, state=reply.state, reason=reply.error, reply=reply)
    poll = before.get(feed.url)
    if poll and poll.body_sha256 == hashlib.sha256(reply.body).hexdigest():
        return Polled(feed=feed, state=State.UNCHANGED, reply=reply)
    try:
        return Polled(feed=feed, state=State.POLLED, reply=reply, entries=deps.parser.parse(feed, reply))
    except ParseError as error:
        return Polled(feed=feed, state=State(error.state), reason=error.reason, reply=reply)


def next_poll(polled: Polled, before: Poll | None, now: datetime, interval_minutes: int) -> Poll:
    """What to remember: validators byte for byte; failures double the wait, up to LONGEST_WAIT."""
    fine = polled.state in {State.POLLED, State.UNCHANGED}
    failures = 0 if fine else (before.failures if before else 0) + 1
    wait = min(timedelta(minutes=interval_minutes) * 2 ** min(failures, 12), LONGEST_WAIT)
    fresh = polled.state is State.POLLED and polled.reply is not None
    headers = polled.reply.headers if fresh and polled.reply else {}
    body = hashlib.sha256(polled.reply.body).hexdigest() if fresh and polled.reply else ""
    return Poll(
        feed_url=polled.feed.url,
        state=polled.state,
        reason=polled.reason,
        polled_at=now,
        next_poll=now + wait,
        etag=headers.get("etag", "") if fresh else before.etag if before else "",
        last_modified=headers.get("last-modified", "") if fresh else before.last_modified if before else "",
        body_sha256=body or (before.body_sha256 if before else ""),
        polls=(before.polls if before else 0) + 1,
        failures=failures,
    )


def replay(deps: Deps, feeds: Sequence[Feed], window: Window) -> Report:
    """Parse the archived bodies that may hold entries of the window, once more."""
    by_url = {f.url: f for f in feeds}
    now = deps.now()
    states: list[State] = []
    failures: list[str] = []
    entries: dict[str, Entry] = {}
    for url, sha256 in deps.store.feed_bodies(list(by_url), window):
        try:
            body = deps.archive.get(sha256)
            parsed = deps.parser.parse(by_url[url], Reply(request=Request(url=url), url=url, body=body))
            states.append(State.POLLED)
            entries.update({e.key: e for e in parsed if e.link and window.holds(published_by(e, now))})
        except (ParseError, StoreError) as error:
            states.append(State.UNREADABLE)
            failures.append(f"{url}: {error}")
    states += deps.store.add_entries(list(entries.values()), now)
    return Report.of("fetch", states, failures)
