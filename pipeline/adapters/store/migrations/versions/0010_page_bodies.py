"""Archived pages keep their address and content type, and old bodies of a page are known; so is what briefs cite."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    bodies = op.create_table(
        "page_bodies",
        sa.Column("entry_key", sa.String(32), sa.ForeignKey("entries.key"), primary_key=True),
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("url", sa.Text, nullable=False, server_default=""),
        sa.Column("content_type", sa.Text, nullable=False, server_default=""),
    )
    for column in ("sha256", "fetched_at"):
        op.create_index(f"ix_page_bodies_{column}", bodies.name, [column])
    op.execute(
        "insert into page_bodies (entry_key, sha256, fetched_at, url) "
        "select key, body_sha256, first_seen, link from entries where body_sha256 <> ''"
    )
    cited = op.create_table(
        "cited",
        sa.Column("article_id", sa.String(32), primary_key=True),
        sa.Column("feed_sha256", sa.String(64), nullable=False, server_default="", index=True),
    )
    connection = op.get_bind()
    ids: set[str] = set()
    for (record,) in connection.execute(sa.text("select record from briefs")):
        brief = json.loads(record)
        ids |= {e["article_id"] for s in brief.get("statements", []) for e in s["evidence"]}
        ids |= {source.get("article_id", "") for source in brief.get("sources", [])}
    shown = sa.text(
        "select f.sha256 from feed_bodies f join entries e on e.feed_url = f.feed_url "
        "where e.key = :key and f.fetched_at <= e.first_seen order by f.fetched_at desc limit 1"
    )
    rows = [{"article_id": key, "feed_sha256": connection.scalar(shown, {"key": key}) or ""} for key in ids - {""}]
    if rows:
        op.bulk_insert(cited, rows)


def downgrade() -> None:
    raise RuntimeError("a downgrade would lose data: restore a copy of the database instead")
