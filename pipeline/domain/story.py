"""Stories: one development, told by several outlets, that grows, changes and ends, and keeps its id."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

NEW_FOR = timedelta(hours=24)
QUIET_AFTER = timedelta(hours=72)
ENDED_AFTER = timedelta(days=14)
"""The open window: a story that has heard nothing for so long is not clustered again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A development, with an identity that lasts over days; members are article ids, oldest first.

    `copies` are the members that repeat another member's text: with it they are one independent source.
    `pinned` are the members that an analyst has placed, which the machine leaves where they are.
    """

    id: str
    members: tuple[str, ...]
    topics: tuple[str, ...] = ()
    copies: frozenset[str] = frozenset()
    pinned: frozenset[str] = frozenset()

    @property
    def sources(self) -> int:
        """How many independent sources tell it."""
        return len(self.members) - len(self.copies)


def new_id(members: Sequence[str], taken: Collection[str] = ()) -> str:
    """A story's id: `s` and 12 hex digits of its first member's id, so that a rerun gives the same.

    >>> new_id(["a"], {new_id(["a"])}) == new_id(["a"])
    False
    """
    n = 0
    while (story_id := "s" + sha256((members[0] + "+" * n).encode()).hexdigest()[:12]) in taken:
        n += 1
    return story_id


class Change(StrEnum):
    """What happened to a story."""

    FOUNDED = "founded"
    GREW = "grew"
    SPLIT = "split"  # founded from articles of `other`
    MERGED = "merged"  # ended, its articles went to `other`
    MOVED = "moved"  # articles came from `other`, which lives on


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryEvent:
    """One step of a story's life; `by` is `machine` or `analyst`."""

    story: str
    change: Change
    articles: tuple[str, ...]
    at: datetime
    other: str = ""
    by: str = "machine"


class Phase(StrEnum):
    """Where a story stands in its life."""

    NEW = "new"
    DEVELOPING = "developing"
    QUIET = "quiet"
    ENDED = "ended"


def phase(first: datetime, last: datetime, now: datetime) -> Phase:
    """New for a day; then developing while articles come, quiet without one for three days, ended after two weeks.

    >>> from datetime import UTC
    >>> monday = datetime(2025, 3, 3, tzinfo=UTC)
    >>> [str(phase(monday, monday, monday + timedelta(days=d))) for d in (0, 2, 4, 15)]
    ['new', 'developing', 'quiet', 'ended']
    """
    silent = now - last
    if silent > ENDED_AFTER:
        return Phase.ENDED
    if silent > QUIET_AFTER:
        return Phase.QUIET
    return Phase.NEW if now - first <= NEW_FOR else Phase.DEVELOPING


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A story as an analyst sees it; `fresh` are the members that the last edition with it did not know."""

    story: Story
    title: str
    first: datetime
    last: datetime
    outlets: tuple[str, ...]
    countries: tuple[str, ...]
    fresh: tuple[str, ...]
