"""An article remembers which model flagged it last, so that a story's topics follow the newest flags alone."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("articles", sa.Column("flagged_by", sa.String(64), nullable=False, server_default=""))
    op.execute(
        "update articles set flagged_by = (select max(model_id) from flags where article_id = articles.id) "
        "where exists (select 1 from flags where article_id = articles.id)"
    )
    op.create_index("ix_articles_flagged_by", "articles", ["flagged_by"])
    op.drop_index("ix_articles_classified", "articles")
    op.drop_column("articles", "classified")


def downgrade() -> None:
    raise RuntimeError("a downgrade would lose data: restore a copy of the database instead")
