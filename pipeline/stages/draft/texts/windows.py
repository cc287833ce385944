"""A stretch of an article that may tell what another one tells."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One or two neighboring sentences of another article."""

    start: int
    end: int
    text: str
    near: str
    """The words that stand around it: the sentences before and the title, where a name may stand."""
