"""Briefs and editions: what draft and digest store."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection, func, select, update

from pipeline.adapters.store.base import Database, chunks, insert_new, upsert
from pipeline.adapters.store.reading import newest_flags
from pipeline.adapters.store.schema import (
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
from pipeline.adapters.store.stories import stories_from
from pipeline.domain.brief import Brief, NoBrief
from pipeline.domain.edition import Edition, Health, ReaderList
from pipeline.domain.record import from_record, to_record
from pipeline.domain.scope import Scope
from pipeline.domain.state import FAILED, State
from pipeline.domain.story import Story


class WritingTables(Database):
    """The part of the port Store for draft and digest."""

    def pending_stories(self, scope: Scope) -> list[Story]:
        query = select(stories.c.id)
        if scope.window:
            inside = (articles.c.published >= scope.window.since) & (articles.c.published < scope.window.until)
            joined = members.join(articles, articles.c.id == members.c.article_id)
            query = select(members.c.story_id).select_from(joined).where(inside).distinct()
        else:
            query = query.where(stories.c.pending_draft.is_(True))
        with self.engine.connect() as connection:
            found = stories_from(connection, sorted(connection.scalars(query).all()))
        return [s for s in found if s.topics and (not scope.topics or scope.topics & set(s.topics))]

    def save_briefs(self, given: Sequence[Brief | NoBrief], now: datetime) -> list[State]:
        """One state for each brief; a story may stand in a batch once."""
        states, rows, reasons = [], [], []
        with self.writer.begin() as connection:
            # Of two runs that draft one story at once, the second waits here and then sees what the first wrote.
            for part in chunks(sorted({b.story for b in given})):
                connection.execute(select(stories.c.id).where(stories.c.id.in_(part)).with_for_update())
            newest = {b.story: b for b in _briefs(connection, [b.story for b in given])}
            for brief in given:
                old = newest.get(brief.story)
                if isinstance(brief, NoBrief):
                    states.append(State.NO_EVIDENCE)
                elif old and replace(brief, revision=old.revision) == old:
                    states.append(State.UNCHANGED)
                else:
                    states.append(State.REVISED if old else State.DRAFTED)
                    rows.append(_brief_row(replace(brief, revision=old.revision + 1 if old else 1), now))
                reason = brief.reason if isinstance(brief, NoBrief) else ""
                reasons.append({"id": brief.story, "pending_draft": False, "no_brief_reason": reason})
            upsert(connection, briefs, rows, replace=False)
            upsert(connection, stories, reasons)
        return states

    def briefs(self, story: str = "") -> list[Brief]:
        with self.engine.connect() as connection:
            return _briefs(connection, [story] if story else None)

    def pending_briefs(self, readers: ReaderList) -> list[Brief]:
        query = select(edition_briefs.c.story, edition_briefs.c.revision).where(edition_briefs.c.list_id == readers.id)
        with self.engine.connect() as connection:
            had = {(r.story, r.revision) for r in connection.execute(query)}
        return [
            b
            for b in self.briefs()
            if (b.story, b.revision) not in had and (not readers.topics or readers.topics & set(b.topics))
        ]

    def health(self, since: datetime) -> Health:
        failed = [str(s) for s in FAILED]
        with self.engine.connect() as connection:
            feeds: dict[str, int] = dict(
                connection.execute(select(polls.c.state, func.count()).group_by(polls.c.state)).all()
            )
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
        failing = sum(n for state, n in feeds.items() if state in failed)
        return Health(
            feeds_read=sum(feeds.values()) - failing,
            feeds_failing=failing,
            articles=read or 0,
            flagged=flagged or 0,
            withheld=withheld or 0,
        )

    def edition(self, day: date, list_id: str) -> Edition | None:
        here = (editions.c.day == day) & (editions.c.list_id == list_id)
        inside = (edition_briefs.c.day == day) & (edition_briefs.c.list_id == list_id)
        with self.engine.connect() as connection:
            row = connection.execute(select(editions).where(here)).mappings().one_or_none()
            keys = connection.execute(select(edition_briefs.c.story, edition_briefs.c.revision).where(inside))
            held = tuple((r.story, r.revision) for r in keys)
        if row is None:
            return None
        return Edition(day=day, list_id=list_id, html=row["html"], text=row["text"], eml=bytes(row["eml"]), briefs=held)

    def save_edition(self, edition: Edition, recipients: Sequence[str], now: datetime) -> None:
        key = {"day": edition.day, "list_id": edition.list_id}
        row = {**key, "html": edition.html, "text": edition.text, "eml": edition.eml, "created": now}
        prepared = [{**key, "recipient": r, "state": "prepared", "reason": ""} for r in recipients]
        held = [{**key, "story": story, "revision": revision} for story, revision in edition.briefs]
        with self.writer.begin() as connection:
            if not insert_new(connection, editions, row):
                return  # another run committed this edition first: its briefs are the ones that readers get
            upsert(connection, edition_briefs, held, replace=False)
            upsert(connection, deliveries, prepared, replace=False)

    def claim_delivery(self, day: date, list_id: str, recipient: str) -> bool:
        table = deliveries
        key = (table.c.day == day) & (table.c.list_id == list_id) & (table.c.recipient == recipient)
        with self.writer.begin() as connection:
            change = update(table).where(key, table.c.state == "prepared").values(state="sending")
            return connection.execute(change).rowcount == 1

    def close_delivery(self, day: date, list_id: str, recipient: str, state: State, reason: str) -> None:
        table = deliveries
        key = (table.c.day == day) & (table.c.list_id == list_id) & (table.c.recipient == recipient)
        with self.writer.begin() as connection:
            connection.execute(update(table).where(key).values(state=str(state), reason=reason))

    def deliveries(self, day: date, list_id: str) -> dict[str, str]:
        """Recipient to state."""
        here = (deliveries.c.day == day) & (deliveries.c.list_id == list_id)
        with self.engine.connect() as connection:
            rows = connection.execute(select(deliveries.c.recipient, deliveries.c.state).where(here))
            return {r.recipient: r.state for r in rows}


def _briefs(connection: Connection, of: Sequence[str] | None) -> list[Brief]:
    """The newest revision of each story's brief, newest first; of all stories for None."""
    last = select(func.max(briefs.c.seq)).group_by(briefs.c.story)
    query = select(briefs.c.seq, briefs.c.record).where(briefs.c.seq.in_(last))
    queries = [query] if of is None else [query.where(briefs.c.story.in_(part)) for part in chunks(of)]
    rows = sorted((r for q in queries for r in connection.execute(q)), key=lambda r: -r.seq)
    return [from_record(json.loads(r.record)) for r in rows]


def _brief_row(brief: Brief, now: datetime) -> Mapping[str, object]:
    record = json.dumps(to_record(brief), ensure_ascii=False)
    return {"story": brief.story, "revision": brief.revision, "record": record, "text": brief.text, "created": now}
