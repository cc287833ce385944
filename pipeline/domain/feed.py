"""Feeds: what is subscribed, and what the last poll of each left behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipeline.domain.state import State


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
    """What is remembered of a feed's last poll. Validators are kept byte for byte."""

    feed_url: str
    state: State
    reason: str = ""
    polled_at: datetime
    next_poll: datetime
    etag: str = ""
    last_modified: str = ""
    body_sha256: str = ""
    polls: int = 0
    failures: int = 0
