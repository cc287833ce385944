"""What a stage run is asked to do: nothing (whatever is pending), or a window, shard, feeds, topics."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A half-open UTC interval `[since, until)` over publication times."""

    since: datetime
    until: datetime

    def __post_init__(self) -> None:
        if self.since.tzinfo is None or self.until.tzinfo is None:
            raise ValueError("a window needs aware datetimes")
        if self.since >= self.until:
            raise ValueError(f"a window must end after it begins: {self.since} to {self.until}")

    @classmethod
    def of_days(cls, first: date, last: date) -> Window:
        """The UTC days from `first` to `last`, both included.

        >>> Window.of_days(date(2025, 7, 1), date(2025, 7, 1)).until.isoformat()
        '2025-07-02T00:00:00+00:00'
        """
        return cls(
            since=datetime.combine(first, time(), UTC),
            until=datetime.combine(last, time(), UTC) + timedelta(days=1),
        )

    def holds(self, moment: datetime) -> bool:
        return self.since <= moment < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """One of `count` host-stable shares of the feeds; `index` counts from 0."""

    index: int
    count: int

    def __post_init__(self) -> None:
        if not 0 <= self.index < self.count:
            raise ValueError(f"shard {self.index} of {self.count} does not exist")

    def holds(self, url: str) -> bool:
        """Whether the host of `url` belongs here: one host is always in one shard."""
        digest = hashlib.sha256((urlsplit(url).hostname or "").encode()).digest()
        return int.from_bytes(digest[:8], "big") % self.count == self.index


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Narrows a stage run. Empty: everything that is pending. Without `mail` a digest is files only."""

    window: Window | None = None
    shard: Shard | None = None
    feeds: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    force: bool = False
    mail: bool = True
