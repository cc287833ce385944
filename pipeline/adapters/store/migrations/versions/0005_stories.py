"""Stories keep their history, an analyst's word and their copies; articles keep a sketch for clustering."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("story_members", sa.Column("pinned", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("story_members", sa.Column("copy", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("story_members", sa.Column("joined", sa.DateTime(timezone=True)))
    op.create_table(
        "story_events",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("story", sa.String(32), nullable=False, index=True),
        sa.Column("other", sa.String(32), nullable=False, index=True),
        sa.Column("change", sa.String(32), nullable=False),
        sa.Column("articles", sa.Text, nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "sketches",
        sa.Column("article_id", sa.String(32), sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("text_sha256", sa.String(64), nullable=False),
        sa.Column("maker", sa.String(64), nullable=False),
        sa.Column("words", sa.LargeBinary, nullable=False),
        sa.Column("names", sa.LargeBinary, nullable=False),
        sa.Column("shingles", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    raise RuntimeError("a downgrade would lose data: restore a copy of the database instead")
