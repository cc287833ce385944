"""Editions: one local day's briefs for one list of readers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderList:
    """Readers who get one digest: their zone (IANA name), local hour, topics (empty: all)."""

    id: str
    title: str
    recipients: tuple[str, ...] = ()
    zone: str = "UTC"
    hour: int = 7
    topics: frozenset[str] = frozenset()
    sender: str = "Policywire <policywire@localhost>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What the digest's last line says of the day's work; `withheld` are flagged stories without a brief."""

    feeds_read: int = 0
    feeds_failing: int = 0
    articles: int = 0
    flagged: int = 0
    withheld: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The key (day, list) is unique: an edition is rendered once, then only sent."""

    day: date
    list_id: str
    html: str
    text: str
    eml: bytes
    briefs: tuple[tuple[str, int], ...]
