"""Full stories for tests and benchmarks: those of the sample site, and our own in tests/data/stories."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.demo.content import SampleArticle, load_site
from pipeline.domain.article import Article

DATA = Path(__file__).resolve().parents[2] / "data"
FACTS: dict[str, list[str]] = json.loads((DATA / "stories" / "facts.json").read_text(encoding="utf-8"))
"""For each own story the facts that two independent sources or more tell, as patterns of a brief's text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story by its name, with its articles."""

    name: str
    articles: tuple[Article, ...]


def own_stories() -> Iterator[Story]:
    """Stories as news sites write them: datelines, captions, a wire copy, a roundup, a release with a list."""
    rows = [json.loads(line) for line in (DATA / "stories" / "own.jsonl").read_text(encoding="utf-8").splitlines()]
    for name in dict.fromkeys(row["story"] for row in rows):
        yield Story(name=name, articles=tuple(_article(row) for row in rows if row["story"] == name))


def demo_stories() -> Iterator[Story]:
    """The developments of the sample site."""
    site = load_site().articles
    for name in sorted({a.development for a in site if a.development}):
        articles = [_sample(a) for a in site if a.development == name]
        yield Story(name=name, articles=tuple(articles))


def _sample(a: SampleArticle) -> Article:
    url = f"https://demo.example/{a.slug}"
    return Article(id=a.slug, url=url, outlet=a.outlet_id, title=a.title, text=a.body, published=a.published)


def stories() -> Iterator[Story]:
    """All of them."""
    yield from own_stories()
    yield from demo_stories()


def _article(row: dict[str, str]) -> Article:
    day = datetime.fromisoformat(row["date"]).replace(tzinfo=UTC)
    return Article(
        id=row["id"], url=row["url"], outlet=row["source"], title=row["title"], text=row["text"], published=day
    )
