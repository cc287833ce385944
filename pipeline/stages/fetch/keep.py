"""Write what some polls brought: bodies, entries, and what is to be remembered of each feed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pipeline.domain.entry import Entry, published_by
from pipeline.domain.feed import FeedBody, Poll
from pipeline.domain.state import State
from pipeline.ports import Deps
from pipeline.stages.fetch.read import Polled
from pipeline.stages.fetch.remember import Taken, notices, remember

MOST_NEW = 1000  # entries that one poll takes from a feed; the rest follows with the next poll


@dataclass(slots=True)
class Kept:
    """What became of a portion: one state for each feed and entry, and a line for what an operator should know."""

    states: list[State] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def keep(deps: Deps, portion: Sequence[Polled], before: Mapping[str, Poll], now: datetime) -> Kept:
    """Store a portion. Polls come last: a run that dies before that reads the same feeds again."""
    kept = Kept()
    least = timedelta(minutes=deps.min_interval_minutes)
    bodies = [_body(deps, p, now) for p in portion if p.state is State.POLLED]
    taken = take(deps, portion, now)
    polls = []
    for polled in portion:
        states = taken[polled.feed.url]
        kept.states += [polled.state, *states.values]
        if polled.state is State.NOT_NOW and not polled.reply.status:  # not asked, nothing learnt: it stays due
            kept.notices.append(f"{polled.feed.url}: {polled.state}: {polled.reason}")
            continue
        old = before.get(polled.feed.url)
        poll = remember(polled, old, states, now, least)
        kept.notices += notices(polled, old, poll, states)
        polls.append(poll)
    if bodies:  # an unchanged portion writes its polls alone
        deps.store.save_feed_bodies(bodies)
    deps.store.save_polls(polls)
    return kept


def take(deps: Deps, portion: Sequence[Polled], now: datetime) -> dict[str, Taken]:
    """Add the entries, MOST_NEW of each feed at a time; one batch takes the first slice of all feeds."""
    taken = {p.feed.url: Taken(values=[State.NO_LINK for e in p.entries if not e.link]) for p in portion}
    waiting = {p.feed.url: [e for e in p.entries if e.link] for p in portion}
    while batch := [e for entries in waiting.values() for e in entries[:MOST_NEW]]:
        for entry, state in zip(batch, deps.store.add_entries(batch, now), strict=True):
            one = taken[entry.feed_url]
            one.values.append(state)
            one.new += [published_by(entry, now)] if state is State.NEW else []
        waiting = dict(_rest(waiting, taken))
    return taken


def _rest(waiting: Mapping[str, list[Entry]], taken: Mapping[str, Taken]) -> Iterator[tuple[str, list[Entry]]]:
    for url, entries in waiting.items():
        rest = entries[MOST_NEW:]
        if rest and len(taken[url].new) >= MOST_NEW:
            taken[url].left = len(rest)
            taken[url].values += [State.NOT_NOW] * len(rest)
        elif rest:
            yield url, rest


def _body(deps: Deps, polled: Polled, now: datetime) -> FeedBody:
    return FeedBody(
        feed_url=polled.feed.url,
        sha256=deps.archive.put(polled.reply.body),
        fetched_at=now,
        url=polled.reply.url,
        content_type=polled.reply.headers.get("content-type", "")[:200],
    )
