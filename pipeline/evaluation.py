"""Figures on labelled rows: flags, stories, claim support. Pure: rows in, predictions and metrics out."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import fmean
from typing import Any

from sklearn.metrics import f1_score

from pipeline.domain.article import Article
from pipeline.domain.story import Story
from pipeline.domain.topic import Topic
from pipeline.figures import binary, by_event
from pipeline.ports import Classifier, PageExtractor
from pipeline.stages.cluster import carry_ids, cluster

SUPPORTED_FROM = 0.54
"""Support score from which a claim counts as supported; fitted on the development claims."""


def flags(
    rows: Sequence[Mapping[str, Any]], model: Classifier, topics: Sequence[Topic]
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Predictions `{id, <topic>: p, flags}` and, for each topic with labels, the usual figures."""
    scores = model.score([(str(r.get("title") or ""), str(r.get("text") or "")) for r in rows])
    predictions = []
    for row, by_topic in zip(rows, scores, strict=True):
        chances = {t.id: round(by_topic[t.id].probability, 6) for t in topics}
        predictions.append(
            {"id": row["id"], **chances, "flags": [t.id for t in topics if chances[t.id] >= t.threshold]}
        )
    metrics = {
        t.id: _figures(rows, [p[t.id] for p in predictions], t)
        for t in topics
        if rows and all(r.get(t.id) is not None for r in rows)
    }
    return predictions, metrics


def _figures(rows: Sequence[Mapping[str, Any]], chances: Sequence[float], topic: Topic) -> dict[str, Any]:
    """The figures of one topic; rows that name their `event` also get those by event."""
    truth = [int(r[topic.id]) for r in rows]
    figures: dict[str, Any] = binary(truth, chances, topic.threshold)
    if any(truth) and all(r.get("event") for r in rows):
        figures["by_event"] = by_event(truth, chances, topic.threshold, [str(r["event"]) for r in rows])
    return figures


