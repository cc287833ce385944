"""What a feed says of itself before its first item: its title, and how often it wants to be asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from pipeline.domain.text import one_line

BYTES = 64_000
ITEM = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)[\s>]")
TITLE = re.compile(r"<title[^<>]{0,200}>\s*(?:<!\[CDATA\[)?([^<\]]{0,500})")
TTL = re.compile(r"<ttl>\s*(\d{1,6})\s*</ttl>")
PERIOD = re.compile(r"updatePeriod>\s*(hourly|daily|weekly|monthly|yearly)\s*<")
FREQUENCY = re.compile(r"updateFrequency>\s*(\d{1,4})\s*<")
SKIPPED = re.compile(r"<skipHours>(.{0,2000}?)</skipHours>", re.DOTALL)
HOUR = re.compile(r"<hour>\s*(\d{1,2})\s*</hour>")
PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}  # minutes


@dataclass(frozen=True, slots=True)
class Head:
    """`minutes` is the least time between two polls that the feed asks for; `skip_hours` are GMT hours."""

    title: str = ""
    minutes: int = 0
    skip_hours: frozenset[int] = frozenset()


def head_of(body: bytes) -> Head:
    """Read the beginning of a feed; a JSON Feed says nothing of the kind.

    >>> head_of(b"<rss><channel><title>News</title><ttl>90</ttl><item><title>A</title>")
    Head(title='News', minutes=90, skip_hours=frozenset())
    """
    text = body[:BYTES].decode("utf-8", "replace")
    first = ITEM.search(text)
    text = text[: first.start()] if first else text
    title, skipped = TITLE.search(text), SKIPPED.search(text)
    hours = frozenset(int(h) % 24 for h in HOUR.findall(skipped[1])) if skipped else frozenset()
    return Head(
        title=one_line(unescape(title[1]))[:200] if title else "",
        minutes=max(_ttl(text), _period(text)),
        # A feed that skips every hour of the day would never be asked.
        skip_hours=hours if len(hours) < 24 else frozenset(),
    )


def _ttl(text: str) -> int:
    found = TTL.search(text)
    return int(found[1]) if found else 0


def _period(text: str) -> int:
    found, times = PERIOD.search(text), FREQUENCY.search(text)
    return PERIODS[found[1]] // max(int(times[1]) if times else 1, 1) if found else 0
