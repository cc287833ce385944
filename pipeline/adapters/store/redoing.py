"""Days that are redone: how far each is, and what is stored of a day, so that a run can tell what it changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, select, update

from pipeline.adapters.store.base import Database, upsert
from pipeline.adapters.store.flagging import newest_flags
from pipeline.adapters.store.pages import within
from pipeline.adapters.store.schema import articles, briefs, entries, flags, members, redone_days
from pipeline.domain.redone import Content, RedoneDay
from pipeline.domain.scope import Window


class RedoingTables(Database):
    """What `pipeline/redo.py` needs."""

    def content(self, window: Window) -> Content:
        """What is stored of a window: table to key to a text that changes when the row says something else."""
        inside = within(articles, window)
        placed = members.join(articles, articles.c.id == members.c.article_id)
        told = select(members.c.story_id).select_from(placed).where(inside)
        queries: dict[str, Select[Any]] = {
            "entries": select(entries.c.key, entries.c.state).where(within(entries, window)),
            "articles": select(articles.c.id, articles.c.state, articles.c.text_sha256).where(inside),
            "flags": select(articles.c.id + "/" + flags.c.topic, flags.c.model_id, flags.c.flagged, flags.c.probability)
            .join(flags, newest_flags())
            .where(inside),
            "places": select(members.c.article_id, members.c.story_id).select_from(placed).where(inside),
            "briefs": select(briefs.c.story, func.max(briefs.c.revision))
            .where(briefs.c.story.in_(told))
            .group_by(briefs.c.story),
        }
        with self.engine.connect() as connection:
            return {table: _rows(connection, query) for table, query in queries.items()}

    def begin_day(self, run: str, day: date, now: datetime) -> None:
        """A row for a day whose first stage begins; one that was there starts anew."""
        row = {"run": run, "day": day, "state": "running", "reason": "", "stages": "{}"}
        with self.writer.begin() as connection:
            upsert(connection, redone_days, [{**row, "started": now, "finished": None}])

    def save_day(self, run: str, day: date, stages: Mapping[str, Any], state: str, reason: str, now: datetime) -> None:
        """Add what some stages did, and say how the day stands."""
        mine = (redone_days.c.run == run) & (redone_days.c.day == day)
        with self.writer.begin() as connection:
            known = connection.execute(select(redone_days.c.stages).where(mine).with_for_update()).scalar() or "{}"
            whole = json.dumps({**json.loads(known), **stages})
            finished = None if state == "running" else now
            values = {"stages": whole, "state": state, "reason": reason, "finished": finished}
            connection.execute(update(redone_days).where(mine).values(**values))

    def redone(self, run: str = "") -> list[RedoneDay]:
        """The days of a run, or of every run, the newest run first and its days in order."""
        query = select(redone_days).order_by(redone_days.c.started.desc())
        with self.engine.connect() as connection:
            rows = connection.execute(query.where(redone_days.c.run == run) if run else query).mappings().all()
        newest = {row["run"]: n for n, row in reversed(list(enumerate(rows)))}
        return sorted(map(_redone, rows), key=lambda d: (newest[d.run], d.day))


def _rows(connection: Connection, query: Select[Any]) -> dict[str, str]:
    return {str(key): "/".join(map(_word, rest)) for key, *rest in connection.execute(query)}


def _word(value: object) -> str:
    """The last digits of a probability depend on what else was in its batch."""
    return f"{value:.6f}" if isinstance(value, float) else str(value)


def _redone(row: RowMapping) -> RedoneDay:
    return RedoneDay(**{**row, "stages": json.loads(row["stages"])})
