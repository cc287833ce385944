"""Sketches, stories and their history: what cluster and the analysts store."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, exists, func, or_, select

from pipeline.adapters.store.base import Database, chunks, upsert
from pipeline.adapters.store.flagging import newest_flags
from pipeline.adapters.store.pages import article_query, articles_from
from pipeline.adapters.store.schema import (
    articles,
    edition_briefs,
    editions,
    flags,
    members,
    sketches,
    stories,
    story_events,
)
from pipeline.domain.article import Article
from pipeline.domain.scope import Window
from pipeline.domain.sketch import Sketch
from pipeline.domain.story import ENDED_AFTER, Change, Overview, Story, StoryEvent


class StoryTables(Database):
    """The part of the port Store for cluster and for analysts."""

    def open_sketches(self, window: Window | None, maker: str) -> tuple[list[Sketch], list[Article]]:
        with self.engine.connect() as connection:
            near = and_(articles.c.flagged_by != "", _near(connection, window))
            made = and_(
                sketches.c.article_id == articles.c.id,
                sketches.c.text_sha256 == articles.c.text_sha256,
                sketches.c.maker == maker,
            )
            query = select(articles.c.id, articles.c.published, sketches).join(sketches, made).where(near)
            ready = [
                Sketch(**{k: v for k, v in row.items() if k != "article_id"})
                for row in connection.execute(query).mappings()
            ]
            unread = article_query().where(near, ~exists().where(made))
            return ready, articles_from(connection, [unread])

    def save_sketches(self, given: Sequence[Sketch]) -> None:
        names = [c.name for c in sketches.columns if c.name != "article_id"]
        with self.writer.begin() as connection:
            rows = [{"article_id": s.id, **{n: getattr(s, n) for n in names}} for s in given]
            upsert(connection, sketches, rows)

    def stories(self, article_ids: Sequence[str]) -> list[Story]:
        query = select(members.c.story_id).distinct()
        with self.engine.connect() as connection:
            parts = [connection.scalars(query.where(members.c.article_id.in_(p))).all() for p in chunks(article_ids)]
            return stories_from(connection, sorted({i for part in parts for i in part}))

    def save_stories(self, given: Sequence[Story], now: datetime, events: Sequence[StoryEvent] = ()) -> None:
        """Write only what moved; a story whose members changed waits for a new draft."""
        with self.writer.begin() as connection:
            held = _places(connection, [m for s in given for m in s.members])
            _place(connection, given, held, {m for m, row in held.items() if row.pinned}, now, events)

    def arrange_stories(self, given: Sequence[Story], now: datetime, events: Sequence[StoryEvent]) -> None:
        with self.writer.begin() as connection:
            held = _places(connection, [m for s in given for m in s.members])
            _place(connection, given, held, set(), now, events)

    def overviews(self, story_ids: Sequence[str] = ()) -> list[Overview]:
        query = (
            select(members.c.story_id, members.c.joined, articles.c.id)
            .add_columns(articles.c.title, articles.c.outlet, articles.c.country, articles.c.published)
            .join(articles, articles.c.id == members.c.article_id)
            .order_by(articles.c.published, articles.c.id)
        )
        with self.engine.connect() as connection:
            ids = story_ids or connection.scalars(select(stories.c.id)).all()
            rows: dict[str, list[Row[Any]]] = {}
            for part in chunks(ids):
                for row in connection.execute(query.where(members.c.story_id.in_(part))):
                    rows.setdefault(row.story_id, []).append(row)
            told = _told(connection, ids)
            found = [_overview(s, rows[s.id], told.get(s.id)) for s in stories_from(connection, ids)]
        return sorted(found, key=lambda o: (o.last, o.story.id), reverse=True)

    def story_events(self, story: str) -> list[StoryEvent]:
        mine = or_(story_events.c.story == story, story_events.c.other == story)
        with self.engine.connect() as connection:
            rows = connection.execute(select(story_events).where(mine).order_by(story_events.c.seq)).mappings().all()
        return [
            StoryEvent(
                story=r["story"],
                other=r["other"],
                change=Change(r["change"]),
                articles=tuple(json.loads(r["articles"])),
                by=r["by"],
                at=r["at"],
            )
            for r in rows
        ]


def stories_from(connection: Connection, ids: Sequence[str]) -> list[Story]:
    """Whole stories: members oldest first, and the topics that any member is flagged with."""
    joined = members.join(articles, articles.c.id == members.c.article_id)
    order = (members.c.story_id, articles.c.published, articles.c.id)
    listed: dict[str, list[Row[Any]]] = {}
    topics: dict[str, set[str]] = {}
    for part in chunks(ids):
        here = members.c.story_id.in_(part)
        for row in connection.execute(select(members).select_from(joined).where(here).order_by(*order)):
            listed.setdefault(row.story_id, []).append(row)
        flagged = (
            select(members.c.story_id, flags.c.topic)
            .select_from(joined.join(flags, newest_flags()))
            .where(here, flags.c.flagged.is_(True))
        )
        for row in connection.execute(flagged):
            topics.setdefault(row.story_id, set()).add(row.topic)
    return [
        Story(
            id=story_id,
            members=tuple(r.article_id for r in rows),
            topics=tuple(sorted(topics.get(story_id, ()))),
            copies=frozenset(r.article_id for r in rows if r.copy),
            pinned=frozenset(r.article_id for r in rows if r.pinned),
        )
        for story_id, rows in listed.items()
    ]


def told_stories() -> Select[tuple[str]]:
    """The ids of the stories that readers are told: they live, are flagged, and have evidence enough for a brief."""
    joined = stories.join(members, members.c.story_id == stories.c.id).join(articles).join(flags, newest_flags())
    return select(stories.c.id).select_from(joined).where(stories.c.no_brief_reason == "", flags.c.flagged.is_(True))


def merged_into(connection: Connection, story: str) -> list[str]:
    """The stories that ended in this one, and in those in turn, the earliest merged first."""
    ended = select(story_events.c.seq, story_events.c.story).where(story_events.c.change == str(Change.MERGED))
    found: dict[str, int] = {}
    heirs = [story]
    while heirs:
        rows = connection.execute(ended.where(story_events.c.other == heirs.pop())).all()
        heirs += [r.story for r in rows if r.story not in found and r.story != story]
        found |= {r.story: r.seq for r in rows if r.story != story}
    return sorted(found, key=lambda s: found[s])


def _near(connection: Connection, window: Window | None) -> ColumnElement[bool]:
    """Within the open window around the given one, or around the days of the articles that no story holds."""
    if window:
        return articles.c.published.between(window.since - ENDED_AFTER, window.until + ENDED_AFTER)
    placed = exists().where(members.c.article_id == articles.c.id)
    times = select(articles.c.published).where(articles.c.flagged_by != "", ~placed).order_by(articles.c.published)
    spans: list[tuple[datetime, datetime]] = []
    for moment in connection.scalars(times):
        # A late article opens the days around its own date, not all the days since.
        if spans and moment - spans[-1][1] <= timedelta(days=1):
            spans[-1] = spans[-1][0], moment
        else:
            spans.append((moment, moment))
    around = [articles.c.published.between(first - ENDED_AFTER, last + ENDED_AFTER) for first, last in spans]
    return or_(articles.c.id.is_(None), *around)


def _places(connection: Connection, ids: Sequence[str]) -> dict[str, Row[Any]]:
    query = select(members)
    return {
        row.article_id: row
        for part in chunks(ids)
        for row in connection.execute(query.where(members.c.article_id.in_(part)).with_for_update())
    }


def _place(
    connection: Connection,
    given: Sequence[Story],
    held: Mapping[str, Row[Any]],
    fixed: Set[str],
    now: datetime,
    events: Sequence[StoryEvent],
) -> None:
    """Write the places that are new, but for `fixed` articles; stories that lose their last member go."""
    rows, changed = [], set()
    for story in given:
        for member in story.members:
            old = held.get(member)
            moved = old is None or old.story_id != story.id
            place = {"copy": member in story.copies, "pinned": member in story.pinned or member in fixed}
            if (member in fixed and moved) or (old and not moved and (old.copy, old.pinned) == tuple(place.values())):
                continue
            joined = now if moved or old is None else old.joined
            rows.append({"article_id": member, "story_id": story.id, "joined": joined, **place})
            if moved:
                changed |= {story.id} | ({old.story_id} if old else set())
    upsert(connection, stories, [{"id": s, "pending_draft": True, "no_brief_reason": ""} for s in sorted(changed)])
    upsert(connection, members, rows)
    left = ~exists().where(members.c.story_id == stories.c.id)
    for part in chunks(sorted(changed)):
        connection.execute(delete(stories).where(stories.c.id.in_(part), left))
    told = [
        {
            "story": e.story,
            "other": e.other,
            "change": str(e.change),
            "articles": json.dumps(e.articles),
            "by": e.by,
            "at": e.at,
        }
        for e in events
    ]
    if told:
        connection.execute(story_events.insert(), told)


def _told(connection: Connection, ids: Sequence[str]) -> dict[str, datetime]:
    """Story to when the last edition that shows it was made."""
    held = (edition_briefs.c.day == editions.c.day) & (edition_briefs.c.list_id == editions.c.list_id)
    last = select(edition_briefs.c.story, func.max(editions.c.created)).join(editions, held)
    queries = [last.where(edition_briefs.c.story.in_(p)).group_by(edition_briefs.c.story) for p in chunks(ids)]
    return {story: made for query in queries for story, made in connection.execute(query)}


def _overview(story: Story, rows: Sequence[Row[Any]], told: datetime | None) -> Overview:
    return Overview(
        story=story,
        title=rows[0].title,
        first=rows[0].published,
        last=rows[-1].published,
        outlets=tuple(dict.fromkeys(r.outlet for r in rows)),
        countries=tuple(sorted({r.country for r in rows})),
        fresh=tuple(r.id for r in rows if told is None or (r.joined and r.joined > told)),
    )
