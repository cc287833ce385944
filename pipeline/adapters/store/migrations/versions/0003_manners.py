"""Feeds have a health and a rhythm, hosts a next turn and a robots.txt, entries the ids by which copies are known."""

import sqlalchemy as sa
from alembic import op

from pipeline.adapters.store.schema import Moment
from pipeline.domain.entry import Entry

revision = "0003"
down_revision = "0002"
TEXTS = ("validated_url", "moved_to", "title", "skip_hours")
NUMBERS = ("moved_seen", "items", "hint_minutes")
MOMENTS = ("health_since", "rhythm_at", "rhythm_since", "last_new")


def upgrade() -> None:
    for name in TEXTS:
        op.add_column("polls", sa.Column(name, sa.Text, nullable=False, server_default=""))
    for name in NUMBERS:
        op.add_column("polls", sa.Column(name, sa.Integer, nullable=False, server_default="0"))
    for name in MOMENTS:
        op.add_column("polls", sa.Column(name, Moment))
    op.add_column("polls", sa.Column("weight", sa.Float, nullable=False, server_default="0"))
    op.add_column("polls", sa.Column("health", sa.String(32), nullable=False, server_default="unchanged"))
    for name in ("url", "content_type"):
        op.add_column("feed_bodies", sa.Column(name, sa.Text, nullable=False, server_default=""))
    for name in ("link_key", "guid_key"):
        op.add_column("entries", sa.Column(name, sa.String(32), nullable=False, server_default=""))
    identify()
    for name in ("link_key", "guid_key", "first_seen"):
        op.create_index(f"ix_entries_{name}", "entries", [name])
    op.create_table("hosts", sa.Column("host", sa.Text, primary_key=True), sa.Column("free_at", Moment, nullable=False))
    op.create_table(
        "robots",
        sa.Column("origin", sa.Text, primary_key=True),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("expires", Moment, nullable=False),
    )


def identify() -> None:
    """Entries of earlier releases get the ids that copies are known by."""
    rows = op.get_bind().execute(sa.text("select seq, feed_url, guid, link, title from entries")).all()
    change = sa.text("update entries set link_key = :link_key, guid_key = :guid_key where seq = :seq")
    found = []
    for row in rows:
        entry = Entry(feed_url=row.feed_url, id=row.guid, link=row.link, title=row.title)
        found.append({"seq": row.seq, "link_key": entry.key, "guid_key": entry.guid_key})
    if found:
        op.get_bind().execute(change, found)


def downgrade() -> None:
    raise RuntimeError("a downgrade would lose data: restore a copy of the database instead")
