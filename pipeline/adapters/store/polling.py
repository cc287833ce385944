"""Polls, feed bodies and new entries: what fetch stores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from pipeline.adapters.store.base import Database, chunks, upsert
from pipeline.adapters.store.schema import entries, feed_bodies, polls
from pipeline.domain.entry import Entry, published_by
from pipeline.domain.feed import FeedBody, Poll
from pipeline.domain.rhythm import Rhythm
from pipeline.domain.scope import Window
from pipeline.domain.state import State

RHYTHM = {"weight": "weight", "rhythm_at": "at", "rhythm_since": "since", "last_new": "last_new"}
PLAIN = tuple(c.name for c in polls.columns if c.name not in RHYTHM)


class PollingTables(Database):
    """The part of the port Store for fetch."""

    def polls(self, feed_urls: Sequence[str]) -> dict[str, Poll]:
        with self.engine.connect() as connection:
            rows = [
                r
                for part in chunks(feed_urls)
                for r in connection.execute(select(polls).where(polls.c.feed_url.in_(part))).mappings()
            ]
        return {r["feed_url"]: _poll(r) for r in rows}

    def save_polls(self, polled: Sequence[Poll]) -> None:
        rows = [
            {**{n: getattr(p, n) for n in PLAIN}, **{c: getattr(p.rhythm, n) for c, n in RHYTHM.items()}}
            for p in polled
        ]
        with self.writer.begin() as connection:
            upsert(connection, polls, rows)

    def save_feed_bodies(self, bodies: Sequence[FeedBody]) -> None:
        with self.writer.begin() as connection:
            upsert(connection, feed_bodies, [asdict(b) for b in bodies], replace=False)

    def feed_bodies(self, feed_urls: Sequence[str], window: Window) -> list[FeedBody]:
        # Backfilled entries may be far older than the poll that first showed them: no upper bound helps there.
        table, wanted = feed_bodies, set(feed_urls)
        query = select(table).where(table.c.fetched_at >= window.since).order_by(table.c.fetched_at, table.c.feed_url)
        with self.engine.connect() as connection:
            return [FeedBody(**r) for r in connection.execute(query).mappings() if r["feed_url"] in wanted]

    def add_entries(self, found: Sequence[Entry], now: datetime) -> list[State]:
        with self.writer.begin() as connection:
            links = _links(connection, [e.key for e in found])
            guids = _guids(connection, [e.guid_key for e in found if e.guid_key])
            states, rows = [], []
            for entry in found:
                # A guid counts only together with the title: some feeds give all their items one guid.
                guid = (entry.guid_key, entry.title.casefold()) if entry.guid_key else None
                known = entry.key in links or guid in guids
                states.append(State.KNOWN if known else State.NEW)
                if not known:
                    rows.append(_entry_row(entry, now))
                links.add(entry.key)
                guids |= {guid} if guid else set()
            upsert(connection, entries, rows, replace=False)
        return states


def _poll(row: RowMapping) -> Poll:
    rhythm = Rhythm(**{name: row[column] for column, name in RHYTHM.items()})
    plain = {name: row[name] for name in PLAIN}
    return Poll(**{**plain, "state": State(row["state"]), "health": State(row["health"]), "rhythm": rhythm})


def _links(connection: Connection, keys: Sequence[str]) -> set[str]:
    column = entries.c.link_key
    return set(_in(connection, [select(column).where(column.in_(part)) for part in chunks(keys)]))


def _guids(connection: Connection, keys: Sequence[str]) -> set[tuple[str, str]]:
    column = entries.c.guid_key
    queries = [select(column, entries.c.title).where(column.in_(part)) for part in chunks(keys)]
    return {(r.guid_key, r.title.casefold()) for query in queries for r in connection.execute(query)}


def _in(connection: Connection, queries: Iterable[Any]) -> Iterable[str]:
    for query in queries:
        yield from connection.execute(query).scalars()


def _entry_row(entry: Entry, now: datetime) -> dict[str, Any]:
    names = ("key", "feed_url", "link", "title", "summary", "author", "published_raw", "guid_key")
    return {
        **{n: getattr(entry, n) for n in names},
        "link_key": entry.key,
        "guid": entry.id,
        "published": published_by(entry, now),
        "first_seen": now,
        "state": str(State.PENDING),
        "reason": "",
        "body_sha256": "",
    }
