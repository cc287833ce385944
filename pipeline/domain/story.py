"""Stories: clusters of articles about one development."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A development, with an identity that lasts over days; members are article ids, oldest first."""

    id: str
    members: tuple[str, ...]
    topics: tuple[str, ...] = ()
