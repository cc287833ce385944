"""Which archived bodies are there, and which may go: what a brief cites is kept whatever its age."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from pipeline.adapters.store.base import Database, chunks
from pipeline.adapters.store.schema import articles, briefs, entries, feed_bodies
from pipeline.domain.feed import FeedBody
from pipeline.domain.scope import Window


class KeepingTables(Database):
    """What `policywire archive` and the end of a fetch run need."""

    def bodies_of(self, window: Window) -> list[FeedBody]:
        """Feed bodies fetched and pages first seen within the window, oldest first; a page names its entry's feed."""
        feeds = select(feed_bodies).where(
            feed_bodies.c.fetched_at >= window.since, feed_bodies.c.fetched_at < window.until
        )
        pages = select(
            entries.c.feed_url, entries.c.body_sha256.label("sha256"), entries.c.first_seen, entries.c.link
        ).where(entries.c.first_seen >= window.since, entries.c.first_seen < window.until, entries.c.body_sha256 != "")
        with self.engine.connect() as connection:
            found = [FeedBody(**r) for r in connection.execute(feeds).mappings()]
            found += [
                FeedBody(
                    feed_url=r.feed_url, sha256=r.sha256, fetched_at=r.first_seen, url=r.link, content_type="text/html"
                )
                for r in connection.execute(pages)
            ]
        return sorted(found, key=lambda b: (b.fetched_at, b.url))

    def forget_bodies(self, before: datetime, most: int) -> list[str]:
        """Forget up to `most` bodies older than `before`; gives those that nothing names any more."""
        with self.writer.begin() as connection:
            old = select(feed_bodies.c.sha256).where(feed_bodies.c.fetched_at < before).distinct().limit(most)
            feeds = list(connection.execute(old).scalars())
            pages = _old_pages(connection, before, most)
            for part in chunks(feeds):
                gone = delete(feed_bodies).where(feed_bodies.c.fetched_at < before, feed_bodies.c.sha256.in_(part))
                connection.execute(gone)
            for part in chunks([key for key, _ in pages]):
                connection.execute(update(entries).where(entries.c.key.in_(part)).values(body_sha256=""))
            return _unnamed(connection, sorted({*feeds, *(sha256 for _, sha256 in pages)}))


def _old_pages(connection: Connection, before: datetime, most: int) -> list[tuple[str, str]]:
    """(entry key, sha256) of old pages that no brief cites."""
    query = select(entries.c.key, entries.c.body_sha256).where(
        entries.c.first_seen < before, entries.c.body_sha256 != ""
    )
    if connection.execute(query.limit(1)).first() is None:
        return []
    cited = _cited(connection)
    return [(r.key, r.body_sha256) for r in connection.execute(query) if r.key not in cited][:most]


def _cited(connection: Connection) -> set[str]:
    """The articles that any revision of a brief has evidence from or lists as a source."""
    found: set[str] = set()
    urls: set[str] = set()
    for record in connection.execute(select(briefs.c.record)).scalars():
        brief = json.loads(record)
        found |= {e["article_id"] for s in brief.get("statements", []) for e in s["evidence"]}
        urls |= {source["url"] for source in brief.get("sources", [])}
    for part in chunks(sorted(urls)):
        found |= set(connection.execute(select(articles.c.id).where(articles.c.url.in_(part))).scalars())
    return found


def _unnamed(connection: Connection, sha256s: Sequence[str]) -> list[str]:
    named: set[str] = set()
    for part in chunks(sha256s):
        named |= set(connection.execute(select(feed_bodies.c.sha256).where(feed_bodies.c.sha256.in_(part))).scalars())
        named |= set(connection.execute(select(entries.c.body_sha256).where(entries.c.body_sha256.in_(part))).scalars())
    return [s for s in sha256s if s not in named]
