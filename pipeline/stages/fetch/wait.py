"""When a feed may be asked again: its own rhythm, or longer where the server or the feed asks for it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from pipeline.domain.feed import Poll
from pipeline.domain.wait import LONGEST

LONGEST_BACKOFF = timedelta(hours=24)
JITTER = 0.1  # share of a backoff, so that feeds which failed together do not come back together


def backoff(poll: Poll, least: timedelta) -> timedelta:
    """The wait after failures: doubled by each, up to a day; up to a week where the address is not found."""
    longest = LONGEST if poll.reason.startswith("HTTP 404") else LONGEST_BACKOFF
    wait = min(least * 2.0 ** min(poll.failures, 12), longest)
    digest = hashlib.sha256(f"{poll.feed_url} {poll.polls}".encode()).digest()
    return wait * (1 - JITTER * digest[0] / 255)


def next_time(now: datetime, wait: timedelta, asked: timedelta, hint_minutes: int, skip_hours: str) -> datetime:
    """The latest of all wishes, but within a week; an hour that the feed wants to be left alone in is skipped."""
    moment = now + min(max(wait, asked, timedelta(minutes=min(hint_minutes, 20_000))), LONGEST)
    skipped = {int(h) for h in skip_hours.split(",") if h}
    for _ in range(24):
        if moment.astimezone(UTC).hour not in skipped or moment == now:
            break
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return moment
