"""What Airflow's scheduler does beside: make the pools that tasks ask for, and write counts into each run's note."""

from __future__ import annotations

import logging
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from urllib.parse import urlencode

from airflow.listeners import hookimpl

log = logging.getLogger(__name__)
SIGN = "**Policywire**"  # begins every note of ours; a note that somebody else wrote stays
POOLS = {  # slots, and why; made where they are missing, so an operator's number stays
    "fetch": (4, "Tasks that read feeds"),
    "extract": (2, "Tasks that read pages, which takes every core"),
    "backfill": (1, "Tasks that redo past days: one at a time, so that live work is not held up"),
}
WARM = (
    "pipeline.runner",
    "pipeline.redo",
    "pipeline.adapters.model",
    "skops.io",
    "wordllama",
    *(f"pipeline.stages.{name}" for name in ("fetch", "extract", "classify", "cluster", "draft", "digest")),
)
ORDER = ("fetch", "extract", "classify", "cluster", "draft", "digest")
SUMS = {"fresh", "failed", "total", "again"}


@hookimpl
def on_starting(component: Any) -> None:
    """A component starts: scheduler, triggerer and DAG processor are jobs and may use the database, a task may not."""
    if type(component).__name__ == "Job":
        make_pools()
    if "scheduler" in sys.argv:
        warm_up()
        # Airflow counts from before that: one that starts slowly would take itself for dead and its tasks for orphans.
        component.latest_heartbeat = datetime.now(UTC)


@hookimpl
def on_dag_run_success(dag_run: Any, msg: str) -> None:
    note(dag_run)


@hookimpl
def on_dag_run_failed(dag_run: Any, msg: str) -> None:
    note(dag_run)


def warm_up() -> None:
    """Load once what every task would load anew: LocalExecutor forks its tasks from the scheduler.

    That saves one to three seconds a task; the memory is shared. Where tasks start afresh it only costs the scheduler
    two seconds.
    """
    for name in WARM:
        try:
            import_module(name)
        except ImportError as error:  # a scheduler whose tasks run elsewhere need not have Policywire
            log.info("not loaded beforehand: %s", error)


def make_pools() -> None:
    """The pools that are missing."""
    from airflow.models.pool import Pool
    from airflow.utils.session import create_session
    from sqlalchemy import select
    from sqlalchemy.exc import IntegrityError

    with create_session() as session:
        there = set(session.scalars(select(Pool.pool)))
    for name, (slots, why) in POOLS.items():
        if name not in there:
            # Three components start at once, and one of them is first.
            with suppress(IntegrityError), create_session() as session:
                session.add(Pool(pool=name, slots=slots, description=why, include_deferred=False))


def note(dag_run: Any) -> None:
    """Write the counts of a run that has ended into its note, with a link to the briefs that came of it."""
    from airflow.configuration import conf
    from airflow.models.xcom import XComModel
    from sqlalchemy import select
    from sqlalchemy.orm import object_session

    session = object_session(dag_run)
    if "policywire" not in _tags(dag_run) or session is None or not (dag_run.note or SIGN).startswith(SIGN):
        return
    rows = select(XComModel.task_id, XComModel.value).where(
        XComModel.dag_id == dag_run.dag_id, XComModel.run_id == dag_run.run_id, XComModel.key == "return_value"
    )
    done = [(task, XComModel.deserialize_value(_Row(value))) for task, value in session.execute(rows)]
    if text := summary(done):
        span = {"since": dag_run.start_date.isoformat(), "until": (dag_run.end_date or dag_run.start_date).isoformat()}
        base = conf.get("api", "base_url", fallback="").rstrip("/")
        # First, since the page of a run shows one line of its note and cuts the rest off.
        link = f"[briefs of this run]({base}/policywire/briefs?{urlencode(span)}) · " if compiled(done) else ""
        dag_run.note = f"{SIGN} {link}{text}"


def summary(done: Iterable[tuple[str, Any]]) -> str:
    """The counts of stage tasks as one line; mapped tasks are added up.

    >>> summary([("fetch", {"new": 2, "total": 2}), ("fetch", {"new": 1, "failed": 1, "total": 2}), ("announce", 3)])
    'fetch 3 new (1 of 4 failed)'
    >>> summary([("draft", {"total": 0}), ("cluster", {"total": 0})])
    'nothing was pending'
    """
    by_task: dict[str, Counter[str]] = {}
    changed: Counter[str] = Counter()
    for task, counts in done:
        if isinstance(counts, Mapping) and "total" in counts:
            whole = {state: n for state, n in counts.items() if isinstance(n, int)}
            by_task.setdefault(task, Counter()).update(whole)
            changed.update(counts.get("changes", {}))
    parts = [_told(task, by_task[task]) for task in sorted(by_task, key=_place) if by_task[task]["total"]]
    if by_task and not parts:
        return "nothing was pending"
    if changed:
        parts.append("changed: " + ", ".join(f"{n} {what}" for what, n in changed.items()))
    return " · ".join(parts)


def compiled(done: Iterable[tuple[str, Any]]) -> bool:
    """Whether a draft task compiled a new brief, or a new revision of one."""
    drafts = [counts for task, counts in done if task == "draft" and isinstance(counts, Mapping)]
    return any(counts.get("drafted") or counts.get("revised") for counts in drafts)


def _place(task: str) -> int:
    return ORDER.index(task) if task in ORDER else len(ORDER)


def _told(task: str, counts: Counter[str]) -> str:
    states = ", ".join(f"{n} {state}" for state, n in counts.items() if n and state not in SUMS)
    failed = f" ({counts['failed']} of {counts['total']} failed)" if counts["failed"] else ""
    return f"{task} {states}{failed}"


def _tags(dag_run: Any) -> set[str]:
    dag = getattr(dag_run, "dag", None)
    return set(dag.tags) if dag is not None else set()


class _Row:
    """A stored XCom as Airflow's deserialiser takes it."""

    def __init__(self, value: Any) -> None:
        self.value = value
