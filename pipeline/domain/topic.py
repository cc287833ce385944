"""Topics that analysts follow, and the flags that articles get."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What analysts follow; `threshold` is the probability from which an article is flagged."""

    id: str
    label: str
    threshold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """One topic seen in one article: calibrated probability and the terms that decided it."""

    article_id: str
    topic: str
    probability: float
    flagged: bool
    model_id: str
    terms: tuple[str, ...] = ()
