"""Stories and briefs: what cluster and draft store."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, exists, func, select

from pipeline.adapters.store.base import Database, chunks, upsert
from pipeline.adapters.store.flagging import newest_flags
from pipeline.adapters.store.pages import article_query, articles_from
from pipeline.adapters.store.schema import (
    articles,
    briefs,
    flags,
    members,
    stories,
)
from pipeline.domain.article import Article
from pipeline.domain.brief import Brief, NoBrief
from pipeline.domain.record import from_record, to_record
from pipeline.domain.scope import Scope, Window
from pipeline.domain.state import State
from pipeline.domain.story import Story

NEAR = timedelta(days=14)  # how far around new articles stories are clustered again


class WritingTables(Database):
    """The part of the port Store for cluster and draft."""

    def open_articles(self, window: Window | None) -> list[Article]:
        placed = exists().where(members.c.article_id == articles.c.id)
        known = articles.c.flagged_by != ""
        with self.engine.connect() as connection:
            if window:
                first, last = window.since, window.until
            else:
                query = select(func.min(articles.c.published), func.max(articles.c.published)).where(known, ~placed)
                first, last = connection.execute(query).one()
            if first is None:
                return []
            near = articles.c.published.between(first - NEAR, last + NEAR)
            return articles_from(connection, [article_query().where(known, near)])

    def stories(self, article_ids: Sequence[str]) -> list[Story]:
        query = select(members.c.story_id).distinct()
        with self.engine.connect() as connection:
            parts = [connection.scalars(query.where(members.c.article_id.in_(p))).all() for p in chunks(article_ids)]
            return _stories(connection, sorted({i for part in parts for i in part}))

    def save_stories(self, given: Sequence[Story]) -> None:
        """Write only what moved; a story whose members changed waits for a new draft."""
        with self.writer.begin() as connection:
            query = select(members.c.article_id, members.c.story_id)
            home: dict[str, str] = {}
            for part in chunks([m for s in given for m in s.members]):
                home |= dict(connection.execute(query.where(members.c.article_id.in_(part))).all())
            moved = [(m, s.id) for s in given for m in s.members if home.get(m) != s.id]
            changed = {s for _, s in moved} | {home[m] for m, _ in moved if m in home}
            rows = [{"id": s, "pending_draft": True, "no_brief_reason": ""} for s in sorted(changed)]
            upsert(connection, stories, rows)
            upsert(connection, members, [{"article_id": m, "story_id": s} for m, s in moved])
            left = ~exists().where(members.c.story_id == stories.c.id)
            for part in chunks(sorted(changed)):
                connection.execute(delete(stories).where(stories.c.id.in_(part), left))

    def pending_stories(self, scope: Scope) -> list[Story]:
        query = select(stories.c.id)
        if scope.window:
            inside = (articles.c.published >= scope.window.since) & (articles.c.published < scope.window.until)
            joined = members.join(articles, articles.c.id == members.c.article_id)
            query = select(members.c.story_id).select_from(joined).where(inside).distinct()
        else:
            query = query.where(stories.c.pending_draft.is_(True))
        with self.engine.connect() as connection:
            found = _stories(connection, sorted(connection.scalars(query).all()))
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


def _stories(connection: Connection, ids: Sequence[str]) -> list[Story]:
    """Whole stories: members oldest first, and the topics that any member is flagged with."""
    joined = members.join(articles, articles.c.id == members.c.article_id)
    order = (members.c.story_id, articles.c.published, articles.c.id)
    listed: dict[str, list[str]] = {}
    topics: dict[str, set[str]] = {}
    for part in chunks(ids):
        here = members.c.story_id.in_(part)
        query = select(members.c.story_id, members.c.article_id).select_from(joined).where(here).order_by(*order)
        for row in connection.execute(query):
            listed.setdefault(row.story_id, []).append(row.article_id)
        flagged = (
            select(members.c.story_id, flags.c.topic)
            .select_from(joined.join(flags, newest_flags()))
            .where(here, flags.c.flagged.is_(True))
        )
        for row in connection.execute(flagged):
            topics.setdefault(row.story_id, set()).add(row.topic)
    return [Story(id=i, members=tuple(m), topics=tuple(sorted(topics.get(i, ())))) for i, m in listed.items()]


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
