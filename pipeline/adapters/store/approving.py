"""Which briefs an analyst is asked to approve; each revision is asked about once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from pipeline.adapters.store.base import Database, insert_new
from pipeline.adapters.store.schema import approvals, asked
from pipeline.adapters.store.stories import told_stories
from pipeline.adapters.store.writing import newest_briefs
from pipeline.domain.brief import Brief
from pipeline.domain.edition import ReaderList


class ApprovalTables(Database):
    """What the DAG `approve_briefs` needs."""

    def ask(self, lists: Sequence[ReaderList], now: datetime) -> list[Brief]:
        """The newest revisions that some list waits for and nobody was asked about yet; from now on they are asked."""
        strict = [readers for readers in lists if readers.approved]
        if not strict:
            return []
        with self.writer.begin() as connection:
            settled = set(connection.execute(select(approvals.c.story, approvals.c.revision)).tuples())
            waiting = [
                brief
                for brief in newest_briefs(connection, list(connection.scalars(told_stories().distinct())))
                if (brief.story, brief.revision) not in settled
                and any(not r.topics or r.topics & set(brief.topics) for r in strict)
            ]
            return [
                b
                for b in waiting
                if insert_new(connection, asked, {"story": b.story, "revision": b.revision, "moment": now})
            ]
