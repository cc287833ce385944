"""What is remembered of a feed after a poll: validators, health, rhythm, moves, and when to ask again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from pipeline.domain.feed import Poll
from pipeline.domain.state import State
from pipeline.domain.wait import asked_wait
from pipeline.stages.fetch.head import head_of
from pipeline.stages.fetch.read import Polled
from pipeline.stages.fetch.wait import backoff, next_time

FINE = frozenset({State.POLLED, State.UNCHANGED})
BLOCKED = frozenset({State.BLOCKED, State.DISALLOWED})
OWN_HEALTH = frozenset({State.NOT_A_FEED, State.SUSPICIOUS_EMPTY})
PERMANENT = frozenset({301, 308})


@dataclass(slots=True)
class Taken:
    """The states of one feed's entries, the publication times of the new ones, and how many were left for later."""

    values: list[State] = field(default_factory=list)
    new: list[datetime] = field(default_factory=list)
    left: int = 0


def remember(polled: Polled, old: Poll | None, taken: Taken, now: datetime, least: timedelta) -> Poll:
    """The poll's row: validators byte for byte, health, rhythm, and when the feed may be asked again."""
    reply, fine = polled.reply, polled.state in FINE
    # A site whose robots.txt is in trouble asks us to wait; for the feed it is a poll that failed.
    state = State.HTTP_ERROR if polled.state is State.NOT_NOW else polled.state
    poll = old or Poll(feed_url=polled.feed.url, state=state, polled_at=now, next_poll=now)
    poll = replace(
        poll,
        state=state,
        reason=polled.reason,
        polled_at=now,
        polls=poll.polls + 1,
        failures=0 if fine else poll.failures + 1,
    )
    poll = moved(poll, polled)
    if polled.state is State.POLLED:
        head = head_of(reply.body)
        hours = ",".join(str(h) for h in sorted(head.skip_hours))
        whole = not taken.left  # else the same body is to be read again
        poll = replace(
            poll,
            etag=reply.headers.get("etag", "") if whole else "",
            last_modified=reply.headers.get("last-modified", "") if whole else "",
            validated_url=reply.url if whole else "",
            body_sha256=polled.body_sha256 if whole else "",
            items=len(polled.entries),
            rhythm=poll.rhythm.after(taken.new, now),
            title=head.title,
            hint_minutes=head.minutes,
            skip_hours=hours,
        )
    wait = poll.rhythm.interval(least, now) if fine and not taken.left else backoff(poll, least)
    asked = asked_wait(reply.status, reply.headers, now)
    poll = replace(poll, next_poll=next_time(now, wait, asked, poll.hint_minutes if fine else 0, poll.skip_hours))
    return with_health(poll, old, polled, taken, now)


def with_health(poll: Poll, old: Poll | None, polled: Polled, taken: Taken, now: datetime) -> Poll:
    """The poll with the feed's health, why, and since when."""
    health, reason = poll.state, poll.reason
    if polled.reply.status == 410 and polled.reply.request.url == poll.feed_url:
        health, reason = State.DISABLED, "HTTP 410: the publisher has taken the feed away for good"
    elif poll.state in BLOCKED:
        health = State.BLOCKED
    elif poll.state in FINE and poll.rhythm.is_silent(now):
        last = poll.rhythm.last_new
        health, reason = State.QUIET, f"nothing new since {last:%Y-%m-%d}, far longer than is its habit" if last else ""
    elif poll.state in FINE:
        health = State.OK if taken.new else State.UNCHANGED
    elif poll.state not in OWN_HEALTH:
        health = State.FAILING
    since = old.health_since if old and old.health is health and old.health_since else now
    return replace(poll, health=health, reason=reason, health_since=since)


def moved(poll: Poll, polled: Polled) -> Poll:
    """The poll with its sightings of a permanent redirect: adopted after some equal ones, given up when it fails.

    The guard has checked the target each time that it was followed.
    """
    adopted = poll.address != poll.feed_url
    lead = ""
    for status, url in polled.reply.hops:
        if status not in PERMANENT:
            break
        lead = url
    if adopted:
        # Moved on, or gone: start again from the address that the operator gave.
        good = polled.state in FINE and not lead
        return poll if good else replace(poll, moved_seen=0)
    if polled.state not in FINE:
        return poll
    seen = poll.moved_seen if lead == poll.moved_to else 0
    return replace(poll, moved_to=lead, moved_seen=seen + 1 if lead else 0)


def notices(polled: Polled, old: Poll | None, poll: Poll, taken: Taken) -> Iterator[str]:
    """Lines for the operator: what failed, and what changed in a way that wants a look."""
    url = polled.feed.url
    state = poll.health if poll.health in {State.DISABLED, State.QUIET} else polled.state
    news = old is None or old.health is not poll.health
    if poll.reason and (poll.health is not State.QUIET or news):
        yield f"{url}: {state}: {poll.reason}"
    if taken.left:
        yield f"{url}: not-now: {len(taken.new)} new entries taken, {taken.left} wait for the next poll"
    if old and poll.address != url and old.address == url:
        yield f"{url}: moved: the feed is now asked for at {poll.address}; change config/feeds.yaml"
    if old and old.title and poll.title and old.title != poll.title:
        yield f"{url}: changed: the feed was called {old.title!r} and is now {poll.title!r}: still the same publisher?"
    stepped = any(to.startswith("http:") for _, to in polled.reply.hops)
    if url.startswith("https:") and stepped and not (old and old.validated_url.startswith("http:")):
        yield f"{url}: moved: the server redirects from https to http"
