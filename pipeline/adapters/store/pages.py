"""Entries whose pages are to be read, and the articles that came of them: what extract stores and classify takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, select, update

from pipeline.adapters.store.base import Database, chunks, upsert
from pipeline.adapters.store.schema import article_revisions, articles, entries, page_bodies, texts
from pipeline.domain.article import LANGUAGES, Article
from pipeline.domain.feed import PageBody
from pipeline.domain.scope import Scope, Window
from pipeline.domain.state import State
from pipeline.ports import PendingEntry, ReadEntry

BODY = tuple(f.name for f in fields(PageBody))


class PageTables(Database):
    """The part of the port Store for extract, and the articles of every stage."""

    def pending_entries(self, scope: Scope, now: datetime) -> list[PendingEntry]:
        fresh = (entries.c.state == State.PENDING) & entries.c.next_try.is_(None)
        due = fresh | (entries.c.next_try <= now)
        where = [within(entries, scope.window) if scope.window else due]
        if scope.feeds:
            where.append(entries.c.feed_url.in_(scope.feeds))
        names = ("key", "link", "title", "summary", "author", "feed_url", "published", "attempts")
        # A date that is missing or in the future was replaced by the first sighting.
        dated = (entries.c.published != entries.c.first_seen).label("dated")
        query = select(*(entries.c[n] for n in names), dated).where(*where)
        with self.engine.connect() as connection:
            rows = connection.execute(query.order_by(entries.c.published, entries.c.key)).mappings()
            found = [PendingEntry(**{**r, "dated": bool(r["dated"])}) for r in rows]
        return [e for e in found if not scope.shard or scope.shard.holds(e.link)]

    def page_bodies(self, keys: Sequence[str]) -> dict[str, PageBody]:
        table = page_bodies
        last = (table.c.entry_key == entries.c.key) & (table.c.sha256 == entries.c.body_sha256)
        query = select(table).select_from(table.join(entries, last))
        with self.engine.connect() as connection:
            parts = [query.where(entries.c.key.in_(part)) for part in chunks(keys)]
            rows = [dict(r) for part in parts for r in connection.execute(part).mappings()]
        return {r.pop("entry_key"): PageBody(**r) for r in rows}

    def save_pages(self, pages: Sequence[ReadEntry]) -> None:
        """All in one transaction; an article whose text changed waits for new flags."""
        with self.writer.begin() as connection:
            bodies = [{"entry_key": p.key, **{n: getattr(p.body, n) for n in BODY}} for p in pages if p.body]
            upsert(connection, page_bodies, bodies)
            before = _stored(connection, [p.key for p in pages])
            whole = {key for key, row in before.items() if row.state == State.OK}
            # A page that has gone, or is behind a wall by now, says nothing about the article that was read.
            pages = [p for p in pages if p.key not in whole or (p.article and p.article.state is State.OK)]
            kept = [p.article for p in pages if p.article]
            upsert(connection, texts, [{"sha256": a.sha256, "text": a.text} for a in kept], replace=False)
            rows = [_article_row(a, before.get(a.id)) for a in kept]
            upsert(connection, articles, rows)
            names = [c.name for c in article_revisions.columns if c.name != "article_id"]
            revisions = [{"article_id": r["id"], **{n: r[n] for n in names}} for r in rows]
            upsert(connection, article_revisions, revisions, replace=False)
            if pages:
                change = update(entries).where(entries.c.key == bindparam("of"))
                connection.execute(change, [_entry_change(p) for p in pages])

    def requeue(self, states: Sequence[State], links: Sequence[str]) -> int:
        again = {"state": str(State.PENDING), "reason": "", "attempts": 0, "next_try": None}
        change = update(entries).where(entries.c.state.in_([str(s) for s in states])).values(**again)
        parts = [change.where(entries.c.link.in_(part)) for part in chunks(links)] if links else [change]
        with self.writer.begin() as connection:
            return sum(connection.execute(part).rowcount for part in parts)

    def unread(self, states: Sequence[State]) -> list[tuple[str, State, str]]:
        query = select(entries.c.link, entries.c.state, entries.c.reason).order_by(entries.c.published, entries.c.key)
        with self.engine.connect() as connection:
            rows = connection.execute(query.where(entries.c.state.in_([str(s) for s in states])))
            return [(r.link, State(r.state), r.reason) for r in rows]

    def revisions(self, article_id: str) -> list[tuple[int, str, datetime]]:
        """Number, text and time of each revision of an article, oldest first."""
        table = article_revisions
        query = select(table.c.revision, texts.c.text, table.c.retrieved).join(texts)
        with self.engine.connect() as connection:
            rows = connection.execute(query.where(table.c.article_id == article_id).order_by(table.c.revision))
            return [(r.revision, r.text, r.retrieved) for r in rows]

    def pending_articles(self, scope: Scope) -> list[Article]:
        query = article_query().where(articles.c.language.in_(sorted(LANGUAGES)))
        where = within(articles, scope.window) if scope.window else articles.c.flagged_by == ""
        with self.engine.connect() as connection:
            return articles_from(connection, [query.where(where)])

    def articles(self, ids: Sequence[str]) -> list[Article]:
        with self.engine.connect() as connection:
            return articles_from(connection, [article_query().where(articles.c.id.in_(part)) for part in chunks(ids)])


def article_query() -> Select[Any]:
    columns = [c for c in articles.columns if c.name not in {"text_sha256", "flagged_by", "revision"}]
    return select(*columns, texts.c.text).join(texts, texts.c.sha256 == articles.c.text_sha256)


def articles_from(connection: Connection, queries: Iterable[Select[Any]]) -> list[Article]:
    """The articles of some queries, oldest first."""
    rows = [r for query in queries for r in connection.execute(query).mappings()]
    found = [Article(**{**r, "state": State(r["state"])}) for r in rows]
    return sorted(found, key=lambda a: (a.published, a.id))


def within(table: Any, window: Window) -> ColumnElement[bool]:
    column = table.c.published
    return (column >= window.since) & (column < window.until)  # type: ignore[no-any-return]  # Table.c is untyped


def _entry_change(page: ReadEntry) -> dict[str, Any]:
    """A page that could not be asked for now is pending still, until its time where it has one."""
    return {
        "of": page.key,
        "state": str(State.PENDING if page.state is State.NOT_NOW else page.state),
        "body_sha256": page.body.sha256 if page.body else "",
        **{n: getattr(page, n) for n in ("reason", "attempts", "next_try")},
    }


def _stored(connection: Connection, ids: Sequence[str]) -> dict[str, Row[Any]]:
    """What is stored of some articles: state, text hash, revision, when it came, and the model that flagged it."""
    query = select(*(articles.c[n] for n in ("id", "state", "text_sha256", "revision", "retrieved", "flagged_by")))
    return {r.id: r for part in chunks(ids) for r in connection.execute(query.where(articles.c.id.in_(part)))}


def _article_row(article: Article, before: Row[Any] | None) -> dict[str, Any]:
    names = ("id", "url", "outlet", "country", "title", "author", "published", "retrieved", "language")
    row = {**{n: getattr(article, n) for n in names}, "state": str(article.state), "text_sha256": article.sha256}
    if before is None:
        return {**row, "flagged_by": "", "revision": 1}
    if before.text_sha256 == article.sha256:  # read again, and nothing came of it: the text is as old as it was
        return {**row, **{n: getattr(before, n) for n in ("retrieved", "flagged_by", "revision")}}
    return {**row, "flagged_by": "", "revision": before.revision + 1}
