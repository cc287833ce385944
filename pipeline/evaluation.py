"""Figures on labelled rows: flags, stories, claim support. Pure: rows in, predictions and metrics out."""

from __future__ import annotations

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import fmean
from typing import Any

from sklearn.metrics import f1_score

from pipeline.domain.article import Article
from pipeline.domain.sketch import Language, Sketch
from pipeline.domain.story import ENDED_AFTER, Story
from pipeline.domain.topic import Topic
from pipeline.figures import area, binary, by_event
from pipeline.ports import Classifier, PageExtractor, RawPage
from pipeline.stages.cluster import advance, groups
from pipeline.stages.cluster.features import sketcher

ORDERS = 10
"""Orders of arrival that stories are measured over."""
ARRIVAL = 20
"""Articles that arrive together in them."""


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


def stories(rows: Sequence[Mapping[str, Any]], language: Language) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Online predictions `{id, story}` in order of date, and B-cubed figures: online, over orders of arrival, batch.

    Online is what the stage does: every arrival is clustered together with the open window around it.
    """
    _, sketch = sketcher(language.actors)
    sketches = {str(row["id"]): sketch(article_of(row)) for row in rows}
    online = _online(_arrivals(list(sketches.values())), language)
    predictions = [{"id": row["id"], "story": online[str(row["id"])]} for row in rows]
    if not any("cluster" in row for row in rows):
        return predictions, {}
    truth = {str(row["id"]): row.get("cluster") for row in rows}
    batch = {
        member: str(n) for n, g in enumerate(groups(list(sketches.values()), {}, language)) for member in g.members
    }
    orders = [_online(_arrivals(list(sketches.values()), seed), language) for seed in range(ORDERS)]
    return predictions, {
        "online": _b_cubed_both(truth, online),
        "online_orders": _mean([_b_cubed_both(truth, guess) for guess in orders]),
        "batch": _b_cubed_both(truth, batch),
    }


def _arrivals(sketches: Sequence[Sketch], seed: int | None = None) -> list[list[Sketch]]:
    """What arrives together: each day's articles, undated ones first; with a seed, shuffled and in small batches."""
    days: dict[str, list[Sketch]] = defaultdict(list)
    for one in sketches:
        days[one.published.date().isoformat() if one.published else ""].append(one)
    if seed is None:
        return [days[day] for day in sorted(days)]
    arrivals = []
    for day in sorted(days):
        shuffled = Random(seed).sample(days[day], len(days[day]))  # noqa: S311 -- an order, no secret
        arrivals += [shuffled[n : n + ARRIVAL] for n in range(0, len(shuffled), ARRIVAL)]
    return arrivals


def _online(arrivals: Iterable[Sequence[Sketch]], language: Language) -> dict[str, str]:
    """Story ids after the articles arrived, each arrival clustered with the open window around it."""
    seen: list[Sketch] = []
    known: dict[str, Story] = {}
    home: dict[str, str] = {}
    for arrival in arrivals:
        seen += arrival
        dates = [s.published for s in arrival if s.published]
        first, last = (min(dates) - ENDED_AFTER, max(dates) + ENDED_AFTER) if dates else (None, None)
        window = [s for s in seen if not (first and last and s.published) or first <= s.published <= last]
        touched = {home[s.id] for s in window if s.id in home}
        after = advance(window, [known.pop(story) for story in sorted(touched)], language)
        known |= {story.id: story for story in after}
        home |= {member: story.id for story in after for member in story.members}
    return home


def _b_cubed_both(truth: Mapping[str, Hashable | None], guess: Mapping[str, Hashable]) -> dict[str, dict[str, float]]:
    return {"all": b_cubed(truth, guess), "clustered": b_cubed(truth, guess, only_clustered=True)}


def _mean(figures: Sequence[dict[str, dict[str, float]]]) -> dict[str, dict[str, float]]:
    return {
        part: {name: round(fmean(f[part][name] for f in figures), 4) for name in names}
        for part, names in figures[0].items()
    }


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
    rows: Sequence[Mapping[str, Any]], score: Callable[[str, Sequence[str]], float], threshold: float
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Predictions `{id, supported, score}`, and macro-F1 and AUC overall and by subset, where truth is given."""
    predictions = []
    for row in rows:
        value = score(str(row["claim"]), [str(text) for text in row.get("references") or ()])
        predictions.append({"id": row["id"], "supported": value >= threshold, "score": round(value, 4)})
    if not rows or any(row.get("supported") is None for row in rows):
        return predictions, {}
    judged = [(row.get("subset"), bool(row["supported"]), p) for row, p in zip(rows, predictions, strict=True)]
    subsets = sorted({str(s) for s, _, _ in judged if s is not None})
    by_subset = {s: _macro([(t, p["supported"]) for name, t, p in judged if name == s]) for s in subsets}
    return predictions, {
        "macro_f1": _macro([(t, p["supported"]) for _, t, p in judged]),
        "auc": area([t for _, t, _ in judged], [p["score"] for _, _, p in judged]),
        "by_subset": by_subset,
        **({"subset_mean": round(fmean(by_subset.values()), 4)} if by_subset else {}),
    }


def pages(folder: Path, extractor: PageExtractor) -> list[dict[str, Any]]:
    """What is extracted from every *.html and *.html.gz of `folder`, in order of name."""
    paths = sorted(p for p in folder.iterdir() if p.name.endswith((".html", ".html.gz")))
    read = dict(extractor.extract_all(_raw(path) for path in paths))
    fields = ("title", "date", "author", "language", "text")
    return [
        {"name": path.name.partition(".")[0], "state": str(page.state), **{f: getattr(page, f) for f in fields}}
        for path in paths
        for page in [read[path.name]]
    ]


def _raw(path: Path) -> RawPage:
    data = path.read_bytes()
    return RawPage(key=path.name, body=gzip.decompress(data) if path.suffix == ".gz" else data)


def extraction(texts: Mapping[str, str], truth: Mapping[str, str]) -> dict[str, float]:
    """Precision, recall and F1 over runs of four words, as the article extraction benchmark of Scrapinghub has them.

    >>> extraction({"a": "one two three four"}, {"a": "one two three four"})["f1"]
    1.0
    """
    pairs = [(_runs(truth[name]), _runs(texts.get(name, ""))) for name in truth]
    shared = [((t & g).total(), t.total(), g.total()) for t, g in pairs]
    precision = fmean(hit / got if got else float(not true) for hit, true, got in shared)
    recall = fmean(hit / true if true else 1.0 for hit, true, _ in shared)
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / ((precision + recall) or 1)}


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(zip(*(words[n:] for n in range(4)), strict=False)) if len(words) >= 4 else Counter([tuple(words)])


def _macro(pairs: Sequence[tuple[bool, bool]]) -> float:
    return round(float(f1_score([t for t, _ in pairs], [g for _, g in pairs], average="macro", zero_division=0.0)), 4)
