"""Editions and their outbox: what digest stores."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Select, exists, func, select

from pipeline.adapters.store.base import Database, chunks, insert_new, upsert
from pipeline.adapters.store.flagging import newest_flags
from pipeline.adapters.store.outbox import PREPARED
from pipeline.adapters.store.schema import (
    approvals,
    articles,
    briefs,
    deliveries,
    edition_briefs,
    editions,
    entries,
    flags,
    members,
    polls,
    stories,
)
from pipeline.adapters.store.stories import merged_into, told_stories
from pipeline.domain.brief import Brief
from pipeline.domain.edition import Edition, Health, Item, ReaderList
from pipeline.domain.mailbox import distinct
from pipeline.domain.record import from_record
from pipeline.domain.state import FAILED, State


class EditionTables(Database):
    """The part of the port Store for digest."""

    def pending_items(self, readers: ReaderList) -> tuple[list[Item], list[tuple[str, int]]]:
        had = _settled_last(readers)
        settled = had.subquery()
        query = (
            select(briefs.c.story, briefs.c.revision, briefs.c.record)
            .outerjoin(settled, settled.c.story == briefs.c.story)
            .where(briefs.c.revision > func.coalesce(settled.c.revision, 0), briefs.c.story.in_(told_stories()))
            .order_by(briefs.c.seq)
        )
        if readers.approved:
            same = (approvals.c.story == briefs.c.story) & (approvals.c.revision == briefs.c.revision)
            query = query.where(exists().where(same))
        newest: dict[str, Brief] = {}
        pending: list[tuple[str, int]] = []
        with self.engine.connect() as connection:
            for row in connection.execute(query):
                brief = from_record(json.loads(row.record))
                if readers.topics and not readers.topics & set(brief.topics):
                    continue
                if readers.languages and not readers.languages & _languages(connection, brief):
                    continue
                newest.pop(row.story, None)  # the newest revision decides the order
                newest[row.story] = brief
                pending.append((row.story, row.revision))
            lines = {story: (*merged_into(connection, story), story) for story in newest}
            of = [edition_briefs.c.story.in_(part) for part in chunks([s for line in lines.values() for s in line])]
            last = {r.story: r.revision for part in of for r in connection.execute(had.where(part))}
            shown = _revisions(connection, last)
        items = [
            Item(brief=newest[story], before=tuple(shown[s] for s in lines[story] if s in shown))
            for story in reversed(newest)
        ]
        return items, pending

    def approve(self, story: str, revision: int, analyst: str, now: datetime) -> None:
        """An analyst's word that this revision may go to lists that want approved briefs."""
        row = {"story": story, "revision": revision, "analyst": analyst, "moment": now}
        with self.writer.begin() as connection:
            upsert(connection, approvals, [row], replace=False)

    def health(self, since: datetime, feed_urls: Sequence[str]) -> Health:
        wanted = select(polls.c.state, polls.c.health, polls.c.polled_at)
        with self.engine.connect() as connection:
            known = [r for p in chunks(feed_urls) for r in connection.execute(wanted.where(polls.c.feed_url.in_(p)))]
            seen = entries.c.first_seen >= since
            joined = entries.join(articles, articles.c.id == entries.c.key)
            read = connection.scalar(select(func.count()).select_from(joined).where(seen))
            flagged = connection.scalar(
                select(func.count(flags.c.article_id.distinct()))
                .select_from(joined.join(flags, newest_flags()))
                .where(seen, flags.c.flagged.is_(True))
            )
            told = joined.join(members, members.c.article_id == articles.c.id).join(stories)
            withheld = connection.scalar(
                select(func.count(stories.c.id.distinct()))
                .select_from(told)
                .where(seen, stories.c.no_brief_reason != "")
            )
        tried = [row for row in known if row.polled_at >= since]
        return Health(
            feeds=len(feed_urls),
            feeds_tried=len(tried),
            feeds_read=sum(row.state not in FAILED for row in tried),
            feeds_failing=sum(row.state in FAILED for row in known),
            feeds_silent=sum(row.health == State.QUIET for row in known),
            articles=read or 0,
            flagged=flagged or 0,
            withheld=withheld or 0,
        )

    def stories_per_day(self, first: date, last: date, zone: str) -> list[tuple[date, int]]:
        here = ZoneInfo(zone)
        begin, end = (datetime.combine(d, time(), here) for d in (first, last + timedelta(days=1)))
        joined = entries.join(articles, articles.c.id == entries.c.key).join(flags, newest_flags())
        founded = (
            select(func.min(entries.c.first_seen).label("seen"))
            .select_from(joined.join(members, members.c.article_id == articles.c.id))
            .where(flags.c.flagged.is_(True))
            .group_by(members.c.story_id)
            .having(func.min(entries.c.first_seen) >= begin, func.min(entries.c.first_seen) < end)
        )
        with self.engine.connect() as connection:
            days = Counter(moment.astimezone(here).date() for moment in connection.scalars(founded))
        return [(d, days[d]) for d in (first + timedelta(days=n) for n in range((last - first).days + 1))]

    def last_edition(self, list_id: str) -> datetime | None:
        query = select(editions.c.created).where(editions.c.list_id == list_id).order_by(editions.c.created.desc())
        with self.engine.connect() as connection:
            return connection.scalars(query.limit(1)).first()

    def edition(self, day: date, list_id: str) -> Edition | None:
        with self.engine.connect() as connection:
            found = _editions(connection, (editions.c.day == day) & (editions.c.list_id == list_id), 1)
        return found[0] if found else None

    def editions(self, list_id: str, newest: int) -> list[Edition]:
        with self.engine.connect() as connection:
            return _editions(connection, editions.c.list_id == list_id, newest)

    def save_edition(self, edition: Edition, recipients: Sequence[str], now: datetime) -> None:
        key = {"day": edition.day, "list_id": edition.list_id}
        row = {**key, **{n: getattr(edition, n) for n in ("title", "html", "text", "eml", "name")}, "created": now}
        waiting = {"state": PREPARED, "reason": "", "attempts": 0, "moment": now}
        prepared = [{**key, **waiting, "recipient": r, "mailbox": m} for r, m in distinct(recipients).items()]
        settled = [{**key, "story": story, "revision": revision} for story, revision in edition.briefs]
        with self.writer.begin() as connection:
            if not insert_new(connection, editions, row):
                return  # another run committed this edition first: its briefs are the ones that readers get
            upsert(connection, edition_briefs, settled, replace=False)
            upsert(connection, deliveries, prepared, replace=False)

    def edition_lists(self) -> list[str]:
        """The id of every list that has ever had an edition."""
        with self.engine.connect() as connection:
            return list(connection.scalars(select(editions.c.list_id).distinct().order_by(editions.c.list_id)))


