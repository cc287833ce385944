"""Polls, entries, pages and flags: what fetch, extract and classify store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, select, update

from pipeline.adapters.store.base import Database, chunks, upsert
from pipeline.adapters.store.schema import articles, entries, feed_bodies, flags, polls, texts
from pipeline.domain.article import Article
from pipeline.domain.entry import Entry, published_by
from pipeline.domain.feed import Poll
from pipeline.domain.scope import Scope, Window
from pipeline.domain.state import State
from pipeline.domain.topic import Flag
from pipeline.ports import PendingEntry, ReadEntry


class ReadingTables(Database):
    """The part of the port Store for fetch, extract and classify."""

    def polls(self, feed_urls: Sequence[str]) -> dict[str, Poll]:
        with self.engine.connect() as connection:
            rows = [
                r
                for part in chunks(feed_urls)
                for r in connection.execute(select(polls).where(polls.c.feed_url.in_(part))).mappings()
            ]
        return {r["feed_url"]: Poll(**{**r, "state": State(r["state"])}) for r in rows}

    def save_polls(self, polled: Sequence[Poll]) -> None:
        names = [c.name for c in polls.columns]
        with self.writer.begin() as connection:
            upsert(connection, polls, [{n: getattr(p, n) for n in names} for p in polled])

    def save_feed_bodies(self, bodies: Sequence[tuple[str, str, datetime]]) -> None:
        rows = [{"feed_url": url, "sha256": sha, "fetched_at": at} for url, sha, at in bodies]
        with self.writer.begin() as connection:
            upsert(connection, feed_bodies, rows, replace=False)

    def feed_bodies(self, feed_urls: Sequence[str], window: Window) -> list[tuple[str, str]]:
        # Backfilled entries may be far older than the poll that first showed them: no upper bound helps there.
        table, wanted = feed_bodies, set(feed_urls)
        query = select(table).where(table.c.fetched_at >= window.since).order_by(table.c.fetched_at, table.c.feed_url)
        with self.engine.connect() as connection:
            return [(r.feed_url, r.sha256) for r in connection.execute(query) if r.feed_url in wanted]

    def add_entries(self, found: Sequence[Entry], now: datetime) -> list[State]:
        with self.writer.begin() as connection:
            known = _keys(connection, [e.key for e in found])
            states, rows = [], []
            for entry in found:
                states.append(State.KNOWN if entry.key in known else State.NEW)
                if entry.key not in known:
                    known.add(entry.key)
                    rows.append(_entry_row(entry, now))
            upsert(connection, entries, rows, replace=False)
        return states

    def pending_entries(self, scope: Scope) -> list[PendingEntry]:
        where = [_within(entries, scope.window)] if scope.window else [entries.c.state == State.PENDING]
        if scope.feeds:
            where.append(entries.c.feed_url.in_(scope.feeds))
        names = ("key", "link", "title", "summary", "author", "feed_url", "published")
        query = select(*(entries.c[n] for n in names)).where(*where).order_by(entries.c.published, entries.c.key)
        with self.engine.connect() as connection:
            found = [PendingEntry(**r) for r in connection.execute(query).mappings()]
        return [e for e in found if not scope.shard or scope.shard.holds(e.link)]

    def page_bodies(self, keys: Sequence[str]) -> dict[str, str]:
        query = select(entries.c.key, entries.c.body_sha256).where(entries.c.body_sha256 != "")
        with self.engine.connect() as connection:
            rows = [r for part in chunks(keys) for r in connection.execute(query.where(entries.c.key.in_(part)))]
        return {r.key: r.body_sha256 for r in rows}

    def save_pages(self, pages: Sequence[ReadEntry]) -> None:
        """Entry states and articles in one transaction; an article whose text changed waits for new flags."""
        kept = [p.article for p in pages if p.article]
        with self.writer.begin() as connection:
            before = _flagged(connection, [a.id for a in kept])
            upsert(connection, texts, [{"sha256": a.sha256, "text": a.text} for a in kept], replace=False)
            rows = [{**_article_row(a), "flagged_by": before.get((a.id, a.sha256), "")} for a in kept]
            upsert(connection, articles, rows)
            if pages:
                change = update(entries).where(entries.c.key == bindparam("of"))
                values = [
                    {"of": p.key, "state": str(p.state), "reason": p.reason, "body_sha256": p.body_sha256}
                    for p in pages
                ]
                connection.execute(change, values)

    def pending_articles(self, scope: Scope) -> list[Article]:
        query = article_query().where(articles.c.state == State.OK)
        where = _within(articles, scope.window) if scope.window else articles.c.flagged_by == ""
        with self.engine.connect() as connection:
            return articles_from(connection, [query.where(where)])

    def articles(self, ids: Sequence[str]) -> list[Article]:
        with self.engine.connect() as connection:
            return articles_from(connection, [article_query().where(articles.c.id.in_(part)) for part in chunks(ids)])

    def save_flags(self, given: Sequence[Flag]) -> None:
        names = ("article_id", "topic", "model_id", "probability", "flagged", "sentence")
        rows = [{**{n: getattr(f, n) for n in names}, "terms": json.dumps(f.terms)} for f in given]
        with self.writer.begin() as connection:
            upsert(connection, flags, rows)
            by = {f.article_id: f.model_id for f in given}
            if by:
                change = update(articles).where(articles.c.id == bindparam("of")).values(flagged_by=bindparam("by"))
                connection.execute(change, [{"of": article, "by": model} for article, model in by.items()])

    def flags(self, article_ids: Sequence[str]) -> list[Flag]:
        query = select(flags).join(articles, newest_flags())
        with self.engine.connect() as connection:
            rows = [
                r
                for part in chunks(article_ids)
                for r in connection.execute(query.where(flags.c.article_id.in_(part))).mappings()
            ]
        return [Flag(**{**r, "terms": tuple(json.loads(r["terms"]))}) for r in rows]


def article_query() -> Select[Any]:
    columns = [c for c in articles.columns if c.name not in {"text_sha256", "flagged_by"}]
    return select(*columns, texts.c.text).join(texts, texts.c.sha256 == articles.c.text_sha256)


def newest_flags() -> ColumnElement[bool]:
    """Joins an article with what its newest model said; older models' flags stay as history."""
    return (flags.c.article_id == articles.c.id) & (flags.c.model_id == articles.c.flagged_by)