def stories(rows: Sequence[Mapping[str, Any]]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Online predictions `{id, story}` in date order, and B-cubed figures online and in one batch."""
    articles = [article_of(row) for row in rows]
    online = _online(articles)
    batch = {member: str(n) for n, group in enumerate(cluster(articles)) for member in group}
    predictions = [{"id": row["id"], "story": online[str(row["id"])]} for row in rows]
    if not any("cluster" in row for row in rows):
        return predictions, {}
    truth = {str(row["id"]): row.get("cluster") for row in rows}
    return predictions, {
        name: {"all": b_cubed(truth, guess), "clustered": b_cubed(truth, guess, only_clustered=True)}
        for name, guess in (("online", online), ("batch", batch))
    }


def _online(articles: Sequence[Article]) -> dict[str, str]:
    """Story ids after the articles arrived day by day; undated ones arrive together, first."""
    days: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        days[article.published.date().isoformat() if article.published else ""].append(article)
    seen: list[Article] = []
    known: list[Story] = []
    for day in sorted(days):
        seen += days[day]
        newest = max((a.published for a in days[day] if a.published), default=None)
        window = [a for a in seen if newest is None or a.published is None or a.published > newest - timedelta(days=14)]
        inside = {a.id for a in window}
        touched = carry_ids(cluster(window), [_part(s, inside) for s in known if inside & set(s.members)])
        known = [s for s in known if not inside & set(s.members)] + _with_old(touched, known, inside)
    return {member: story.id for story in known for member in story.members}


def _part(story: Story, inside: set[str]) -> Story:
    return Story(id=story.id, members=tuple(m for m in story.members if m in inside))


def _with_old(touched: Sequence[Story], known: Sequence[Story], inside: set[str]) -> list[Story]:
    """Members that have left the window stay with the story whose id they had."""
    old = {s.id: tuple(m for m in s.members if m not in inside) for s in known}
    ids = {s.id for s in touched}
    kept = [Story(id=s.id, members=(*old.get(s.id, ()), *s.members)) for s in touched]
    lost = [Story(id=i, members=m) for i, m in old.items() if m and i not in ids]
    return kept + [s for s in lost if not any(set(s.members) & set(k.members) for k in kept)]


def article_of(row: Mapping[str, Any]) -> Article:
    """The article that a row `{id, title, text, source, date, url?}` describes."""
    return Article(
        id=str(row["id"]),
        url=str(row.get("url") or ""),
        outlet=str(row.get("source") or ""),
        title=str(row.get("title") or ""),
        text=str(row.get("text") or ""),
        published=moment(row.get("date")),
    )


def moment(date: object) -> datetime | None:
    """The UTC midnight of `2025`, `2025-07`, a day or `fetched DAY`; None where there is no date.

    >>> moment("fetched 2025-07-02").isoformat()
    '2025-07-02T00:00:00+00:00'
    >>> moment("2025").month
    1
    """
    text = str(date or "").removeprefix("fetched").strip()[:10]
    parts = [int(p) for p in text.split("-") if p.isdigit()]
    if not parts:
        return None
    year, month, day = [*parts, 1, 1][:3]
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


def b_cubed(
    truth: Mapping[str, Hashable | None], guess: Mapping[str, Hashable], *, only_clustered: bool = False
) -> dict[str, float]:
    """B-cubed precision, recall and F1; an item whose truth is None is a cluster of its own."""
    own = {i: c if c is not None else ("alone", i) for i, c in truth.items()}
    by_truth, by_guess = _members(own), _members(guess)
    items = [i for i, c in truth.items() if c is not None or not only_clustered]
    if not items:
        return {"precision": 0.0, "recall": 0.0, "f1": 0.0}
    both = {i: len(by_truth[own[i]] & by_guess[guess[i]]) for i in items}
    precision = fmean(both[i] / len(by_guess[guess[i]]) for i in items)
    recall = fmean(both[i] / len(by_truth[own[i]]) for i in items)
    f1 = 2 * precision * recall / (precision + recall)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def _members(clusters: Mapping[str, Hashable]) -> dict[Hashable, set[str]]:
    members: dict[Hashable, set[str]] = defaultdict(set)
    for item, cluster_id in clusters.items():
        members[cluster_id].add(item)
    return members


def support(
    rows: Sequence[Mapping[str, Any]], score: Callable[[str, str], float], threshold: float
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Predictions `{id, supported, score}` and macro-F1, overall and by subset, where truth is given."""
    predictions = []
    for row in rows:
        value = max((score(str(row["claim"]), str(text)) for text in row.get("references") or []), default=0.0)
        predictions.append({"id": row["id"], "supported": value >= threshold, "score": round(value, 4)})
    if not rows or any(row.get("supported") is None for row in rows):
        return predictions, {}
    pairs = [
        (row.get("subset"), bool(row["supported"]), p["supported"]) for row, p in zip(rows, predictions, strict=True)
    ]
    subsets = sorted({str(s) for s, _, _ in pairs if s is not None})
    by_subset = {s: _macro([(t, g) for name, t, g in pairs if name == s]) for s in subsets}
    return predictions, {"macro_f1": _macro([(t, g) for _, t, g in pairs]), "by_subset": by_subset}


def pages(folder: Path, extractor: PageExtractor) -> Iterator[dict[str, Any]]:
    """What is extracted from every *.html and *.html.gz of `folder`, in order of name."""
    for path in sorted(p for p in folder.iterdir() if p.name.endswith((".html", ".html.gz"))):
        data = path.read_bytes()
        page = extractor.extract(gzip.decompress(data) if path.suffix == ".gz" else data, "")
        fields = ("title", "date", "author", "language", "text")
        yield {
            "name": path.name.partition(".")[0],
            "state": str(page.state),
            **{f: getattr(page, f) for f in fields},
        }


def _macro(pairs: Sequence[tuple[bool, bool]]) -> float:
    return round(float(f1_score([t for t, _ in pairs], [g for _, g in pairs], average="macro", zero_division=0.0)), 4)
