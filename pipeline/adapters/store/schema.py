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
    false,
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
    Column("validated_url", Line, nullable=False, server_default=""),
    Column("health", String(32), nullable=False, server_default="unchanged"),
    Column("health_since", Moment),
    Column("moved_to", Line, nullable=False, server_default=""),
    Column("moved_seen", Integer, nullable=False, server_default="0"),
    Column("items", Integer, nullable=False, server_default="0"),
    Column("title", Line, nullable=False, server_default=""),
    Column("hint_minutes", Integer, nullable=False, server_default="0"),
    Column("skip_hours", Line, nullable=False, server_default=""),
    Column("weight", Float, nullable=False, server_default="0"),
    Column("rhythm_at", Moment),
    Column("rhythm_since", Moment),
    Column("last_new", Moment),
)
hosts = Table("hosts", metadata, Column("host", Line, primary_key=True), Column("free_at", Moment, nullable=False))
robots = Table(
    "robots",
    metadata,
    Column("origin", Line, primary_key=True),
    Column("verdict", String(16), nullable=False),
    Column("text", Line, nullable=False),
    Column("expires", Moment, nullable=False),
)
feed_bodies = Table(
    "feed_bodies",
    metadata,
    Column("feed_url", Line, primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("fetched_at", Moment, nullable=False, index=True),
    Column("url", Line, nullable=False, server_default=""),
    Column("content_type", Line, nullable=False, server_default=""),
)
page_bodies = Table(  # every body that an entry's page ever had; `entries.body_sha256` is the one that was read last
    "page_bodies",
    metadata,
    Column("entry_key", String(32), ForeignKey("entries.key"), primary_key=True),
    Column("sha256", String(64), primary_key=True, index=True),
    Column("fetched_at", Moment, nullable=False, index=True),
    Column("url", Line, nullable=False, server_default=""),
    Column("content_type", Line, nullable=False, server_default=""),
)
cited = Table(  # what any revision of a brief cites, with the body of the feed that first showed it
    "cited",
    metadata,
    Column("article_id", String(32), primary_key=True),
    Column("feed_sha256", String(64), nullable=False, index=True, server_default=""),
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
    Column("first_seen", Moment, nullable=False, index=True),
    Column("state", String(32), nullable=False, index=True),
    Column("reason", Line, nullable=False),
    Column("body_sha256", String(64), nullable=False),
    # Failures in a row; a page that is worth another try has its time.
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_try", Moment, nullable=True, index=True),
    # By today's rules; `key` keeps the value of the rules that held when the entry was first seen.
    Column("link_key", String(32), nullable=False, index=True, server_default=""),
    Column("guid_key", String(32), nullable=False, index=True, server_default=""),
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
    Column("revision", Integer, nullable=False, server_default="1"),
)
article_revisions = Table(
    "article_revisions",
    metadata,
    Column("article_id", String(32), ForeignKey("articles.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("title", Line, nullable=False),
    Column("text_sha256", String(64), ForeignKey("texts.sha256"), nullable=False),
    Column("retrieved", Moment, nullable=False),
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
    # An analyst put it here: no run of the machine moves it.
    Column("pinned", Boolean, nullable=False, server_default=false()),
    # It repeats another member's text.
    Column("copy", Boolean, nullable=False, server_default=false()),
    # When it came to this story; unknown for those that an older release placed.
    Column("joined", Moment),
)
story_events = Table(
    "story_events",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("story", String(32), nullable=False, index=True),
    Column("other", String(32), nullable=False, index=True),
    Column("change", String(32), nullable=False),
    Column("articles", Line, nullable=False),
    Column("by", String(32), nullable=False),
    Column("at", Moment, nullable=False),
)
sketches = Table(
    "sketches",
    metadata,
    Column("article_id", String(32), ForeignKey("articles.id"), primary_key=True),
    Column("text_sha256", String(64), nullable=False),
    Column("maker", String(64), nullable=False),
    Column("words", LargeBinary, nullable=False),
    Column("names", LargeBinary, nullable=False),
    Column("shingles", LargeBinary, nullable=False),
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
    Column("title", Line, nullable=False, server_default=""),
    Column("html", Line, nullable=False),
    Column("text", Line, nullable=False),
    Column("eml", LargeBinary, nullable=False),
    Column("created", Moment, nullable=False),
    # Of its files; empty for those that an older release wrote.
    Column("name", String(128), nullable=False, server_default=""),
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
    Column("state", String(32), nullable=False, index=True),
    Column("reason", Line, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    # Prepared: when to try (again). Sending: since when.
    Column("moment", Moment),
    # The recipient is the address in small letters, one row a reader; this is how the configuration writes it.
    Column("mailbox", Line, nullable=False, server_default=""),
)
suppressions = Table(
    "suppressions",
    metadata,
    Column("list_id", String(64), primary_key=True),
    Column("recipient", Line, primary_key=True),
    Column("since", Moment, nullable=False),
)
approvals = Table(
    "approvals",
    metadata,
    Column("story", Line, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("analyst", Line, nullable=False),
    Column("moment", Moment, nullable=False),
)
signals = Table(  # news that came by another way than Airflow; `heard` is the last ring that was passed on
    "signals",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("rung", Integer, nullable=False),
    Column("heard", Integer, nullable=False),
)
redone_days = Table(  # one row for each day that a run of `backfill` or `reconcile_day` redoes
    "redone_days",
    metadata,
    Column("run", String(250), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("state", String(32), nullable=False),
    Column("reason", Line, nullable=False),
    # Stage to its counts and to what it changed, in the order in which they ran; as JSON.
    Column("stages", Line, nullable=False),
    Column("started", Moment, nullable=False),
    Column("finished", Moment),
)
asked = Table(  # briefs whose approval somebody was asked for
    "asked",
    metadata,
    Column("story", Line, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("moment", Moment, nullable=False),
)
