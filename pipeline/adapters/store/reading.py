"""Polls, entries and flags: what fetch and classify store."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, select, update

from pipeline.adapters.store.base import Database, chunks, upsert
from pipeline.adapters.store.schema import articles, entries, feed_bodies, flags, polls
from pipeline.domain.entry import Entry, published_by
from pipeline.domain.feed import Poll
from pipeline.domain.scope import Window
from pipeline.domain.state import State
from pipeline.domain.topic import Flag


class ReadingTables(Database):
    """The part of the port Store for fetch and classify."""

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

    def save_flags(self, given: Sequence[Flag]) -> None:
        names = ("article_id", "topic", "model_id", "probability", "flagged")
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


def newest_flags() -> ColumnElement[bool]:
    """Joins an article with what its newest model said; older models' flags stay as history."""
    return (flags.c.article_id == articles.c.id) & (flags.c.model_id == articles.c.flagged_by)


def _keys(connection: Connection, keys: Sequence[str]) -> set[str]:
    query = select(entries.c.key)
    return {r.key for part in chunks(keys) for r in connection.execute(query.where(entries.c.key.in_(part)))}


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