def _settled_last(readers: ReaderList) -> Select[tuple[str, int]]:
    """Story and newest revision that an edition of the list has settled."""
    return (
        select(edition_briefs.c.story, func.max(edition_briefs.c.revision).label("revision"))
        .where(edition_briefs.c.list_id == readers.id)
        .group_by(edition_briefs.c.story)
    )


def _editions(connection: Connection, where: ColumnElement[bool], newest: int) -> list[Edition]:
    rows = connection.execute(select(editions).where(where).order_by(editions.c.day.desc()).limit(newest)).mappings()
    names = ("day", "list_id", "title", "html", "text", "name")
    return [Edition(**{n: r[n] for n in names}, eml=bytes(r["eml"]), briefs=_settled(connection, r)) for r in rows]


def _settled(connection: Connection, row: Any) -> tuple[tuple[str, int], ...]:
    inside = (edition_briefs.c.day == row["day"]) & (edition_briefs.c.list_id == row["list_id"])
    keys = select(edition_briefs.c.story, edition_briefs.c.revision).where(inside)
    return tuple((r.story, r.revision) for r in connection.execute(keys))


def _languages(connection: Connection, brief: Brief) -> set[str]:
    """The languages of the articles that a brief cites."""
    ids = [source.article_id for source in brief.sources]
    return set(connection.scalars(select(articles.c.language).where(articles.c.id.in_(ids))))


def _revisions(connection: Connection, wanted: Mapping[str, int]) -> dict[str, Brief]:
    """Story to the brief of the revision that is asked for."""
    query = select(briefs.c.story, briefs.c.revision, briefs.c.record)
    parts = [connection.execute(query.where(briefs.c.story.in_(p))).all() for p in chunks(list(wanted))]
    rows = [row for part in parts for row in part if row.revision == wanted[row.story]]
    return {row.story: from_record(json.loads(row.record)) for row in rows}
