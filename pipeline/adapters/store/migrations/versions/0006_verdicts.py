"""A flag keeps the sentence that decided it, and analysts' verdicts are kept as a log that nothing overwrites."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("flags", sa.Column("sentence", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "verdicts",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("article_id", sa.String(32), sa.ForeignKey("articles.id"), nullable=False),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("verdict", sa.String(32), nullable=False),
        sa.Column("analyst", sa.Text, nullable=False),
        sa.Column("model_id", sa.String(64), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_verdicts_article_id", "verdicts", ["article_id"])


def downgrade() -> None:
    raise RuntimeError("a downgrade would lose data: restore a copy of the database instead")
