"""The first tables. A later revision never edits this one."""

from alembic import op

from pipeline.adapters.store.schema import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())


def downgrade() -> None:
    raise RuntimeError("a downgrade would lose data: restore a copy of the database instead")
