"""Entries: the items of a feed, before anybody has read the article."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

TRACKERS = re.compile(r"^(utm_\w+|fbclid|gclid|mc_cid|mc_eid|cmpid|ref|ref_src|igshid)$")


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


def canonical_link(link: str) -> str:
    """The link without scheme differences, trackers, fragment and trailing slash.

    >>> canonical_link("http://News.example/a/?utm_source=x&id=2#top")
    'https://news.example/a?id=2'
    """
    parts = urlsplit(link)
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not TRACKERS.match(k)])
    scheme = "https" if parts.scheme in {"http", "https"} else parts.scheme
    # Without a host, a path that opens with two slashes would be read as one the next time.
    path = parts.path if parts.netloc else re.sub("^/+", "/", parts.path)
    return urlunsplit((scheme, parts.netloc.lower(), path.rstrip("/"), query, ""))


def published_by(entry: Entry, first_seen: datetime) -> datetime:
    """The publication time that windows use: never missing, absurd or later than `first_seen`."""
    published = entry.published
    if published is None or published.year < 1990 or published > first_seen:
        return first_seen
    return published.astimezone(UTC)
