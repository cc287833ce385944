"""Which archived bodies are there, and which may go: what a brief cites is kept whatever its age."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select, tuple_, update

from pipeline.adapters.store.base import CHUNK, Database, chunks
from pipeline.adapters.store.schema import cited, entries, feed_bodies, page_bodies
from pipeline.domain.feed import FeedBody
from pipeline.domain.scope import Window


class KeepingTables(Database):
    """What `policywire archive` and the end of a fetch run need."""

    def bodies_of(self, window: Window) -> list[FeedBody]:
        """Feeds and pages fetched within the window, oldest first; a page names its entry's feed."""
        feeds = select(feed_bodies).where(
            feed_bodies.c.fetched_at >= window.since, feed_bodies.c.fetched_at < window.until
        )
        pages = (
            select(entries.c.feed_url, *(page_bodies.c[n] for n in ("sha256", "fetched_at", "url", "content_type")))
            .select_from(page_bodies.join(entries))
            .where(page_bodies.c.fetched_at >= window.since, page_bodies.c.fetched_at < window.until)
        )
        with self.engine.connect() as connection:
            found = [FeedBody(**r) for r in connection.execute(feeds).mappings()]
            # Pages of older releases have no type of their own.
            found += [
                FeedBody(**{**r, "content_type": r["content_type"] or "text/html"})
                for r in connection.execute(pages).mappings()
            ]
        return sorted(found, key=lambda b: (b.fetched_at, b.url))

    def forget_bodies(self, before: datetime, most: int) -> list[str]:
        """Forget up to `most` bodies older than `before`; gives those that nothing names any more."""
        with self.writer.begin() as connection:
            shown = select(cited.c.feed_sha256)
            old = select(feed_bodies.c.sha256).where(
                feed_bodies.c.fetched_at < before, feed_bodies.c.sha256.not_in(shown)
            )
            feeds = list(connection.execute(old.distinct().limit(most)).scalars())
            for part in chunks(feeds):
                gone = delete(feed_bodies).where(feed_bodies.c.fetched_at < before, feed_bodies.c.sha256.in_(part))
                connection.execute(gone)
            return _unnamed(connection, sorted({*feeds, *_forget_pages(connection, before, most)}))


def _forget_pages(connection: Connection, before: datetime, most: int) -> set[str]:
    """Forget old bodies of pages that no brief cites; gives their hashes."""
    named = tuple_(page_bodies.c.entry_key, page_bodies.c.sha256)
    old = select(page_bodies.c.entry_key, page_bodies.c.sha256).where(
        page_bodies.c.fetched_at < before, page_bodies.c.entry_key.not_in(select(cited.c.article_id))
    )
    rows = [(r.entry_key, r.sha256) for r in connection.execute(old.limit(most))]
    for start in range(0, len(rows), CHUNK):
        part = rows[start : start + CHUNK]
        connection.execute(delete(page_bodies).where(named.in_(part)))
        last = tuple_(entries.c.key, entries.c.body_sha256).in_(part)
        connection.execute(update(entries).where(last).values(body_sha256=""))
    return {sha256 for _, sha256 in rows}


def _unnamed(connection: Connection, sha256s: Sequence[str]) -> list[str]:
    named: set[str] = set()
    for part in chunks(sha256s):
        for column in (feed_bodies.c.sha256, page_bodies.c.sha256):
            named |= set(connection.execute(select(column).where(column.in_(part))).scalars())
    return [s for s in sha256s if s not in named]
