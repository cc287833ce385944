"""Fetch: poll the feeds that are due and keep what is new in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from pipeline.domain.feed import Feed, Poll
from pipeline.domain.scope import Scope
from pipeline.domain.state import State
from pipeline.errors import UsageError
from pipeline.ports import Deps, Reply, Report, Request
from pipeline.stages.fetch.keep import keep
from pipeline.stages.fetch.read import Polled, read
from pipeline.stages.fetch.replay import replay

FEED_LIMIT = 5_000_000  # bytes after decompression
FULL_EVERY = 20  # polls: servers lie about validators
PORTION_FEEDS, PORTION_BYTES = 200, 20_000_000  # what is held in memory before it is written


def run(deps: Deps, scope: Scope) -> Report:
    """Poll due feeds; with a window, parse archived bodies again and open no socket. Raises UsageError."""
    if unknown := sorted(scope.feeds - {f.url for f in deps.feeds}):
        raise UsageError(f"feeds: {', '.join(unknown)}: not listed; `policywire feeds list` shows those that are")
    feeds = chosen(deps.feeds, scope)
    if scope.window:
        return replay(deps, feeds, scope.window)
    now = deps.now()
    before = deps.store.polls([f.url for f in feeds])
    resting = {f.url: state for f in feeds if (state := rest(before.get(f.url), now, scope))}
    due = sorted((f for f in feeds if f.url not in resting), key=lambda f: _waiting_since(before.get(f.url)))
    states, notices, done = list(resting.values()), [], 0
    for portion in portions(read_all(deps, due, before)):
        kept = keep(deps, portion, before, now)
        states += kept.states
        notices += kept.notices
        done += len(portion)
        deps.tell(done, len(due))
    return Report.of("fetch", states, sorted(notices))


def chosen(feeds: Sequence[Feed], scope: Scope) -> list[Feed]:
    """The enabled feeds that the scope names."""
    return [
        f
        for f in feeds
        if f.enabled and (not scope.feeds or f.url in scope.feeds) and (not scope.shard or scope.shard.holds(f.url))
    ]


def rest(poll: Poll | None, now: datetime, scope: Scope) -> State | None:
    """Why a feed is not polled: disabled (unless it is named and forced), or not due."""
    if poll and poll.health is State.DISABLED and not (scope.force and scope.feeds):
        return State.DISABLED
    return State.NOT_DUE if poll and poll.next_poll > now and not scope.force else None


def requests(feeds: Sequence[Feed], before: dict[str, Poll]) -> Iterator[Request]:
    """Conditional requests; every FULL_EVERY-th poll asks for the whole feed."""
    for feed in feeds:
        poll = before.get(feed.url)
        address = poll.address if poll else feed.url
        if poll and (poll.polls + 1) % FULL_EVERY:
            yield Request(
                url=address,
                key=feed.url,
                limit=FEED_LIMIT,
                etag=poll.etag,
                last_modified=poll.last_modified,
                validated_url=poll.validated_url,
            )
        else:
            yield Request(url=address, key=feed.url, limit=FEED_LIMIT)


def read_all(deps: Deps, feeds: Sequence[Feed], before: dict[str, Poll]) -> Iterator[Polled]:
    """Each feed with what its server answered, as the answers arrive."""
    by_url = {f.url: f for f in feeds}
    replies: Iterable[Reply] = deps.http.get_all(requests(feeds, before))
    for reply in replies:
        feed = by_url[reply.request.key]
        yield read(deps, feed, reply, before.get(feed.url))


def portions(polled: Iterable[Polled]) -> Iterator[list[Polled]]:
    """Lists that are small enough to hold, each in the order of the feeds' addresses."""
    portion: list[Polled] = []
    size = 0
    for one in polled:
        portion.append(one)
        size += len(one.reply.body)
        if len(portion) >= PORTION_FEEDS or size >= PORTION_BYTES:
            yield sorted(portion, key=lambda p: p.feed.url)
            portion, size = [], 0
    if portion:
        yield sorted(portion, key=lambda p: p.feed.url)


def _waiting_since(poll: Poll | None) -> str:
    """Feeds that wait longest go first, so that a crowded host serves all of its feeds in time."""
    return poll.next_poll.isoformat() if poll else ""
