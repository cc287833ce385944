"""The outbox and who asked to get nothing: what digest's deliveries store."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, exists, func, select, true, update

from pipeline.adapters.store.base import Database, upsert
from pipeline.adapters.store.schema import deliveries, suppressions
from pipeline.domain.edition import Delivery
from pipeline.domain.mailbox import reader_key
from pipeline.domain.state import State

PREPARED, SENDING, SUPPRESSED = "prepared", "sending", "suppressed"


class OutboxTables(Database):
    """The part of the port Store for mails on their way."""

    def suppressed(self, list_id: str) -> frozenset[str]:
        query = select(suppressions.c.recipient).where(suppressions.c.list_id == list_id)
        with self.engine.connect() as connection:
            return frozenset(connection.scalars(query))

    def suppress(self, list_id: str, recipient: str, now: datetime) -> None:
        """From now on the recipient gets nothing of the list; a mail that waits is not sent either."""
        row = {"list_id": list_id, "recipient": reader_key(recipient), "since": now}
        with self.writer.begin() as connection:
            upsert(connection, suppressions, [row])
            _hold_back(connection)

    def restore(self, list_id: str, recipient: str) -> bool:
        """The recipient gets the list's next editions again; False when nobody had suppressed it."""
        mine = (suppressions.c.list_id == list_id) & (suppressions.c.recipient == reader_key(recipient))
        with self.writer.begin() as connection:
            return connection.execute(delete(suppressions).where(mine)).rowcount > 0

    def deliveries(self, day: date, list_id: str) -> list[Delivery]:
        """Every mail of an edition, by recipient."""
        here = (deliveries.c.day == day) & (deliveries.c.list_id == list_id)
        query = select(deliveries).where(here).order_by(deliveries.c.recipient)
        with self.engine.connect() as connection:
            return [_delivery(row) for row in connection.execute(query).mappings()]

    def mails_by_state(self) -> dict[str, int]:
        """How many mails of all editions are in each state."""
        query = select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
        with self.engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def due_deliveries(self, now: datetime, stale: datetime) -> list[Delivery]:
        sending = (deliveries.c.state == SENDING) & (deliveries.c.moment < stale)
        reason = "the run that sent it ended before the server's answer was stored"
        due = (deliveries.c.state == PREPARED) & (deliveries.c.moment <= now)
        order = (deliveries.c.day, deliveries.c.list_id, deliveries.c.recipient)
        with self.writer.begin() as connection:
            connection.execute(update(deliveries).where(sending).values(state=str(State.UNKNOWN), reason=reason))
            _hold_back(connection)
            return [_delivery(r) for r in connection.execute(select(deliveries).where(due).order_by(*order)).mappings()]

    def claim_delivery(self, delivery: Delivery, now: datetime) -> bool:
        attempts = deliveries.c.attempts + 1
        change = update(deliveries).where(_key(delivery), deliveries.c.state == PREPARED, ~_silenced())
        with self.writer.begin() as connection:
            done = connection.execute(change.values(state=SENDING, attempts=attempts, moment=now))
            return done.rowcount == 1

    def close_delivery(self, delivery: Delivery, state: State, reason: str, again: datetime | None) -> None:
        values = {"state": PREPARED if again else str(state), "reason": reason, "moment": again}
        with self.writer.begin() as connection:
            connection.execute(update(deliveries).where(_key(delivery)).values(values))

    def decide_delivery(self, delivery: Delivery, state: str, reason: str, now: datetime) -> bool:
        """An operator's word on one mail; False when there is no such mail, or a run may hold it.

        A mail to a reader who asked to get nothing is not made ready again.
        """
        free = (deliveries.c.state != SENDING) & (~_silenced() if state == PREPARED else true())
        values = {"state": state, "reason": reason, "attempts": 0, "moment": now}
        change = update(deliveries).where(_key(delivery), free).values(values)
        with self.writer.begin() as connection:
            return connection.execute(change).rowcount == 1


def _key(delivery: Delivery) -> ColumnElement[bool]:
    table = deliveries
    same = (table.c.day == delivery.day) & (table.c.list_id == delivery.list_id)
    return same & (table.c.recipient == reader_key(delivery.recipient))


def _silenced() -> ColumnElement[bool]:
    """Whether a mail's reader asked to get nothing of its list."""
    same = (suppressions.c.list_id == deliveries.c.list_id) & (suppressions.c.recipient == deliveries.c.recipient)
    return exists().where(same)


def _hold_back(connection: Connection) -> None:
    change = update(deliveries).where(deliveries.c.state == PREPARED, _silenced())
    connection.execute(change.values(state=SUPPRESSED, reason="asked to get nothing"))


def _delivery(row: Any) -> Delivery:
    names = ("day", "list_id", "recipient", "state", "reason", "attempts")
    return Delivery(**{n: row[n] for n in names}, mailbox=row["mailbox"] or row["recipient"])
