"""Entries: the items of a feed, before anybody has read the article."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from pipeline.domain.link import canonical_link, site_of, without_userinfo
from pipeline.domain.text import clean, one_line

LONGEST_LINK = 2000
ZONELESS = re.compile(r"\b\d{1,2} [A-Za-z]{3} (?:19|20)\d\d \d\d:\d\d(?::\d\d)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed: a headline and a link, not yet the article.

    `canonical` is the one form of the link; without it the plain rules of `canonical_link` make one.
    """

    feed_url: str
    id: str
    link: str
    title: str
    summary: str = ""
    author: str = ""
    published: datetime | None = None
    published_raw: str = ""
    canonical: str = ""

    @property
    def key(self) -> str:
        """What makes two entries the same article: 32 hex digits of the canonical link, or of title and date."""
        if not self.link:
            return _digest(self.title, self.published_raw)
        return _digest(self.canonical or canonical_link(self.link))

    @property
    def guid_key(self) -> str:
        """32 hex digits of the publisher's own id, which holds for all feeds of a site; "" where there is none."""
        if not self.id or self.id == self.link:
            return ""
        guid = canonical_link(self.id) if self.id.startswith(("http://", "https://")) else self.id
        return _digest(site_of(self.feed_url), guid)


def tidy(entry: Entry, canonical: Callable[[str], str] = canonical_link) -> Entry:
    """The entry as it is stored: no control characters, no password, a link that is none left out.

    This is the one place that cleans what feeds say.
    """
    link = without_userinfo(clean(entry.link).strip())
    try:
        usable = link.startswith(("http://", "https://")) and len(link) <= LONGEST_LINK
        form = canonical(link) if usable else ""
    except ValueError:  # not an address at all
        usable, form = False, ""
    return replace(
        entry,
        id=one_line(entry.id)[:LONGEST_LINK],
        link=link if usable else "",
        title=one_line(entry.title),
        summary=clean(entry.summary),
        author=one_line(entry.author),
        published=entry.published or _zoneless(entry.published_raw),
        published_raw=one_line(entry.published_raw),
        canonical=form,
    )


def published_by(entry: Entry, first_seen: datetime) -> datetime:
    """The publication time that windows use: never missing, absurd or later than `first_seen`."""
    published = entry.published
    if published is None or published.year < 1990 or published > first_seen:
        return first_seen
    return published.astimezone(UTC)


def _zoneless(raw: str) -> datetime | None:
    """The time of a date as mails write it, but without a zone: it is taken for UTC.

    >>> _zoneless("Fri, 25 Jul 2025 10:00:00"), _zoneless("soon")
    (datetime.datetime(2025, 7, 25, 10, 0, tzinfo=datetime.timezone.utc), None)
    """
    try:
        return parsedate_to_datetime(raw.strip()).replace(tzinfo=UTC) if ZONELESS.search(raw.strip()) else None
    except (ValueError, TypeError):
        return None


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
