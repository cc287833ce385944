"""The tables. Texts lie outside the hot tables; sequences, not clocks, say what arrived first."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class Moment(TypeDecorator[datetime]):
    """Aware UTC in and out; SQLite itself keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Line(TypeDecorator[str]):
    """Text without NUL, which PostgreSQL refuses."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return value.replace("\x00", "") if isinstance(value, str) else value


metadata = MetaData()

polls = Table(
    "polls",
    metadata,
    Column("feed_url", Line, primary_key=True),
    Column("state", String(32), nullable=False),
    Column("reason", Line, nullable=False),
    Column("polled_at", Moment, nullable=False),
    Column("next_poll", Moment, nullable=False),
    Column("etag", Line, nullable=False),
    Column("last_modified", Line, nullable=False),
    Column("body_sha256", String(64), nullable=False),
    Column("polls", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
)
feed_bodies = Table(
    "feed_bodies",
    metadata,
    Column("feed_url", Line, primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("fetched_at", Moment, nullable=False, index=True),
)
texts = Table("texts", metadata, Column("sha256", String(64), primary_key=True), Column("text", Line, nullable=False))
entries = Table(
    "entries",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("key", String(32), nullable=False, unique=True),
    Column("feed_url", Line, nullable=False),
    Column("guid", Line, nullable=False),
    Column("link", Line, nullable=False),
    Column("title", Line, nullable=False),
    Column("summary", Line, nullable=False),
    Column("author", Line, nullable=False),
    Column("published", Moment, nullable=False, index=True),
    Column("published_raw", Line, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("state", String(32), nullable=False, index=True),
    Column("reason", Line, nullable=False),
    Column("body_sha256", String(64), nullable=False),
)
articles = Table(
    "articles",
    metadata,
    Column("id", String(32), ForeignKey("entries.key"), primary_key=True),
    Column("url", Line, nullable=False),
    Column("outlet", Line, nullable=False),
    Column("country", Line, nullable=False),
    Column("title", Line, nullable=False),
    Column("author", Line, nullable=False),
    Column("published", Moment, nullable=False, index=True),
    Column("retrieved", Moment, nullable=False),
    Column("language", Line, nullable=False),
    Column("state", String(32), nullable=False),
    Column("text_sha256", String(64), ForeignKey("texts.sha256"), nullable=False),
    # The model that flagged it last; empty while nobody has.
    Column("flagged_by", String(64), nullable=False, index=True, server_default=""),
)
flags = Table(
    "flags",
    metadata,
    Column("article_id", String(32), ForeignKey("articles.id"), primary_key=True),
    Column("topic", String(64), primary_key=True),
    Column("model_id", String(64), primary_key=True),
    Column("probability", Float, nullable=False),
    Column("flagged", Boolean, nullable=False),
    Column("terms", Line, nullable=False),
    Column("sentence", Line, nullable=False, server_default=""),
)
verdicts = Table(  # a log: the newest row of an analyst on a flag holds, the older ones tell how it came about
    "verdicts",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("article_id", String(32), ForeignKey("articles.id"), nullable=False, index=True),
    Column("topic", String(64), nullable=False),
    Column("verdict", String(32), nullable=False),
    Column("analyst", Line, nullable=False),
    Column("model_id", String(64), nullable=False),
    Column("created", Moment, nullable=False),
)
stories = Table(
    "stories",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("pending_draft", Boolean, nullable=False),
    Column("no_brief_reason", Line, nullable=False),
)
members = Table(
    "story_members",
    metadata,
    Column("article_id", String(32), ForeignKey("articles.id"), primary_key=True),
    Column("story_id", String(32), ForeignKey("stories.id"), nullable=False, index=True),
)
briefs = Table(
    "briefs",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("story", Line, nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("record", Line, nullable=False),
    Column("text", Line, nullable=False),
    Column("created", Moment, nullable=False),
    UniqueConstraint("story", "revision"),
)
editions = Table(
    "editions",
    metadata,
    Column("day", Date, primary_key=True),
    Column("list_id", String(64), primary_key=True),
    Column("html", Line, nullable=False),
    Column("text", Line, nullable=False),
    Column("eml", LargeBinary, nullable=False),
    Column("created", Moment, nullable=False),
)
edition_briefs = Table(
    "edition_briefs",
    metadata,
    Column("list_id", String(64), primary_key=True),
    Column("story", String(32), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("day", Date, nullable=False),
)
deliveries = Table(
    "deliveries",
    metadata,
    Column("day", Date, primary_key=True),
    Column("list_id", String(64), primary_key=True),
    Column("recipient", Line, primary_key=True),
    Column("state", String(32), nullable=False),
    Column("reason", Line, nullable=False),
)
