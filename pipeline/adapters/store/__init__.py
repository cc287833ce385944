"""The database: SQLAlchemy Core on SQLite or PostgreSQL, one transaction a method, upserts in batches."""

from __future__ import annotations

from pipeline.adapters.store.approving import ApprovalTables
from pipeline.adapters.store.editions import EditionTables
from pipeline.adapters.store.flagging import FlagTables
from pipeline.adapters.store.hosts import HostTables
from pipeline.adapters.store.keeping import KeepingTables
from pipeline.adapters.store.outbox import OutboxTables
from pipeline.adapters.store.pages import PageTables
from pipeline.adapters.store.polling import PollingTables
from pipeline.adapters.store.redoing import RedoingTables
from pipeline.adapters.store.signals import SignalTables
from pipeline.adapters.store.stories import StoryTables
from pipeline.adapters.store.turns import Turns
from pipeline.adapters.store.verdicts import VerdictTables
from pipeline.adapters.store.writing import WritingTables


class SqlStore(
    PollingTables,
    HostTables,
    KeepingTables,
    PageTables,
    FlagTables,
    VerdictTables,
    StoryTables,
    WritingTables,
    EditionTables,
    ApprovalTables,
    SignalTables,
    RedoingTables,
    Turns,
    OutboxTables,
):
    """Implements the port Store."""

    def close(self) -> None:
        self.engine.dispose()


def open_store(url: str) -> SqlStore:
    """Open the database at a SQLAlchemy URL and upgrade it at first use. Raises StoreError."""
    store = SqlStore(url)
    store.upgrade()
    return store
