"""Signals from outside Airflow, a status for each day that is redone, and which approvals were asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "signals",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("rung", sa.Integer, nullable=False),
        sa.Column("heard", sa.Integer, nullable=False),
    )
    op.create_table(
        "redone_days",
        sa.Column("run", sa.String(250), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("stages", sa.Text, nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "asked",
        sa.Column("story", sa.Text, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    raise RuntimeError("a downgrade would lose data: restore a copy of the database instead")
