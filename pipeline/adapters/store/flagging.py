"""Flags: what classify stores."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import ColumnElement, bindparam, select, update

from pipeline.adapters.store.base import Database, chunks, upsert
from pipeline.adapters.store.schema import articles, flags
from pipeline.domain.topic import Flag


class FlagTables(Database):
    """The part of the port Store for classify."""

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


def newest_flags() -> ColumnElement[bool]:
    """Joins an article with what its newest model said; older models' flags stay as history."""
    return (flags.c.article_id == articles.c.id) & (flags.c.model_id == articles.c.flagged_by)
