"""When a host may be asked next, and its robots.txt: what every process that meets on a host agrees on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from pipeline.adapters.store.base import Database, insert_new, upsert
from pipeline.adapters.store.schema import hosts, robots


class HostTables(Database):
    """Implements the Hosts of `adapters/manners.py`."""

    def take_turn(self, host: str, now: datetime, until: datetime) -> datetime | None:
        """Hold the host until `until`; None when it was free, else when it will be."""
        free = update(hosts).where(hosts.c.host == host, hosts.c.free_at <= now).values(free_at=until)
        with self.writer.begin() as connection:
            taken = connection.execute(free.returning(hosts.c.host)).first() is not None
            if taken or insert_new(connection, hosts, {"host": host, "free_at": until}):
                return None
            free_at: datetime = connection.execute(select(hosts.c.free_at).where(hosts.c.host == host)).scalar_one()
            return free_at

    def end_turn(self, host: str, free_at: datetime) -> None:
        with self.writer.begin() as connection:
            connection.execute(update(hosts).where(hosts.c.host == host).values(free_at=free_at))

    def robots(self, origin: str) -> tuple[str, str, datetime] | None:
        query = select(robots.c.verdict, robots.c.text, robots.c.expires).where(robots.c.origin == origin)
        with self.engine.connect() as connection:
            row = connection.execute(query).first()
        return (row.verdict, row.text, row.expires) if row else None

    def save_robots(self, origin: str, verdict: str, text: str, expires: datetime) -> None:
        row = {"origin": origin, "verdict": verdict, "text": text, "expires": expires}
        with self.writer.begin() as connection:
            upsert(connection, robots, [row])
