"""A question to an analyst in Airflow's UI: may this brief go to readers who want approved ones only?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.sdk.exceptions import AirflowSkipException
from policywire_connections import connect

PATIENCE = timedelta(hours=20)  # the next day's brief asks anew


def pending(moment: str) -> list[dict[str, Any]]:
    """Story and revision of each brief that a run of this moment asks about; the text stays in the database."""
    from pipeline import settings
    from pipeline.adapters.store import open_store

    connect()
    config, asked = settings.load(), datetime.fromisoformat(moment)
    store = open_store(config.database_url)
    try:
        return [{"story": b.story, "revision": b.revision} for b in store.ask(config.readers(), asked)]
    finally:
        store.close()


class Approve(ApprovalOperator):
    """Shows one brief, and stores the analyst's word as soon as it is given. No answer means Hold."""

    REJECT = "Hold"

    def __init__(self, *, story: str, revision: int, **kwargs: Any) -> None:
        kwargs = {"subject": f"Brief {story}", "response_timeout": PATIENCE, "defaults": self.REJECT, **kwargs}
        super().__init__(**{**kwargs, "execution_timeout": None})
        self.story = story
        self.revision = revision

    def execute(self, context: Any) -> Any:
        from pipeline.domain.renderings import markdown

        brief = next(iter(self._opened("briefs", self.story)), None)
        if brief is None or brief.revision != self.revision:
            raise AirflowSkipException("the brief has a newer revision by now, which is asked about by itself")
        self.subject = f"{brief.title} (revision {brief.revision})"
        self.body = markdown(brief)
        return super().execute(context)

    def execute_complete(self, context: Any, event: dict[str, Any]) -> Any:
        answer = super().execute_complete(context, event)
        if self.APPROVE in answer["chosen_options"]:
            who = answer["responded_by_user"] or {}
            self._opened("approve", self.story, self.revision, who.get("name") or "unknown", datetime.now(UTC))
        return {"approved": self.APPROVE in answer["chosen_options"]}

    @staticmethod
    def _opened(method: str, *args: Any) -> Any:
        from pipeline import settings
        from pipeline.adapters.store import open_store

        connect()
        store = open_store(settings.load().database_url)
        try:
            return getattr(store, method)(*args)
        finally:
            store.close()
