"""Feeds as entries, read in killable workers."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.adapters.pool import Killed, Workers
from pipeline.domain.entry import Entry
from pipeline.domain.feed import Feed
from pipeline.domain.state import State
from pipeline.errors import ParseError
from pipeline.ports import Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A body that is no feed: its counted state, and why."""

    state: State
    reason: str


class FeedReader:
    """Implements the port FeedParser."""

    def __init__(self, workers: Workers | None = None) -> None:
        self._workers = workers or Workers("pipeline.adapters.feed_items:read")

    def parse(self, feed: Feed, reply: Reply) -> tuple[Entry, ...]:
        """The feed's entries; one without a usable link has link "". Raises ParseError."""
        found: tuple[Entry, ...] | Refused | Killed = self._workers.one((feed, reply))
        if isinstance(found, Killed | Refused):
            raise ParseError(found.state, found.reason)
        return found

    def close(self) -> None:
        self._workers.close()
