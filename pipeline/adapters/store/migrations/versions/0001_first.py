"""The first tables. Written out, not taken from the schema module: that one goes on changing."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def text(name: str, **options: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, **options)


def moment(name: str, **options: Any) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False, **options)


def word(name: str, length: int, **options: Any) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False, **options)


def upgrade() -> None:
    op.create_table(
        "polls",
        text("feed_url", primary_key=True),
        word("state", 32),
        text("reason"),
        moment("polled_at"),
        moment("next_poll"),
        text("etag"),
        text("last_modified"),
        word("body_sha256", 64),
        sa.Column("polls", sa.Integer, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
    )
    op.create_table(
        "feed_bodies",
        text("feed_url", primary_key=True),
        word("sha256", 64, primary_key=True),
        moment("fetched_at", index=True),
    )
    op.create_table("texts", word("sha256", 64, primary_key=True), text("text"))
    op.create_table(
        "entries",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        word("key", 32, unique=True),
        text("feed_url"),
        text("guid"),
        text("link"),
        text("title"),
        text("summary"),
        text("author"),
        moment("published", index=True),
        text("published_raw"),
        moment("first_seen"),
        word("state", 32, index=True),
        text("reason"),
        word("body_sha256", 64),
    )
    op.create_table(
        "articles",
        sa.Column("id", sa.String(32), sa.ForeignKey("entries.key"), primary_key=True),
        text("url"),
        text("outlet"),
        text("country"),
        text("title"),
        text("author"),
        moment("published", index=True),
        moment("retrieved"),
        text("language"),
        word("state", 32),
        sa.Column("text_sha256", sa.String(64), sa.ForeignKey("texts.sha256"), nullable=False),
        sa.Column("classified", sa.Boolean, nullable=False, index=True),
    )
    op.create_table(
        "flags",
        sa.Column("article_id", sa.String(32), sa.ForeignKey("articles.id"), primary_key=True),
        word("topic", 64, primary_key=True),
        word("model_id", 64, primary_key=True),
        sa.Column("probability", sa.Float, nullable=False),
        sa.Column("flagged", sa.Boolean, nullable=False),
        text("terms"),
    )
    op.create_table(
        "stories",
        word("id", 32, primary_key=True),
        sa.Column("pending_draft", sa.Boolean, nullable=False),
        text("no_brief_reason"),
    )
    op.create_table(
        "story_members",
        sa.Column("article_id", sa.String(32), sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("story_id", sa.String(32), sa.ForeignKey("stories.id"), nullable=False, index=True),
    )
    op.create_table(
        "briefs",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        text("story", index=True),
        sa.Column("revision", sa.Integer, nullable=False),
        text("record"),
        text("text"),
        moment("created"),
        sa.UniqueConstraint("story", "revision"),
    )
    op.create_table(
        "editions",
        sa.Column("day", sa.Date, primary_key=True),
        word("list_id", 64, primary_key=True),
        text("html"),
        text("text"),
        sa.Column("eml", sa.LargeBinary, nullable=False),
        moment("created"),
    )
    op.create_table(
        "edition_briefs",
        word("list_id", 64, primary_key=True),
        word("story", 32, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
    )
    op.create_table(
        "deliveries",
        sa.Column("day", sa.Date, primary_key=True),
        word("list_id", 64, primary_key=True),
        text("recipient", primary_key=True),
        word("state", 32),
        text("reason"),
    )


def downgrade() -> None:
    raise RuntimeError("a downgrade would lose data: restore a copy of the database instead")
