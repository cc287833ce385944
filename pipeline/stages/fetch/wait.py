"""When a feed may be asked again: its own rhythm, or longer where the server or the feed asks for it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from pipeline.domain.feed import Poll

LONGEST = timedelta(days=7)
LONGEST_BACKOFF = timedelta(hours=24)
JITTER = 0.1  # share of a backoff, so that feeds which failed together do not come back together
MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,12})", re.IGNORECASE)
REFRESH = re.compile(r"no-cache|no-store", re.IGNORECASE)


def backoff(poll: Poll, least: timedelta) -> timedelta:
    """The wait after failures: doubled by each, up to a day; up to a week where the address is not found."""
    longest = LONGEST if poll.reason.startswith("HTTP 404") else LONGEST_BACKOFF
    wait = min(least * 2.0 ** min(poll.failures, 12), longest)
    digest = hashlib.sha256(f"{poll.feed_url} {poll.polls}".encode()).digest()
    return wait * (1 - JITTER * digest[0] / 255)


def asked_wait(status: int, headers: Mapping[str, str], now: datetime) -> timedelta:
    """What the server asks for: Retry-After when it refuses, else how long its answer stays fresh."""
    sent = _date(headers.get("date", "")) or now
    if status in {429, 503}:
        return _retry_after(headers.get("retry-after", ""), sent)
    return _freshness(headers, sent) if status in {200, 203, 304} else timedelta()


def next_time(now: datetime, wait: timedelta, asked: timedelta, hint_minutes: int, skip_hours: str) -> datetime:
    """The latest of all wishes, but within a week; an hour that the feed wants to be left alone in is skipped."""
    moment = now + min(max(wait, asked, timedelta(minutes=min(hint_minutes, 20_000))), LONGEST)
    skipped = {int(h) for h in skip_hours.split(",") if h}
    for _ in range(24):
        if moment.astimezone(UTC).hour not in skipped or moment == now:
            break
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return moment


def _retry_after(value: str, sent: datetime) -> timedelta:
    """Seconds or a date; what is neither, or past, asks for nothing.

    >>> _retry_after("120", datetime(2025, 7, 1, tzinfo=UTC)).seconds
    120
    """
    if value.strip().isascii() and value.strip().isdigit():
        return timedelta(seconds=min(int(value.strip()[:12]), LONGEST.total_seconds()))
    moment = _date(value)
    return min(max(moment - sent, timedelta()), LONGEST) if moment else timedelta()


def _freshness(headers: Mapping[str, str], sent: datetime) -> timedelta:
    control = headers.get("cache-control", "")
    if REFRESH.search(control):
        return timedelta()
    if found := MAX_AGE.search(control):
        return timedelta(seconds=min(int(found[1]), LONGEST.total_seconds()))
    expires = _date(headers.get("expires", ""))
    return min(max(expires - sent, timedelta()), LONGEST) if expires else timedelta()


def _date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
