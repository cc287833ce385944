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

AT_ONCE = 100  # questions of one run; the next one asks about the others


class ApprovalTables(Database):
    """What the DAG `approve_briefs` needs."""

    def ask(self, lists: Sequence[ReaderList], moment: datetime) -> list[Brief]:
        """The newest revisions that some list waits for and nobody was asked about yet, up to AT_ONCE of them.

        From now on they are asked, as of `moment`: the same moment gives the same ones again, so that a run which was
        killed before it could ask does so when it is repeated.
        """
        strict = [readers for readers in lists if readers.approved]
        if not strict:
            return []
        with self.writer.begin() as connection:
            settled = {(r.story, r.revision) for r in connection.execute(select(approvals))}
            before = {(r.story, r.revision): r.moment for r in connection.execute(select(asked))}
            waiting = {
                (brief.story, brief.revision): brief
                for brief in newest_briefs(connection, list(connection.scalars(told_stories().distinct())))
                if (brief.story, brief.revision) not in settled
                and any(not r.topics or r.topics & set(brief.topics) for r in strict)
            }
            new = [pair for pair in waiting if pair not in before][:AT_ONCE]
            rows = [{"story": story, "revision": revision, "moment": moment} for story, revision in new]
            ours = {pair for pair, row in zip(new, rows, strict=True) if insert_new(connection, asked, row)}
            return [brief for pair, brief in waiting.items() if pair in ours or before.get(pair) == moment]
