"""Articles: the readable text of one page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pipeline.domain.state import State

LANGUAGES = frozenset({"en"})
"""The languages that the classifier was trained on; articles in others are kept and labelled."""
QUOTABLE = 1000
"""Characters from which a feed's own text is an article and no teaser."""
LATE = timedelta(days=14)
"""How much older than its first sighting an article may say it is, where its feed gives no date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The readable text of one page. `published` and `retrieved` are aware UTC; None is unknown.

    `state` is ok; feed-text where the feed's own text stands in for the page's; thin where the page gave a part alone.
    """

    id: str
    url: str
    outlet: str
    title: str
    text: str
    country: str = "INT"
    author: str = ""
    published: datetime | None = None
    retrieved: datetime | None = None
    language: str = "en"
    state: State = State.OK

    @property
    def sha256(self) -> str:
        return text_hash(self.text)

    @property
    def citable(self) -> bool:
        """Whether a brief may quote it. A teaser is classified and listed, and proves nothing."""
        return self.state is State.OK or (self.state is State.FEED_TEXT and len(self.text) >= QUOTABLE)


def text_hash(text: str) -> str:
    """The hash that spans of evidence are pinned to: sha256 of the UTF-8 text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def believable(day: str, first_seen: datetime) -> datetime:
    """A page's own date, if it is a day shortly before it was first seen; else that moment.

    >>> believable("1970-01-01", datetime(2025, 7, 26, tzinfo=UTC)).year
    2025
    """
    try:
        said = datetime.fromisoformat(day).replace(tzinfo=UTC)
    except ValueError:
        return first_seen
    return said if first_seen - LATE <= said <= first_seen else first_seen
