"""How long a server asks us to wait: Retry-After when it refuses, else how long its answer stays fresh."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(days=7)
MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,12})", re.IGNORECASE)
REFRESH = re.compile(r"no-cache|no-store", re.IGNORECASE)
BUSY = frozenset({429, 503})


def asked_wait(status: int, headers: Mapping[str, str], now: datetime) -> timedelta:
    """The wait that an answer asks for, up to LONGEST; header names are in small letters."""
    sent = _date(headers.get("date", "")) or now
    if status in BUSY:
        return _retry_after(headers.get("retry-after", ""), sent)
    return _freshness(headers, sent) if status in {200, 203, 304} else timedelta()


def asked_pause(status: int, headers: Mapping[str, str], now: datetime) -> timedelta:
    """The wait that a refusal asks for; an answer that is none asks for nothing."""
    return asked_wait(status, headers, now) if status in BUSY else timedelta()


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
