"""The outbox counts attempts and knows when to try again; readers can ask to get nothing; briefs are approved."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("editions", sa.Column("title", sa.Text, nullable=False, server_default=""))
    op.add_column("deliveries", sa.Column("attempts", sa.Integer, nullable=False, server_default="0"))
    op.add_column("deliveries", sa.Column("moment", sa.DateTime(timezone=True)))
    op.create_index("ix_deliveries_state", "deliveries", ["state"])
    op.create_table(
        "suppressions",
        sa.Column("list_id", sa.String(64), primary_key=True),
        sa.Column("recipient", sa.Text, primary_key=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "approvals",
        sa.Column("story", sa.Text, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("analyst", sa.Text, nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    raise RuntimeError("a downgrade would lose data: restore a copy of the database instead")
