"""The outbox knows a reader by the address alone, beside how it is written; editions keep the names of their files."""

from collections.abc import Callable
from email.utils import parseaddr
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

# Of several mails to one reader the one that got farthest stays: nobody is mailed again.
FARTHEST = ("sent", "unknown", "sending", "prepared", "suppressed", "refused")


def upgrade() -> None:
    op.add_column("editions", sa.Column("name", sa.String(128), nullable=False, server_default=""))
    op.add_column("deliveries", sa.Column("mailbox", sa.Text, nullable=False, server_default=""))
    _fold("deliveries", ("day", "list_id"), lambda row: FARTHEST.index(row.state) if row.state in FARTHEST else 9)
    _fold("suppressions", ("list_id",), lambda row: row.since)


def _fold(name: str, scope: tuple[str, ...], worth: Callable[[sa.Row[Any]], Any]) -> None:
    """Rows under their reader's address; of several under one, that of least `worth` stays."""
    connection = op.get_bind()
    table = sa.Table(name, sa.MetaData(), autoload_with=connection)
    found: dict[tuple[object, ...], list[sa.Row[Any]]] = {}
    for row in connection.execute(sa.select(table)):
        found.setdefault((*(getattr(row, c) for c in scope), _key(row.recipient)), []).append(row)
    for (*_, key), rows in found.items():
        kept, *others = sorted(rows, key=worth)
        for row in others:
            connection.execute(table.delete().where(*_same(table, scope, row)))
        if kept.recipient != key:
            written = {"mailbox": kept.recipient} if "mailbox" in table.c else {}
            connection.execute(table.update().where(*_same(table, scope, kept)).values(recipient=key, **written))


def _same(table: sa.Table, scope: tuple[str, ...], row: sa.Row[Any]) -> list[sa.ColumnElement[bool]]:
    return [table.c[c] == getattr(row, c) for c in (*scope, "recipient")]


def _key(text: str) -> str:
    return (parseaddr(text)[1] or text).strip().lower()


def downgrade() -> None:
    raise RuntimeError("a downgrade would lose data: restore a copy of the database instead")
