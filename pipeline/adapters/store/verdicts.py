"""Verdicts and the flags that they judge: what the classifier learns from, and how it drifts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import func, insert, select

from pipeline.adapters.store.base import Database
from pipeline.adapters.store.flagging import newest_flags
from pipeline.adapters.store.schema import articles, flags, texts, verdicts
from pipeline.domain.topic import Flag, Judged, Verdict, Word


class VerdictTables(Database):
    """The part of the port Store for feedback."""

    def save_verdicts(self, given: Sequence[Verdict]) -> int:
        """Append what is new; how many were: saying the same again adds nothing, and nothing is ever overwritten."""
        with self.writer.begin() as connection:
            said = {(v.article_id, v.topic, v.analyst): v.word for v in self._newest([g.article_id for g in given])}
            fresh = [v for v in given if said.get((v.article_id, v.topic, v.analyst)) != v.word]
            if fresh:
                rows = [{**asdict(v), "verdict": str(v.word)} for v in fresh]
                connection.execute(insert(verdicts), [{k: r[k] for k in r if k != "word"} for r in rows])
        return len(fresh)

    def judged(self) -> list[Judged]:
        """The newest verdict of each analyst on each flag, with the article as the model reads it, oldest first."""
        query = (
            select(verdicts.c.article_id, articles.c.title, articles.c.outlet, texts.c.text)
            .join(articles, articles.c.id == verdicts.c.article_id)
            .join(texts, texts.c.sha256 == articles.c.text_sha256)
            .distinct()
        )
        with self.engine.connect() as connection:
            read = {r.article_id: r for r in connection.execute(query)}
        return [
            Judged(
                verdict=v,
                title=read[v.article_id].title,
                text=read[v.article_id].text,
                outlet=read[v.article_id].outlet,
            )
            for v in self._newest()
        ]

    def flags_since(self, moment: datetime) -> list[tuple[datetime, Flag]]:
        """(When its article appeared, flag) of the newest model's flags, oldest first."""
        columns = [c for c in flags.columns if c.name not in {"terms", "sentence"}]
        query = select(articles.c.published, *columns).join(articles, newest_flags())
        query = query.where(articles.c.published >= moment).order_by(articles.c.published, articles.c.id)
        with self.engine.connect() as connection:
            rows = [dict(r) for r in connection.execute(query).mappings()]
        return [(row.pop("published"), Flag(**row)) for row in rows]

    def _newest(self, article_ids: Sequence[str] | None = None) -> list[Verdict]:
        last = select(func.max(verdicts.c.seq)).group_by(verdicts.c.article_id, verdicts.c.topic, verdicts.c.analyst)
        query = select(verdicts).where(verdicts.c.seq.in_(last)).order_by(verdicts.c.seq)
        if article_ids is not None:
            query = query.where(verdicts.c.article_id.in_(article_ids))
        with self.engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        names = ("article_id", "topic", "analyst", "model_id", "created")
        return [Verdict(**{n: r[n] for n in names}, word=Word(r["verdict"])) for r in rows]
