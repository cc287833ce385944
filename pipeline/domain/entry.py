"""Entries: the items of a feed, before anybody has read the article."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from pipeline.domain.link import canonical_link


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed: a headline and a link, not yet the article."""

    feed_url: str
    id: str
    link: str
    title: str
    summary: str = ""
    author: str = ""
    published: datetime | None = None
    published_raw: str = ""

    @property
    def key(self) -> str:
        """What makes two entries the same article: 32 hex digits of the canonical link."""
        return hashlib.sha256(canonical_link(self.link).encode()).hexdigest()[:32]


def published_by(entry: Entry, first_seen: datetime) -> datetime:
    """The publication time that windows use: never missing, absurd or later than `first_seen`."""
    published = entry.published
    if published is None or published.year < 1990 or published > first_seen:
        return first_seen
    return published.astimezone(UTC)