def articles_from(connection: Connection, queries: Iterable[Select[Any]]) -> list[Article]:
    """The articles of some queries, oldest first."""
    rows = [r for query in queries for r in connection.execute(query).mappings()]
    found = [Article(**{**r, "state": State(r["state"])}) for r in rows]
    return sorted(found, key=lambda a: (a.published, a.id))


def _within(table: Any, window: Window) -> ColumnElement[bool]:
    column = table.c.published
    return (column >= window.since) & (column < window.until)  # type: ignore[no-any-return]  # Table.c is untyped


def _keys(connection: Connection, keys: Sequence[str]) -> set[str]:
    query = select(entries.c.key)
    return {r.key for part in chunks(keys) for r in connection.execute(query.where(entries.c.key.in_(part)))}


def _flagged(connection: Connection, ids: Sequence[str]) -> dict[tuple[str, str], str]:
    """(Article id, text hash) to the model that flagged that text."""
    query = select(articles.c.id, articles.c.text_sha256, articles.c.flagged_by)
    rows = [r for part in chunks(ids) for r in connection.execute(query.where(articles.c.id.in_(part)))]
    return {(r.id, r.text_sha256): r.flagged_by for r in rows}


def _entry_row(entry: Entry, now: datetime) -> dict[str, Any]:
    names = ("key", "feed_url", "link", "title", "summary", "author", "published_raw")
    return {
        **{n: getattr(entry, n) for n in names},
        "guid": entry.id,
        "published": published_by(entry, now),
        "first_seen": now,
        "state": str(State.PENDING),
        "reason": "",
        "body_sha256": "",
    }


def _article_row(article: Article) -> dict[str, Any]:
    names = ("id", "url", "outlet", "country", "title", "author", "published", "retrieved", "language")
    return {**{n: getattr(article, n) for n in names}, "state": str(article.state), "text_sha256": article.sha256}
