"""Signals: news that came by another way than Airflow's own tasks, kept until Airflow has heard of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update

from pipeline.adapters.store.base import Database, chunks, insert_new
from pipeline.adapters.store.schema import polls, signals

CHANNEL = "policywire"  # of PostgreSQL's LISTEN and NOTIFY; the payload is the signal's name


class SignalTables(Database):
    """What `adapters/bell.py` and the commands need."""

    def ring(self, name: str) -> None:
        """Count one ring; on PostgreSQL whoever listens is told at the commit."""
        with self.writer.begin() as connection:
            if not insert_new(connection, signals, {"name": name, "rung": 1, "heard": 0}):
                more = update(signals).where(signals.c.name == name).values(rung=signals.c.rung + 1)
                connection.execute(more)
            if connection.dialect.name == "postgresql":
                connection.execute(select(func.pg_notify(CHANNEL, name)))

    def unheard(self, name: str) -> int:
        """The number of the newest ring, or 0 when it was heard."""
        query = select(signals.c.rung).where(signals.c.name == name, signals.c.rung > signals.c.heard)
        with self.engine.connect() as connection:
            return int(connection.execute(query).scalar() or 0)

    def hear(self, name: str, rung: int) -> None:
        """Remember that the rings up to this one were passed on."""
        with self.writer.begin() as connection:
            connection.execute(update(signals).where(signals.c.name == name).values(heard=rung))

    def poll_now(self, feed_urls: Sequence[str], now: datetime) -> int:
        """Make these feeds due; gives how many were not. A feed that was never polled is due anyway."""
        with self.writer.begin() as connection:
            return sum(
                connection.execute(
                    update(polls).where(polls.c.feed_url.in_(part), polls.c.next_poll > now).values(next_poll=now)
                ).rowcount
                for part in chunks(feed_urls)
            )
