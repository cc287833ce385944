"""An entry remembers how often its page failed and when to try again; an article keeps its earlier revisions."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("entries", sa.Column("attempts", sa.Integer, nullable=False, server_default="0"))
    op.add_column("entries", sa.Column("next_try", sa.DateTime(timezone=True)))
    op.create_index("ix_entries_next_try", "entries", ["next_try"])
    op.add_column("articles", sa.Column("revision", sa.Integer, nullable=False, server_default="1"))
    op.create_table(
        "article_revisions",
        sa.Column("article_id", sa.String(32), sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text_sha256", sa.String(64), sa.ForeignKey("texts.sha256"), nullable=False),
        sa.Column("retrieved", sa.DateTime(timezone=True), nullable=False),
    )
    op.execute(
        "insert into article_revisions (article_id, revision, title, text_sha256, retrieved) "
        "select id, 1, title, text_sha256, retrieved from articles"
    )
    # What failed before nobody counted: pages whose failure may have passed are pending again.
    op.execute("update entries set state = 'pending' where state in ('network-error', 'timeout')")


def downgrade() -> None:
    raise RuntimeError("a downgrade would lose data: restore a copy of the database instead")
