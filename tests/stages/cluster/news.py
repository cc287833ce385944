"""Invented news: developments with words of their own, told by several outlets over days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from pipeline.adapters.store import SqlStore
from pipeline.domain.article import Article
from pipeline.domain.entry import Entry
from pipeline.domain.state import State
from pipeline.domain.topic import Flag
from pipeline.ports import ReadEntry

START = datetime(2025, 3, 3, tzinfo=UTC)
SYLLABLES = "ba ke lo mi nu ra so te vi zu dra fel gon hul jor pim qua rit sel tov wan yel".split()
COMMON = "ministers said talks agreed report plan group week officials policy new rules states public meeting".split()


def word(random: Random) -> str:
    return "".join(random.choice(SYLLABLES) for _ in range(3))


def telling(random: Random, key: str, own: list[str], published: datetime) -> Article:
    """One outlet's account: a headline and text of the development's words among common ones."""
    text = (
        random.sample(own, 12) + random.sample(own, 6) + random.choices(COMMON, k=20) + [word(random) for _ in range(6)]
    )
    random.shuffle(text)
    return Article(
        id=key,
        url=f"https://{key}.example",
        outlet=f"Outlet {random.randint(1, 9)}",
        title=" ".join(random.sample(own[:8], 5)),
        text=" ".join(text),
        published=published,
        retrieved=published,
    )


def developments(seed: int, count: int = 40, days: int = 30) -> dict[str, tuple[str, Article]]:
    """Article id to (development, article): each development lives up to five days, a third are single articles."""
    random = Random(seed)
    found: dict[str, tuple[str, Article]] = {}
    for n in range(count):
        own = [word(random) for _ in range(24)]
        first = START + timedelta(hours=random.randint(0, (days - 5) * 24))
        for k in range(1 if n % 3 == 0 else random.randint(2, 9)):
            key = f"d{n:02}a{k}"
            found[key] = f"d{n}", telling(random, key, own, first + timedelta(hours=random.randint(0, 100) * min(k, 1)))
    return found


def keep(store: SqlStore, articles: list[Article]) -> dict[str, str]:
    """Store them as flagged articles; gives given id to stored id."""
    entries = [
        Entry(feed_url="https://n.example/feed", id=a.id, link=a.url, title=a.title, published=a.published)
        for a in articles
    ]
    later = START + timedelta(days=365)
    store.add_entries(entries, later)
    pairs = list(zip(entries, articles, strict=True))
    kept = [
        Article(
            id=e.key, url=a.url, outlet=a.outlet, title=a.title, text=a.text, published=a.published, retrieved=later
        )
        for e, a in pairs
    ]
    store.save_pages([ReadEntry(key=a.id, state=State.OK, article=a) for a in kept])
    store.save_flags(
        [Flag(article_id=a.id, topic="ai", probability=0.9, flagged=True, model_id="m", terms=()) for a in kept]
    )
    return {a.id: e.key for e, a in pairs}
