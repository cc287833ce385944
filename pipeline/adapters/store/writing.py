"""Briefs: what draft stores."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, func, select

from pipeline.adapters.store.base import Database, chunks, upsert
from pipeline.adapters.store.schema import (
    articles,
    briefs,
    cited,
    entries,
    feed_bodies,
    members,
    stories,
)
from pipeline.adapters.store.stories import stories_from, told_stories
from pipeline.domain.brief import Brief, NoBrief
from pipeline.domain.record import from_record, to_record
from pipeline.domain.scope import Scope
from pipeline.domain.state import State
from pipeline.domain.story import Story


class WritingTables(Database):
    """The part of the port Store for draft."""

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
            newest = {b.story: b for b in newest_briefs(connection, [b.story for b in given])}
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
            _keep_sources(connection, [b for b in given if isinstance(b, Brief)])
            upsert(connection, stories, reasons)
        return states

    def briefs(self, story: str = "") -> list[Brief]:
        with self.engine.connect() as connection:
            if story:
                return newest_briefs(connection, [story])
            return newest_briefs(connection, list(connection.scalars(told_stories().distinct())))

    def briefs_between(self, since: datetime, until: datetime) -> list[Brief]:
        """The newest revisions among the briefs that were compiled within a time, newest first."""
        query = select(briefs.c.story).where(briefs.c.created.between(since, until)).distinct()
        with self.engine.connect() as connection:
            return newest_briefs(connection, sorted(connection.scalars(query)))

    def untold(self) -> list[str]:
        """The stories that have a brief but are told no longer: gone, not flagged, or without enough evidence."""
        query = select(briefs.c.story).distinct().where(briefs.c.story.not_in(told_stories()))
        with self.engine.connect() as connection:
            return list(connection.scalars(query))


def newest_briefs(connection: Connection, of: Sequence[str]) -> list[Brief]:
    """The newest revision of each story's brief, newest first."""
    last = select(func.max(briefs.c.seq)).group_by(briefs.c.story)
    query = select(briefs.c.seq, briefs.c.record).where(briefs.c.seq.in_(last))
    queries = [query.where(briefs.c.story.in_(part)) for part in chunks(of)]
    rows = sorted((r for q in queries for r in connection.execute(q)), key=lambda r: -r.seq)
    return [from_record(json.loads(r.record)) for r in rows]


def _keep_sources(connection: Connection, given: Sequence[Brief]) -> None:
    """Note what the briefs cite: the archive keeps its page, and the feed that first showed it with title and date."""
    ids = sorted({i for b in given for i in b.article_ids})
    known = {
        i
        for part in chunks(ids)
        for i in connection.scalars(select(cited.c.article_id).where(cited.c.article_id.in_(part)))
    }
    shown = select(feed_bodies.c.sha256).join(entries, entries.c.feed_url == feed_bodies.c.feed_url)
    shown = shown.where(feed_bodies.c.fetched_at <= entries.c.first_seen).order_by(feed_bodies.c.fetched_at.desc())
    rows = [
        {"article_id": i, "feed_sha256": connection.scalar(shown.where(entries.c.key == i).limit(1)) or ""}
        for i in ids
        if i not in known
    ]
    upsert(connection, cited, rows, replace=False)


def _brief_row(brief: Brief, now: datetime) -> Mapping[str, object]:
    record = json.dumps(to_record(brief), ensure_ascii=False)
    return {"story": brief.story, "revision": brief.revision, "record": record, "text": brief.text, "created": now}
