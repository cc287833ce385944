"""Redo past days through extract, classify, cluster and draft: what `policywire backfill` and `reconcile_day` share.

Nothing is fetched from feeds, and nothing is mailed. Each stage of each day says what it changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from pipeline import settings
from pipeline.adapters.store import SqlStore, open_store
from pipeline.domain.redone import STAGES, RedoneDay, changes, days
from pipeline.domain.scope import Window
from pipeline.errors import UsageError
from pipeline.ports import Report, Tell
from pipeline.runner import run_stage

LONGEST = 366  # days in one command


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDay:
    """A day of a plan: how much of each table it holds, and the stages that are still to be run."""

    day: date
    holds: Mapping[str, int]
    left: tuple[str, ...]


def redo(stage: str, day: date, run: str, tell: Tell = lambda done, total: None) -> tuple[Report, dict[str, int]]:
    """Run one stage over one UTC day; gives its report and what it changed, and notes both under the run's name."""
    if stage not in STAGES:
        raise UsageError(f'a day is redone through {", ".join(STAGES)}, not through "{stage}"')
    store, window = open_store(settings.load().database_url), Window.of_days(day, day)
    try:
        if stage == STAGES[0] or not any(d.day == day for d in store.redone(run)):
            store.begin_day(run, day, datetime.now(UTC))
        before = store.content(window)
        try:
            report = run_stage(stage, tell, since=day.isoformat(), until=day.isoformat())
        except BaseException as error:  # a stop is noted, too
            state = "failed" if isinstance(error, Exception) else "stopped"
            store.save_day(run, day, {}, state, f"{stage}: {error or type(error).__name__}", datetime.now(UTC))
            raise
        changed = changes(before, store.content(window))
        done = {stage: {"counts": dict(report.counts), "changes": changed}}
        store.save_day(run, day, done, "done" if stage == STAGES[-1] else "running", "", datetime.now(UTC))
    finally:
        store.close()
    return report, changed


def backfill(since: date, until: date, tell: Tell = lambda done, total: None) -> Iterator[RedoneDay]:
    """Redo the days one after the other, each as it stands when it is done; goes on where a stopped run was."""
    run, planned = plan(since, until)
    for one in planned:
        for stage in one.left:
            redo(stage, one.day, run, tell)
        yield next(d for d in _redone(run) if d.day == one.day)


def plan(since: date, until: date) -> tuple[str, list[PlannedDay]]:
    """The run's name, and every day with what is to be done. A run over the same days that was stopped goes on."""
    if since > until or (until - since).days >= LONGEST:
        raise UsageError(f"expected up to {LONGEST} days, the first before the last; got {since} to {until}")
    if until >= datetime.now(UTC).date():
        raise UsageError(f"until: {until} is not over yet; the last whole day is redone at the earliest")
    asked = list(days(since, until))
    store = open_store(settings.load().database_url)
    try:
        run, known = _unfinished(store, f"{since} to {until}", asked)
        planned = []
        for day in asked:
            holds = {table: len(rows) for table, rows in store.content(Window.of_days(day, day)).items()}
            planned.append(PlannedDay(day=day, holds=holds, left=known[day].left if day in known else STAGES))
    finally:
        store.close()
    return run, planned


def _unfinished(store: SqlStore, name: str, asked: list[date]) -> tuple[str, dict[date, RedoneDay]]:
    """The run of this name that did not reach its end, and its days; or a new name."""
    numbered = {d.run for d in store.redone() if d.run.partition(" #")[0] == name}
    newest = max(numbered, key=_number, default="")
    known = {d.day: d for d in store.redone(newest)} if newest else {}
    if newest and any(day not in known or known[day].left for day in asked):
        return newest, known
    return f"{name} #{_number(newest) + 1}", {}


def _number(run: str) -> int:
    return int(run.partition(" #")[2] or 0)


def _redone(run: str) -> list[RedoneDay]:
    store = open_store(settings.load().database_url)
    try:
        return store.redone(run)
    finally:
        store.close()
