"""Feeds: what is subscribed, and what the last poll of each left behind."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from pipeline.domain.rhythm import Rhythm
from pipeline.domain.state import State

ADOPT_AFTER = 5  # identical sightings of a permanent redirect, one after the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A subscribed RSS, Atom or JSON Feed address."""

    url: str
    outlet: str
    language: str = "en"
    country: str = "INT"
    kind: str = "newspaper"
    enabled: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What is remembered of a feed's last poll. Validators are kept byte for byte.

    `state` is what the last poll ended in; `health` is what many polls say, with `reason`, since `health_since`.
    """

    feed_url: str
    state: State
    reason: str = ""
    polled_at: datetime
    next_poll: datetime
    etag: str = ""
    last_modified: str = ""
    validated_url: str = ""
    body_sha256: str = ""
    polls: int = 0
    failures: int = 0
    health: State = State.UNCHANGED
    health_since: datetime | None = None
    moved_to: str = ""
    moved_seen: int = 0
    items: int = 0
    title: str = ""
    hint_minutes: int = 0
    skip_hours: str = ""
    rhythm: Rhythm = field(default_factory=Rhythm)

    @property
    def address(self) -> str:
        """Where the feed is asked for: its own address, until a permanent redirect was seen often enough."""
        return self.moved_to if self.moved_seen >= ADOPT_AFTER else self.feed_url


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBody:
    """An archived page, with what is needed to read it again as it was: its final address and content type."""

    sha256: str
    fetched_at: datetime
    url: str = ""
    content_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedBody:
    """An archived body, with what is needed to parse it again as it was: its address and content type."""

    feed_url: str
    sha256: str
    fetched_at: datetime
    url: str = ""
    content_type: str = ""
