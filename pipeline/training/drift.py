"""Whether the news, or the flags, are no longer what they were: figures by week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from statistics import fmean, quantiles
from typing import Any

from pipeline.adapters.reading import WORD, joined, read_part
from pipeline.domain.article import Article
from pipeline.domain.topic import Flag


def drift(
    flags: Sequence[tuple[datetime, Flag]], articles: Sequence[Article], vocabulary: Collection[str]
) -> dict[str, Any]:
    """For each ISO week: articles, share of unknown words, and by topic the share of flags and the probabilities."""
    texts = {a.id: joined(read_part(a.title, a.text)) for a in articles}
    weeks: dict[str, list[Flag]] = defaultdict(list)
    for published, flag in flags:
        year, week, _ = published.isocalendar()
        weeks[f"{year}-W{week:02}"].append(flag)
    return {name: _week(weeks[name], texts, vocabulary) for name in sorted(weeks)}


def _week(flags: Sequence[Flag], texts: dict[str, str], vocabulary: Collection[str]) -> dict[str, Any]:
    seen = {flag.article_id for flag in flags}
    topics: dict[str, list[Flag]] = defaultdict(list)
    for flag in flags:
        topics[flag.topic].append(flag)
    return {
        "articles": len(seen),
        "unknown_words": unknown([texts.get(article, "") for article in sorted(seen)], vocabulary),
        "models": sorted({flag.model_id for flag in flags}),
        **{topic: _scores(topics[topic]) for topic in sorted(topics)},
    }


def _scores(flags: Sequence[Flag]) -> dict[str, float]:
    chances = [flag.probability for flag in flags]
    tenths = quantiles(chances, n=10, method="inclusive") if len(chances) > 1 else chances * 9
    return {
        "flagged": round(fmean(flag.flagged for flag in flags), 4),
        "mean": round(fmean(chances), 4),
        "median": round(tenths[4], 4),
        "ninetieth_percentile": round(tenths[8], 4),
    }


def unknown(texts: Sequence[str], vocabulary: Collection[str]) -> float:
    """The share of words (of two letters or more) that the model has not seen in training.

    >>> unknown(["the quorble treaty"], {"the", "treaty"})
    0.3333
    """
    words = [w for text in texts for w in WORD.findall(text.lower()) if len(w) > 1]
    return round(fmean(w not in vocabulary for w in words), 4) if words else 0.0
