"""The database: SQLAlchemy Core on SQLite or PostgreSQL, one transaction a method, upserts in batches."""

from __future__ import annotations

from pipeline.adapters.store.reading import ReadingTables
from pipeline.adapters.store.verdicts import VerdictTables
from pipeline.adapters.store.writing import WritingTables


class SqlStore(ReadingTables, WritingTables, VerdictTables):
    """Implements the port Store."""

    def close(self) -> None:
        self.engine.dispose()


def open_store(url: str) -> SqlStore:
    """Open the database at a SQLAlchemy URL and upgrade it at first use. Raises StoreError."""
    store = SqlStore(url)
    store.upgrade()
    return store
