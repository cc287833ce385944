"""Topics that analysts follow, the flags that articles get, and what analysts say of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What analysts follow; `threshold` is the probability from which an article is flagged."""

    id: str
    label: str
    threshold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """One topic seen in one article: calibrated probability, and the terms and the sentence that decided it."""

    article_id: str
    topic: str
    probability: float
    flagged: bool
    model_id: str
    terms: tuple[str, ...] = ()
    sentence: str = ""


class Word(StrEnum):
    """What an analyst can say of a flag. Withdrawn takes an earlier word back."""

    RELEVANT = "relevant"
    NOT = "not"
    WRONG_STORY = "wrong-story"
    WITHDRAWN = "withdrawn"


LABELS = {Word.RELEVANT: 1, Word.NOT: 0}
"""The words that a classifier can learn from: a wrong story says nothing about the topic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """An analyst's word on a flag; `created` is aware UTC."""

    article_id: str
    topic: str
    word: Word
    analyst: str
    model_id: str
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A verdict with the article that it is about."""

    verdict: Verdict
    title: str
    text: str
    outlet: str
